/**
 * The proof of the books, over all of them, without trusting anything that was computed while posting:
 * every entry has two lines or more and adds up to nothing; lines belong to their entry and stand in the chart;
 * balances equal the sums of the lines, in both directions; each book adds up to nothing; guarded balances stand
 * on their side; and the digest of every entry is computed again. Sums are taken by the database; digests in
 * pages, so that memory stays small however long the books are.
 *
 * Each statement sees one state of the database, and an entry commits with its lines and balances, so the proof
 * may run while others post.
 */
import type { Sql } from '../platform/db/database';
import { allAccounts, bookKind, findAccount } from './chart';
import { byEntry, type EntryContent, entryDigest, type NumberedLine } from './entry';

/** What is wrong, and with which record. Technical and free of personal data. */
export interface Fault {
  law: string;
  /** The entry's key, or book, account and sub. */
  where: string;
  detail: string;
}

/** The outcome of a proof. `faults`: the first ones, at most FAULTS_TOLD of each law. */
export interface Proof {
  ok: boolean;
  faults: Fault[];
  entries: number;
  lines: number;
}

/** Faults told of one law; one is enough to stop, some help to find the cause. */
const FAULTS_TOLD = 10;
/** Lines read at a time; an entry with more of them is read by itself. */
const PAGE = 2_000;
/** Behind every id. */
const LAST = '~';

/** Proves all books. `pageSize`: lines held in memory at a time, but for the lines of one entry. */
export async function proveBooks(sql: Sql, pageSize = PAGE): Promise<Proof> {
  const faults: Fault[] = [];
  for (const law of [unbalanced, strayLines, wrongBalances, unevenBooks, wrongSides]) {
    faults.push(...(await law(sql)));
  }
  const pages = await proveDigests(sql, pageSize);
  faults.push(...pages.faults);
  return { ok: faults.length === 0, faults, entries: pages.entries, lines: pages.lines };
}

async function unbalanced(sql: Sql): Promise<Fault[]> {
  const rows = await sql.rows<{ entry_key: string; line_count: number; total: number | null }>(
    `SELECT e.entry_key, COUNT(l.line_no) AS line_count, SUM(l.amount_fen) AS total
       FROM ledger_entry e LEFT JOIN ledger_line l ON l.entry_id = e.id
      GROUP BY e.id, e.entry_key
     HAVING COUNT(l.line_no) < 2 OR SUM(l.amount_fen) <> 0
      ORDER BY e.id LIMIT :told`,
    { told: FAULTS_TOLD },
  );
  return rows.map((row) => ({
    law: 'entry-adds-up',
    where: row.entry_key,
    detail: `${row.line_count} lines adding up to ${row.total ?? 0} fen`,
  }));
}

async function strayLines(sql: Sql): Promise<Fault[]> {
  const rows = await sql.rows<{ entry_id: string; line_no: number; entry_key: string | null }>(
    `SELECT l.entry_id, l.line_no, e.entry_key
       FROM ledger_line l LEFT JOIN ledger_entry e ON e.id = l.entry_id
      WHERE e.id IS NULL OR l.book <> e.book OR l.on_date <> e.on_date
      ORDER BY l.entry_id, l.line_no LIMIT :told`,
    { told: FAULTS_TOLD },
  );
  return rows.map((row) => ({
    law: 'line-belongs-to-entry',
    where: row.entry_key ?? row.entry_id,
    detail: `line ${row.line_no} ${row.entry_key === null ? 'has no entry' : 'has another book or date'}`,
  }));
}

interface Compared {
  book: string;
  account: string;
  sub: string;
  of_lines: number;
  of_balances: number;
}

/** Both directions in one pass: what has lines and no balance, and what has a balance and no lines. */
async function wrongBalances(sql: Sql): Promise<Fault[]> {
  const rows = await sql.rows<Compared>(
    `SELECT book, account, sub, SUM(line_fen) AS of_lines, SUM(kept_fen) AS of_balances FROM (
       SELECT book, account, sub, SUM(amount_fen) AS line_fen, 0 AS kept_fen
         FROM ledger_line GROUP BY book, account, sub
        UNION ALL
       SELECT book, account, sub, 0 AS line_fen, SUM(balance_fen) AS kept_fen
         FROM ledger_balance GROUP BY book, account, sub) both_sides
      GROUP BY book, account, sub
     HAVING SUM(line_fen) <> SUM(kept_fen)
      ORDER BY book, account, sub LIMIT :told`,
    { told: FAULTS_TOLD },
  );
  return rows.map((row) => ({
    law: 'balance-equals-lines',
    where: `${row.book} ${row.account} ${row.sub}`.trimEnd(),
    detail: `lines ${row.of_lines} fen, balance ${row.of_balances} fen`,
  }));
}

