/** What the settlement of the whole book loads and saves: the loans of a chunk at once. */
import type { BusinessDate, SettlementPeriod } from '../platform/dates';
import { type DialectTools, RunAgain, type Sql } from '../platform/db/database';
import { idOfStem, reserveIds } from '../platform/db/ids-in-order';
import { insertRows, listRows } from '../platform/db/store';
import { type Fen, fen } from '../platform/money';
import type { Work } from '../platform/work';
import { INTEREST_KINDS } from './interest';
import { type FrozenTerms, Loan, LoanEvent, LoanInterest } from './loan.entity';
import { isPaidOut, type PaidOutLoan } from './loan-state';
import type { QuietFace } from './quiet-loan';

/** Loans whose interest is not booked to the end of the period and that have a principal to bear it. */
const DUE = 'booked_until < :until AND disbursed_on <= :on AND outstanding_fen > 0';

/**
 * Running loans, said so that the database finds them in the order of their keys: by the index of states it would
 * sort the whole book for each piece of a chunk.
 */
const RUNNING = "state NOT IN ('signed', 'settled')";

/** Keys of the loans whose interest of the period that ends on `on` is due, greater than `after`, at most `limit`. */
export async function loansToSettle(
  sql: Sql,
  { to: on, untilExclusive: until }: SettlementPeriod,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT id FROM loan WHERE state = 'running' AND ${DUE} AND id > :after
      ORDER BY id LIMIT :limit`,
    { on, until, after: after ?? '', limit },
  );
  return rows.map(({ id }) => id);
}

/** The interest of the principal of a row over so many days, in fen; what `interestFen` computes. */
export function interestSql(dialect: DialectTools, daysSql: string): string {
  return dialect.divideHalfUp(`outstanding_fen * rate_ppm * ${daysSql}`, 'basis * 1000000');
}

/** The loans of a chunk: first and last key. */
export interface Stretch {
  first: string;
  last: string;
}

export class SettleBookStore {
  constructor(
    private readonly work: Work,
    private readonly period: SettlementPeriod,
  ) {}

  /** The next loans due, locked until the chunk is done, in order of their keys. */
  async due(after: string | null, size: number): Promise<QuietFace[]> {
    const { tx } = this.work;
    const rows = await tx.rows<Omit<QuietFace, 'terms'> & { terms: string }>(
      `SELECT id, bank_id AS bankId, region_code AS regionCode, product_code AS productCode, terms,
              signed_on AS signedOn, disbursed_on AS disbursedOn, matures_on AS maturesOn,
              booked_until AS bookedUntil, last_booking_on AS lastBookingOn,
              principal_fen AS principalFen, outstanding_fen AS outstandingFen,
              rate_ppm AS ratePpm, basis, own_due_since AS ownDueSince,
              written_off_on AS writtenOffOn
         FROM loan WHERE ${RUNNING} AND ${DUE} AND id > :after
        ORDER BY id LIMIT :size ${tx.dialect.forUpdate()}`,
      { ...this.days(), after: after ?? '', size },
    );
    // Contracts of one bank and year have the same terms, so few texts are read.
    const read = new Map<string, FrozenTerms>();
    const termsOf = (text: string): FrozenTerms => {
      const known = read.get(text) ?? (JSON.parse(text) as FrozenTerms);
      read.set(text, known);
      return known;
    };
    return rows.map((row) => Object.assign(row, { terms: termsOf(row.terms) }));
  }

  /** Loans between two keys that have parts in the period, or of which a subsidy was lost: these are not quiet. */
  async restless({ first, last }: Stretch): Promise<Set<string>> {
    const rows = await this.work.tx.rows<{ loanId: string }>(
      `SELECT loan_id AS loanId FROM loan_interest
        WHERE period_code = :period AND kind IN (:kinds) AND loan_id >= :first AND loan_id <= :last
        UNION
       SELECT loan_id AS loanId FROM subsidy_hold
        WHERE state = 'lost' AND loan_id >= :first AND loan_id <= :last`,
      { period: this.period.code, kinds: [...INTEREST_KINDS], first, last },
    );
    return new Set(rows.map(({ loanId }) => loanId));
  }

  /** These loans, whole. */
  async whole(ids: readonly string[]): Promise<PaidOutLoan[]> {
    return (await listRows(this.work.tx, Loan, { id: ids })).filter(isPaidOut);
  }

  /**
   * Adds the interest of the quiet loans of a stretch; `loud`: the others of it. It is computed from the row in whole
   * numbers and rounded half up once, as `interestFen` does it. `head`: the beginning of the keys of entries.
   */
  async addInterest(stretch: Stretch, loud: readonly string[], head: string): Promise<void> {
    const { tx } = this.work;
    const { dialect } = tx;
    const days = dialect.daysBetween('booked_until', ':until');
    const amount = interestSql(dialect, days);
    const county = 'SUBSTR(region_code, 1, 6)';
    await tx.exec(
      `INSERT INTO loan_interest (loan_id, period_code, kind, part_no, from_on, until_on, days,
              principal_fen, amount_fen, booked_on, entry_key, standing_from_on)
       SELECT id, :period, 'NORMAL', 1, booked_until, :until, ${days}, outstanding_fen, ${amount},
              :on, ${dialect.concat(':head', 'bank_id', "'/'", county, "'/'", ':first')}, booked_until
         FROM loan
        WHERE ${RUNNING} AND ${DUE} AND id >= :first AND id <= :last AND id NOT IN (:loud)`,
      { ...this.days(), ...stretch, loud, period: this.period.code, head },
    );
  }

  /**
   * Adds the events that tell of the interest booked under these keys, of so many loans; returns the sum of it, to be
   * compared.
   */
  async addEvents(
    stretch: Stretch,
    { keys, count }: { keys: readonly string[]; count: number },
  ): Promise<Fen> {
    const { tx, actor, now } = this.work;
    const { dialect } = tx;
    const period = this.period.code;
    const booked = `FROM loan_interest
        WHERE period_code = :period AND kind = 'NORMAL' AND loan_id >= :first AND loan_id <= :last
          AND entry_key IN (:keys)`;
    const found = { ...stretch, period, keys };
    const { stem, from } = reserveIds(this.work.newId, count);
    await tx.exec(
      `INSERT INTO loan_event (id, loan_id, bank_id, natural_key, kind, happened_on, amount_fen,
              principal_fen, interest_fen, penalty_fen, overpaid_fen, outstanding_after_fen,
              caused_by, recorded_at, origin_id, revision)
       SELECT x.id, x.loan_id, l.bank_id, ${dialect.concat(':occasion', 'x.loan_id')}, 'settlement',
              :on, x.amount_fen, 0, x.amount_fen, 0, 0, x.principal_fen, :actor, :now, x.id, 1
         FROM (SELECT ${idOfStem(dialect, ':stem', 'n')} AS id, loan_id, amount_fen, principal_fen
                 FROM (SELECT :from - 1 + ROW_NUMBER() OVER (ORDER BY loan_id) AS n, loan_id, amount_fen,
                              principal_fen ${booked}) counted) x
         JOIN loan l ON l.id = x.loan_id`,
      {
        ...{ ...found, on: this.period.to, actor: actor.id, now },
        ...{ stem, from, occasion: `settlement/${period}/` },
      },
    );
    const sum = await tx.one<{ fen: number }>(
      `SELECT COALESCE(SUM(amount_fen), 0) AS fen ${booked}`,
      found,
    );
    return fen(sum?.fen ?? 0);
  }

  /** The parts of the period that are booked already, by loan; voided ones too. */
  async parts(loanIds: readonly string[]): Promise<Map<string, LoanInterest[]>> {
    const where = { periodCode: this.period.code, kind: [...INTEREST_KINDS], loanId: loanIds };
    const rows = await listRows(this.work.tx, LoanInterest, where);
    const parts = new Map<string, LoanInterest[]>();
    for (const part of rows) {
      const own = parts.get(part.loanId);
      if (own) own.push(part);
      else parts.set(part.loanId, [part]);
    }
    return parts;
  }

  /** Adds the interest of the chunk and the events that tell of it. */
  async add(parts: readonly LoanInterest[], events: readonly LoanEvent[]): Promise<void> {
    const { tx } = this.work;
    await insertRows(tx, LoanInterest, parts);
    await insertRows(tx, LoanEvent, events);
  }

  /**
   * Writes the loans of a stretch as their settlements leave them, without those that were left out. What was due
   * when the chunk was loaded must still be due, or the whole chunk is done again.
   */
  async book({ first, last }: Stretch, left: readonly string[], count: number): Promise<void> {
    const settled = (column: string) =>
      `(SELECT e.${column} FROM loan_event e
         WHERE e.loan_id = loan.id AND e.happened_on = :on AND e.kind = 'settlement'
           AND e.voided_by IS NULL)`;
    const written = await this.work.tx.exec(
      `UPDATE loan SET interest_due_fen = interest_due_fen + ${settled('interest_fen')},
              penalty_due_fen = penalty_due_fen + ${settled('penalty_fen')},
              booked_until = :until, last_booking_on = :on, version = version + 1
        WHERE ${RUNNING} AND ${DUE} AND id >= :first AND id <= :last AND id NOT IN (:left)`,
      { ...this.days(), first, last, left },
    );
    if (written !== count) throw new RunAgain('A loan of the chunk was changed meanwhile');
  }

  /** Writes since when the own interest of these loans is open. */
  async oweSince(day: BusinessDate | null, loanIds: readonly string[]): Promise<void> {
    await this.work.tx.exec('UPDATE loan SET own_due_since = :day WHERE id IN (:loanIds)', {
      day,
      loanIds,
    });
  }

  private days(): { on: BusinessDate; until: BusinessDate } {
    return { on: this.period.to, until: this.period.untilExclusive };
  }
}
