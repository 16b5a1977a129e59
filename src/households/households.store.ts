/**
 * What the acts of the register load and save. Personal values come in the clear and are sealed before anything is
 * written (`sealed-fields.ts`).
 */
import { type BusinessDate, maxDate } from '../platform/dates';
import { isUniqueViolation } from '../platform/db/errors';
import type { Param } from '../platform/db/sql';
import { findRow, insertRows, listRows, updateVersioned } from '../platform/db/store';
import { columnOf, tableMap, toColumn } from '../platform/db/table-map';
import type { Work } from '../platform/work';
import { Household, HouseholdMember } from './household.entity';
import type { LeftReason } from './household-kind';
import { initialsOf } from './initials';
import type { CorrectedFacts, ReadMember } from './member';
import { HouseholdProblem } from './problems';
import {
  type ClearFields,
  idIndex,
  openFields,
  sealAccount,
  sealIdNumber,
  sealPhone,
} from './sealed-fields';

export type { CorrectedFacts };

/** A member about to be inserted, in the clear. */
export interface NewMember extends ReadMember {
  id: string;
  householdId: string;
  /** First day in the household. */
  joinedOn: BusinessDate;
}

/** How a member leaves: the last day, why, and the day of death where that is why. */
export interface Leaving {
  leftOn: BusinessDate;
  leftReason: LeftReason;
  deceasedOn: BusinessDate | null;
}

const TABLE = 'household_member';

