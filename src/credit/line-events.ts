/** What credit tells of lines: listeners are registered in the composition root and run in the same transaction. */
import { defineEvent } from '../platform/events';

/** A freeze is about to be lifted; a listener that throws keeps it on. */
export const lineUnfreezing = defineEvent<{ householdId: string }>('credit.line-unfreezing');
