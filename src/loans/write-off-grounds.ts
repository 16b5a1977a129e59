/** What a loan owes and how it stands on the day on which it is to be written off, checked against the rules. */
import { addFen, minFen } from '../platform/money';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { fundStanding } from './fund-standing';
import { positionOn } from './loan-faces.queries';
import type { PaidOutLoan } from './loan-state';
import { P } from './problems';
import { checkGrounds, type Evidence, worseGrade, writeOffRules } from './write-off';

/**
 * The figures of today.
 * @throws Problem loans.written-off, and those of `checkGrounds`
 */
export async function writeOffFigures(
  work: Work,
  loan: PaidOutLoan,
  asked: { groundCode: string; evidence: readonly Evidence[] },
) {
  if (loan.writtenOffOn) throw P.writtenOff({ detail: `核销日 ${loan.writtenOffOn}` });
  const place = { region: loan.regionCode, date: work.today };
  const { value: rules, rowId: policyRowId } = await policyAsOf(work.tx, writeOffRules, place);
  const position = await positionOn(work.tx, loan.id, work.today);
  const fund = await fundStanding(work.tx, loan.id);
  const { daysOverdue } = position;
  const classCode = worseGrade(loan.classCode, position.classCode);
  const { groundCode, evidence } = asked;
  checkGrounds(rules, groundCode, { daysOverdue, classCode, fund, evidence });
  const principalFen = position.outstandingFen;
  const interestFen = position.interestToDateFen;
  const penaltyFen = position.penaltyToDateFen;
  const owedFen = addFen(principalFen, interestFen, penaltyFen);
  return {
    ...{ rules, policyRowId, daysOverdue, classCode, owedFen },
    ...{ principalFen, interestFen, penaltyFen },
    fundState: fund.state as 'none' | 'refused' | 'paid',
    compensationFen: minFen(fund.keptFen, owedFen),
  };
}
