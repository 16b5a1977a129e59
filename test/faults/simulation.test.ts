/** Scratch */
import { type OpenedService, describeEachService } from '../journeys/service';
import { START, Simulation } from '../simulation/simulation';

jest.mock('@node-rs/argon2', () =>
  jest
    .requireActual<typeof import('../identity/cheap-argon2')>('../identity/cheap-argon2')
    .cheapArgon2(),
);

const SEEDS = (process.env.SEEDS ?? '1,2,3').split(',').map(Number);
const STEPS = Number(process.env.XINFU_SIMULATION_STEPS ?? 1000);

describeEachService('Simulated counties', (open) => {
  let opened: OpenedService;
  beforeEach(async () => {
    opened = await open(START);
  });
  afterEach(() => opened.close());

  test.each(SEEDS)('keeps its laws from seed %s', async (seed) => {
    const t0 = process.hrtime.bigint();
    const report = await Simulation.run(opened, { seed, steps: STEPS, thorough: STEPS < 300 });
    process.stdout.write(`${JSON.stringify({ seed, ms: Number(process.hrtime.bigint() - t0) / 1e6, ...report, trace: report.trace.length, world: [report.world.today, report.world.loans.length, report.world.claims.length] })}\n`);
  }, 900_000);
});
