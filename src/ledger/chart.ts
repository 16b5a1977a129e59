/**
 * The chart of accounts: which books there are, which accounts stand in each, what an account is kept by, and
 * which balances can never be. Amounts are signed: debit positive, credit negative. An account of natural side
 * 'debit' (what is owned or owed to us) normally stands above zero, one of side 'credit' below.
 *
 * Three kinds of book, so that each body proves its own: the bank's (loans), the county's (interest subsidy) and
 * the risk-compensation fund's. Money never crosses books in one entry; each book records its own side.
 */
import { regionPrefix } from '../platform/authority';
import { check } from '../platform/check';
import { sm3Hex } from '../platform/crypto/digest';

export type BookKind = 'bank' | 'county' | 'fund';
export type Side = 'debit' | 'credit';

/**
 * Who keeps a balance on its natural side. 'ledger': the balance is one row, and the statement that changes it
 * refuses to cross zero. 'owner': the balance is spread over shards, so the module that owns the rule writes its
 * owner row first and asks `balanceOf` (see `owner`). 'nobody': the account may stand on either side.
 */
export type Guard = 'ledger' | 'owner' | 'nobody';

/** One account. */
export interface Account {
  readonly code: string;
  readonly title: string;
  readonly book: BookKind;
  readonly side: Side;
  /** What `sub` holds: the id of a loan, the code of a quarter, or nothing. */
  readonly sub: 'loan' | 'quarter' | 'none';
  readonly guard: Guard;
  /** With guard 'owner': the module whose owner row guards it. */
  readonly owner?: string;
  /** Changed by so many postings that its balance is spread over 16 rows. */
  readonly hot: boolean;
}

type Line = readonly [
  code: string,
  title: string,
  side: Side,
  sub: Account['sub'],
  guard: Guard,
  hot: 'hot' | 'cool',
  owner?: string,
];

const LINES: Readonly<Record<BookKind, readonly Line[]>> = {
  bank: [
    ['LOAN_PRINCIPAL', '贷款本金', 'debit', 'loan', 'ledger', 'cool'],
    ['INTEREST_RECEIVABLE', '应收利息', 'debit', 'loan', 'ledger', 'cool'],
    ['PENALTY_RECEIVABLE', '应收罚息', 'debit', 'loan', 'ledger', 'cool'],
    // Only the side of these loans is kept here, not the bank's vault: it may stand on either side.
    ['BANK_CASH', '银行资金', 'debit', 'none', 'nobody', 'hot'],
    ['INTEREST_INCOME', '利息收入', 'credit', 'none', 'nobody', 'hot'],
    ['PENALTY_INCOME', '罚息收入', 'credit', 'none', 'nobody', 'hot'],
    ['COMPENSATION_RECEIVED', '已收代偿款', 'credit', 'loan', 'ledger', 'cool'],
    ['OVERPAYMENT', '多还款项', 'credit', 'loan', 'ledger', 'cool'],
    ['LOAN_LOSS', '贷款核销损失', 'debit', 'none', 'nobody', 'hot'],
    // What was written off and has not come in: kept beside the totals (表外), so that no more can come in.
    ['WRITTEN_OFF', '已核销贷款', 'debit', 'loan', 'ledger', 'cool'],
    ['WRITTEN_OFF_CONTRA', '已核销贷款备抵', 'credit', 'none', 'nobody', 'hot'],
    ['RECOVERY_INCOME', '已核销贷款收回', 'credit', 'none', 'nobody', 'hot'],
  ],
  county: [
    ['SUBSIDY_APPROPRIATION', '贴息资金拨款', 'credit', 'none', 'nobody', 'hot'],
    // Until a county books its appropriations the cash of the subsidy stands below zero by what was paid.
    ['SUBSIDY_CASH', '贴息资金存款', 'debit', 'none', 'nobody', 'hot'],
    ['SUBSIDY_EXPENSE', '贴息支出', 'debit', 'quarter', 'nobody', 'hot'],
  ],
  fund: [
    ['FUND_CASH', '风险补偿金存款', 'debit', 'none', 'owner', 'hot', 'riskfund'],
    ['FUND_CAPITAL', '风险补偿金本金', 'credit', 'none', 'nobody', 'cool'],
    ['COMPENSATION_RECEIVABLE', '应收代偿款', 'debit', 'loan', 'ledger', 'cool'],
  ],
};

const CHART: ReadonlyMap<string, Account> = new Map(
  Object.entries(LINES).flatMap(([book, lines]) =>
    lines.map(([code, title, side, sub, guard, hot, owner]): [string, Account] => [
      code,
      { code, title, book: book as BookKind, side, sub, guard, owner, hot: hot === 'hot' },
    ]),
  ),
);

/** Shards of a hot account's balance. */
export const SHARDS = 16;

/** All accounts, in the order of the chart. */
export function allAccounts(): readonly Account[] {
  return [...CHART.values()];
}

/** An account of the chart, or undefined when there is none of this code. */
export function findAccount(code: string): Account | undefined {
  return CHART.get(code);
}

/** The account of this code in a book of this kind. @throws CheckFailed when the book has none. */
export function accountOf(code: string, book: string): Account {
  const account = findAccount(code);
  check(account, `Account ${code} is not in the chart.`);
  const kind = bookKind(book);
  check(account.book === kind, `Account ${code} does not stand in a ${kind} book.`);
  return account;
}

/** The row of the balance that an entry changes: 0, or one of 16 told by the entry's key. */
export function shardOf(account: Account, entryKey: string): number {
  return account.hot ? Number.parseInt(sm3Hex(entryKey).slice(0, 1), SHARDS) : 0;
}

/** A bank's book. `bankId`: the id of the bank itself, never of a branch. */
export function bankBook(bankId: string): string {
  check(/^[\x21-\x7e]{1,35}$/.test(bankId), 'A bank book needs the id of a bank.');
  return `bank:${bankId}`;
}

/** The county of any region in it: its six digits, filled up to twelve. */
function countyOf(regionCode: string): string {
  const known = /^\d{12}$/.test(regionCode) && regionPrefix(regionCode).length >= 6;
  check(known, 'A book of a county needs a region in it.');
  return `${regionCode.slice(0, 6)}000000`;
}

/** The subsidy book of the county in which the region lies. @throws CheckFailed above the county. */
export function countyBook(regionCode: string): string {
  return `county:${countyOf(regionCode)}`;
}

/** The book of the risk-compensation fund of that county. @throws CheckFailed above the county. */
export function fundBook(regionCode: string): string {
  return `fund:${countyOf(regionCode)}`;
}

/** The kind of a book. @throws CheckFailed when it is not named as these functions name books. */
export function bookKind(book: string): BookKind {
  const kind = /^(bank|county|fund):[\x21-\x7e]+$/.exec(book)?.[1];
  check(kind, 'A book is named bank:<id>, county:<code> or fund:<code>.');
  return kind as BookKind;
}

/** The bank whose book it is, null for the books of county and fund. */
export function bankOf(book: string): string | null {
  return bookKind(book) === 'bank' ? book.slice('bank:'.length) : null;
}

/** The words of a book for a screen. */
export function bookTitle(book: string): string {
  const titles: Record<BookKind, string> = {
    bank: '银行贷款账',
    county: '县级贴息账',
    fund: '风险补偿金账',
  };
  return titles[bookKind(book)];
}
