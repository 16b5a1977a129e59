/**
 * A loan's life can be replayed: an event or a part of interest that a correction overtakes is voided, never
 * changed or removed, and stands beside what took its place.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  type Columns,
  code,
  date,
  id,
  instant,
  integer,
  json,
  money,
  type Schema,
  schema,
  type TableRules,
  text,
} from './schema';

const EVENTS_BEFORE: Columns = {
  id: id(),
  loan_id: id(),
  bank_id: code(40),
  natural_key: code(120),
  kind: code(20),
  happened_on: date(),
  amount_fen: money(),
  principal_fen: money(),
  interest_fen: money(),
  penalty_fen: money(),
  overpaid_fen: money(),
  outstanding_after_fen: money(),
  caused_by: code(40),
  recorded_at: instant(),
};

const INTEREST_BEFORE: Columns = {
  loan_id: id(),
  period_code: code(6),
  kind: code(10),
  part_no: integer(),
  from_on: date(),
  until_on: date(),
  days: integer(),
  principal_fen: money(),
  amount_fen: money(),
  booked_on: date(),
};

const EVENT_KINDS_BEFORE = "'disbursal', 'repayment', 'settlement', 'subsidy', 'compensation'";
const EVENT_KINDS = `${EVENT_KINDS_BEFORE}, 'refund', 'extension', 'termination', 'write-off', 'recovery', 'renewal'`;

const eventRules = (kinds: string, unique: string[]): TableRules => ({
  primary: ['id'],
  unique: [unique],
  index: [['loan_id', 'happened_on']],
  foreign: { loan_id: 'loan' },
  check: {
    kind_known: `kind IN (${kinds})`,
    parts_not_negative:
      'principal_fen >= 0 AND interest_fen >= 0 AND penalty_fen >= 0 AND overpaid_fen >= 0',
    parts_sum: 'amount_fen = principal_fen + interest_fen + penalty_fen + overpaid_fen',
  },
});

const interestRules = (unique: string[]): TableRules => ({
  primary: ['loan_id', 'period_code', 'kind', 'part_no'],
  unique: [unique],
  index: [['period_code', 'kind', 'loan_id']],
  foreign: { loan_id: 'loan' },
  check: {
    kind_known: "kind IN ('NORMAL', 'OVERDUE', 'PENALTY')",
    days_forward: 'days > 0 AND from_on < until_on',
    principal_positive: 'principal_fen > 0',
    amount_not_negative: 'amount_fen >= 0',
  },
});

export class LoanLife1767200000025 implements MigrationInterface {
  readonly name = 'LoanLife1767200000025';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await loanColumns(s);
    await s.createTable(
      'loan_correction',
      {
        id: id(),
        loan_id: id(),
        kind: code(20),
        /** The event that was reversed, or the one entered late. */
        event_id: id(),
        effective_on: date(),
        corrected_on: date(),
        reason: text(500),
        corrected_by: code(40),
        recorded_by: code(40).null(),
        corrected_at: instant(),
        events_voided: integer(),
        events_booked: integer(),
      },
      {
        primary: ['id'],
        index: [['loan_id', 'corrected_on']],
        foreign: { loan_id: 'loan' },
        check: {
          kind_known: "kind IN ('reversal', 'back-dated')",
          // Nobody takes back what they entered themselves.
          reversed_by_another:
            "kind <> 'reversal' OR recorded_by IS NULL OR recorded_by <> corrected_by",
          not_ahead: 'effective_on <= corrected_on',
        },
      },
    );
    await s.appendOnly('loan_correction');
    await events(s);
    await interest(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    const eventNames = Object.keys(EVENTS_BEFORE).join(', ');
    await s.remakeTable('loan_event', {
      from: eventsAfter,
      to: EVENTS_BEFORE,
      rules: eventRules(EVENT_KINDS_BEFORE, ['bank_id', 'natural_key']),
      copy: `SELECT ${eventNames} FROM {old} WHERE voided_by IS NULL`,
    });
    await s.appendOnly('loan_event');
    await s.remakeTable('loan_interest', {
      from: interestAfter,
      to: INTEREST_BEFORE,
      rules: interestRules(['loan_id', 'kind', 'from_on']),
      copy: `SELECT ${Object.keys(INTEREST_BEFORE).join(', ')} FROM {old} WHERE voided_by IS NULL`,
    });
    await s.appendOnly('loan_interest');
    await s.dropTable('loan_correction');
    // A condition may name the columns before its own.
    for (const [name, rules] of Object.entries(LOAN_COLUMNS).reverse()) {
      await s.dropColumn('loan', name, Object.keys(rules.check));
    }
  }
}

