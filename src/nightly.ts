/**
 * The night, step by step, in the order in which it runs. Each step says itself why it stands where it stands;
 * the reasons are printed by `xinfu nightly` and gathered in docs/OPERATIONS.md.
 */
import { overdueReportStep, sendRemindersStep } from './collections';
import { reviewLinesStep } from './credit';
import { sweepImportsStep } from './households';
import { sweepSessionsStep } from './identity';
import { verifyAuditStep } from './inspection';
import { proveBooksAgainStep, proveBooksStep } from './ledger';
import { classifyStep, markOverdueStep, proveLoansStep, settleInterestStep } from './loans';
import { planChecksStep } from './monitoring';
import { closeNoticesStep } from './notices';
import { sweepFilesStep } from './platform/files/sweep-files.job';
import { sweepKeysStep } from './platform/idempotency.job';
import type { Step } from './platform/jobs/step';

/** All nightly steps. */
export const nightlySteps: readonly Step[] = [
  proveBooksStep,
  settleInterestStep,
  markOverdueStep,
  classifyStep,
  reviewLinesStep,
  closeNoticesStep,
  planChecksStep,
  sendRemindersStep,
  overdueReportStep,
  proveBooksAgainStep,
  proveLoansStep,
  verifyAuditStep,
  sweepSessionsStep,
  sweepImportsStep,
  sweepFilesStep,
  sweepKeysStep,
];
