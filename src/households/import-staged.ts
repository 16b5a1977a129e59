/**
 * The two sides that an import compares: the rows of one household of the list, and what the register knows about
 * that household and its people.
 */
import type { BusinessDate } from '../platform/dates';
import type {
  Household,
  HouseholdHead,
  HouseholdMember,
  HouseholdStatus,
  MemberTraits,
} from './household.entity';
import type { HouseholdKind } from './household-kind';
import type { Remark } from './import-outcome';
import type { ListHousehold, ListRow } from './list-row';

/** A row of the list that was read without a fault. */
export interface StagedRow extends ListRow {
  row: number;
  idIndex: string;
  phoneIndex: string | null;
  accountIndex: string | null;
}

/** The rows of one household of the list. */
export interface StagedHousehold {
  code: string;
  rows: readonly StagedRow[];
  /** Numbers of its rows that were not read. */
  faultyRows: readonly number[];
  /** Rows whose person stands in another household of the list too. */
  twice: readonly { row: number; otherRow: number }[];
}

/** A household of the register as the plan looks at it. */
export interface PresentHousehold {
  household: Household;
  members: readonly HouseholdMember[];
  status: HouseholdStatus | null;
  /** The open period of the head. */
  head: HouseholdHead | null;
  /** Open traits by member. */
  traits: ReadonlyMap<string, MemberTraits>;
}

/** A place of a person in the register, present or past. */
export interface PersonPlace {
  householdId: string;
  householdCode: string;
  regionCode: string;
  leftOn: BusinessDate | null;
  deceasedOn: BusinessDate | null;
}

/** What the register knows about a household of the list and its people. */
export interface RegisterSide {
  present: PresentHousehold | null;
  /** Places by blind index of the ID number. */
  people: ReadonlyMap<string, readonly PersonPlace[]>;
}

/** What holds for the whole import. */
export interface PlanContext {
  today: BusinessDate;
  source: string;
  defaultStatus: { status: HouseholdKind; fromOn: BusinessDate } | null;
  /** Whether the importer covers a place. */
  covers(regionCode: string): boolean;
  /** The name of a village. */
  nameOf(regionCode: string): string;
}

/** What the rows of a household say together: the first that is given. */
export function said<F extends keyof ListHousehold>(
  rows: readonly StagedRow[],
  field: F,
): ListHousehold[F] | null {
  return rows.find(({ household }) => household[field] !== null)?.household[field] ?? null;
}

/** Gathers what is said of rows. */
export class Remarks {
  readonly list: Remark[] = [];

  get hasFault(): boolean {
    return this.list.some((remark) => remark.kind === 'FAULT');
  }

  fault(row: number, column: string, reason: string, remedy: string): void {
    this.list.push({ row, kind: 'FAULT', column, value: '', reason, remedy });
  }

  told(row: number, column: string, reason: string): void {
    this.list.push({ row, kind: 'TOLD', column, value: '', reason, remedy: '' });
  }
}
