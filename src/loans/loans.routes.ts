/** Where the loan book is reached. */
import { get, post, type Route } from '../platform/http/routes';
import { disburse } from './disburse';
import { getLoan, interestTrialQuery, listLoans, payoffQuote } from './loans.queries';
import { repay } from './repay';
import { signContract } from './sign-contract';

export const loansRoutes: Route[] = [
  post('/applications/:applicationId/contract', signContract),
  post('/loans/:loanId/disbursal', disburse),
  post('/loans/:loanId/repayments', repay),
  get('/loans', listLoans),
  get('/loans/interest-trial', interestTrialQuery),
  get('/loans/:loanId', getLoan),
  get('/loans/:loanId/payoff', payoffQuote),
];
