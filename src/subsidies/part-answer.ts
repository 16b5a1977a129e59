/** A piece of interest as the API explains it. */
import { yuan } from '../platform/money';
import { percent } from '../platform/rate';
import { answer, codeField, shape } from '../platform/shape';
import { EXCLUSION_NAMES, EXCLUSIONS, type SubsidyPart } from './subsidy';

/** One piece in an answer: these days, this principal, this share of it, and its fate. */
export interface PartAnswer {
  from: string;
  until: string;
  days: number;
  principal: string;
  rate: string;
  share: string;
  subsidised: boolean;
  reason: string | null;
  reasonName: string | null;
  shareRowId: string;
  amount: string;
}

/** Shape of a piece. */
export const partShape = shape<PartAnswer>({
  from: answer.date('起息日'),
  until: answer.date('止息日(不含)'),
  days: answer.count('天数'),
  principal: answer.yuan('计息本金'),
  rate: answer.percent('年利率'),
  share: answer.percent('这部分占利息的比例'),
  subsidised: answer.flag('是否贴息'),
  reason: codeField(EXCLUSIONS, '不贴原因').allow(null),
  reasonName: answer.text('不贴原因名称').allow(null),
  shareRowId: answer.text('贴息比例的政策行'),
  amount: answer.yuan('金额'),
});

/** The piece for an answer. */
export function partAnswer(part: SubsidyPart): PartAnswer {
  const { fromOn, untilOn, days, reason, shareRowId } = part;
  return {
    ...{ from: fromOn, until: untilOn, days },
    principal: yuan(part.principalFen),
    rate: percent(part.ratePpm),
    share: percent(part.sharePpm),
    subsidised: reason === null,
    ...{ reason, reasonName: reason && EXCLUSION_NAMES[reason], shareRowId },
    amount: yuan(part.amountFen),
  };
}
