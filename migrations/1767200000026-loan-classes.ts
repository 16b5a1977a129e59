/**
 * Arrears of the borrower's own interest beside those of the principal; the class of a loan with its history, and the
 * judgement that may move it.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { code, date, id, instant, integer, type Schema, schema, text, version } from './schema';

const GRADES = "'NORMAL', 'SPECIAL_MENTION', 'SUBSTANDARD', 'DOUBTFUL', 'LOSS'";
const JUDGED = "'SPECIAL_MENTION', 'SUBSTANDARD', 'DOUBTFUL', 'LOSS'";

const LOAN_COLUMNS = {
  own_due_since: { spec: date().null(), check: {} },
  interest_days_overdue: {
    spec: integer().default(0),
    check: {
      interest_days_not_negative: 'interest_days_overdue >= 0',
      interest_days_dated: 'own_due_since IS NOT NULL OR interest_days_overdue = 0',
    },
  },
  judged_code: {
    spec: code(20).null(),
    check: { judged_code_known: `judged_code IS NULL OR judged_code IN (${JUDGED})` },
  },
} as const;

export class LoanClasses1767200000026 implements MigrationInterface {
  readonly name = 'LoanClasses1767200000026';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const [name, { spec, check }] of Object.entries(LOAN_COLUMNS)) {
      await s.addColumn('loan', name, spec, check);
    }
    // A borrower's loans are graded by the worst of them. MySQL has an index for every foreign key, this one too.
    if (s.dialect === 'sqlite') await s.addIndex('loan', ['member_id']);
    await createJudgements(s);
    await createChanges(s);
    await carryOver(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of ['loan_class_change', 'loan_grade_judgement']) await s.dropTable(table);
    if (s.dialect === 'sqlite') await s.dropIndex('loan', ['member_id']);
    for (const [name, rules] of Object.entries(LOAN_COLUMNS).reverse()) {
      await s.dropColumn('loan', name, Object.keys(rules.check));
    }
  }
}

function createJudgements(s: Schema): Promise<void> {
  return s.createTable(
    'loan_grade_judgement',
    {
      id: id(),
      loan_id: id(),
      /** A grade, or BY_TABLE: the judgement in force ends. */
      grade_code: code(20),
      reason: text(500),
      evidence: text(500),
      /** How the loan stood when it was proposed. */
      class_before: code(20),
      overdue_days: integer(),
      table_code: code(20),
      policy_row_id: code(64),
      state: code(10),
      proposed_by: code(40),
      proposed_on: date(),
      proposed_at: instant(),
      decided_by: code(40).null(),
      decided_on: date().null(),
      decided_at: instant().null(),
      decision_note: text(500).null(),
      /** The loan while the proposal waits, else nothing: one at a time. */
      open_loan_id: id().null(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['open_loan_id']],
      index: [['loan_id']],
      foreign: { loan_id: 'loan' },
      check: {
        grade_known: `grade_code IN (${JUDGED}, 'BY_TABLE')`,
        state_known: "state IN ('proposed', 'approved', 'refused')",
        two_people: 'decided_by IS NULL OR decided_by <> proposed_by',
        decided_whole:
          "(state = 'proposed' AND decided_by IS NULL AND decided_on IS NULL) OR (state <> 'proposed' AND decided_by IS NOT NULL AND decided_on IS NOT NULL)",
        open_while_proposed:
          "(state = 'proposed' AND open_loan_id IS NOT NULL) OR (state <> 'proposed' AND open_loan_id IS NULL)",
      },
    },
  );
}

async function createChanges(s: Schema): Promise<void> {
  await s.createTable(
    'loan_class_change',
    {
      id: id(),
      loan_id: id(),
      changed_on: date(),
      from_code: code(20),
      to_code: code(20),
      overdue_days: integer(),
      cause: code(12),
      policy_row_id: code(64).null(),
      judgement_id: id().null(),
      changed_by: code(40).null(),
      changed_at: instant().null(),
    },
    {
      primary: ['id'],
      index: [['loan_id', 'changed_on']],
      foreign: { loan_id: 'loan' },
      check: {
        from_known: `from_code IN (${GRADES})`,
        to_known: `to_code IN (${GRADES})`,
        moves: 'from_code <> to_code',
        days_not_negative: 'overdue_days >= 0',
        cause_known:
          "cause IN ('table', 'judgement', 'borrower', 'correction', 'settled', 'write-off', 'carried')",
        by_somebody: "cause = 'carried' OR (changed_by IS NOT NULL AND changed_at IS NOT NULL)",
      },
    },
  );
  await s.appendOnly('loan_class_change');
}

/** The history begins with the class in which each loan is found, on the day for which its days were last counted. */
function carryOver(s: Schema): Promise<void> {
  const counted =
    s.dialect === 'sqlite'
      ? "date(l.matures_on, l.days_overdue || ' days')"
      : 'DATE_ADD(CAST(l.matures_on AS DATE), INTERVAL l.days_overdue DAY)';
  return s.run(
    `INSERT INTO loan_class_change (id, loan_id, changed_on, from_code, to_code, overdue_days, cause)
     SELECT l.id, l.id, ${counted}, 'NORMAL', l.class_code, l.days_overdue, 'carried'
       FROM loan l
      WHERE l.class_code <> 'NORMAL' AND l.matures_on IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM loan_class_change c WHERE c.loan_id = l.id)`,
  );
}
