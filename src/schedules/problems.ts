/** How a trial of a schedule says no. */
import { catalogue } from '../platform/problems';

export const P = catalogue('schedules', {
  termsInvalid: {
    kind: 'invalid',
    title: '还款条件有误，不能推算还款计划',
    advice: '请按所列项目改正后重新试算。',
  },
  notOffered: {
    kind: 'refused',
    title: '不支持这样的还款条件',
    advice: '请换用所列说明中支持的还款方式或计息方式。',
  },
});
