/**
 * Periods: what holds of a household or a member from a day to a day, both inclusive. One rule for all of them:
 * a new period begins after the day on which the open one began and ends that one on the day before, so that the
 * days since the first have exactly one answer each. The caller has written the owner row (the household).
 */
import { addDays, type BusinessDate } from '../platform/dates';
import {
  type Fields,
  findRow,
  insertRows,
  listRows,
  type Order,
  type Where,
} from '../platform/db/store';
import { tableMap } from '../platform/db/table-map';
import type { Work } from '../platform/work';
import {
  HouseholdHead,
  HouseholdPlace,
  HouseholdStatus,
  MemberTraits,
  type Period,
} from './household.entity';
import { HouseholdProblem } from './problems';

/** What a period says, without the keys that every period has. */
export type Said<P extends Period> = Omit<Fields<P>, keyof Fields<Period>>;

/** How a period begins: its first day and the document or reason. */
export interface Beginning {
  fromOn: BusinessDate;
  source: string;
}

/** The periods of one kind; `owner` is the property that names what they belong to. */
export class PeriodStore<P extends Period> {
  constructor(
    private readonly work: Work,
    private readonly entity: new () => P,
    private readonly owner: string & keyof Fields<P>,
  ) {}

  /** The period that is open now, null when there is none. */
  open(ownerId: string): Promise<P | null> {
    return findRow(this.work.tx, this.entity, { openKey: ownerId } as Where<P>);
  }

  /** All periods of an owner, oldest first. */
  all(ownerId: string): Promise<P[]> {
    const where = { [this.owner]: ownerId } as Where<P>;
    return listRows(this.work.tx, this.entity, where, { fromOn: 'asc' } as Order<P>);
  }

  /** The first day of the first period, null where there is none. */
  async firstDay(ownerId: string): Promise<BusinessDate | null> {
    return (await this.all(ownerId))[0]?.fromOn ?? null;
  }

  /** The open periods of these owners. */
  openOf(ownerIds: readonly string[]): Promise<P[]> {
    return listRows(this.work.tx, this.entity, { openKey: ownerIds } as Where<P>);
  }

  /** The first periods of owners that have none. */
  async first(rows: readonly (Said<P> & Beginning)[]): Promise<void> {
    const { work, owner } = this;
    const periods = rows.map((row) => ({
      ...row,
      id: work.newId(),
      toOn: null,
      openKey: (row as Record<string, unknown>)[owner],
      recordedBy: work.actor.id,
      recordedAt: work.now,
    }));
    await insertRows(work.tx, this.entity, periods as unknown as Fields<P>[]);
  }

  /**
   * Ends the open period on the day before and begins the next one.
   * @throws Problem households.period-overlap, households.day-in-future
   */
  async follow(open: P | null, next: Said<P> & Beginning): Promise<void> {
    requireArrived(this.work, next.fromOn);
    if (open) {
      if (next.fromOn <= open.fromOn) {
        throw HouseholdProblem.periodOverlap({ detail: `现有时间段自 ${open.fromOn} 起` });
      }
      await this.end(open, addDays(next.fromOn, -1));
    }
    await this.first([next]);
  }

  /** Ends the open period with a last day, on or after its first. */
  async end(open: P, toOn: BusinessDate): Promise<void> {
    await this.work.tx.exec(
      `UPDATE ${tableMap(this.entity).table} SET to_on = :toOn, open_key = NULL WHERE id = :id`,
      { id: open.id, toOn },
    );
  }
}

/** Nothing of the register begins on a day that has not come. @throws Problem households.day-in-future */
export function requireArrived(work: Work, day: BusinessDate): void {
  if (day > work.today) throw HouseholdProblem.dayInFuture({ detail: `今天是 ${work.today}` });
}

/** 身份类别 of households. */
export const statusesOf = (work: Work) => new PeriodStore(work, HouseholdStatus, 'householdId');
/** Villages of households. */
export const placesOf = (work: Work) => new PeriodStore(work, HouseholdPlace, 'householdId');
/** 户主 of households. */
export const headsOf = (work: Work) => new PeriodStore(work, HouseholdHead, 'householdId');
/** What is known of members. */
export const traitsOf = (work: Work) => new PeriodStore(work, MemberTraits, 'memberId');
