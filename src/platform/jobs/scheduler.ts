/**
 * The alarm clock: node-cron wakes the runner, the sealer and the outbox. It holds no rules; whether something is
 * due is read from the database. All times are those of Asia/Shanghai, whatever the server's zone.
 */
import { type ScheduledTask, schedule } from 'node-cron';
import type { Log } from '../log';

/** Something to wake: a cron expression (seconds first) and what to do. Errors are logged, never thrown. */
export interface Alarm {
  name: string;
  cron: string;
  wake: () => Promise<unknown>;
}

/** Starts the alarms. The returned function stops them and waits for what is under way. */
export function startScheduler(alarms: readonly Alarm[], log: Log): () => Promise<void> {
  const under = new Set<Promise<void>>();
  const tasks: ScheduledTask[] = alarms.map((alarm) => {
    let busy = false;
    const wake = async () => {
      if (busy) return;
      busy = true;
      try {
        await alarm.wake();
      } catch (error) {
        log.error({ alarm: alarm.name, err: error }, 'alarm failed');
      } finally {
        busy = false;
      }
    };
    const tracked = () => {
      const run = wake().finally(() => under.delete(run));
      under.add(run);
    };
    return schedule(alarm.cron, tracked, { timezone: 'Asia/Shanghai', name: alarm.name });
  });
  return async () => {
    await Promise.all(tasks.map((task) => task.destroy()));
    await Promise.all(under);
  };
}
