/** The laws of a loan's life, on random histories: whatever happens in whatever order it is recorded. */
import fc from 'fast-check';
import { interestOfParts } from '../../src/loans/interest';
import {
  accrue,
  beginning,
  comesLast,
  type Fact,
  Impossible,
  type Life,
  type LifeTerms,
  type Outcome,
  owesNothing,
} from '../../src/loans/life';
import { replay, settleUpTo } from '../../src/loans/replay';
import { step } from '../../src/loans/step';
import { addDays, addMonths, type BusinessDate, businessDate } from '../../src/platform/dates';
import { addFen, type Fen, fen, subFen, ZERO_FEN } from '../../src/platform/money';
import { ppm } from '../../src/platform/rate';

const START = businessDate('2018-06-15');
const TERMS: LifeTerms = {
  ratePpm: ppm(47_500),
  basis: 360,
  allocationOrder: ['COST', 'PENALTY', 'INTEREST', 'PRINCIPAL'],
};

const begun = (amountFen: Fen, months: number) =>
  beginning({
    on: START,
    amountFen,
    maturesOn: addMonths(START, months),
    surchargePpm: ppm(500_000),
  });

/** A wish for an event; it becomes one when it is possible at its place. */
interface Wish {
  day: number;
  kind: Fact['kind'];
  amount: number;
}

const wish: fc.Arbitrary<Wish> = fc.record({
  day: fc.integer({ min: 0, max: 1_200 }),
  kind: fc.constantFrom<Fact['kind']>(
    ...(['repayment', 'repayment', 'repayment', 'subsidy', 'refund', 'extension'] as const),
    ...(['termination', 'write-off', 'recovery', 'renewal', 'compensation'] as const),
  ),
  amount: fc.integer({ min: 1, max: 3_000_000 }),
});

const history = fc.record({
  principal: fc.integer({ min: 1, max: 5_000_000 }).map(fen),
  months: fc.integer({ min: 1, max: 36 }),
  wishes: fc.array(wish, { maxLength: 14 }),
});

const moneyless = new Set<Fact['kind']>(['extension', 'termination', 'write-off', 'compensation']);

function factOf({ day, kind, amount }: Wish, index: number, life: Life): Fact {
  const on = addDays(START, day);
  const detail =
    kind === 'extension'
      ? { maturesOn: addMonths(life.maturesOn, 6) }
      : kind === 'termination'
        ? { surchargePpm: ppm(1_000_000) }
        : null;
  const amountFen = moneyless.has(kind) ? ZERO_FEN : fen(amount);
  return { originId: `E${String(index).padStart(4, '0')}`, kind, on, amountFen, detail };
}

const END = addDays(START, 1_300);

/** The events of a history that are possible with all those recorded before them. */
function possible(start: Life, wishes: readonly Wish[]): Fact[] {
  const facts: Fact[] = [];
  for (const [index, one] of wishes.entries()) {
    const fact = factOf(one, index, start);
    try {
      replay(start, [...facts, fact], END, TERMS);
      facts.push(fact);
    } catch (error) {
      if (!(error instanceof Impossible)) throw error;
    }
  }
  return facts;
}

const all = (law: (start: Life, facts: Fact[]) => void) =>
  fc.assert(
    fc.property(history, ({ principal, months, wishes }) => {
      const start = begun(principal, months);
      law(start, possible(start, wishes));
    }),
    { numRuns: 120 },
  );

const sum = (outcomes: readonly Outcome[], kinds: readonly string[], of: keyof Outcome) =>
  addFen(
    ZERO_FEN,
    ...outcomes.filter(({ fact }) => kinds.includes(fact.kind)).map((one) => one[of] as Fen),
  );

