/**
 * Rows of imports hold whole ID numbers: they go when the import is over, and at the latest with the file from which
 * they came. An import that nobody confirmed by then is closed.
 */
import { addDays } from '../platform/dates';
import { KEPT_DAYS } from '../platform/files/file';
import type { Step } from '../platform/jobs/step';
import { ImportStore } from './import.store';

/** Rows of one transaction. */
const ROWS = 5000;

export const sweepImportsStep: Step = {
  kind: 'chunks',
  name: 'households.sweep-imports',
  title: '清除名单导入的暂存内容',
  reason:
    'Touches no record of the register; beside the other sweeping, so that it never delays one.',
  chunk: async (work, date, after) => {
    const store = new ImportStore(work);
    const [row] = await store.toSweep(after ?? '', addDays(date, -KEPT_DAYS), 1);
    if (!row) return { next: null, count: 0 };
    const count = await store.purgeRows(row.id, ROWS);
    // Asked for again from the id before, until nothing of it is left.
    if (count === ROWS) return { next: after ?? '', count };
    const closed = row.endedOn === null && {
      state: 'CANCELLED' as const,
      openKey: null,
      endedOn: date,
      note: `超过 ${KEPT_DAYS} 天未确认，自动取消`,
    };
    await store.update(row, { rowsKept: false, ...(closed || {}) });
    return { next: row.id, count };
  },
};
