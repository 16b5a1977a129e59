/** What the parts of the loan book's journey share: its people and loans, nights, proofs, refusals that change nothing. */
import { proveBooks } from '../../src/ledger';
import { proveLoans } from '../../src/loans';
import { businessDate } from '../../src/platform/dates';
import { type Borrower, lend, PAID_OUT } from './lending';
import { photo } from './loan-forms';
import type { OpenedService } from './service';
import { type Person, type Reply, settle, type Town } from './town';

/** Tables that a refusal must leave as they are: the book, and what hangs on it. */
const BOOK = [
  'loan',
  'loan_event',
  'loan_interest',
  'loan_correction',
  'loan_extension',
  'loan_renewal',
  'loan_write_off',
  'loan_refund',
  'loan_class_change',
  'loan_grade_judgement',
  'ledger_entry',
  'ledger_line',
  'ledger_balance',
  'application',
  'bank_file',
  'bank_file_row',
  'use_check',
  'monitoring_flag',
  'subsidy_hold',
  'subsidy_run',
  'subsidy_claim',
  'credit_line_period',
  'fund_claim',
  'fund_movement',
];

/** The six loans by what becomes of each. */
export type Fate = 'late' | 'wrong' | 'right' | 'watched' | 'lost' | 'renewed';
const FATES: readonly Fate[] = ['late', 'wrong', 'right', 'watched', 'lost', 'renewed'];

/** How somebody is refused who has no permission, and who may not know of what is there. */
export const NOT_PERMITTED = [403, 'platform.not-permitted'] as const;
export const ABSENT = [404, 'platform.absent'] as const;

/** One year of the book on one database. */
export class LoanBook {
  /** What the steps learn on the way: ids of a file, of flags, of a loan. */
  readonly facts: Record<string, string> = {};

  private constructor(
    private readonly opened: OpenedService,
    private readonly town: Town,
    readonly loans: Readonly<Record<Fate, Borrower>>,
  ) {}

  /** Settles the county and pays the six loans out. */
  static async open(open: (start: string) => Promise<OpenedService>): Promise<LoanBook> {
    const opened = await open(PAID_OUT);
    const town = await settle(opened);
    const names = FATES.map((fate) => `HT-${fate.toUpperCase()}`);
    const borrowers = await lend(opened, town, names);
    const loans = Object.fromEntries(FATES.map((fate, at) => [fate, borrowers[at]]));
    return new LoanBook(opened, town, loans as Record<Fate, Borrower>);
  }

  close(): Promise<void> {
    return this.opened.close();
  }

  on(date: string): void {
    this.opened.clock.set(date);
  }

  person(name: string): Person {
    return this.town.people[name]!;
  }

  path(fate: Fate, part = ''): string {
    return `/loans/${this.loans[fate].loan}${part}`;
  }

  /** The loan as the register shows it. */
  async loan(fate: Fate): Promise<Reply['body']> {
    return (await this.person('lenderTan').sees(this.path(fate))).loan;
  }

  /** Keeps a photo of a check of use; its id. */
  async photo(who: string, fate: Fate, what: string): Promise<string> {
    const kept = await this.person(who).does(this.path(fate, '/use-check-photos'), photo(what));
    return kept.photoId;
  }

  /** Runs the nights of these days. */
  async nights(...dates: string[]): Promise<void> {
    for (const date of dates) {
      this.on(date);
      const report = await this.opened.service.runner.runNight(businessDate(date));
      const failed = report.steps.filter((step) => step.state === 'failed' || step.failed > 0);
      expect([date, failed, report.state]).toEqual([date, [], 'done']);
    }
  }

  runTasks(): Promise<number> {
    return this.opened.service.runTasks();
  }

  seal(): Promise<number> {
    return this.opened.service.seal();
  }

  /** The books and every loan agree, to the fen. */
  async proven(): Promise<void> {
    const sql = this.opened.service.platform.db.reader();
    expect(await proveBooks(sql)).toMatchObject({ ok: true, faults: [] });
    expect(await proveLoans(sql)).toMatchObject({ fault: null });
  }

  /** Everything that stands in the book and beside it, as text. */
  async whole(): Promise<string> {
    const sql = this.opened.service.platform.db.reader();
    const parts: string[] = [];
    for (const table of BOOK) {
      const rows = await sql.rows(`SELECT * FROM ${table}`);
      const lines = rows.map((row) => JSON.stringify(row)).sort();
      parts.push(`${table}\n${lines.join('\n')}`);
    }
    return parts.join('\n');
  }

  /** Tries what must be refused with this status and code, in Chinese, and must change nothing. */
  async refused(
    who: string,
    path: string,
    body: object,
    [status, code]: readonly [number, string],
  ): Promise<Reply['body']> {
    const before = await this.whole();
    const reply = await this.person(who).post(path, body);
    const told = [who, path, reply.status, reply.body.code];
    expect(told).toEqual([who, path, status, code]);
    expect(reply.body.title).toMatch(/\p{Script=Han}/u);
    expect(reply.body.advice).toMatch(/\p{Script=Han}/u);
    expect(await this.whole()).toBe(before);
    return reply.body;
  }
}
