/**
 * What changes the course of a loan, each asked by one person and decided by another: an extension, a renewal by a
 * new loan, the early end of a loan whose use was diverted. A loan that renews another names it, once.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  type Columns,
  code,
  date,
  digest,
  flag,
  id,
  instant,
  integer,
  json,
  longText,
  money,
  ppm,
  type Schema,
  schema,
  type TableRules,
  text,
  version,
} from './schema';

const TABLES = ['loan_extension', 'loan_renewal', 'loan_termination'];

/** What every request has: what it is about, who asked, and who decided. */
const asked: Columns = {
  id: id(),
  loan_id: id(),
  household_id: id(),
  region_code: code(12),
  bank_id: code(40),
  state: code(10),
  open_key: id().null(),
  reason: text(1000),
  evidence: longText(),
  content_digest: digest(),
  asked_by: code(40),
  asked_by_name: text(60),
  asked_on: date(),
  asked_at: instant(),
  decided_by: code(40).null(),
  decided_by_name: text(60).null(),
  decided_on: date().null(),
  decided_at: instant().null(),
  decision_reason: text(1000).null(),
  version: version(),
};

/** `open`: the states in which nothing else of the kind may be asked for the loan. */
function rules(states: string, open: string, check: Record<string, string>): TableRules {
  return {
    primary: ['id'],
    unique: [['open_key']],
    index: [
      ['loan_id', 'asked_on'],
      ['state', 'asked_on', 'id'],
      ['region_code', 'bank_id'],
    ],
    foreign: { loan_id: 'loan', household_id: 'household' },
    check: {
      state_known: `state IN (${states})`,
      decided_whole:
        "(state = 'asked' AND decided_by IS NULL AND decided_by_name IS NULL AND decided_on IS NULL" +
        ' AND decided_at IS NULL)' +
        " OR (state <> 'asked' AND decided_by IS NOT NULL AND decided_by_name IS NOT NULL" +
        ' AND decided_on IS NOT NULL AND decided_at IS NOT NULL)',
      // Nobody decides what they asked for.
      two_people: 'decided_by IS NULL OR decided_by <> asked_by',
      not_backwards: 'decided_on IS NULL OR decided_on >= asked_on',
      refusal_has_reason: "state <> 'refused' OR decision_reason IS NOT NULL",
      open_once:
        `(state IN (${open}) AND open_key IS NOT NULL AND open_key = loan_id)` +
        ` OR (state NOT IN (${open}) AND open_key IS NULL)`,
      ...check,
    },
  };
}

export class LoanChanges1767200000027 implements MigrationInterface {
  readonly name = 'LoanChanges1767200000027';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await s.addColumn('loan', 'renews_loan_id', id().null(), {
      renews_another: 'renews_loan_id IS NULL OR renews_loan_id <> id',
    });
    await s.addUnique('loan', ['renews_loan_id']);
    await extensions(s);
    await renewals(s);
    await terminations(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of [...TABLES].reverse()) await s.dropTable(table);
    await s.dropUnique('loan', ['renews_loan_id']);
    await s.dropColumn('loan', 'renews_loan_id', ['renews_another']);
  }
}

async function extensions(s: Schema): Promise<void> {
  await s.createTable(
    'loan_extension',
    {
      ...asked,
      matures_on: date(),
      new_matures_on: date(),
      reason_code: code(20),
      policy_row_id: code(80),
      event_id: id().null(),
    },
    rules("'asked', 'approved', 'refused'", "'asked'", {
      later: 'new_matures_on > matures_on',
      reason_known:
        "reason_code IN ('hardship', 'disaster', 'illness', 'market', 'epidemic', 'other')",
      asked_in_time: 'asked_on <= matures_on',
      approved_in_time: "state <> 'approved' OR decided_on <= matures_on",
      approved_has_event:
        "(state = 'approved' AND event_id IS NOT NULL) OR (state <> 'approved' AND event_id IS NULL)",
    }),
  );
}

async function renewals(s: Schema): Promise<void> {
  await s.createTable(
    'loan_renewal',
    {
      ...asked,
      matures_on: date(),
      product_code: code(10),
      amount_fen: money(),
      term_months: integer(),
      rate_ppm: ppm(),
      without_repaying: flag(),
      conditions: json(),
      findings: json(),
      policy_row_id: code(80),
      signed_by: code(40).null(),
      signed_on: date().null(),
      signed_at: instant().null(),
      new_loan_id: id().null(),
    },
    rules("'asked', 'approved', 'refused', 'signed'", "'asked', 'approved'", {
      amounts_positive: 'amount_fen > 0 AND term_months > 0 AND rate_ppm > 0',
      asked_in_time: 'asked_on < matures_on',
      signed_whole:
        "(state = 'signed' AND signed_by IS NOT NULL AND signed_on IS NOT NULL" +
        ' AND signed_at IS NOT NULL AND new_loan_id IS NOT NULL AND new_loan_id <> loan_id)' +
        " OR (state <> 'signed' AND signed_by IS NULL AND signed_on IS NULL" +
        ' AND signed_at IS NULL AND new_loan_id IS NULL)',
      // The new contract stands before the old loan matures, or it would hide that it is overdue.
      signed_in_time: 'signed_on IS NULL OR (signed_on < matures_on AND signed_on >= decided_on)',
      three_people: 'signed_by IS NULL OR (signed_by <> decided_by AND signed_by <> asked_by)',
    }),
  );
}

async function terminations(s: Schema): Promise<void> {
  await s.createTable(
    'loan_termination',
    {
      ...asked,
      ends_on: date(),
      surcharge_ppm: ppm(),
      policy_row_id: code(80),
      event_id: id().null(),
    },
    rules("'asked', 'approved', 'refused'", "'asked'", {
      not_ahead: 'ends_on <= asked_on',
      surcharge_share: 'surcharge_ppm BETWEEN 0 AND 1000000',
      approved_has_event:
        "(state = 'approved' AND event_id IS NOT NULL) OR (state <> 'approved' AND event_id IS NULL)",
    }),
  );
}
