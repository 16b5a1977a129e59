/** Reading the books over HTTP. There is no write: entries are posted by the acts of other modules. */
import { get, type Route } from '../platform/http/routes';
import { bookBalances, subjectEntries, trialBalance } from './ledger.queries';

export const ledgerRoutes: Route[] = [
  get('/ledger/entries', subjectEntries),
  get('/ledger/books/:book/trial-balance', trialBalance),
  get('/ledger/books/:book/balances', bookBalances),
];
