/**
 * Credit lines: one row a household and its periods, raises on application, appeals, and the credit villages and
 * townships of each year. What a period says never changes but for the day on which the next one takes over.
 * Lines of before are taken over from the ratings that gave them.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  code,
  date,
  digest,
  id,
  integer,
  json,
  money,
  type Schema,
  schema,
  text,
  version,
} from './schema';

/** A person, or the system. */
const actorId = () => code(40);
const actorName = () => text(60);

const TABLES = [
  'credit_line',
  'credit_line_period',
  'line_raise',
  'credit_appeal',
  'credit_place_award',
  'credit_place_content',
];

export class Lines1767200000017 implements MigrationInterface {
  readonly name = 'Lines1767200000017';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await lines(s);
    await periods(s);
    await raises(s);
    await appeals(s);
    await places(s);
    await takeOver(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of [...TABLES].reverse()) await s.dropTable(table);
  }
}

/** The owner row: whoever changes a household's line writes it, so that two changes cannot both commit. */
async function lines(s: Schema): Promise<void> {
  await s.createTable(
    'credit_line',
    {
      household_id: id(),
      household_code: code(32),
      head_name: text(60),
      region_code: code(12),
      review_due_on: date().null(),
      review_reason: text(200).null(),
      version: version(),
    },
    {
      primary: ['household_id'],
      index: [['region_code', 'household_id'], ['review_due_on']],
      foreign: { household_id: 'household' },
    },
  );
}

async function periods(s: Schema): Promise<void> {
  await s.createTable(
    'credit_line_period',
    {
      household_id: id(),
      seq: integer(),
      rating_id: id(),
      bank_id: id().null(),
      state: code(10),
      cause: code(10),
      total_fen: money(),
      valid_until: date(),
      from_on: date(),
      // First day it no longer holds; equal to from_on where another change came on the same day.
      until_on: date().null(),
      reason: text(200),
      evidence: text(400).null(),
      made_by: actorId(),
      made_by_name: actorName(),
      made_on: date(),
      // Who applied for the raise, or had frozen what is unfrozen: never the one who decides.
      other_by: actorId().null(),
      other_by_name: actorName().null(),
      open_key: id().null(),
    },
    {
      primary: ['household_id', 'seq'],
      unique: [['open_key']],
      index: [['household_id', 'from_on'], ['rating_id'], ['state', 'valid_until']],
      foreign: { household_id: 'credit_line(household_id)', rating_id: 'rating' },
      check: {
        state_known: "state IN ('in-force', 'frozen', 'cancelled', 'expired')",
        cause_known:
          "cause IN ('GRANT', 'RAISE', 'LOWER', 'FREEZE', 'UNFREEZE', 'CANCEL', 'EXPIRE', 'REVIEW')",
        not_backwards: 'until_on IS NULL OR until_on >= from_on',
        open:
          '(until_on IS NULL AND open_key IS NOT NULL AND open_key = household_id)' +
          ' OR (until_on IS NOT NULL AND open_key IS NULL)',
        total_not_negative: 'total_fen >= 0',
        nothing_when_over: "state IN ('in-force', 'frozen') OR total_fen = 0",
        two_people: 'other_by IS NULL OR other_by <> made_by',
        not_alone: "cause NOT IN ('RAISE', 'UNFREEZE') OR other_by IS NOT NULL",
      },
    },
  );
}

async function raises(s: Schema): Promise<void> {
  await s.createTable(
    'line_raise',
    {
      id: id(),
      household_id: id(),
      region_code: code(12),
      bank_id: id().null(),
      rating_id: id(),
      from_fen: money(),
      asked_fen: money(),
      granted_fen: money().null(),
      ground: code(40),
      evidence: text(400),
      rules_row_id: code(40),
      state: code(10),
      applied_by: actorId(),
      applied_by_name: actorName(),
      applied_on: date(),
      checked_by: actorId().null(),
      checked_by_name: actorName().null(),
      checked_on: date().null(),
      check_reason: text(200).null(),
      decided_by: actorId().null(),
      decided_by_name: actorName().null(),
      decided_on: date().null(),
      decision_reason: text(200).null(),
      open_key: id().null(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['open_key']],
      index: [['region_code', 'id'], ['household_id']],
      foreign: { household_id: 'credit_line(household_id)', rating_id: 'rating' },
      check: {
        state_known: "state IN ('applied', 'checked', 'granted', 'rejected')",
        open: "(state IN ('applied', 'checked')) = (open_key IS NOT NULL)",
        upwards: 'asked_fen > from_fen',
        granted: "(state = 'granted') = (granted_fen IS NOT NULL)",
        granted_within:
          'granted_fen IS NULL OR (granted_fen > from_fen AND granted_fen <= asked_fen)',
        two_people: 'checked_by IS NULL OR checked_by <> applied_by',
        three_people:
          'decided_by IS NULL OR (decided_by <> applied_by AND decided_by <> checked_by)',
        checked_first: "state NOT IN ('checked', 'granted') OR checked_by IS NOT NULL",
        decided_by_somebody: "state <> 'granted' OR decided_by IS NOT NULL",
      },
    },
  );
}

