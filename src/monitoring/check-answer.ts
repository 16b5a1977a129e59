/** What is answered of a check of use and of what followed from it. */
import { answer, codeField, idField, listOf, shape } from '../platform/shape';
import type { Consequences } from './failed-check';
import { FLAG_KINDS, FLAG_STATES, USES } from './use-check';
import type { FreshPhoto } from './use-photo';

interface FlagAnswer {
  flagId: string;
  kind: string;
  state: string;
  lineState: string | null;
}

/** The answer of an entry. */
export interface CheckAnswer {
  checkId: string;
  loanId: string;
  visitedOn: string;
  visitedAt: string;
  use: string;
  enteredLate: boolean;
  wasDueOn: string;
  nextDueOn: string;
  photos: FreshPhoto[];
  flag: FlagAnswer | null;
}

export const checkAnswerShape = shape<CheckAnswer>({
  checkId: idField('检查编号'),
  loanId: idField('贷款编号'),
  visitedOn: answer.date('走访日期'),
  visitedAt: answer.instant('走访时刻'),
  use: codeField(USES, '用途认定'),
  enteredLate: answer.flag('登记迟于规定'),
  wasDueOn: answer.date('本次检查的期限'),
  nextDueOn: answer.date('下次检查的期限'),
  photos: listOf(
    shape({
      photoId: idField('照片编号'),
      digest: answer.text('照片摘要'),
      photoReused: answer.flag('同一张照片已在另一次检查中用过'),
    }),
  ),
  flag: shape<FlagAnswer>({
    flagId: idField('预警编号'),
    kind: codeField(FLAG_KINDS, '预警种类'),
    state: codeField(FLAG_STATES, '预警状态'),
    lineState: answer.text('授信额度状态；无额度时为空').allow(null),
  }).allow(null),
});

/** What a failed check brought about, as it is answered. */
export function flagAnswer({ flag, lineState }: Consequences): FlagAnswer {
  return { flagId: flag.id, kind: flag.kind, state: flag.state, lineState };
}