describe('A loan’s life', () => {
  test('is the same whether its events are taken one by one or replayed', () => {
    all((start, facts) => {
      let life = start;
      const outcomes: Outcome[] = [];
      const ordered = [...facts].sort((a, b) =>
        a.on < b.on || (a.on === b.on && a.originId < b.originId) ? -1 : 1,
      );
      for (const fact of ordered) {
        const settled = settleUpTo(life, fact.on, TERMS);
        // A settlement of the day before closes that day, not this one.
        expect(comesLast(settled.life, fact)).toBe(true);
        const done = step(settled.life, fact, TERMS);
        outcomes.push(...settled.outcomes, done.outcome);
        life = done.life;
      }
      const settled = settleUpTo(life, addDays(END, 1), TERMS);
      const whole = replay(start, facts, END, TERMS);
      expect(whole.life).toEqual(settled.life);
      expect(whole.outcomes).toEqual([...outcomes, ...settled.outcomes]);
    });
  });

  test('does not depend on the order in which events of different days are recorded', () => {
    all((start, facts) => {
      const days = new Set(facts.map(({ on }) => on));
      if (days.size < facts.length) return;
      const renamed = facts.map((fact, index) => ({
        ...fact,
        originId: `E${String(facts.length - index).padStart(4, '0')}`,
      }));
      expect(replay(start, [...renamed].reverse(), END, TERMS).life).toEqual(
        replay(start, facts, END, TERMS).life,
      );
    });
  });

  test('conserves principal, interest, penalty and what is held', () => {
    all((start, facts) => {
      const { life, outcomes } = replay(start, facts, END, TERMS);
      const paid = ['repayment', 'renewal', 'write-off'];
      expect(addFen(life.outstandingFen, sum(outcomes, paid, 'principalFen'))).toBe(
        start.outstandingFen,
      );
      const booked = outcomes.flatMap((one) => one.booked);
      const of = (kinds: readonly string[]) =>
        addFen(
          ZERO_FEN,
          ...booked.filter(({ kind }) => kinds.includes(kind)).map((one) => one.amountFen),
        );
      expect(addFen(life.interestDueFen, sum(outcomes, [...paid, 'subsidy'], 'interestFen'))).toBe(
        of(['NORMAL', 'OVERDUE']),
      );
      expect(addFen(life.penaltyDueFen, sum(outcomes, paid, 'penaltyFen'))).toBe(of(['PENALTY']));
      const held = sum(outcomes, ['repayment', 'renewal', 'subsidy', 'recovery'], 'overpaidFen');
      expect(life.overpaidFen).toBe(subFen(held, sum(outcomes, ['refund'], 'overpaidFen')));
      for (const one of outcomes) {
        if (moneyless.has(one.fact.kind) || one.fact.kind === 'settlement') continue;
        const { principalFen, interestFen, penaltyFen, overpaidFen } = one;
        expect(addFen(principalFen, interestFen, penaltyFen, overpaidFen)).toBe(one.fact.amountFen);
      }
    });
  });

  test('never falls below zero, recovers no more than was lost, and is settled exactly when nothing is owed', () => {
    all((start, facts) => {
      let life = start;
      for (const fact of facts.sort((a, b) =>
        a.on < b.on || (a.on === b.on && a.originId < b.originId) ? -1 : 1,
      )) {
        life = step(settleUpTo(life, fact.on, TERMS).life, fact, TERMS).life;
        const { outstandingFen, interestDueFen, penaltyDueFen, overpaidFen } = life;
        for (const amount of [outstandingFen, interestDueFen, penaltyDueFen, overpaidFen]) {
          expect(amount).toBeGreaterThanOrEqual(0);
        }
        expect(life.recoveredFen).toBeLessThanOrEqual(life.writtenOffFen);
        const { principalFen, interestFen, penaltyFen } = life.lost;
        expect(addFen(principalFen, interestFen, penaltyFen)).toBe(
          subFen(life.writtenOffFen, life.recoveredFen),
        );
        expect(life.settledOn !== null).toBe(owesNothing(life));
      }
    });
  });

  test('rounds each period and kind once, and books no day twice and none not at all', () => {
    all((start, facts) => {
      const { life, outcomes } = replay(start, facts, END, TERMS);
      const parts = outcomes.flatMap((one) => one.booked);
      const surchargePpm = life.surchargePpm;
      for (const group of new Set(parts.map((one) => `${one.periodCode} ${one.kind}`))) {
        const own = parts.filter((one) => `${one.periodCode} ${one.kind}` === group);
        expect(addFen(...own.map((one) => one.amountFen))).toBe(
          interestOfParts(own, { ...TERMS, surchargePpm }),
        );
      }
      const days = parts.filter(({ kind }) => kind !== 'PENALTY');
      expect(days[0]?.fromOn ?? START).toBe(START);
      days.slice(1).forEach((part, index) => {
        expect(part.fromOn).toBe(days[index]?.untilOn);
      });
    });
  });

  test('owes the same interest however often it was asked for', () => {
    fc.assert(
      fc.property(
        history,
        fc.array(fc.integer({ min: 1, max: 1_300 }), { maxLength: 10 }),
        ({ principal, months }, asked) => {
          const until = addDays(START, 1_300);
          const once = accrue(begun(principal, months), until, TERMS).life;
          let often = begun(principal, months);
          for (const day of [...asked].sort((a, b) => a - b)) {
            often = accrue(often, addDays(START, day), TERMS).life;
          }
          often = accrue(often, until, TERMS).life;
          expect([often.interestDueFen, often.penaltyDueFen]).toEqual([
            once.interestDueFen,
            once.penaltyDueFen,
          ]);
        },
      ),
      { numRuns: 120 },
    );
  });

  test.each<[string, Fact['kind'], BusinessDate, Partial<Fact>, string]>([
    ['a refund of nothing held', 'refund', addDays(START, 5), { amountFen: fen(1) }, '多收'],
    [
      'an extension after maturity',
      'extension',
      addDays(START, 800),
      { detail: { maturesOn: addDays(START, 900) } },
      '到期之前',
    ],
    [
      'an extension backwards',
      'extension',
      addDays(START, 5),
      { detail: { maturesOn: addDays(START, 9) } },
      '晚于',
    ],
    [
      'a termination after maturity',
      'termination',
      addDays(START, 800),
      { detail: { surchargePpm: ppm(1) } },
      '已到期',
    ],
    [
      'a recovery of what was not written off',
      'recovery',
      addDays(START, 5),
      { amountFen: fen(1) },
      '没有核销',
    ],
    ['a second payout', 'disbursal', addDays(START, 5), { amountFen: fen(1) }, '只放款一次'],
  ])('refuses %s', (_, kind, on, more, reason) => {
    const fact: Fact = { originId: 'E', kind, on, amountFen: ZERO_FEN, ...more };
    expect(() => step(begun(fen(100), 12), fact, TERMS)).toThrow(Impossible);
    try {
      step(begun(fen(100), 12), fact, TERMS);
    } catch (error) {
      expect((error as Impossible).reason).toContain(reason);
    }
  });

  test('two events of one day stand in the order of recording, the settlement after both', () => {
    const on = businessDate('2018-09-20');
    const facts: Fact[] = [
      { originId: 'B', kind: 'repayment', on, amountFen: fen(100_000) },
      { originId: 'A', kind: 'subsidy', on, amountFen: fen(5_000) },
    ];
    const { outcomes } = replay(begun(fen(5_000_000), 36), facts, on, TERMS);
    expect(outcomes.map(({ fact }) => `${fact.on} ${fact.kind}`)).toEqual([
      '2018-06-20 settlement',
      '2018-09-20 subsidy',
      '2018-09-20 repayment',
      '2018-09-20 settlement',
    ]);
  });
});
