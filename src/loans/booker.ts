/**
 * Writing what happened to a loan: rows of events and interest and the entries of the book, gathered while an act
 * works and written each kind at once, however many there are.
 */
import { type EntryDraft, type LineDraft, postEntries } from '../ledger';
import { check } from '../platform/check';
import type { BusinessDate } from '../platform/dates';
import { addFen } from '../platform/money';
import type { Work } from '../platform/work';
import { eventLines, interestLines, type LoanEntry, loanEntry, mirrored } from './booking';
import { sumOfParts } from './interest';
import type { Outcome } from './life';
import type { LoanCorrection, LoanEvent, LoanInterest } from './loan.entity';
import type { LoanStore } from './loan.store';
import type { PaidOutLoan } from './loan-state';

/** Prefix of the keys of entries that settle many loans at once. */
export const BATCH = 'loans.settlement/';

/** Gathers the rows and entries of one act on one loan. */
export class Booker {
  private readonly entries: EntryDraft[] = [];
  private readonly events: LoanEvent[] = [];
  private readonly parts: LoanInterest[] = [];
  private readonly overtaken = new Map<string, Overtaken>();
  private numbers: Map<string, number> | undefined;

  constructor(
    private readonly work: Work,
    private readonly store: LoanStore,
    private readonly loan: PaidOutLoan,
    /** Null where nothing that was booked changes. */
    private readonly correction: LoanCorrection | null,
  ) {}

  /** Voids events and bookings. What nothing takes the place of unchanged is mirrored by `finish`. */
  async void(events: readonly LoanEvent[], bookings: readonly LoanInterest[][]): Promise<void> {
    if (!this.correction) return;
    const { id } = this.correction;
    await this.store.voidEvents(
      events.map((event) => event.id),
      id,
    );
    await this.store.voidParts(bookings.flat(), id);
    for (const { originId, entryKey: key, kind, ...amounts } of events) {
      if (key === null) continue;
      this.overtaken.set(originId, { key, lines: eventLines(kind, this.loan.id, amounts) });
    }
    for (const parts of bookings) {
      const key = parts[0]!.entryKey;
      if (key === null) continue;
      this.overtaken.set(placeOf(parts), { key, lines: interestLines(this.loan.id, parts) });
    }
  }

  /**
   * The key under which lines stand in the book: of a new entry, or of the one that was overtaken at this place when
   * it says the same to the fen. Null when there is nothing to say.
   */
  private entryOf(place: string, entry: LoanEntry): string | null {
    const before = this.overtaken.get(place);
    if (before && sameLines(before.lines, entry.lines)) {
      this.overtaken.delete(place);
      return before.key;
    }
    const draft = loanEntry(this.loan, entry);
    if (draft) this.entries.push(draft);
    return draft && entry.key;
  }

  /** Entries of today that mirror what was overtaken, and point at it. */
  private mirrors(): EntryDraft[] {
    return [...this.overtaken.values()].flatMap(({ key, lines }, at) => {
      // The entry of a settlement of many loans is corrected in the part of this one.
      const part = key.startsWith(BATCH);
      const draft = loanEntry(this.loan, {
        key: `loans.void/${this.correction!.id}/${at + 1}`,
        event: 'loans.voided',
        on: this.work.today,
        memo: `合同 ${this.loan.number} 冲正`,
        lines: mirrored(lines),
        ...(part ? { correctsPart: key } : { corrects: key }),
      });
      return draft ? [draft] : [];
    });
  }