/** Loads and saves households and members within the work in hand. */
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

  /** The next households of a village by id. */
  async inVillage(regionCode: string, after: string, limit: number): Promise<Household[]> {
    const rows = await this.work.tx.rows<{ id: string }>(
      `SELECT id FROM household WHERE region_code = :regionCode AND id > :after
        ORDER BY id LIMIT :limit`,
      { regionCode, after, limit },
    );
    return listRows(this.work.tx, Household, { id: rows.map((row) => row.id) });
  }

  /** The blind index of an ID number. */
  idIndex(idNumber: string): string {
    return idIndex(this.work.crypto, idNumber);
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
   * Inserts households; members and first periods follow.
   * @throws Problem households.code-taken when another took a code meanwhile.
   */
  async add(rows: readonly Omit<Household, 'version'>[]): Promise<void> {
    try {
      await insertRows(
        this.work.tx,
        Household,
        rows.map((row) => ({ ...row, version: 1 })),
      );
    } catch (error) {
      if (isUniqueViolation(error, 'household')) throw HouseholdProblem.codeTaken();
      throw error;
    }
  }

  /**
   * Inserts members, each under the id given for it, as belonging to its household from `joinedOn` on. Looked
   * at again after the insert, when the unique key keeps everybody else away: nobody stands in two households
   * on one day.
   * @throws Problem households.person-elsewhere
   */
  async addMembers(members: readonly NewMember[]): Promise<void> {
    await this.insertMembers(members.map((member) => this.sealed(member)));
  }

  /** A member as its row will be named after a correction. */
  named(member: HouseholdMember, { name }: CorrectedFacts) {
    return name === undefined ? member : { id: member.id, name, initials: initialsOf(name) };
  }

  /** The last day on which each of these people belonged to some household they have left, by ID number. */
  async lastDays(idNumbers: readonly string[]): Promise<Map<string, BusinessDate>> {
    const rows = await this.work.tx.rows<{ digest: string; leftOn: BusinessDate }>(
      `SELECT id_number_index AS digest, MAX(left_on) AS leftOn FROM household_member
        WHERE id_number_index IN (:indexes) AND left_on IS NOT NULL GROUP BY id_number_index`,
      { indexes: idNumbers.map((idNumber) => this.idIndex(idNumber)) },
    );
    const byIndex = new Map(rows.map((row) => [row.digest, row.leftOn]));
    const days = idNumbers.flatMap((idNumber): [string, BusinessDate][] => {
      const day = byIndex.get(this.idIndex(idNumber));
      return day ? [[idNumber, day]] : [];
    });
    return new Map(days);
  }

  private async insertMembers(rows: readonly HouseholdMember[]): Promise<void> {
    const { tx } = this.work;
    try {
      await insertRows(tx, HouseholdMember, rows);
    } catch (error) {
      if (isUniqueViolation(error, TABLE)) throw HouseholdProblem.personElsewhere();
      throw error;
    }
    await this.requireOneHouseholdEach(rows.map((row) => row.id));
  }

  private async requireOneHouseholdEach(ids: readonly string[]): Promise<void> {
    const twice = await this.work.tx.rows<{ name: string; day: BusinessDate }>(
      `SELECT m.name AS name, o.left_on AS day
         FROM household_member m JOIN household_member o
              ON o.id_number_index = m.id_number_index AND o.id <> m.id
        WHERE m.id IN (:ids) AND (o.left_on IS NULL OR o.left_on >= m.joined_on)
          AND (m.left_on IS NULL OR m.left_on >= o.joined_on)`,
      { ids },
    );
    const [first] = twice;
    if (!first) return;
    const until = first.day ? `至 ${first.day} 仍属另一农户` : '现属另一农户';
    throw HouseholdProblem.personElsewhere({ detail: `${first.name}${until}` });
  }

  private sealed(member: NewMember): HouseholdMember {
    const { id, householdId, name, relation, birthDate, sex, joinedOn } = member;
    return {
      ...{ id, householdId, name, relation, birthDate, sex, joinedOn },
      initials: initialsOf(name),
      leftOn: null,
      leftReason: null,
      deceasedOn: null,
      currentIndex: this.idIndex(member.idNumber),
      ...sealIdNumber(this.work.crypto, id, member.idNumber),
      ...sealPhone(this.work.crypto, id, member.phone),
      ...sealAccount(this.work.crypto, id, member.account),
    };
  }

  /**
   * Writes corrected facts of a member; what is left out stays. The owner row has been written.
   * @throws Problem households.person-elsewhere when the corrected number belongs to a person elsewhere.
   */
  async correct(member: HouseholdMember, facts: CorrectedFacts): Promise<void> {
    const { id } = member;
    const { tx, crypto } = this.work;
    const { name, relation, identity, phone, account } = facts;
    try {
      await updateRow(tx, HouseholdMember, id, {
        ...(name === undefined ? {} : { name, initials: initialsOf(name) }),
        ...(relation === undefined ? {} : { relation }),
        ...(identity && {
          ...sealIdNumber(crypto, id, identity.idNumber),
          currentIndex: this.idIndex(identity.idNumber),
          birthDate: identity.birthDate,
          sex: identity.sex,
          // Nobody belongs to a household before being born.
          joinedOn: maxDate(member.joinedOn, identity.birthDate),
        }),
        ...(phone === undefined ? {} : sealPhone(crypto, id, phone)),
        ...(account === undefined ? {} : sealAccount(crypto, id, account)),
      });
    } catch (error) {
      if (isUniqueViolation(error, TABLE)) throw HouseholdProblem.personElsewhere();
      throw error;
    }
    if (identity) await this.requireOneHouseholdEach([id]);
  }

  /** Opens the personal fields of a member. The caller records who looked and why. */
  open(member: HouseholdMember): ClearFields {
    return openFields(this.work.crypto, member);
  }

  /** Those who belong to the household now, oldest row first. */
  present(householdId: string): Promise<HouseholdMember[]> {
    return listRows(this.work.tx, HouseholdMember, { householdId, leftOn: null });
  }

  /** How many belong to the household now, and the last day of the last who left it. */
  async occupancy(
    householdId: string,
  ): Promise<{ present: number; lastLeft: BusinessDate | null }> {
    const row = await this.work.tx.one<{ present: number; lastLeft: BusinessDate | null }>(
      `SELECT COUNT(current_index) AS present, MAX(left_on) AS lastLeft
         FROM household_member WHERE household_id = :householdId`,
      { householdId },
    );
    return row ?? { present: 0, lastLeft: null };
  }

  /** Lets members leave with their last day, on or after their first. The owner row has been written. */
  async leave(members: readonly HouseholdMember[], leaving: Leaving): Promise<void> {
    for (const { id } of members) {
      await updateRow(this.work.tx, HouseholdMember, id, { ...leaving, currentIndex: null });
    }
  }

  /**
   * Copies members into another household from a day on, as rows `newId`; the old rows have been left. What is
   * sealed is opened and sealed again, because an envelope is bound to its row.
   */
  async join(
    members: readonly (HouseholdMember & { newId: string })[],
    householdId: string,
    joinedOn: BusinessDate,
  ): Promise<void> {
    const rows = members.map((member) => {
      const { newId: id, name, relation, birthDate, sex } = member;
      return { ...this.open(member), id, householdId, joinedOn, name, relation, birthDate, sex };
    });
    await this.addMembers(rows);
  }

  /**
   * Writes the owner row as the officer saw it, with what changes in it.
   * @throws Problem platform.stale
   */
  touchSeen(
    household: Household,
    seenVersion: number,
    changes: Partial<Omit<Household, 'version'>> = {},
  ): Promise<Household> {
    const seen = Object.assign(new Household(), household, { version: seenVersion });
    return updateVersioned(this.work.tx, Household, seen, changes);
  }
}

/** A row's columns changed by its id; its owner row has been written. */
async function updateRow(
  tx: Work['tx'],
  entity: typeof HouseholdMember,
  id: string,
  changes: Partial<HouseholdMember>,
): Promise<void> {
  const map = tableMap(entity);
  const params: Record<string, Param> = { id };
  const sets = Object.entries(changes).map(([property, value]) => {
    const column = columnOf(map, property);
    params[column.name] = toColumn(column, value);
    return `${column.name} = :${column.name}`;
  });
  if (sets.length === 0) return;
  await tx.exec(`UPDATE ${map.table} SET ${sets.join(', ')} WHERE id = :id`, params);
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
