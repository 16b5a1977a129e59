/** Where the loan book is reached. */
import { get, post, type Route } from '../platform/http/routes';
import { disburse } from './disburse';
import { explainLatePayout } from './explain-late-payout';
import { getLoan, interestTrialQuery, listLoans, payoffQuote } from './loans.queries';
import { payoutTimes } from './payout-times.queries';
import { presentCertificate } from './present-certificate';
import { repay } from './repay';
import { signContract } from './sign-contract';

export const loansRoutes: Route[] = [
  post('/presentations', presentCertificate),
  post('/presentations/:certificateNumber/lateness', explainLatePayout),
  post('/applications/:applicationId/contract', signContract),
  post('/loans/:loanId/disbursal', disburse),
  post('/loans/:loanId/repayments', repay),
  get('/payout-times', payoutTimes),
  get('/loans', listLoans),
  get('/loans/interest-trial', interestTrialQuery),
  get('/loans/:loanId', getLoan),
  get('/loans/:loanId/payoff', payoffQuote),
];
