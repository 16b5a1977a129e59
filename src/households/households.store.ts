/**
 * What the acts of the register load and save. Personal values are sealed here, bound to their row and column,
 * beside their blind index and mask; nothing else in the module handles them in the clear for longer than a call.
 */
import { maskAccount, maskIdNumber, maskPhone } from '../platform/crypto/mask';
import type { BusinessDate } from '../platform/dates';
import { isUniqueViolation } from '../platform/db/errors';
import { findRow, insertRow, insertRows, listRows, updateVersioned } from '../platform/db/store';
import type { Work } from '../platform/work';
import { Household, HouseholdMember, HouseholdStatus } from './household.entity';
import type { HouseholdKind } from './household-kind';
import type { ReadMember } from './member';
import { HouseholdProblem } from './problems';

/** Personal fields in the clear; they leave only through the act that records who looked and why. */
export interface ClearFields {
  idNumber: string;
  phone: string | null;
  account: string | null;
}

const TABLE = 'household_member';

/** Loads and saves households, members and statuses within the work in hand. */
export class HouseholdStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem households.household-absent */
  async get(id: string): Promise<Household> {
    const found = await findRow(this.work.tx, Household, { id });
    if (!found) throw HouseholdProblem.householdAbsent();
    return found;
  }

  /** @throws Problem households.member-absent */
  async member(id: string): Promise<HouseholdMember> {
    const found = await findRow(this.work.tx, HouseholdMember, { id });
    if (!found) throw HouseholdProblem.memberAbsent();
    return found;
  }

  /** The household with this code, anywhere, or null. */
  byCode(code: string): Promise<Household | null> {
    return findRow(this.work.tx, Household, { code });
  }

  /** The blind index of an ID number. */
  idIndex(idNumber: string): string {
    return this.work.crypto.index(`${TABLE}.id_number`, 'idNumber', idNumber);
  }

  /** All places in the register of the person with this ID number, present and past, oldest first. */
  byIdNumber(idNumber: string): Promise<HouseholdMember[]> {
    return listRows(this.work.tx, HouseholdMember, { idNumberIndex: this.idIndex(idNumber) });
  }

  /** Those among these ID numbers who belong to some household now. */
  currentAmong(idNumbers: readonly string[]): Promise<HouseholdMember[]> {
    const currentIndex = idNumbers.map((idNumber) => this.idIndex(idNumber));
    return listRows(this.work.tx, HouseholdMember, { currentIndex });
  }

  /**
   * Inserts a household; its members follow with `addMember`.
   * @throws Problem households.code-taken when another took the code meanwhile.
   */
  async add(row: Omit<Household, 'version'>): Promise<void> {
    try {
      await insertRow(this.work.tx, Household, { ...row, version: 1 });
    } catch (error) {
      if (isUniqueViolation(error, 'household')) throw HouseholdProblem.codeTaken();
      throw error;
    }
  }

  /**
   * Inserts the members of a household, each under the id given for it.
   * @throws Problem households.person-elsewhere when one was registered elsewhere meanwhile.
   */
  async addMembers(
    householdId: string,
    members: readonly (ReadMember & { id: string })[],
  ): Promise<void> {
    const rows = members.map((member) => this.sealed(householdId, member));
    try {
      await insertRows(this.work.tx, HouseholdMember, rows);
    } catch (error) {
      if (isUniqueViolation(error, TABLE)) throw HouseholdProblem.personElsewhere();
      throw error;
    }
  }

  private sealed(householdId: string, member: ReadMember & { id: string }): HouseholdMember {
    const { id, name, relation, idNumber, birthDate, sex, phone, account } = member;
    const index = this.idIndex(idNumber);
    const { crypto } = this.work;
    const seal = (value: string, column: string) =>
      crypto.seal(value, { table: TABLE, column, id });
    return {
      id,
      householdId,
      name,
      relation,
      birthDate,
      sex,
      leftOn: null,
      idNumberSealed: seal(idNumber, 'id_number_sealed'),
      idNumberIndex: index,
      currentIndex: index,
      idNumberMasked: maskIdNumber(idNumber, 'office'),
      phoneSealed: phone && seal(phone, 'phone_sealed'),
      phoneIndex: phone && crypto.index(`${TABLE}.phone`, 'phone', phone),
      phoneMasked: phone && maskPhone(phone),
      accountSealed: account && seal(account, 'account_sealed'),
      accountIndex: account && crypto.index(`${TABLE}.account`, 'account', account),
      accountMasked: account && maskAccount(account),
    };
  }

  /** Opens the personal fields of a member. The caller records who looked and why. */
  open(member: HouseholdMember): ClearFields {
    const open = (envelope: string | null, column: string) =>
      envelope === null
        ? null
        : this.work.crypto.open(envelope, { table: TABLE, column, id: member.id });
    return {
      idNumber: open(member.idNumberSealed, 'id_number_sealed') as string,
      phone: open(member.phoneSealed, 'phone_sealed'),
      account: open(member.accountSealed, 'account_sealed'),
    };
  }

  /** The period that is open now, null when there is none. */
  openStatus(householdId: string): Promise<HouseholdStatus | null> {
    return findRow(this.work.tx, HouseholdStatus, { openKey: householdId });
  }

  /** Opens a period of status. The caller has written the owner row or has just inserted it. */
  async startStatus(
    householdId: string,
    status: HouseholdKind,
    fromOn: BusinessDate,
    source: string,
  ): Promise<void> {
    await insertRow(this.work.tx, HouseholdStatus, {
      id: this.work.newId(),
      householdId,
      status,
      fromOn,
      toOn: null,
      openKey: householdId,
      source,
      recordedBy: this.work.actor.id,
      recordedAt: this.work.now,
    });
  }

  /** Ends the open period with a last day. */
  async endStatus(open: HouseholdStatus, toOn: BusinessDate): Promise<void> {
    await this.work.tx.exec(
      'UPDATE household_status SET to_on = :toOn, open_key = NULL WHERE id = :id',
      { id: open.id, toOn },
    );
  }

  /** Writes the owner row as the officer saw it. @throws Problem platform.stale */
  touchSeen(household: Household, seenVersion: number): Promise<Household> {
    return updateVersioned(
      this.work.tx,
      Household,
      Object.assign(new Household(), household, { version: seenVersion }),
      {},
    );
  }
}

/**
 * Writes the household's owner row (version + 1): for rules over several rows of one household, such as one
 * running loan. Call it BEFORE reading those rows: from then until the commit every other transaction that
 * does the same waits (on Galera one of the two is undone and run again), so what is read afterwards holds.
 * @throws Problem households.household-absent
 */
export async function touchHousehold(work: Work, householdId: string): Promise<void> {
  const written = await work.tx.exec(
    'UPDATE household SET version = version + 1 WHERE id = :householdId',
    { householdId },
  );
  if (written !== 1) throw HouseholdProblem.householdAbsent();
}
