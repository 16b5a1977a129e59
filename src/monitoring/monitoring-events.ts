/** What post-loan care tells: listeners are registered in the composition root and run in the same transaction. */
import type { BusinessDate } from '../platform/dates';
import { defineEvent } from '../platform/events';
import type { FlagKind } from './use-check';

/** A diversion was confirmed by a second person: from `lostFrom` on the loan is not subsidised any more. */
export const useDiverted = defineEvent<{
  flagId: string;
  kind: FlagKind;
  loanId: string;
  householdId: string;
  decidedOn: BusinessDate;
  lostFrom: BusinessDate;
}>('monitoring.use-diverted');
