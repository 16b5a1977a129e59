/**
 * A bank's file of 5,000 repayments from upload to posted (read, matched, confirmed by a second person, posted with
 * rows, entries and trail) against a bare transaction for each payment that writes
 * the same rows of the trade. Prints seconds and rows a second, and uploads the file again, which must change nothing.
 * BENCH_REPAYMENTS makes a smaller try.
 */
import { startBankFile } from '../src/bankfiles/start-bank-file';
import { bankBook, postEntry } from '../src/ledger';
import { addDays, businessDate } from '../src/platform/dates';
import { type Fen, fen } from '../src/platform/money';
import {
  checked,
  confirmed,
  type FileDesk,
  fileOfficer,
  type Line,
  POSTED_TABLES,
  plainFile,
  tallied,
  upload,
} from '../test/bankfiles/files';
import { BANK } from '../test/subsidies/lending';
import type { County } from '../test/support/county';
import type { Bench, Case } from './harness';
import { openBookOf, PAID_OUT } from './loans';
import { type Bare, type Kind, newPlace, openBare, type Statement } from './places';

const REPAYMENTS = Number(process.env.BENCH_REPAYMENTS ?? 5000);
/** The file comes a month after the payouts, with payments of the four weeks before. */
const FILE_DAY = addDays(businessDate(PAID_OUT), 30);
const DAYS = 28;

const TABLES = [
  'CREATE TABLE loan (id INT PRIMARY KEY, due BIGINT NOT NULL, outstanding BIGINT NOT NULL)',
  'CREATE TABLE interest (loan_id INT PRIMARY KEY, days INT, fen BIGINT)',
  'CREATE TABLE event (id BIGINT PRIMARY KEY, loan_id INT, fen BIGINT)',
  'CREATE TABLE entry (id BIGINT PRIMARY KEY, memo VARCHAR(200))',
  'CREATE TABLE line (entry_id BIGINT, line_no INT, fen BIGINT, PRIMARY KEY (entry_id, line_no))',
  'CREATE TABLE balance (account VARCHAR(20) PRIMARY KEY, fen BIGINT NOT NULL)',
  "INSERT INTO balance VALUES ('cash', 0), ('receivable', 0), ('income', 0), ('principal', 0)",
  'CREATE TABLE file_row (no INT PRIMARY KEY, state VARCHAR(10), event_id BIGINT)',
];

/** The rows of one payment: interest booked, the loan, the event, two entries, the row of the file. */
function rowsOf(loan: number): Statement[] {
  const balance = (fen: number, account: string): Statement => [
    'UPDATE balance SET fen = fen + ? WHERE account = ?',
    [fen, account],
  ];
  return [
    ['SELECT due, outstanding FROM loan WHERE id = ?', [loan]],
    ['INSERT INTO interest VALUES (?, 20, 13194)', [loan]],
    ['INSERT INTO event VALUES (?, ?, 100000)', [loan, loan]],
    ['UPDATE loan SET due = 0, outstanding = outstanding - 86806 WHERE id = ?', [loan]],
    ['INSERT INTO entry VALUES (?, ?)', [2 * loan, '合同 BENCH 计息']],
    ['INSERT INTO line VALUES (?, 1, 13194), (?, 2, -13194)', [2 * loan, 2 * loan]],
    ['INSERT INTO entry VALUES (?, ?)', [2 * loan + 1, '合同 BENCH 还款']],
    [
      'INSERT INTO line VALUES (?, 1, 100000), (?, 2, -13194), (?, 3, -86806)',
      [2 * loan + 1, 2 * loan + 1, 2 * loan + 1],
    ],
    balance(100_000, 'cash'),
    balance(-13_194, 'income'),
    balance(-86_806, 'principal'),
    ['UPDATE file_row SET state = ?, event_id = ? WHERE no = ?', ['POSTED', loan, loan]],
  ];
}