async function unevenBooks(sql: Sql): Promise<Fault[]> {
  const rows = await sql.rows<{ book: string; total: number }>(
    `SELECT book, SUM(balance_fen) AS total FROM ledger_balance
      GROUP BY book HAVING SUM(balance_fen) <> 0 ORDER BY book LIMIT :told`,
    { told: FAULTS_TOLD },
  );
  return rows.map((row) => ({
    law: 'book-adds-up',
    where: row.book,
    detail: `balances add up to ${row.total} fen`,
  }));
}

/** Accounts whose balance must stay on its side, whoever guards that while posting. */
async function wrongSides(sql: Sql): Promise<Fault[]> {
  const guarded = (side: 'debit' | 'credit') =>
    allAccounts()
      .filter((account) => account.guard !== 'nobody' && account.side === side)
      .map((account) => account.code);
  const rows = await sql.rows<{ book: string; account: string; sub: string; total: number }>(
    `SELECT book, account, sub, SUM(balance_fen) AS total FROM ledger_balance
      GROUP BY book, account, sub
     HAVING (account IN (:debits) AND SUM(balance_fen) < 0)
         OR (account IN (:credits) AND SUM(balance_fen) > 0)
      ORDER BY book, account, sub LIMIT :told`,
    { debits: guarded('debit'), credits: guarded('credit'), told: FAULTS_TOLD },
  );
  return rows.map((row) => ({
    law: 'balance-on-its-side',
    where: `${row.book} ${row.account} ${row.sub}`.trimEnd(),
    detail: `balance ${row.total} fen`,
  }));
}

type EntryRow = EntryContent & { contentDigest: string };
type LineRow = NumberedLine & { entryId: string };

async function proveDigests(
  sql: Sql,
  pageSize: number,
): Promise<{ faults: Fault[]; entries: number; lines: number }> {
  const told = { faults: [] as Fault[], entries: 0, lines: 0 };
  for (let after = ''; ; ) {
    const entries = await entryPage(sql, after, await pageEnd(sql, after, pageSize));
    const last = entries[entries.length - 1];
    if (!last) return told;
    const lines = byEntry(await linePage(sql, after, last.id));
    for (const { contentDigest, ...entry } of entries) {
      const own = lines.get(entry.id) ?? [];
      told.entries += 1;
      told.lines += own.length;
      const wrong = wrongWith(entry, contentDigest, own);
      if (wrong && told.faults.length < FAULTS_TOLD) told.faults.push(wrong);
    }
    after = last.id;
  }
}

/**
 * The last entry of the page after an entry. Entries differ much in length (that of a settlement has lines for
 * thousands of loans), so lines are counted: the page ends before the entry in which the line beyond it stands.
 */
async function pageEnd(sql: Sql, after: string, page: number): Promise<string> {
  const beyond = await sql.one<{ id: string }>(
    `SELECT entry_id AS id FROM ledger_line WHERE entry_id > :after
      ORDER BY entry_id, line_no LIMIT 1 OFFSET :page`,
    { after, page },
  );
  if (!beyond) return LAST;
  const end = await sql.one<{ last_id: string | null; first_id: string | null }>(
    `SELECT MAX(CASE WHEN id < :beyond THEN id END) AS last_id, MIN(id) AS first_id
       FROM ledger_entry WHERE id > :after AND id <= :beyond`,
    { after, beyond: beyond.id },
  );
  return end?.last_id ?? end?.first_id ?? LAST;
}

function wrongWith(
  entry: EntryContent,
  digest: string,
  lines: readonly NumberedLine[],
): Fault | null {
  const where = entry.entryKey;
  if (entryDigest(entry, lines) !== digest) {
    return {
      law: 'entry-unchanged',
      where,
      detail: 'the entry or its lines were changed afterwards',
    };
  }
  const kind = bookKind(entry.book);
  const stray = lines.find((line) => findAccount(line.account)?.book !== kind);
  if (!stray) return null;
  return {
    law: 'account-in-chart',
    where,
    detail: `line ${stray.lineNo} stands in ${stray.account}`,
  };
}

function entryPage(sql: Sql, after: string, last: string): Promise<EntryRow[]> {
  return sql.rows<EntryRow>(
    `SELECT id, entry_key AS entryKey, book, on_date AS onDate, event, memo, subject_kind AS subjectKind,
            subject_id AS subjectId, region_code AS regionCode, org_id AS orgId,
            corrects_entry_id AS correctsEntryId, corrects_part_of_id AS correctsPartOfId, posted_at AS postedAt, actor_id AS actorId,
            content_digest AS contentDigest
       FROM ledger_entry WHERE id > :after AND id <= :last ORDER BY id`,
    { after, last },
  );
}

function linePage(sql: Sql, after: string, last: string): Promise<LineRow[]> {
  return sql.rows<LineRow>(
    `SELECT entry_id AS entryId, line_no AS lineNo, account, sub, amount_fen AS amountFen
       FROM ledger_line WHERE entry_id > :after AND entry_id <= :last ORDER BY entry_id, line_no`,
    { after, last },
  );
}
