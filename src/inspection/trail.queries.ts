/** What the inspector reads of the audit: the story of a record, entries by who and when, and the daily heads. */
import type { EntryContent } from '../platform/audit/append';
import { type Instant, instantOf, isoInstant } from '../platform/clock';
import { addDays, type BusinessDate } from '../platform/dates';
import type { Params } from '../platform/db/database';
import { defineQuery, pageFields, pageOf, type Reader, readPage } from '../platform/query';
import { answer, dateField, idField, Joi, listOf, shape, textField } from '../platform/shape';
import type { Subject } from '../platform/work';
import { InspectionProblem } from './problems';
import { OF_THE_HOUSEHOLD, storyScope, type TrailLine } from './trail';

/** An entry as the trail reads it, with the number of the seal over it. */
type EntryRow = Omit<EntryContent, 'org_id' | 'request_id' | 'before_digest' | 'after_digest'> & {
  seal: number | null;
};

const COLUMNS = `e.id AS id, e.at AS at, e.actor_id AS actor_id, e.actor_name AS actor_name, e.act AS act,
  e.title AS title, e.outcome AS outcome, e.problem AS problem, e.subject_kind AS subject_kind,
  e.subject_id AS subject_id, e.region_code AS region_code, e.body AS body, s.n AS seal`;
const FROM = 'audit_entry e LEFT JOIN audit_sealed s ON s.entry_id = e.id';

function lineOf(row: EntryRow): TrailLine {
  return {
    id: row.id,
    at: isoInstant(row.at as Instant),
    actorId: row.actor_id,
    actorName: row.actor_name,
    act: row.act,
    title: row.title,
    outcome: row.outcome,
    problem: row.problem,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    regionCode: row.region_code,
    body: JSON.parse(row.body),
    seal: row.seal,
  };
}

const line = shape<TrailLine>({
  id: idField(),
  at: answer.instant(),
  actorId: answer.text('办理人编号'),
  actorName: answer.text('办理人'),
  act: answer.text('事项代码'),
  title: answer.text('事项'),
  outcome: answer.text('done 已办 / refused 被拒'),
  problem: answer.text('被拒的代码').allow(null),
  subjectKind: answer.text().allow(null),
  subjectId: answer.text().allow(null),
  regionCode: answer.text().allow(null),
  body: Joi.object().unknown(true),
  seal: answer.count('封存号').allow(null),
});

async function touchedBy(read: Reader, subject: Subject): Promise<Subject[]> {
  return read.rows<Subject>(
    `SELECT DISTINCT o.subject_kind AS kind, o.subject_id AS id
       FROM audit_entry e JOIN audit_subject o ON o.entry_id = e.id
      WHERE {scope:e.region_code,e.org_id} AND e.subject_kind = :kind AND e.subject_id = :id
        AND o.subject_kind IN ('application', 'household', 'loan')`,
    { kind: subject.kind, id: subject.id },
  );
}

async function entriesOf(read: Reader, subject: Subject): Promise<EntryRow[]> {
  const { whole, households } = storyScope(subject, await touchedBy(read, subject));
  const params: Params = { kinds: [...OF_THE_HOUSEHOLD], households };
  const parts = whole.map((item, at) => {
    params[`kind${at}`] = item.kind;
    params[`id${at}`] = item.id;
    return `(o.subject_kind = :kind${at} AND o.subject_id = :id${at})`;
  });
  return read.rows<EntryRow>(
    `SELECT DISTINCT ${COLUMNS} FROM ${FROM} JOIN audit_subject o ON o.entry_id = e.id
      WHERE {scope:e.region_code,e.org_id}
        AND (${parts.join(' OR ')}
             OR (o.subject_kind = 'household' AND o.subject_id IN (:households)
                 AND e.subject_kind IN (:kinds)))
      ORDER BY e.at, e.id`,
    params,
  );
}

/** Everything that happened to one record, in order: who did what, who was refused, and who looked. */
export const storyOf = defineQuery({
  name: 'inspection.story',
  title: '记录的来龙去脉',
  permission: 'inspection.read',
  input: shape<Subject>({ kind: textField(40, '记录种类'), id: textField(100, '记录编号') }),
  answer: shape({ lines: listOf(line) }),
  run: async (read, input) => {
    const rows = await entriesOf(read, input);
    if (rows.length === 0) throw InspectionProblem.nothingKnown();
    return { lines: rows.map(lineOf) };
  },
});

interface Search {
  actorId?: string;
  act?: string;
  outcome?: string;
  from?: BusinessDate;
  to?: BusinessDate;
  after?: string;
  size?: number;
}

/** Entries by actor, act, outcome and days, newest first. */
export const findEntries = defineQuery({
  name: 'inspection.entries',
  title: '查办理记录',
  permission: 'inspection.read',
  input: shape<Search>({
    actorId: textField(40, '办理人编号').optional(),
    act: textField(80, '事项代码').optional(),
    outcome: Joi.string().valid('done', 'refused').optional(),
    from: dateField('自').optional(),
    to: dateField('至(含)').optional(),
    ...pageFields,
  }),
  answer: pageOf(line),
  run: async (read, input) => {
    const startOf = (date: BusinessDate) => instantOf(`${date}T00:00:00.000+08:00`);
    const page = await readPage<EntryRow>(
      read,
      `SELECT ${COLUMNS} FROM ${FROM}
        WHERE {scope:e.region_code,e.org_id} AND {after}
          AND (:actor IS NULL OR e.actor_id = :actor) AND (:act IS NULL OR e.act = :act)
          AND (:outcome IS NULL OR e.outcome = :outcome)
          AND (:since IS NULL OR e.at >= :since) AND (:until IS NULL OR e.at < :until)`,
      {
        actor: input.actorId ?? null,
        act: input.act ?? null,
        outcome: input.outcome ?? null,
        since: input.from ? startOf(input.from) : null,
        until: input.to ? startOf(addDays(input.to, 1)) : null,
      },
      {
        keys: [
          { sql: 'e.at', field: 'at' },
          { sql: 'e.id', field: 'id' },
        ],
        direction: 'desc',
      },
      input,
    );
    return { ...page, items: page.items.map(lineOf) };
  },
});

interface HeadRow {
  day: string;
  n: number;
  hash: string;
  entries: number;
}

/** The heads of the last days, for the inspectors' printed sheet. */
export const dailyHeads = defineQuery({
  name: 'inspection.heads',
  title: '审计链每日链头',
  permission: 'inspection.read',
  input: shape<object>({}),
  answer: shape({
    items: listOf(
      shape<HeadRow>({
        day: answer.date(),
        n: answer.count('封存号'),
        hash: answer.text('链头摘要'),
        entries: answer.count('记录数'),
      }),
    ),
  }),
  run: async (read) => {
    const sql = read.unscoped('The chain is one for the whole service and holds no business data');
    const items = await sql.rows<HeadRow>(
      'SELECT day, n, hash, entries FROM audit_head ORDER BY day DESC LIMIT 31',
    );
    return { items };
  },
});
