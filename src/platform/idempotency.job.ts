/** Old request keys are swept at night; the natural keys of the business (quarter and loan, claim and seat) stay. */
import type { Step } from './jobs/step';

/** Kept for 90 days: longer than any client retries, and than the 30 days that reliability asks for at least. */
const KEPT_MS = 90 * 86_400_000;

export const sweepKeysStep: Step = {
  kind: 'once',
  name: 'platform.sweep-keys',
  title: '清理过期请求标识',
  reason: 'Touches no business record; last, so that it never delays one.',
  run: async (work) => {
    const before = work.now - KEPT_MS;
    const count = await work.tx.exec('DELETE FROM idempotency WHERE created_at < :before', {
      before,
    });
    return { count };
  },
};
