/**
 * A simulated county: random people do random things, right and wrong, over years, and after each of them the laws
 * hold, the model agrees, and what was refused has changed nothing. Replay a run by its seed and number of steps:
 * `XINFU_SEED=… XINFU_SIMULATION_STEPS=… npm test -- test/simulation`. Long runs: `npm run faults`.
 */
import { describeEachService, type OpenedService } from '../journeys/service';
import { Simulation, type SimulationReport, START } from './simulation';

jest.mock('@node-rs/argon2', () =>
  jest
    .requireActual<typeof import('../identity/cheap-argon2')>('../identity/cheap-argon2')
    .cheapArgon2(),
);

/** A fixed seed, so that the gate does not fall on those who changed nothing; fresh ones are for the long runs. */
const SEED = Number(process.env.XINFU_SEED ?? 43);
const CHOSEN = process.env.XINFU_SIMULATION_STEPS;
/** On MariaDB each step costs three times as much. */
const STEPS = CHOSEN
  ? { sqlite: Number(CHOSEN), mysql: Number(CHOSEN) }
  : { sqlite: 400, mysql: 80 };

/** The traces of this file's runs: both databases must tell one story. */
const traces: string[][] = [];

/** What the fixed seed reaches; a run in which nothing happens would keep every law. */
const REACHED = [
  'notices.check-objection',
  'notices.decide-objection',
  'loans.disburse',
  'loans.repay',
  'subsidies.pay-quarter',
  'riskfund.sign-claim',
  'riskfund.pay-compensation',
  'riskfund.return-recovery',
];

describeEachService('A simulated county', (open) => {
  let opened: OpenedService | undefined;
  const start = async () => {
    opened = await open(START);
    return opened;
  };
  afterEach(() => opened?.close());

  const stepsHere = (service: OpenedService) =>
    service.url.startsWith('sqlite:') ? STEPS.sqlite : STEPS.mysql;

  test(`keeps its laws after every step from seed ${SEED}, and tells the same story everywhere`, async () => {
    const service = await start();
    const steps = stepsHere(service);
    const report = await Simulation.run(service, { seed: SEED, steps, thorough: true });
    process.stdout.write(summary(report, steps));
    for (const trace of traces) {
      const common = Math.min(trace.length, report.trace.length);
      expect(report.trace[common - 1]).toBe(trace[common - 1]);
    }
    traces.push(report.trace);
    const whole = !process.env.XINFU_SEED && steps >= 400;
    if (whole) {
      expect(Object.keys(report.done)).toEqual(expect.arrayContaining(REACHED));
      const sheets = report.world.applications.flatMap(({ notice }) => notice?.id ?? []);
      expect(new Set(sheets).size).toBeLessThan(sheets.length);
    }
    expect(report.refused).toBeGreaterThan(0);
  }, 120_000);

  test('when a row is changed behind its back, then it ends with the law, the seed and the step', async () => {
    const service = await start();
    const meddle = async (): Promise<void> => {
      const { db } = service.service.platform;
      await db.inTransaction((tx) =>
        tx.exec('UPDATE ledger_balance SET balance_fen = balance_fen + 1'),
      );
    };
    const run = Simulation.run(service, { seed: SEED, steps: 60, meddle });
    await expect(run).rejects.toThrow(
      new RegExp(`step \\d+ of 60, seed ${SEED}:\\n {2}✗ balances-are-sums: a kept balance`),
    );
  }, 120_000);
});

function summary({ done, refused, nights, world, trace }: SimulationReport, steps: number): string {
  const acts = Object.values(done).reduce((sum, count) => sum + count, 0);
  const { loans, claims, runs, today } = world;
  return (
    `seed ${SEED}: ${steps} steps to ${today}, ${acts} acts of ${Object.keys(done).length} kinds done, ` +
    `${refused} refused, time passed ${nights} times; ${loans.length} loans, ${claims.length} claims, ` +
    `${runs.length} quarters; trace ${trace.at(-1)?.slice(0, 16)}\n`
  );
}
