/** The loan book: the face of the module. Nothing else of it may be imported from outside. */

import { Extension } from './extension.entity';
import { GradeJudgement, LoanClassChange } from './grading.entity';
import { Loan, LoanCorrection, LoanEvent, LoanInterest } from './loan.entity';
import { Payout } from './payout.entity';
import { Renewal } from './renewal.entity';
import { SubsidyHold } from './subsidy-hold.entity';
import { Termination } from './termination.entity';
import { LoanRefund, LoanWriteOff } from './write-off.entity';

export {
  type AfterCompensation,
  afterCompensation,
  type MoneyAfter,
} from './after-compensation.queries';
export { GRADE_CODES, type GradeCode } from './classification';
export { classifyLoan } from './classify-loan';
export { decideExtension } from './decide-extension';
export { decideRenewal } from './decide-renewal';
export { decideTermination } from './decide-termination';
export { decideWriteOff } from './decide-write-off';
export { disburse } from './disburse';
export { enterRecovery } from './enter-recovery';
export {
  lendersOf,
  type OverdueHousehold,
  overdueHouseholds,
  type RepaymentRecord,
  repaymentRecords,
  usedOf,
} from './evidence.queries';
export { explainLatePayout } from './explain-late-payout';
export { type FundStanding, useFundStanding } from './fund-standing';
export { type InterestTrial, interestTrial } from './interest';
export {
  loanCorrected,
  loanDisbursed,
  loanOverdue,
  loanRecovered,
  loanRenewed,
  loanRepaid,
  loanSubsidised,
  loanTerminated,
  loanWrittenOff,
} from './loan-events';
export {
  countiesWithLoans,
  currentPosition,
  type InterestRow,
  interestRows,
  type LoanFace,
  loanFor,
  loansMaturingOn,
  type MaturingLoan,
  type OverdueGroup,
  overdueGroups,
  positionOn,
} from './loan-faces.queries';
export {
  loansByNumber,
  type NumberedLoan,
  payoutsOf,
  type ReferencedEvent,
  repaymentsByReference,
} from './loan-numbers.queries';
export { type LoanStatement, statementFields, statementOf } from './loan-statement.queries';
export { classifyStep, markOverdueStep, settleInterestStep } from './loans.job';
export { loansPages } from './loans.pages';
export { loansRoutes } from './loans.routes';
export { markCompensated } from './mark-compensated';
export { markOverdue } from './mark-overdue';
export { payoutTimes } from './payout-times.queries';
export { type PlaceLoans, placeLoans } from './place-figures.queries';
export type { LoanPosition } from './position';
export { presentCertificate } from './present-certificate';
export { proposeWriteOff } from './propose-write-off';
export { proveLoansStep } from './prove-loans.job';
export { type LoanFault, type LoanProof, loanProofText, proveLoans } from './prove-loans.queries';
export { receiveSubsidy, type SubsidyBooked, type SubsidyReceived } from './receive-subsidy';
export { repay } from './repay';
export { requestExtension } from './request-extension';
export { requestRenewal } from './request-renewal';
export { requestTermination } from './request-termination';
export { returnOverpaid } from './return-overpaid';
export { type RunningLoan, runningLoans } from './running-loans.queries';
export { settleInterest } from './settle-interest';
export { signContract } from './sign-contract';
export { signRenewal } from './sign-renewal';
export { holdSubsidy, loseSubsidy, releaseSubsidy } from './subsidy-hold';
export { type HeldFrom, subsidyHoldsOf } from './subsidy-hold.queries';
export { type SubsidyShare, subsidyShare } from './subsidy-share';

/** Table maps of this module. */
export const loansEntities = [
  Loan,
  LoanEvent,
  LoanInterest,
  LoanCorrection,
  LoanClassChange,
  GradeJudgement,
  Payout,
  SubsidyHold,
  Extension,
  Renewal,
  Termination,
  LoanWriteOff,
  LoanRefund,
];
