/**
 * Runs a night in a process of its own and, when told to, dies by SIGKILL at its n-th transaction: `inside`, when
 * everything is written and nothing committed, or `after` the commit, before anybody knows of it.
 * `night-child.ts <options as JSON>`
 */
import { openService } from '../../src/app';
import { steppingClock } from '../../src/platform/clock';
import { businessDate } from '../../src/platform/dates';
import type { Database } from '../../src/platform/db/database';
import { openLog } from '../../src/platform/log';
import { testConfig } from './office';

/** What the process is told. */
export interface NightOrder {
  url: string;
  date: string;
  /** The moment at which it runs, ISO 8601. */
  at: string;
  die: { transaction: number; where: 'inside' | 'after' } | null;
}

function dieAt(db: Database, die: NonNullable<NightOrder['die']>): void {
  const original = db.inTransaction.bind(db);
  const end = () => process.kill(process.pid, 'SIGKILL');
  let begun = 0;
  const inTransaction: Database['inTransaction'] = async (fn, options) => {
    begun += 1;
    if (begun !== die.transaction) return original(fn, options);
    const done = await original(async (tx) => {
      const value = await fn(tx);
      if (die.where === 'inside') end();
      return value;
    }, options);
    end();
    return done;
  };
  Object.assign(db, { inTransaction });
}

async function main(): Promise<void> {
  const order = JSON.parse(process.argv[2] ?? '{}') as NightOrder;
  const service = await openService({
    config: testConfig(order.url),
    clock: steppingClock(order.at),
    log: openLog('silent'),
    runner: { leaseMs: 60_000, chunkSize: 7 },
  });
  if (order.die) dieAt(service.platform.db, order.die);
  const report = await service.runner.runNight(businessDate(order.date));
  process.stdout.write(JSON.stringify(report));
  await service.close();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
