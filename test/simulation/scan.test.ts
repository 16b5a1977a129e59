import { describeEachService } from '../journeys/service';
import { START, Simulation } from './simulation';
jest.mock('@node-rs/argon2', () =>
  jest.requireActual<typeof import('../identity/cheap-argon2')>('../identity/cheap-argon2').cheapArgon2(),
);
describeEachService('scan', (open) => {
  test('scan', async () => {
    for (let seed = Number(process.env.FROM ?? 1); seed <= Number(process.env.TO ?? 30); seed += 1) {
      const opened = await open(START);
      try {
        const r = await Simulation.run(opened, { seed, steps: 150 });
        process.stdout.write(`${JSON.stringify({ seed, kinds: Object.keys(r.done).length, at80: 0, acts: Object.values(r.done).reduce((a, b) => a + b, 0), loans: r.world.loans.length, paid: r.done['riskfund.pay-compensation'] ?? 0, ret: r.done['riskfund.return-recovery'] ?? 0, sub: r.done['subsidies.pay-quarter'] ?? 0, repay: r.done['loans.repay'] ?? 0, dec: r.done['notices.decide-objection'] ?? 0 })}\n`);
      } catch (error) {
        process.stdout.write(`FAILED ${seed} ${String(error).slice(0, 600)}\n`);
      }
      await opened.close();
    }
  }, 900_000);
});
