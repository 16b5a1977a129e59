/**
 * Long runs of the simulated county from fresh seeds: thousands of steps over seven years. Each seed stands in the
 * name of its test and in what a failure tells; `XINFU_SEED=… XINFU_SIMULATION_STEPS=…` replays it.
 */
import { systemRandom } from '../../src/platform/ids';
import { describeEachService, type OpenedService } from '../journeys/service';
import { Simulation, START } from '../simulation/simulation';

jest.mock('@node-rs/argon2', () =>
  jest
    .requireActual<typeof import('../identity/cheap-argon2')>('../identity/cheap-argon2')
    .cheapArgon2(),
);

const freshSeed = () => Math.floor(systemRandom() * 1_000_000_000);
const SEEDS = process.env.XINFU_SEED
  ? process.env.XINFU_SEED.split(',').map(Number)
  : [freshSeed(), freshSeed(), freshSeed()];
const CHOSEN = Number(process.env.XINFU_SIMULATION_STEPS ?? 0);

describeEachService('Simulated counties', (open) => {
  let opened: OpenedService;
  beforeEach(async () => {
    opened = await open(START);
  });
  afterEach(() => opened.close());

  test.each(SEEDS)(
    'seven years from seed %i keep the laws',
    async (seed) => {
      const usual = opened.url.startsWith('sqlite:') ? 2500 : 1000;
      const steps = CHOSEN || usual;
      const { trace, done, refused, world } = await Simulation.run(opened, { seed, steps });
      expect(trace).toHaveLength(steps);
      const acts = Object.values(done).reduce((sum, count) => sum + count, 0);
      const told = `${acts} acts done, ${refused} refused, ${world.loans.length} loans, ${world.claims.length} claims`;
      process.stdout.write(`seed ${seed}: ${steps} steps to ${world.today}, ${told}\n`);
    },
    900_000,
  );
});
