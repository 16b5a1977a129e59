/**
 * Reading the books. Other modules ask `balanceOf` and `balanceOn`; screens see entries and sums within their
 * region (and bank). Each entry adds up to nothing, so a trial balance over the entries of any region does too.
 */
import { type Instant, isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { type Fen, fen, yuan } from '../platform/money';
import {
  defineQuery,
  type Page,
  type PageOrder,
  pageFields,
  pageOf,
  type Reader,
  readPage,
} from '../platform/query';
import { answer, codeField, dateField, Joi, listOf, shape } from '../platform/shape';
import { allAccounts, bookTitle, findAccount } from './chart';
import { byEntry } from './entry';

/** Whose balance is asked for. Without `sub` the sum over all loans or quarters. */
export interface BalanceKey {
  book: string;
  account: string;
  sub?: string;
}

/** The balance of an account now: debit positive, credit negative, 0 where nothing was ever posted. */
export async function balanceOf(sql: Sql, { book, account, sub }: BalanceKey): Promise<Fen> {
  const row = await sql.one<{ balance: number | null }>(
    `SELECT SUM(balance_fen) AS balance FROM ledger_balance
      WHERE book = :book AND account = :account${sub === undefined ? '' : ' AND sub = :sub'}`,
    sub === undefined ? { book, account } : { book, account, sub },
  );
  return fen(sql.dialect.toInt(row?.balance));
}

/** The balance at the end of a business date, added up from the lines; signs as in `balanceOf`. */
export async function balanceOn(
  sql: Sql,
  { book, account, sub }: BalanceKey,
  on: BusinessDate,
): Promise<Fen> {
  const row = await sql.one<{ balance: number | null }>(
    `SELECT SUM(amount_fen) AS balance FROM ledger_line
      WHERE book = :book AND account = :account AND on_date <= :on
        ${sub === undefined ? '' : 'AND sub = :sub'}`,
    sub === undefined ? { book, account, on } : { book, account, on, sub },
  );
  return fen(sql.dialect.toInt(row?.balance));
}

const bookField = () =>
  Joi.string()
    .pattern(/^(bank|county|fund):[\x21-\x7e]{1,35}$/, 'bank:…、county:… 或 fund:…')
    .description('账簿');
const accountField = () =>
  codeField(
    allAccounts().map((account) => account.code),
    '科目',
  );
const codeText = (max: number, description: string) =>
  Joi.string()
    .pattern(/^[\x21-\x7e]+$/)
    .max(max)
    .description(description);

/** The two columns in which an amount is printed: debit on the left, credit on the right. */
function twoColumns(amountFen: number): { debit: string; credit: string } {
  const amount = fen(amountFen);
  const none = yuan(fen(0));
  if (amount >= 0) return { debit: yuan(amount), credit: none };
  return { debit: none, credit: yuan(fen(-amount)) };
}

const moneyColumns = { debit: answer.yuan('借方(元)'), credit: answer.yuan('贷方(元)') };

interface AccountSum {
  account: string;
  sum: number;
}

/** GET: what each account of a book stands at, on a date or with all that was posted. */
export const trialBalance = defineQuery({
  name: 'ledger.trial-balance',
  title: '试算平衡表',
  permission: 'ledger.read',
  input: shape<{ book: string; on?: BusinessDate }>({
    book: bookField(),
    on: dateField('截止日期(含)').optional(),
  }),
  answer: shape({
    book: answer.text('账簿'),
    title: answer.text('账簿名称'),
    on: answer.date('截止日期').allow(null),
    accounts: listOf(
      shape({ account: answer.text('科目代码'), title: answer.text('科目'), ...moneyColumns }),
    ),
    totalDebit: answer.yuan('借方合计'),
    totalCredit: answer.yuan('贷方合计'),
    balanced: answer.flag('借贷是否相等'),
  }),
  run: async (read, { book, on }) => {
    const sums = await accountSums(read, book, on);
    const order = allAccounts().map((account) => account.code);
    sums.sort((a, b) => order.indexOf(a.account) - order.indexOf(b.account));
    const total = (side: 1 | -1) =>
      fen(sums.reduce((all, { sum }) => (sum * side > 0 ? all + sum * side : all), 0));
    return {
      book,
      title: bookTitle(book),
      on: on ?? null,
      accounts: sums.map(({ account, sum }) => ({
        account,
        title: findAccount(account)?.title ?? account,
        ...twoColumns(sum),
      })),
      totalDebit: yuan(total(1)),
      totalCredit: yuan(total(-1)),
      balanced: total(1) === total(-1),
    };
  },
});

function accountSums(read: Reader, book: string, on?: BusinessDate): Promise<AccountSum[]> {
  return read.rows<AccountSum>(
    `SELECT l.account, SUM(l.amount_fen) AS sum
       FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id
      WHERE l.book = :book AND {scope:e.region_code,e.org_id}
        ${on === undefined ? '' : 'AND l.on_date <= :on'}
      GROUP BY l.account`,
    on === undefined ? { book } : { book, on },
  );
}

interface SubSum extends AccountSum {
  sub: string;
}

/** GET: the balances of one account of a book, one line for each loan or quarter. */
export const bookBalances = defineQuery({
  name: 'ledger.balances',
  title: '科目余额明细',
  permission: 'ledger.read',
  input: shape<{ book: string; account: string; after?: string; size?: number }>({
    book: bookField(),
    account: accountField(),
    ...pageFields,
  }),
  answer: pageOf(
    shape({
      account: answer.text('科目代码'),
      title: answer.text('科目'),
      sub: answer.text('明细(贷款或季度)'),
      ...moneyColumns,
    }),
  ),
  run: async (read, { book, account, ...page }) => {
    const order: PageOrder = { keys: [{ sql: 'b.sub', field: 'sub' }], direction: 'asc' };
    const { items, next } = await readPage<SubSum>(
      read,
      `SELECT b.account, b.sub, b.sum FROM (
         SELECT l.account, l.sub, SUM(l.amount_fen) AS sum
           FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id
          WHERE l.book = :book AND l.account = :account AND {scope:e.region_code,e.org_id}
          GROUP BY l.account, l.sub) b
        WHERE b.sum <> 0 AND {after}`,
      { book, account },
      order,
      page,
    );
    const title = findAccount(account)?.title ?? account;
    return {
      items: items.map((row) => ({ account, title, sub: row.sub, ...twoColumns(row.sum) })),
      next,
    };
  },
});

interface EntryRow {
  id: string;
  entry_key: string;
  book: string;
  on_date: string;
  event: string;
  memo: string;
  corrects_key: string | null;
  corrected_by_key: string | null;
  posted_at: Instant;
  actor_id: string;
}

interface LineRow {
  entryId: string;
  line_no: number;
  account: string;
  sub: string;
  amount_fen: number;
}

const entryShape = shape({
  id: answer.text('编号'),
  key: answer.text('业务键'),
  book: answer.text('账簿'),
  on: answer.date('记账日期'),
  event: answer.text('事项'),
  memo: answer.text('摘要'),
  corrects: answer.text('所冲正的分录').allow(null),
  correctedBy: answer.text('冲正本分录的分录').allow(null),
  postedAt: answer.instant('记账时刻'),
  actorId: answer.text('记账人'),
  lines: listOf(
    shape({
      account: answer.text('科目代码'),
      title: answer.text('科目'),
      sub: answer.text('明细'),
      ...moneyColumns,
    }),
  ),
});

/** GET: the entries of one subject (a loan, a claim), oldest business date first, each with its lines. */
export const subjectEntries = defineQuery({
  name: 'ledger.entries',
  title: '分录明细',
  permission: 'ledger.read',
  input: shape<{ subjectKind: string; subjectId: string; after?: string; size?: number }>({
    subjectKind: codeText(40, '业务对象类别，如 loan'),
    subjectId: codeText(80, '业务对象编号'),
    ...pageFields,
  }),
  answer: pageOf(entryShape),
  run: async (read, { subjectKind, subjectId, ...page }) => {
    const order: PageOrder = {
      keys: [
        { sql: 'e.on_date', field: 'on_date' },
        { sql: 'e.id', field: 'id' },
      ],
      direction: 'asc',
    };
    const { items, next }: Page<EntryRow> = await readPage(
      read,
      `SELECT e.id, e.entry_key, e.book, e.on_date, e.event, e.memo, e.posted_at, e.actor_id,
              o.entry_key AS corrects_key, c.entry_key AS corrected_by_key
         FROM ledger_entry e
         LEFT JOIN ledger_entry o ON o.id = COALESCE(e.corrects_entry_id, e.corrects_part_of_id)
         LEFT JOIN ledger_entry c ON c.corrects_entry_id = e.id
        WHERE e.subject_kind = :subjectKind AND e.subject_id = :subjectId
          AND {scope:e.region_code,e.org_id} AND {after}`,
      { subjectKind, subjectId },
      order,
      page,
    );
    const lines = await linesOf(
      read,
      items.map((entry) => entry.id),
    );
    return { items: items.map((entry) => printed(entry, lines.get(entry.id) ?? [])), next };
  },
});

async function linesOf(read: Reader, ids: readonly string[]): Promise<Map<string, LineRow[]>> {
  const rows = await read.rows<LineRow>(
    `SELECT l.entry_id AS entryId, l.line_no, l.account, l.sub, l.amount_fen
       FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id
      WHERE l.entry_id IN (:ids) AND {scope:e.region_code,e.org_id}
      ORDER BY l.entry_id, l.line_no`,
    { ids },
  );
  return byEntry(rows);
}

function printed(entry: EntryRow, lines: readonly LineRow[]) {
  return {
    id: entry.id,
    key: entry.entry_key,
    book: entry.book,
    on: entry.on_date,
    event: entry.event,
    memo: entry.memo,
    corrects: entry.corrects_key,
    correctedBy: entry.corrected_by_key,
    postedAt: isoInstant(entry.posted_at),
    actorId: entry.actor_id,
    lines: lines.map(({ account, sub, amount_fen }) => ({
      account,
      title: findAccount(account)?.title ?? account,
      sub,
      ...twoColumns(amount_fen),
    })),
  };
}
