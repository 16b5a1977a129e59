/** What the acts of classification load and save: changes of class, judgements, the borrower's other loans. */
import { isUniqueViolation } from '../platform/db/errors';
import { findRow, insertRow, listRows, updateVersioned } from '../platform/db/store';
import type { Work } from '../platform/work';
import type { GradeCode } from './classification';
import { GradeJudgement, LoanClassChange } from './grading.entity';
import { GP } from './grading-problems';
import { BY_TABLE, judgedCodeOf } from './judgement';

/** Loads and saves within the work in hand. */
export class GradingStore {
  constructor(private readonly work: Work) {}

  /** Adds a change of class to the history; the actor and the instant are those of the work in hand. */
  async note(change: Omit<LoanClassChange, 'id' | 'changedBy' | 'changedAt'>): Promise<void> {
    const { work } = this;
    await insertRow(work.tx, LoanClassChange, {
      ...change,
      id: work.newId(),
      changedBy: work.actor.id,
      changedAt: work.now,
    });
  }

  /** The judgement, which must be of this loan. @throws Problem loans.judgement-absent */
  async judgement(loanId: string, id: string): Promise<GradeJudgement> {
    const found = await findRow(this.work.tx, GradeJudgement, { id, loanId });
    if (!found) throw GP.judgementAbsent();
    return found;
  }

  /** Adds a proposal. @throws Problem loans.judgement-open when one waits for the loan. */
  async propose(judgement: Omit<GradeJudgement, 'version'>): Promise<void> {
    try {
      await insertRow(this.work.tx, GradeJudgement, { ...judgement, version: 1 });
    } catch (error) {
      if (isUniqueViolation(error, 'loan_grade_judgement')) throw GP.judgementOpen();
      throw error;
    }
  }

  /** The grade of the judgement that was approved last; null when there is none or it ended the judgement. */
  async lastJudged(loanId: string): Promise<GradeCode | null> {
    const approved = await listRows(
      this.work.tx,
      GradeJudgement,
      { loanId, state: 'approved' },
      { decidedAt: 'desc', id: 'desc' },
      1,
    );
    return judgedCodeOf(approved[0]?.gradeCode ?? BY_TABLE);
  }

  /** Decides a proposal. @throws Problem platform.stale */
  decide(
    judgement: GradeJudgement,
    decision: Pick<GradeJudgement, 'state' | 'decisionNote'>,
  ): Promise<GradeJudgement> {
    const { actor, today, now } = this.work;
    return updateVersioned<GradeJudgement>(this.work.tx, GradeJudgement, judgement, {
      ...decision,
      ...{ decidedBy: actor.id, decidedOn: today, decidedAt: now, openLoanId: null },
    });
  }
}
