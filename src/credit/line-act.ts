/** What the acts on a household's line share: where the line stands, and what they answer. */
import { householdFor } from '../households';
import { yuan } from '../platform/money';
import { answer, codeField, idField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { type CreditLinePeriod, LINE_STATES } from './credit-line.entity';
import { LineStore, type StandingLine } from './credit-line.store';

/** A line with the place of its household as it is now, and the bank that gave it. */
export interface LocatedLine {
  region: string;
  org: string | null;
  standing: StandingLine;
}

/** @throws Problem credit.line-absent, households.household-absent */
export async function locateLine(
  work: Work,
  { householdId }: { householdId: string },
): Promise<LocatedLine> {
  const { regionCode } = await householdFor(work.tx, householdId);
  const standing = await new LineStore(work).get(householdId);
  return { region: regionCode, org: standing.period.bankId, standing };
}

/** The answer of every act that changes a line. */
export const lineAnswer = () =>
  shape({
    householdId: idField('农户编号'),
    seq: answer.count('第几次变动'),
    state: codeField(LINE_STATES, '状态'),
    total: answer.yuan('授信总额'),
    from: answer.date('自此日起'),
    validUntil: answer.date('有效期至'),
  });

/** A period as `lineAnswer` tells it. */
export function shownPeriod(period: CreditLinePeriod) {
  return {
    householdId: period.householdId,
    seq: period.seq,
    state: period.state,
    total: yuan(period.totalFen),
    from: period.fromOn,
    validUntil: period.validUntil,
  };
}
