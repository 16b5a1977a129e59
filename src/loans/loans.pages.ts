/** Pages of the loan book: the contract and the statement on paper. */
import type { Pages } from '../platform/http/pages';
import { printedContract } from './contract.queries';
import { contractPaper } from './contract-page';
import { loanStatement } from './loan-statement.queries';
import { statementPaper } from './statement-page';

export const loansPages: Pick<Pages, 'signedIn'> = {
  signedIn: [
    {
      method: 'get',
      path: '/loans/:loanId/contract',
      query: printedContract,
      render: contractPaper,
    },
    {
      method: 'get',
      path: '/loans/:loanId/statement/print',
      query: loanStatement,
      render: statementPaper,
    },
  ],
};
