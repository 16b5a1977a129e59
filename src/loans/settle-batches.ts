/** What a chunk of the settlement posts and tells: one entry, and one line of the audit, for a bank in a county. */
import { bankBook, type EntryDraft, type LineDraft } from '../ledger';
import type { SettlementPeriod } from '../platform/dates';
import type { ChunkDeed } from '../platform/jobs/step';
import { addFen, type Fen, yuan, ZERO_FEN } from '../platform/money';
import { BATCH } from './booker';
import { interestLines } from './booking';
import { type InterestPart, sumOfParts } from './interest';
import type { PaidOutLoan } from './loan-state';

/** The loans of one bank in one county. */
interface Batch {
  bankId: string;
  county: string;
  key: string;
  loanIds: string[];
  /** The interest of the quiet ones. */
  quiet: { sub: string; amountFen: Fen }[];
  /** Lines of the others. */
  lines: LineDraft[];
  interestFen: Fen;
  penaltyFen: Fen;
}

type OfBatch = Pick<PaidOutLoan, 'id' | 'bankId' | 'regionCode'>;

/** The batches of one chunk. */
export class Batches {
  /** The beginning of the keys of all entries of the period. */
  readonly head: string;
  private readonly all = new Map<string, Batch>();

  private first: string | null = null;

  constructor(private readonly period: SettlementPeriod) {
    this.head = `${BATCH}${period.code}/`;
  }

  /** Tells the first loan of the chunk, by which its entries are known; what is told later is passed over. */
  begin(first: string): void {
    this.first ??= first;
  }

  /** Adds a quiet loan. */
  addQuiet(loan: OfBatch, amountFen: Fen): void {
    const batch = this.of(loan);
    batch.loanIds.push(loan.id);
    // No line of an entry is zero.
    if (amountFen > 0) batch.quiet.push({ sub: loan.id, amountFen });
    batch.interestFen = addFen(batch.interestFen, amountFen);
  }

  /** Adds any other loan; returns the key of the entry. */
  add(loan: OfBatch, booked: readonly InterestPart[]): string {
    const batch = this.of(loan);
    const { interestFen, penaltyFen } = sumOfParts(booked);
    batch.loanIds.push(loan.id);
    for (const line of interestLines(loan.id, booked)) {
      if (line.amountFen !== 0) batch.lines.push(line);
    }
    batch.interestFen = addFen(batch.interestFen, interestFen);
    batch.penaltyFen = addFen(batch.penaltyFen, penaltyFen);
    return batch.key;
  }

  /** The keys of the entries. */
  keys(): string[] {
    return [...this.all.values()].map(({ key }) => key);
  }

  /** The interest of all loans so far. */
  sum(): Fen {
    return addFen(ZERO_FEN, ...[...this.all.values()].map(({ interestFen }) => interestFen));
  }

  /** How many loans there are. */
  count(): number {
    return [...this.all.values()].reduce((sum, { loanIds }) => sum + loanIds.length, 0);
  }

  /** The entries, of the batches in which money moves. */
  entries(): EntryDraft[] {
    return [...this.all.values()]
      .filter(({ quiet, lines }) => quiet.length + lines.length > 0)
      .map(({ bankId, county, key, loanIds, quiet, lines }) => ({
        ...{ key, book: bankBook(bankId), on: this.period.to, event: 'loans.interest-booked' },
        memo: `${this.period.code} 按季结息，${loanIds.length} 笔贷款`,
        ...{ subject: this.subject(bankId), region: county, lines },
        pairs: { account: 'INTEREST_RECEIVABLE', contra: 'INTEREST_INCOME', amounts: quiet },
      }));
  }

  /** What the audit is told. */
  deeds(): ChunkDeed[] {
    const { code: period, to: on } = this.period;
    return [...this.all.values()].map(({ bankId, county, loanIds, interestFen, penaltyFen }) => ({
      place: { region: county, org: bankId },
      subject: this.subject(bankId),
      related: loanIds.map((id) => ({ kind: 'loan', id })),
      done: {
        ...{ period, on, loans: loanIds.length },
        ...{ interest: yuan(interestFen), penalty: yuan(penaltyFen) },
      },
    }));
  }

  private subject(bankId: string) {
    return { kind: 'settlement', id: `${this.period.code}/${bankId}` };
  }

  private of({ bankId, regionCode }: OfBatch): Batch {
    const name = `${bankId}/${regionCode.slice(0, 6)}`;
    let batch = this.all.get(name);
    if (!batch) {
      const key = `${this.head}${name}/${this.first}`;
      const county = `${regionCode.slice(0, 6)}000000`;
      const amounts = { interestFen: ZERO_FEN, penaltyFen: ZERO_FEN };
      batch = { bankId, county, key, loanIds: [], quiet: [], lines: [], ...amounts };
      this.all.set(name, batch);
    }
    return batch;
  }
}
