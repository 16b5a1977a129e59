/** The books: the face of the module. Entries are posted by other modules' acts, within their transactions. */
export {
  type Account,
  accountOf,
  allAccounts,
  type BookKind,
  bankBook,
  countyBook,
  fundBook,
  SHARDS,
} from './chart';
export type { EntryDraft, LineDraft } from './entry';
export { ledgerEntities } from './entry.entity';
export { type BalanceKey, balanceOf, balanceOn } from './ledger.queries';
export { ledgerRoutes } from './ledger.routes';
export { type Posted, postEntries, postEntry, type Reversal, reverseEntry } from './post-entry';
export { proveBooksAgainStep, proveBooksStep } from './prove-books.job';
export { type Fault, type Proof, proveBooks } from './prove-books.queries';
export { linesOfSub, type SubLine } from './sub-lines.queries';