/** One payment of each loan. */
async function linesOf(county: FileDesk): Promise<Line[]> {
  const loans = await county.platform.db
    .reader()
    .rows<{ number: string }>('SELECT number FROM loan WHERE bank_id = :bank ORDER BY id', {
      bank: BANK,
    });
  return loans.map(({ number: contract }, at) => ({
    ...{ contract, paidOn: addDays(FILE_DAY, -(at % DAYS)), amount: '1000.00' },
    reference: `HK${String(at).padStart(10, '0')}`,
  }));
}

/** The payouts of the copied loans, which the books of `openBookOf` do not hold and a repayment is taken from. */
async function postPayouts(county: County): Promise<void> {
  const loans = await county.platform.db.reader().rows<LoanToPost>(
    `SELECT id, principal_fen AS principalFen, region_code AS region FROM loan
        WHERE bank_id = :bank AND number LIKE 'BENCH-%'`,
    { bank: BANK },
  );
  for (let from = 0; from < loans.length; from += 500) {
    await county.system(async (work) => {
      for (const { id, principalFen, region } of loans.slice(from, from + 500)) {
        await postEntry(work, {
          ...{ key: `loans.disburse/${id}`, book: bankBook(BANK), on: businessDate(PAID_OUT) },
          ...{ event: 'loans.disbursed', memo: '放款', subject: { kind: 'loan', id }, region },
          lines: [
            { account: 'LOAN_PRINCIPAL', sub: id, amountFen: principalFen },
            { account: 'BANK_CASH', amountFen: fen(-principalFen) },
          ],
        });
      }
    });
  }
}

interface LoanToPost {
  id: string;
  principalFen: Fen;
  region: string;
}

async function postAll(county: FileDesk, kind: Kind): Promise<void> {
  const lines = await linesOf(county);
  const [begun, seconds] = [performance.now(), () => (performance.now() - begun) / 1000];
  const seen = await checked(county, plainFile(lines));
  const half = seconds();
  const done = await confirmed(county, seen);
  const whole = seconds();
  const [count] = tallied(done.result).POSTED ?? [];
  if (count !== lines.length)
    throw new Error(`Not all were posted: ${JSON.stringify(done.result)}`);
  const tables = [...POSTED_TABLES, 'bank_file', 'bank_file_row'];
  const before = await county.snapshot(...tables);
  const fileId = await upload(county, plainFile(lines));
  const again = await county.do(county.uploader, startBankFile, { fileId, kind: 'repayments' });
  const unchanged = again.repeated && (await county.snapshot(...tables)) === before;
  if (!unchanged) throw new Error('The second upload changed something');
  const posting = whole - half;
  console.log(
    `${kind}: ${lines.length} repayments checked in ${half.toFixed(1)} s, posted in ${posting.toFixed(1)} s ` +
      `(${Math.round(lines.length / posting)} a second); uploaded again: nothing changed`,
  );
}

async function openBankFile(kind: Kind): Promise<Bench> {
  const place = newPlace(kind);
  const opened = await openBookOf(place, REPAYMENTS);
  const county: FileDesk = {
    ...opened,
    platform: { ...opened.platform, checkAnswers: false },
    uploader: fileOfficer(opened, BANK, '经办'),
    checker: fileOfficer(opened, BANK, '复核'),
  };
  await postPayouts(county);
  county.clock.set(FILE_DAY);
  const ids = Array.from({ length: REPAYMENTS }, (_, at) => at);
  const bare: Bare = await openBare(place, TABLES);
  await bare.transaction(
    ids.flatMap((id): Statement[] => [
      ['INSERT INTO loan VALUES (?, 0, 5000000)', [id]],
      ['INSERT INTO file_row VALUES (?, ?, 0)', [id, 'CHECKED']],
    ]),
  );
  const floor = async () => {
    for (const id of ids) await bare.transaction(rowsOf(id));
  };
  return {
    floor: { what: 'a bare transaction a payment', run: floor },
    ours: { what: 'payment of a file', run: () => postAll(county, kind) },
    close: async () => {
      await bare.close();
      await county.close();
      await place.remove();
    },
  };
}

export const bankFileCases = (kind: Kind): readonly Case[] => [
  {
    name: `${kind}: a bankfile of ${REPAYMENTS} repayments`,
    count: REPAYMENTS,
    once: true,
    open: () => openBankFile(kind),
  },
];
