/**
 * The laws of the register after any sequence of its acts: every day since a household's first has exactly one
 * status, one place and one head; nobody stands in two households on any day; what lists copy is what holds today;
 * a refused act changes nothing.
 */
import fc from 'fast-check';
import { headOn, householdFor, placeOn, statusOn } from '../../src/households';
import { addMember } from '../../src/households/add-member';
import { changeHead } from '../../src/households/change-head';
import { changeStatus } from '../../src/households/change-status';
import { mergeHouseholds } from '../../src/households/merge-households';
import { moveHousehold } from '../../src/households/move-household';
import { removeMember } from '../../src/households/remove-member';
import { splitHousehold } from '../../src/households/split-household';
import { addDays, type BusinessDate, businessDate } from '../../src/platform/dates';
import { Problem } from '../../src/platform/problems';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aHousehold,
  another,
  idNumber,
  OTHER_VILLAGE,
  openRegister,
  TABLES,
  VILLAGE,
} from './register';

/** One step: which act, which household and person (by place in a list), which day since the first. */
const step = fc.record({
  act: fc.constantFrom('add', 'leave', 'head', 'status', 'move', 'merge', 'split', 'return'),
  one: fc.nat(3),
  other: fc.nat(3),
  who: fc.nat(4),
  day: fc.integer({ min: -2, max: 60 }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const FIRST = businessDate('2016-01-01');
const LAST_DAY = 61;

describeEachDatabase('The laws of the register', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openRegister(open, '2016-03-01');
  });

  const sql = () => county.platform.db.reader();
  const permissions = ['households.register', 'households.edit', 'households.move'].concat(
    'households.change-status',
  );

  async function perform(ids: string[], { act, one, other, who, day }: Step): Promise<void> {
    const actor = county.actor({ permissions });
    const householdId = ids[one % ids.length] as string;
    const { version, headMemberId } = await householdFor(sql(), householdId);
    const present = await sql().rows<{ id: string }>(
      'SELECT id FROM household_member WHERE household_id = :householdId AND left_on IS NULL ORDER BY id',
      { householdId },
    );
    const fromOn = addDays(FIRST, day);
    const member = present[who % Math.max(present.length, 1)]?.id ?? headMemberId;
    const others = (without: string) =>
      present
        .filter(({ id }) => id !== without)
        .map(({ id }) => ({ memberId: id, relation: 'OTHER' }));
    const base = { householdId, version, source: '依据' };
    const heir = present.find(({ id }) => id !== member)?.id;
    const join = (idNo: string) =>
      county.do(actor, addMember, {
        ...{ ...base, joinedOn: fromOn },
        member: { name: '覃新', relation: 'OTHER', idNumber: idNo },
      });
    switch (act) {
      case 'add':
        await join(idNumber(another() % 1000, '19701212'));
        return;
      case 'return':
        await join(idNumber(1 + (who % 2), '19701212'));
        return;
      case 'leave':
        await county.do(actor, removeMember, {
          ...{ ...base, memberId: member, leftOn: fromOn, reason: 'MOVED' },
          ...(heir && {
            newHead: {
              memberId: heir,
              relations: others(heir).filter(({ memberId }) => memberId !== member),
            },
          }),
        });
        return;
      case 'head':
        await county.do(actor, changeHead, {
          ...{ ...base, memberId: member, fromOn, relations: others(member) },
        });
        return;
      case 'status': {
        const status = who % 2 === 0 ? 'OUT_OF_POVERTY' : 'UNSTABLE';
        await county.do(actor, changeStatus, { ...base, status, fromOn });
        return;
      }
      case 'move': {
        const regionCode = who % 2 === 0 ? OTHER_VILLAGE : VILLAGE;
        await county.do(actor, moveHousehold, { ...base, regionCode, fromOn, cause: 'MOVE' });
        return;
      }
      case 'merge': {
        const intoId = ids[other % ids.length] as string;
        const { version: intoVersion } = await householdFor(sql(), intoId);
        await county.do(actor, mergeHouseholds, {
          ...{ ...base, intoId, intoVersion, fromOn, relations: others('') },
        });
        return;
      }
      case 'split': {
        const code = `SPLIT-${another()}`;
        const form = { ...base, code, headId: member, relations: [], fromOn };
        const done = await county.do(actor, splitHousehold, form);
        ids.push(done.newHouseholdId);
      }
    }
  }

  async function requireLaws(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      for (const table of ['household_status', 'household_place', 'household_head']) {
        const periods = await sql().rows<{ from_on: BusinessDate; to_on: BusinessDate | null }>(
          `SELECT from_on, to_on FROM ${table} WHERE household_id = :id ORDER BY from_on`,
          { id },
        );
        periods.forEach((period, at) => {
          const next = periods[at + 1];
          expect(period.to_on).toBe(next ? addDays(next.from_on, -1) : null);
        });
        expect(periods.length).toBeGreaterThan(0);
      }
      const today = businessDate('2016-03-01');
      const face = await householdFor(sql(), id);
      const head = await headOn(sql(), id, today);
      expect([face.headMemberId, face.headName]).toEqual([head?.id, head?.name]);
      expect(face.regionCode).toBe(await placeOn(sql(), id, today));
      const row = await sql().one<{ status: string }>(
        'SELECT status_now AS status FROM household WHERE id = :id',
        { id },
      );
      expect(row?.status).toBe((await statusOn(sql(), id, today))?.status);
    }
    const twice = await sql().rows(
      `SELECT a.id FROM household_member a JOIN household_member b
           ON a.id_number_index = b.id_number_index AND a.id < b.id
        WHERE a.joined_on <= COALESCE(b.left_on, :last) AND b.joined_on <= COALESCE(a.left_on, :last)`,
      { last: addDays(FIRST, LAST_DAY + 10_000) },
    );
    expect(twice).toEqual([]);
    // While a household has people, its head is one of them, on every day.
    const headless = await sql().rows(
      `SELECT h.id FROM household_head h JOIN household_member m ON m.id = h.member_id
        WHERE m.left_on IS NOT NULL AND (h.to_on IS NULL OR h.to_on > m.left_on)
          AND EXISTS (SELECT 1 FROM household_member o WHERE o.household_id = h.household_id
                      AND o.id <> m.id AND (h.to_on IS NULL OR o.joined_on <= h.to_on)
                      AND (o.left_on IS NULL OR o.left_on > m.left_on))`,
    );
    expect(headless).toEqual([]);
  }

  test('hold after any sequence of acts', async () => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const ids = [
          (await aHousehold(county)).householdId,
          (await aHousehold(county)).householdId,
        ];
        for (const one of steps) {
          const before = await county.snapshot(...TABLES);
          try {
            await perform(ids, one);
            done += 1;
          } catch (error) {
            if (!(error instanceof Problem)) throw error;
            expect(await county.snapshot(...TABLES)).toBe(before);
          }
        }
        await requireLaws(ids);
      }),
      { seed: 20181031, numRuns: 12 },
    );
    expect(done).toBeGreaterThan(20);
  });
});
