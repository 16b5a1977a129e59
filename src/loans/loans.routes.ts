/** Where the loan book is reached. */
import { get, post, type Route } from '../platform/http/routes';
import { classHistory, loanArrears } from './class-history.queries';
import { badLoans, classMigration } from './class-moves.queries';
import { decideExtension } from './decide-extension';
import { decideGrade } from './decide-grade';
import { decideRenewal } from './decide-renewal';
import { decideTermination } from './decide-termination';
import { decideWriteOff } from './decide-write-off';
import { disburse } from './disburse';
import { enterRecovery } from './enter-recovery';
import { explainLatePayout } from './explain-late-payout';
import { listExtensions } from './extensions.queries';
import { loanStatement } from './loan-statement.queries';
import { getLoan, listLoans } from './loans.queries';
import { loansOverpaid } from './overpaid.queries';
import { payoutTimes } from './payout-times.queries';
import { presentCertificate } from './present-certificate';
import { proposeGrade } from './propose-grade';
import { proposeWriteOff } from './propose-write-off';
import { interestTrialQuery, payoffQuote } from './quotes.queries';
import { listRenewals } from './renewals.queries';
import { repay } from './repay';
import { requestExtension } from './request-extension';
import { requestRenewal } from './request-renewal';
import { requestTermination } from './request-termination';
import { returnOverpaid } from './return-overpaid';
import { reverseLoanEvent } from './reverse-event';
import { signContract } from './sign-contract';
import { signRenewal } from './sign-renewal';
import { listTerminations } from './terminations.queries';
import { listWriteOffs } from './write-offs.queries';

export const loansRoutes: Route[] = [
  post('/presentations', presentCertificate),
  post('/presentations/:certificateNumber/lateness', explainLatePayout),
  post('/applications/:applicationId/contract', signContract),
  post('/loans/:loanId/disbursal', disburse),
  post('/loans/:loanId/repayments', repay),
  post('/loans/:loanId/events/:eventId/reversal', reverseLoanEvent),
  post('/loans/:loanId/write-offs', proposeWriteOff),
  post('/write-offs/:writeOffId/decision', decideWriteOff, { status: 200 }),
  post('/loans/:loanId/recoveries', enterRecovery),
  post('/loans/:loanId/refunds', returnOverpaid),
  post('/loans/:loanId/extensions', requestExtension),
  post('/loans/:loanId/extensions/:extensionId/decision', decideExtension, { status: 200 }),
  post('/loans/:loanId/renewals', requestRenewal),
  post('/loans/:loanId/renewals/:renewalId/decision', decideRenewal, { status: 200 }),
  post('/loans/:loanId/renewals/:renewalId/contract', signRenewal),
  post('/loans/:loanId/terminations', requestTermination),
  post('/loans/:loanId/terminations/:terminationId/decision', decideTermination, { status: 200 }),
  get('/extensions', listExtensions),
  get('/renewals', listRenewals),
  get('/terminations', listTerminations),
  post('/loans/:loanId/grades', proposeGrade),
  post('/loans/:loanId/grades/decision', decideGrade, { status: 200 }),
  get('/payout-times', payoutTimes),
  get('/write-offs', listWriteOffs),
  get('/loans', listLoans),
  get('/loans/interest-trial', interestTrialQuery),
  get('/loans/overpaid', loansOverpaid),
  get('/loans/:loanId', getLoan),
  get('/loans/:loanId/classes', classHistory),
  get('/loans/:loanId/arrears', loanArrears),
  get('/loans/:loanId/payoff', payoffQuote),
  get('/loans/:loanId/statement', loanStatement),
  get('/loan-classes/migration', classMigration),
  get('/loan-classes/bad', badLoans),
];