const LOAN_COLUMNS = {
  original_matures_on: { spec: date().null(), check: {} },
  terminated_on: { spec: date().null(), check: {} },
  written_off_fen: {
    spec: money().default(0),
    check: { written_off_not_negative: 'written_off_fen >= 0' },
  },
  recovered_fen: {
    spec: money().default(0),
    check: { recovered_within: 'recovered_fen >= 0 AND recovered_fen <= written_off_fen' },
  },
  written_off_on: {
    spec: date().null(),
    check: { written_off_dated: 'written_off_on IS NOT NULL OR written_off_fen = 0' },
  },
} as const;

async function loanColumns(s: Schema): Promise<void> {
  for (const [name, { spec, check }] of Object.entries(LOAN_COLUMNS)) {
    await s.addColumn('loan', name, spec, check);
  }
}

const eventsAfter: Columns = {
  ...EVENTS_BEFORE,
  /** The first row of this event; itself, unless a correction booked it anew. */
  origin_id: id(),
  revision: integer(),
  /** What the kind needs besides amounts, as JSON. */
  detail: json().null(),
  entry_key: code(160).null(),
  correction_id: id().null(),
  voided_by: id().null(),
};

async function events(s: Schema): Promise<void> {
  const names = Object.keys(EVENTS_BEFORE).join(', ');
  const key = (text: string, of: string) =>
    s.dialect === 'sqlite' ? `'${text}/' || ${of}` : `CONCAT('${text}/', ${of})`;
  await s.remakeTable('loan_event', {
    from: EVENTS_BEFORE,
    to: eventsAfter,
    rules: eventRules(EVENT_KINDS, ['bank_id', 'natural_key', 'revision']),
    copy: `SELECT ${names}, id, 1, NULL, CASE kind
        WHEN 'disbursal' THEN ${key('loans.disburse', 'loan_id')}
        WHEN 'repayment' THEN ${key('loans.repay', 'id')}
        WHEN 'subsidy' THEN ${s.dialect === 'sqlite' ? "'loans.' || natural_key" : "CONCAT('loans.', natural_key)"}
        ELSE NULL END, NULL, NULL FROM {old}`,
  });
  await s.addIndex('loan_event', ['origin_id']);
  await s.voidOnly('loan_event', Object.keys(eventsAfter), ['voided_by']);
}

const interestAfter: Columns = {
  ...INTEREST_BEFORE,
  entry_key: code(160).null(),
  correction_id: id().null(),
  voided_by: id().null(),
  /** `from_on` while the part stands, else nothing: no day is booked twice, whatever was voided. */
  standing_from_on: date().null(),
};

async function interest(s: Schema): Promise<void> {
  const names = Object.keys(INTEREST_BEFORE).map((name) => `i.${name}`);
  const key =
    s.dialect === 'sqlite'
      ? "'loans.interest/' || i.loan_id || '/'"
      : "CONCAT('loans.interest/', i.loan_id, '/')";
  const least = s.dialect === 'sqlite' ? `${key} || i.until_on` : `CONCAT(${key}, i.until_on)`;
  // The entry of a part is that of the booking in which it lies: the first one that reaches its last day.
  const entry = `(SELECT MIN(e.entry_key) FROM ledger_entry e
      WHERE e.subject_kind = 'loan' AND e.subject_id = i.loan_id
        AND e.event = 'loans.interest-booked' AND e.entry_key >= ${least})`;
  await s.remakeTable('loan_interest', {
    from: INTEREST_BEFORE,
    to: interestAfter,
    rules: interestRules(['loan_id', 'kind', 'standing_from_on']),
    copy: `SELECT ${names.join(', ')}, ${entry}, NULL, NULL, i.from_on FROM {old} i`,
  });
  await s.voidOnly('loan_interest', Object.keys(interestAfter), ['voided_by', 'standing_from_on']);
}
