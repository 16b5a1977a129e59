/**
 * A law that cannot be seen to break proves nothing. Over the county of a finished run each law is broken once, by a
 * change that no act could make: keys, checks and triggers of the table are taken away first, and all of it is rolled
 * back. On SQLite, where tables can be changed within a transaction; the laws themselves run on both databases.
 */
import { openService, type Service } from '../../src/app';
import { steppingClock } from '../../src/platform/clock';
import { readConfig } from '../../src/platform/config';
import type { Tx } from '../../src/platform/db/database';
import { seededRandom } from '../../src/platform/ids';
import { openLog } from '../../src/platform/log';
import { sqlitePlace } from '../support/databases';
import { brokenLaws, LAWS } from './laws';
import { Simulation, START } from './simulation';
import { chainVerifies, nightsAudited } from './trail';

jest.mock('@node-rs/argon2', () =>
  jest
    .requireActual<typeof import('../identity/cheap-argon2')>('../identity/cheap-argon2')
    .cheapArgon2(),
);

/** How each law is broken: the table that loses its guards, and the change. */
const BREAKS: Readonly<Record<string, readonly [table: string, change: string]>> = {
  'entries-add-up': ['ledger_line', 'SET amount_fen = amount_fen + line_no'],
  'books-add-up': ['ledger_line', 'SET amount_fen = amount_fen + line_no'],
  'balances-are-sums': ['ledger_balance', 'SET balance_fen = balance_fen + 1'],
  'loan-is-its-accounts': ['loan', 'SET penalty_due_fen = penalty_due_fen + 1'],
  'outstanding-within-principal': ['loan', 'SET outstanding_fen = 0 - 1'],
  'one-loan-a-household': ['loan', "SET state = 'running', household_id = 'one'"],
  'principal-is-conserved': ['loan', 'SET outstanding_fen = outstanding_fen - 1'],
  'interest-is-conserved': ['loan_interest', 'SET amount_fen = amount_fen + 1'],
  'every-day-once': ['loan_interest', 'SET days = days + 1'],
  'settled-owes-nothing': ['application', "SET state = 'settled'"],
  'no-two-steps-by-one': ['application_step', "SET actor_id = 'one'"],
  'steps-in-order': ['application_step', "SET outcome = 'refused'"],
  'four-hands-at-the-bank': ['loan', 'SET signed_by = decided_by'],
  'no-money-before-the-notice': ['notice', "SET ends_on = '2099-12-31'"],
  'boards-by-three': ['notice_level', "SET posted_by = 'one'"],
  'certificate-of-the-loan': ['certificate', "SET issued_on = '2099-12-31'"],
  'claims-signed-by-three-bodies': ['fund_signature', 'SET actor_id = claimed_by'],
  'subsidies-by-three': ['subsidy_run', 'SET approved_by = proposed_by'],
  'fund-adds-up': ['fund', 'SET balance_fen = balance_fen + 1'],
  'fund-covers-its-claims': ['fund', 'SET reserved_fen = reserved_fen + 1'],
  'one-claim-a-loan': ['fund_claim', "SET loan_id = 'one', state = 'paid'"],
  'recoveries-within-the-claim': ['fund_claim', 'SET due_back_fen = amount_fen + 1'],
  'the-fund-is-made-whole': ['loan', "SET state = 'settled'"],
  'interest-is-subsidised-or-excluded': [
    'subsidy_claim',
    'SET subsidised_fen = subsidised_fen + 1',
  ],
  'a-quarter-once': ['loan_event', "SET kind = 'subsidy', natural_key = 'one'"],
  'full-coverage': ['subsidy_claim', 'SET interest_fen = interest_fen - 1'],
  'subsidy-reaches-the-loans': ['subsidy_payment', 'SET amount_fen = amount_fen - 1'],
  'county-pays-what-it-has': ['subsidy_account', 'SET balance_fen = balance_fen + 1'],
};

/** A copy of a table without keys, checks and triggers, in its place. */
async function bare(tx: Tx, table: string): Promise<void> {
  await tx.manager.query('PRAGMA defer_foreign_keys = ON');
  await tx.manager.query(`CREATE TABLE bare_copy AS SELECT * FROM ${table}`);
  await tx.manager.query(`DROP TABLE ${table}`);
  await tx.manager.query(`ALTER TABLE bare_copy RENAME TO ${table}`);
}

describe('The laws of the simulated county', () => {
  const place = sqlitePlace();
  let service: Service;

  beforeAll(async () => {
    const clock = steppingClock(START);
    service = await openService({
      config: readConfig({ XINFU_MODE: 'test', XINFU_DEMO: 'false', DATABASE_URL: place.url }),
      clock,
      log: openLog('silent'),
      random: seededRandom(20181031),
    });
    const opened = { service, clock, url: place.url, close: () => service.close() };
    // This run ends with paid and open claims, paid quarters and loans in every state.
    await Simulation.run(opened, { seed: 43, steps: 400 });
  }, 120_000);
  afterAll(async () => {
    await service.close();
    await place.remove();
  });

  /** Breaks something within a transaction that is rolled back, and tells what the laws say then. */
  const brokenBy = (change: (tx: Tx) => Promise<unknown>, told: (tx: Tx) => Promise<string[]>) =>
    service.platform.db.inTransaction(
      async (tx) => {
        await change(tx);
        return told(tx);
      },
      { rollback: true },
    );

  test('all hold at the end of a run', async () => {
    expect(await brokenLaws(service.platform.db.reader(), true)).toEqual([]);
  });

  test.each(LAWS.map(({ name, sentence }) => [name, sentence] as const))(
    '%s: %s — broken, it is named',
    async (name, sentence) => {
      const [table, change] = BREAKS[name] ?? ['', ''];
      const told = await brokenBy(
        async (tx) => {
          await bare(tx, table);
          await tx.manager.query(`UPDATE ${table} ${change}`);
        },
        (tx) => brokenLaws(tx, true),
      );
      expect(told).toContainEqual(expect.stringContaining(`${name}: ${sentence} [`));
    },
  );

  test('an audit entry that was changed is found, and so is a night without its entries', async () => {
    const { platform } = service;
    const told = await brokenBy(
      async (tx) => {
        await bare(tx, 'audit_entry');
        await tx.manager.query("UPDATE audit_entry SET actor_name = 'nobody', request_id = 'none'");
      },
      async (tx) => [...(await chainVerifies(platform, tx)), ...(await nightsAudited(tx))],
    );
    expect(told).toEqual([
      expect.stringContaining('audit-verifies: '),
      expect.stringContaining('night-audited: '),
    ]);
  });
});
