/**
 * A simulated county: random people do random things, right and wrong, over years, and after each of them the laws of
 * the books hold. `XINFU_SEED=… XINFU_SIMULATION_STEPS=… npm test -- test/simulation` replays a run.
 */
import { describeEachService, type OpenedService } from '../journeys/service';
import { Simulation, START } from './simulation';

jest.mock('@node-rs/argon2', () =>
  jest
    .requireActual<typeof import('../identity/cheap-argon2')>('../identity/cheap-argon2')
    .cheapArgon2(),
);

const SEED = Number(process.env.XINFU_SEED ?? 20181031);
const STEPS = Number(process.env.XINFU_SIMULATION_STEPS ?? 0);

describeEachService('A simulated county', (open) => {
  let opened: OpenedService;
  beforeEach(async () => {
    opened = await open(START);
  });
  afterEach(() => opened.close());

  test(`keeps its laws from seed ${SEED}`, async () => {
    const t0 = process.hrtime.bigint();
    const report = await Simulation.run(opened, {
      seed: SEED,
      steps: STEPS || 150,
      thorough: true,
    });
    process.stdout.write(
      `${JSON.stringify({ ms: Number(process.hrtime.bigint() - t0) / 1e6, ...report, trace: report.trace.at(-1), world: [report.world.today, report.world.loans.length, report.world.claims.length] })}\n`,
    );
  }, 120_000);
});
