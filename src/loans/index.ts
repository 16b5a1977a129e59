/** The loan book: the face of the module. Nothing else of it may be imported from outside. */
import { Loan, LoanEvent, LoanInterest } from './loan.entity';
import { Payout } from './payout.entity';

export { GRADE_CODES, type GradeCode } from './classification';
export { classifyLoan } from './classify-loan';
export { disburse } from './disburse';
export {
  lendersOf,
  type OverdueHousehold,
  overdueHouseholds,
  type RepaymentRecord,
  repaymentRecords,
  usedOf,
} from './evidence.queries';
export { explainLatePayout } from './explain-late-payout';
export { type InterestTrial, interestTrial } from './interest';
export { loanDisbursed, loanOverdue, loanRepaid } from './loan-events';
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
export { classifyStep, markOverdueStep, settleInterestStep } from './loans.job';
export { loansPages } from './loans.pages';
export { loansRoutes } from './loans.routes';
export { markCompensated } from './mark-compensated';
export { markOverdue } from './mark-overdue';
export { payoutTimes } from './payout-times.queries';
export { type PlaceLoans, placeLoans } from './place-figures.queries';
export type { LoanPosition } from './position';
export { presentCertificate } from './present-certificate';
export { receiveSubsidy, type SubsidyBooked, type SubsidyReceived } from './receive-subsidy';
export { repay } from './repay';
export { settleInterest } from './settle-interest';
export { signContract } from './sign-contract';

/** Table maps of this module. */
export const loansEntities = [Loan, LoanEvent, LoanInterest, Payout];
