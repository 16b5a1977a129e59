/** Whatever is posted, repeated and reversed in whatever order: the laws of the books hold after every step. */
import fc from 'fast-check';
import {
  allAccounts,
  balanceOf,
  bankBook,
  type EntryDraft,
  postEntry,
  proveBooks,
  reverseEntry,
} from '../../src/ledger';
import { businessDate } from '../../src/platform/dates';
import { fen } from '../../src/platform/money';
import { Problem } from '../../src/platform/problems';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { disbursal, openBooks } from './books';

const ACCOUNTS = allAccounts().filter((account) => account.book === 'bank');

type Step =
  | { kind: 'post'; lines: { account: number; loan: number; amount: number }[]; last: number }
  | { kind: 'reverse' | 'repeat' | 'twist'; which: number };

const stepOf: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('post' as const),
      lines: fc.array(
        fc.record({
          account: fc.nat(ACCOUNTS.length - 1),
          loan: fc.nat(2),
          // Mostly towards the natural side, so that enough of the entries are lawful.
          amount: fc.oneof(
            { weight: 3, arbitrary: fc.integer({ min: 1, max: 9_000_000 }) },
            { weight: 1, arbitrary: fc.integer({ min: -5000, max: -1 }) },
          ),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      last: fc.nat(ACCOUNTS.length - 1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('reverse' as const, 'repeat' as const, 'twist' as const),
      which: fc.nat(30),
    }),
  },
);

/** The books in memory, as simple as they can be. */
class Model {
  readonly posted: EntryDraft[] = [];
  readonly sums = new Map<string, number>();
  readonly reversed = new Set<string>();

  add(draft: EntryDraft): void {
    this.posted.push(draft);
    for (const { account, sub = '', amountFen } of draft.lines) {
      const name = `${account} ${sub}`;
      this.sums.set(name, (this.sums.get(name) ?? 0) + amountFen);
    }
  }
}

function draftOf(
  step: Extract<Step, { kind: 'post' }>,
  book: string,
  key: string,
): EntryDraft | null {
  const lines = step.lines.map(({ account, loan, amount }) => {
    const { code, sub, side } = ACCOUNTS[account]!;
    const amountFen = fen(side === 'debit' ? amount : -amount);
    return { account: code, sub: sub === 'none' ? undefined : `L${loan}`, amountFen };
  });
  const rest = -lines.reduce((sum, line) => sum + line.amountFen, 0);
  const { code, sub } = ACCOUNTS[step.last]!;
  if (rest === 0) return lines.length >= 2 ? disbursal('L0', 1, { book, key, lines }) : null;
  lines.push({ account: code, sub: sub === 'none' ? undefined : 'L0', amountFen: fen(rest) });
  return disbursal('L0', 1, { book, key, lines });
}

describeEachDatabase('the laws of the books', (open) => {
  let county: County;
  let runs = 0;
  let refused = 0;
  let done = 0;
  beforeAll(async () => {
    county = await openBooks(open);
  });

  /** What the books say of it; null when a guarded balance or an earlier reversal was in the way. */
  async function attempt<T>(run: () => Promise<T>): Promise<T | null> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      expect(['ledger.wrong-side', 'ledger.already-reversed']).toContain(error.code);
      refused += 1;
      return null;
    }
  }

  async function take(step: Step, model: Model, book: string, key: string): Promise<void> {
    if (step.kind === 'post') {
      const draft = draftOf(step, book, key);
      if (!draft) return;
      const posted = await attempt(() => county.system((work) => postEntry(work, draft)));
      if (posted) model.add(draft);
      return;
    }
    const known = model.posted[step.which % Math.max(1, model.posted.length)];
    if (!known) return;
    if (step.kind === 'repeat') {
      expect((await county.system((work) => postEntry(work, known))).fresh).toBe(false);
      return;
    }
    if (step.kind === 'twist') {
      const twisted = county.system((work) => postEntry(work, { ...known, memo: '改动' }));
      await expect(twisted).rejects.toThrow('stands for another entry');
      return;
    }
    const reversal = { key, correctsKey: known.key, on: businessDate('2018-06-20'), memo: '冲正' };
    const posted = await attempt(() => county.system((work) => reverseEntry(work, reversal)));
    expect(posted !== null && model.reversed.has(known.key)).toBe(false);
    if (!posted) return;
    model.reversed.add(known.key);
    const lines = known.lines.map((line) => ({ ...line, amountFen: fen(-line.amountFen) }));
    const mirror = { ...known, ...reversal, event: 'ledger.reversal', corrects: known.key };
    model.add({ ...mirror, lines });
  }

  test('hold after every step of any history', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepOf, { minLength: 3, maxLength: 12 }), async (steps) => {
        runs += 1;
        const book = bankBook(`RUN${runs}`);
        const model = new Model();
        for (const [index, step] of steps.entries()) {
          await take(step, model, book, `run/${runs}/${index}`);
          const proof = await proveBooks(county.platform.db.reader());
          expect(proof.faults).toEqual([]);
        }
        done += model.posted.length;
        for (const [name, sum] of model.sums) {
          const [account = '', sub = ''] = name.split(' ');
          const sql = county.platform.db.reader();
          expect(await balanceOf(sql, { book, account, sub })).toBe(sum);
        }
      }),
      { numRuns: 25, seed: 20180920 },
    );
    expect(done).toBeGreaterThan(25);
    expect(refused).toBeGreaterThan(5);
  });
});
