/** The alarm clock: wakes by the second, survives what fails, never twice at once, and waits when it is stopped. */
import { startScheduler } from '../../../src/platform/jobs/scheduler';
import { openLog } from '../../../src/platform/log';

const EVERY_SECOND = '* * * * * *';
const until = async (met: () => boolean): Promise<void> => {
  for (let n = 0; n < 500 && !met(); n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

test('when an alarm fails, then it is logged and wakes again; another is not disturbed', async () => {
  const lines: string[] = [];
  const log = openLog('info', { write: (line: string) => lines.push(line) });
  let failing = 0;
  let working = 0;
  const stop = startScheduler(
    [
      {
        name: 'failing',
        cron: EVERY_SECOND,
        wake: async () => {
          failing += 1;
          throw new Error('no luck');
        },
      },
      {
        name: 'working',
        cron: EVERY_SECOND,
        wake: async () => {
          working += 1;
        },
      },
    ],
    log,
  );
  await until(() => failing >= 2 && working >= 2);
  await stop();
  expect(Math.min(failing, working)).toBeGreaterThanOrEqual(2);
  expect(lines.join('')).toContain('"alarm":"failing"');
});

test('when a piece of work takes longer than its interval, then it is not begun twice, and a stop waits for it', async () => {
  let begun = 0;
  let ended = 0;
  let finish: () => void = () => undefined;
  const long = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const stop = startScheduler(
    [
      {
        name: 'long',
        cron: EVERY_SECOND,
        wake: async () => {
          begun += 1;
          await long;
          ended += 1;
        },
      },
    ],
    openLog('silent'),
  );
  await until(() => begun === 1);
  await new Promise((resolve) => setTimeout(resolve, 2100));
  expect(begun).toBe(1);
  const stopped = stop();
  expect(ended).toBe(0);
  finish();
  await stopped;
  expect(ended).toBe(1);
});
