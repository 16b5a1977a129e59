/** How the books say no. A malformed posting is a mistake of the program and stops with CheckFailed instead. */
import { catalogue } from '../platform/problems';

export const P = catalogue('ledger', {
  wrongSide: {
    kind: 'refused',
    title: '账户余额不足，不能这样记账',
    advice: '请核对金额：冲减不得超过该账户的余额；如前面的记账有误，请先冲正。',
  },
  alreadyReversed: {
    kind: 'conflict',
    title: '该笔分录已经冲正过',
    advice: '每笔分录只能冲正一次，请查看已有的冲正分录。',
  },
});
