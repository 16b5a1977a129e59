/**
 * The platform's own tables: the audit and its seals, kept answers of requests, runs of nightly steps,
 * leases, the outbox and settings.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  code,
  date,
  digest,
  id,
  instant,
  integer,
  longText,
  type Schema,
  schema,
  text,
  version,
} from './schema';

/** A kind of record, e.g. `loan`, and its id or natural key. Both are codes without Chinese text. */
const subjectKind = () => code(40);
const subjectId = () => code(80);
/** A person, the public, or the system. */
const actorId = () => code(40);

const TABLES = [
  'audit_entry',
  'audit_subject',
  'audit_queue',
  'audit_seal',
  'audit_sealed',
  'audit_head',
  'idempotency',
  'job_run',
  'job_failure',
  'lease',
  'outbox',
  'setting',
];

export class Platform1767200000001 implements MigrationInterface {
  readonly name = 'Platform1767200000001';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await audit(s);
    await seals(s);
    await requests(s);
    await nights(s);
    await messages(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of [...TABLES].reverse()) await s.dropTable(table);
  }
}

async function audit(s: Schema): Promise<void> {
  await s.createTable(
    'audit_entry',
    {
      id: id(),
      at: instant(),
      actor_id: actorId(),
      actor_name: text(60),
      act: text(80),
      title: text(60),
      outcome: code(10),
      problem: code(80).null(),
      subject_kind: subjectKind().null(),
      subject_id: subjectId().null(),
      region_code: code(12).null(),
      org_id: code(40).null(),
      request_id: text(100),
      before_digest: digest().null(),
      after_digest: digest().null(),
      body: longText(),
      leaf: digest(),
      mac: digest(),
    },
    {
      primary: ['id'],
      index: [['subject_kind', 'subject_id'], ['region_code', 'at'], ['at']],
      check: { outcome_known: "outcome IN ('done', 'refused')" },
    },
  );
  await s.appendOnly('audit_entry');
  await s.createTable(
    'audit_subject',
    { entry_id: id(), subject_kind: subjectKind(), subject_id: subjectId() },
    {
      primary: ['entry_id', 'subject_kind', 'subject_id'],
      index: [['subject_kind', 'subject_id']],
      foreign: { entry_id: 'audit_entry' },
    },
  );
  await s.appendOnly('audit_subject');
  // Entries not yet sealed; the only audit table from which rows are removed.
  await s.createTable(
    'audit_queue',
    { entry_id: id() },
    { primary: ['entry_id'], foreign: { entry_id: 'audit_entry' } },
  );
}

async function seals(s: Schema): Promise<void> {
  await s.createTable(
    'audit_seal',
    {
      n: integer(),
      count: integer(),
      root: digest(),
      previous: digest(),
      hash: digest(),
      at: instant(),
      token: integer(),
    },
    { primary: ['n'], check: { n_positive: 'n > 0', count_positive: 'count > 0' } },
  );
  await s.appendOnly('audit_seal');
  await s.createTable(
    'audit_sealed',
    { n: integer(), position: integer(), entry_id: id() },
    {
      primary: ['n', 'position'],
      unique: [['entry_id']],
      foreign: { n: 'audit_seal(n)', entry_id: 'audit_entry' },
    },
  );
  await s.appendOnly('audit_sealed');
  await s.createTable(
    'audit_head',
    { day: date(), n: integer(), hash: digest(), entries: integer(), at: instant() },
    { primary: ['day'] },
  );
  await s.appendOnly('audit_head');
}

async function requests(s: Schema): Promise<void> {
  await s.createTable(
    'idempotency',
    {
      actor_id: actorId(),
      idem_key: text(100),
      act: text(80),
      request_hash: digest(),
      answer: longText().null(),
      created_at: instant(),
    },
    { primary: ['actor_id', 'idem_key'], index: [['created_at']] },
  );
  await s.createTable(
    'setting',
    { name: text(60), value: longText(), version: version() },
    { primary: ['name'] },
  );
  await s.createTable(
    'lease',
    { name: text(60), holder: text(80), token: integer(), expires_at: instant() },
    { primary: ['name'] },
  );
}

async function nights(s: Schema): Promise<void> {
  await s.createTable(
    'job_run',
    {
      step: text(60),
      business_date: date(),
      state: code(12),
      token: integer(),
      holder: text(80),
      lease_until: instant(),
      checkpoint: text(80).null(),
      done_count: integer(),
      failed_count: integer(),
      attempts: integer(),
      started_at: instant(),
      finished_at: instant().null(),
      note: text(500).null(),
    },
    {
      primary: ['step', 'business_date'],
      index: [['business_date']],
      check: { state_known: "state IN ('pending', 'running', 'done', 'failed')" },
    },
  );
  await s.createTable(
    'job_failure',
    {
      step: text(60),
      business_date: date(),
      record_key: text(80),
      problem: text(200),
      detail: text(1000),
      at: instant(),
    },
    { primary: ['step', 'business_date', 'record_key'] },
  );
}

async function messages(s: Schema): Promise<void> {
  await s.createTable(
    'outbox',
    {
      id: id(),
      natural_key: text(160),
      kind: code(40),
      channel: code(20),
      recipient_kind: code(40),
      recipient_id: code(80),
      region_code: code(12),
      title: text(120),
      body: longText(),
      state: code(12),
      attempts: integer(),
      created_at: instant(),
      sent_at: instant().null(),
      last_error: text(500).null(),
    },
    {
      primary: ['id'],
      unique: [['natural_key']],
      index: [
        ['state', 'created_at'],
        ['region_code', 'created_at'],
      ],
      check: { state_known: "state IN ('queued', 'sent', 'failed')" },
    },
  );
}