  /** Books what an event did, with the interest that it books. `before`: its row that a correction overtook. */
  async book(
    outcome: Outcome,
    told: { naturalKey: string; memo?: string },
    { before, booksInterest = true }: { before?: LoanEvent; booksInterest?: boolean } = {},
  ): Promise<LoanEvent> {
    if (booksInterest) await this.bookInterest(outcome);
    const { fact, principalFen, interestFen, penaltyFen, overpaidFen } = outcome;
    const id = this.work.newId();
    const settled = fact.kind === 'settlement';
    const amounts = settled
      ? { principalFen, ...settledAmounts(outcome), overpaidFen }
      : { principalFen, interestFen, penaltyFen, overpaidFen };
    const entryKey = this.entryOf(fact.originId, {
      key: `loans.${fact.kind}/${id}`,
      event: `loans.${fact.kind}`,
      on: this.bookedOn(fact.on),
      memo: told.memo ?? `合同 ${this.loan.number} 更正后重新入账，业务日 ${fact.on}`,
      lines: eventLines(fact.kind, this.loan.id, amounts),
    });
    const { principalFen: principal, interestFen: interest, penaltyFen: penalty } = amounts;
    const row: LoanEvent = {
      id,
      loanId: this.loan.id,
      bankId: this.loan.bankId,
      naturalKey: told.naturalKey,
      kind: fact.kind,
      happenedOn: fact.on,
      ...amounts,
      amountFen: addFen(principal, interest, penalty, overpaidFen),
      outstandingAfterFen: outcome.outstandingAfterFen,
      causedBy: before?.causedBy ?? this.work.actor.id,
      recordedAt: before?.recordedAt ?? this.work.now,
      originId: before?.originId ?? (settled ? id : fact.originId),
      revision: 1,
      detail: fact.detail ?? null,
      entryKey,
      correctionId: this.correction?.id ?? null,
      voidedBy: null,
    };
    this.events.push(row);
    return row;
  }

  /** Books the interest of an event alone. */
  async bookInterest({ fact, booked }: Outcome): Promise<void> {
    const last = booked[booked.length - 1];
    if (!last) return;
    this.numbers ??= await this.store.partNumbers(this.loan.id);
    const numbers = this.numbers;
    const numbered = booked.map((part) => {
      const place = `${part.periodCode}/${part.kind}`;
      const partNo = (numbers.get(place) ?? 0) + 1;
      numbers.set(place, partNo);
      return { ...part, partNo };
    });
    // A day that a correction freed is booked again, but the number of a part is not given again.
    const { kind, partNo } = numbered[numbered.length - 1]!;
    const entryKey = this.entryOf(placeOf(booked), {
      key: `loans.interest/${this.loan.id}/${last.untilOn}/${kind}-${partNo}`,
      event: 'loans.interest-booked',
      on: this.bookedOn(fact.on),
      memo: `合同 ${this.loan.number} 计息至 ${last.untilOn} (不含)`,
      lines: interestLines(this.loan.id, booked),
    });
    for (const part of numbered) {
      this.parts.push({
        ...part,
        loanId: this.loan.id,
        bookedOn: this.bookedOn(fact.on),
        entryKey,
        correctionId: this.correction?.id ?? null,
        voidedBy: null,
        standingFromOn: part.fromOn,
      });
    }
  }

  /** Entries of a correction are entries of today: what the book said on a past day stays said. */
  private bookedOn(on: BusinessDate): BusinessDate {
    return this.correction ? this.work.today : on;
  }

  /** Writes everything. */
  async finish(): Promise<void> {
    const keys = this.events.map(({ naturalKey }) => naturalKey);
    const revisions = await this.store.revisions(this.loan.bankId, keys);
    const rows = this.events.map((row) => ({
      ...row,
      revision: (revisions.get(row.naturalKey) ?? 0) + 1,
    }));
    check(new Set(keys).size === keys.length, 'One act books an occasion once.');
    await this.store.addParts(this.parts);
    await this.store.addEvents(rows);
    await postEntries(this.work, [...this.mirrors(), ...this.entries]);
  }
}

/** A settlement's event tells what it booked. */
function settledAmounts({ booked }: Outcome) {
  return sumOfParts(booked);
}

/** An entry whose event or interest was voided. */
interface Overtaken {
  key: string;
  lines: LineDraft[];
}

/** Interest is told apart by the day to which it was booked. */
const placeOf = (parts: readonly Pick<LoanInterest, 'untilOn'>[]): string =>
  `interest ${parts
    .map(({ untilOn }) => untilOn)
    .sort()
    .at(-1)}`;

function sameLines(one: readonly LineDraft[], other: readonly LineDraft[]): boolean {
  return one.every((line, at) => line.amountFen === other[at]?.amountFen);
}
