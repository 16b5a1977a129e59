/** What the acts on appeals load and save. */
import { isUniqueViolation } from '../platform/db/errors';
import { findRow, insertRow, updateVersioned } from '../platform/db/store';
import type { Work } from '../platform/work';
import { CreditAppeal } from './appeal.entity';
import { CreditLinePeriod } from './credit-line.entity';
import { CreditProblem } from './problems';
import { Rating } from './rating.entity';

/** Loads and saves appeals within the work in hand. */
export class AppealStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem credit.appeal-absent */
  async get(id: string): Promise<CreditAppeal> {
    const found = await findRow(this.work.tx, CreditAppeal, { id });
    if (!found) throw CreditProblem.appealAbsent();
    return found;
  }

  /** The rating with this id, if it is of this household. */
  rating(householdId: string, id: string): Promise<Rating | null> {
    return findRow(this.work.tx, Rating, { id, householdId });
  }

  /** This period of the household's line, or null. */
  period(householdId: string, seq: number): Promise<CreditLinePeriod | null> {
    return findRow(this.work.tx, CreditLinePeriod, { householdId, seq });
  }

  /** @throws Problem credit.appeal-made when this decision was appealed against before. */
  async file(appeal: CreditAppeal): Promise<void> {
    try {
      await insertRow(this.work.tx, CreditAppeal, appeal);
    } catch (error) {
      if (isUniqueViolation(error, 'credit_appeal')) throw CreditProblem.appealMade();
      throw error;
    }
  }

  /** @throws Problem platform.stale */
  decide(
    appeal: CreditAppeal,
    changes: Partial<Omit<CreditAppeal, 'version'>>,
  ): Promise<CreditAppeal> {
    return updateVersioned(this.work.tx, CreditAppeal, appeal, changes);
  }
}
