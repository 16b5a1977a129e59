/** Pages of the loan book: the contract on paper. */
import type { Pages } from '../platform/http/pages';
import { printedContract } from './contract.queries';
import { contractPaper } from './contract-page';

export const loansPages: Pick<Pages, 'signedIn'> = {
  signedIn: [
    {
      method: 'get',
      path: '/loans/:loanId/contract',
      query: printedContract,
      render: contractPaper,
    },
  ],
};
