/** The harness of the benchmarks: turns that alternate, a warm-up that does not count, medians. */
import { measure, median, ratioLine } from '../../bench/harness';

describe('The bench harness', () => {
  test('takes the middle value, and refuses to take one of nothing', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow('no median');
  });

  test('lets floor and ours take turns, and compares medians without the warm-up', async () => {
    let now = 0;
    const turns: string[] = [];
    const side = (what: string, costs: number[]) => ({
      what,
      run: async (count: number) => {
        turns.push(what);
        now += (costs.shift() ?? 0) * count;
      },
    });
    const bench = { floor: side('bare', [90, 1, 3, 2]), ours: side('act', [90, 5, 100, 4]) };
    const outcome = await measure(bench, { name: 'a case', count: 10 }, 3, () => now);
    expect(turns).toEqual(['bare', 'act', 'act', 'bare', 'bare', 'act', 'act', 'bare']);
    expect(outcome).toEqual({ name: 'a case', floorMs: 2, oursMs: 5, ratio: 2.5 });
    expect(ratioLine(outcome, bench)).toBe('a case: ×2.50 (act 5.000 ms / bare 2.000 ms)');
  });

  test('runs a case that leaves its rows once: ours, then the floor on them', async () => {
    const turns: string[] = [];
    const side = (what: string) => ({
      what,
      run: async () => {
        turns.push(what);
      },
    });
    let now = 0;
    const clock = () => {
      now += 1;
      return now;
    };
    const bench = { floor: side('bare'), ours: side('task') };
    const outcome = await measure(bench, { name: 'a case', count: 2, once: true }, 5, clock);
    expect(turns).toEqual(['task', 'bare']);
    expect(outcome).toMatchObject({ floorMs: 0.5, oursMs: 0.5, ratio: 1 });
  });
});