async function appeals(s: Schema): Promise<void> {
  await s.createTable(
    'credit_appeal',
    {
      id: id(),
      household_id: id(),
      region_code: code(12),
      // What the appeal is against: a rating, or one period of the line. Each is appealed against once.
      rating_id: id().null(),
      line_seq: integer().null(),
      member_id: id(),
      reason: text(500),
      state: code(10),
      filed_by: actorId(),
      filed_by_name: actorName(),
      filed_on: date(),
      // Null where the working days of that time are not laid down yet.
      due_on: date().null(),
      decided_by: actorId().null(),
      decided_by_name: actorName().null(),
      decided_on: date().null(),
      decision_reason: text(500).null(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['rating_id'], ['household_id', 'line_seq']],
      index: [
        ['state', 'due_on'],
        ['region_code', 'id'],
      ],
      foreign: {
        household_id: 'household',
        rating_id: 'rating',
        member_id: 'household_member',
        'household_id, line_seq': 'credit_line_period(household_id, seq)',
      },
      check: {
        state_known: "state IN ('open', 'upheld', 'rejected')",
        against_one_thing: '(rating_id IS NULL) <> (line_seq IS NULL)',
        two_people: 'decided_by IS NULL OR decided_by <> filed_by',
        decided:
          "(state = 'open' AND decided_by IS NULL) OR (state <> 'open' AND decided_by IS NOT NULL" +
          ' AND decided_on IS NOT NULL AND decision_reason IS NOT NULL)',
      },
    },
  );
}

async function places(s: Schema): Promise<void> {
  await s.createTable(
    'credit_place_award',
    {
      id: id(),
      region_code: code(12),
      level: code(10),
      year: integer(),
      outcome: code(10),
      state: code(10),
      content_digest: digest(),
      judged_by: actorId(),
      judged_by_name: actorName(),
      judged_on: date(),
      decided_by: actorId().null(),
      decided_by_name: actorName().null(),
      decided_on: date().null(),
      decision_reason: text(200).null(),
      // The place and year while it is not rejected: one judgement of a place and year counts.
      current_key: code(20).null(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['current_key']],
      index: [
        ['region_code', 'year'],
        ['year', 'state'],
      ],
      foreign: { region_code: 'region(code)' },
      check: {
        level_known: "level IN ('village', 'township')",
        outcome_known: "outcome IN ('met', 'not-met', 'unknown')",
        state_known: "state IN ('judged', 'confirmed', 'rejected')",
        counts: "(state <> 'rejected') = (current_key IS NOT NULL)",
        two_people: 'decided_by IS NULL OR decided_by <> judged_by',
        decided: "(state = 'judged') = (decided_by IS NULL)",
      },
    },
  );
  await s.createTable(
    'credit_place_content',
    { award_id: id(), rules_row_id: code(40), figures: json(), findings: json(), benefits: json() },
    { primary: ['award_id'], foreign: { award_id: 'credit_place_award' } },
  );
  await s.appendOnly('credit_place_content');
}

/** Every rating that ever was in force gave a line from its decision to the next one's, or until today. */
const IN_FORCE_ONCE = "r.state IN ('confirmed', 'superseded')";

async function takeOver(s: Schema): Promise<void> {
  await s.run(
    `INSERT INTO credit_line (household_id, household_code, head_name, region_code)
     SELECT r.household_id, MAX(r.household_code), MAX(r.head_name), MAX(r.region_code)
       FROM rating r LEFT JOIN credit_line l ON l.household_id = r.household_id
      WHERE ${IN_FORCE_ONCE} AND l.household_id IS NULL
      GROUP BY r.household_id`,
  );
  await s.run(
    `INSERT INTO credit_line_period (household_id, seq, rating_id, bank_id, state, cause, total_fen,
            valid_until, from_on, until_on, reason, made_by, made_by_name, made_on, open_key)
     SELECT r.household_id,
            (SELECT COUNT(*) FROM rating e
              WHERE e.household_id = r.household_id AND e.state IN ('confirmed', 'superseded')
                AND (e.decided_on < r.decided_on OR (e.decided_on = r.decided_on AND e.id <= r.id))),
            r.id,
            (SELECT o.root_id FROM app_user u JOIN organisation o ON o.id = u.organisation_id
              WHERE u.id = r.decided_by AND o.kind = 'bank'),
            'in-force', 'GRANT', r.line_fen, r.valid_until, r.decided_on, r.superseded_on,
            '评级生效', r.decided_by, r.decided_by_name, r.decided_on,
            CASE WHEN r.superseded_on IS NULL THEN r.household_id END
       FROM rating r LEFT JOIN credit_line_period p ON p.rating_id = r.id
      WHERE ${IN_FORCE_ONCE} AND p.rating_id IS NULL`,
  );
}
