/** The screens of imports: which there were, what one would do or did, household by household and row by row. */
import { type Instant, isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import { defineQuery, pageFields, pageOf, type Reader, readPage } from '../platform/query';
import { answer, codeField, idField, listOf, regionField, shape } from '../platform/shape';
import type { ImportAbout } from './import.entity';
import {
  IMPORT_STATE_NAMES,
  IMPORT_STATES,
  type ImportCounts,
  type ImportState,
  OUTCOME_NAMES,
  OUTCOMES,
  type Outcome,
} from './import-outcome';
import { HouseholdProblem } from './problems';

const perOutcome = () =>
  shape<Record<Outcome, number>>(
    Object.fromEntries(OUTCOMES.map((outcome) => [outcome, answer.count(OUTCOME_NAMES[outcome])])),
  );

const countsShape = () =>
  shape<ImportCounts>({
    rows: answer.count('数据行数'),
    households: perOutcome().description('户数'),
    persons: perOutcome().description('人数（行数）'),
    faults: answer.count('错误条数'),
    told: answer.count('提示条数'),
  }).allow(null);

const itemFields = {
  id: idField('导入编号'),
  region: regionField('导入人的辖区'),
  fileName: answer.text('文件名'),
  source: answer.text('依据的文件'),
  state: codeField(IMPORT_STATES, '状态'),
  stateName: answer.text('状态'),
  startedByName: answer.text('发起人'),
  startedAt: answer.instant('发起时刻'),
  endedOn: answer.date('结束日').allow(null),
  note: answer.text('说明').allow(null),
};

interface ItemRow {
  id: string;
  region: string;
  fileName: string;
  source: string;
  state: ImportState;
  startedByName: string;
  startedAt: Instant;
  endedOn: BusinessDate | null;
  note: string | null;
}

const ITEM = `i.id AS id, i.region_code AS region, i.file_name AS fileName, i.source AS source,
  i.state AS state, i.started_by_name AS startedByName, i.started_at AS startedAt,
  i.ended_on AS endedOn, i.note AS note`;

/** A row with its instant and its state as screens show them. */
function itemOf<R extends ItemRow>(row: R): Omit<R, 'startedAt'> & Item {
  const { startedAt, ...rest } = row;
  return { ...rest, stateName: IMPORT_STATE_NAMES[row.state], startedAt: isoInstant(startedAt) };
}

interface Item {
  stateName: string;
  startedAt: string;
}

/** 名单导入: newest first. */
export const listImports = defineQuery({
  name: 'households.imports',
  title: '名单导入列表',
  permission: 'households.read',
  input: shape<{ state?: ImportState; after?: string; size?: number }>({
    state: codeField(IMPORT_STATES, '状态').optional(),
    ...pageFields,
  }),
  answer: pageOf(shape(itemFields)),
  run: async (read, input) => {
    const page = await readPage<ItemRow>(
      read,
      `SELECT ${ITEM} FROM household_import i
        WHERE {scope:i.region_code} AND (:state IS NULL OR i.state = :state) AND {after}`,
      { state: input.state ?? null },
      { keys: [{ sql: 'i.id', field: 'id' }], direction: 'desc' },
      input,
    );
    return { ...page, items: page.items.map(itemOf) };
  },
});

interface ShownRow extends ItemRow {
  version: number;
  taskId: string | null;
  countsDigest: string | null;
  errorFileId: string | null;
  about: string | null;
  counts: string | null;
  appliedCounts: string | null;
}

/** One import with its counts; `countsDigest` and `version` are what is confirmed. */
export const showImport = defineQuery({
  name: 'households.show-import',
  title: '名单导入详情',
  permission: 'households.read',
  input: shape<{ importId: string }>({ importId: idField('导入编号') }),
  answer: shape({
    ...itemFields,
    version: answer.count(),
    taskId: idField('任务编号，可查进度').allow(null),
    about: shape<ImportAbout>({
      format: answer.text('xlsx 或 csv'),
      sheet: answer.text('所读工作表').allow(null),
      otherSheets: listOf(answer.text()).description('未读的工作表'),
      encoding: answer.text('文字编码').allow(null),
      headerRow: answer.count('标题行行号'),
      columns: listOf(answer.text()).description('认出的列'),
      unknownColumns: listOf(answer.text()).description('未认出、未读的列'),
    }).allow(null),
    counts: countsShape(),
    countsDigest: answer.text('核对结果的摘要').allow(null),
    appliedCounts: countsShape(),
    errorFileId: idField('导入说明（错误清单）的文件编号').allow(null),
  }),
  run: async (read, { importId }) => {
    const row = await read.one<ShownRow>(
      `SELECT ${ITEM}, i.version AS version, i.task_id AS taskId, i.about AS about,
              i.counts AS counts, i.counts_digest AS countsDigest,
              i.applied_counts AS appliedCounts, i.error_file_id AS errorFileId
         FROM household_import i WHERE {scope:i.region_code} AND i.id = :importId`,
      { importId },
    );
    if (!row) throw HouseholdProblem.importAbsent();
    const json = <T>(text: string | null) => (text === null ? null : (JSON.parse(text) as T));
    return {
      ...itemOf(row),
      about: json<ImportAbout>(row.about),
      counts: json<ImportCounts>(row.counts),
      appliedCounts: json<ImportCounts>(row.appliedCounts),
    };
  },
});

interface ResultInput {
  importId: string;
  outcome?: Outcome;
  after?: string;
  size?: number;
}

interface ResultRow {
  code: string;
  firstRow: number;
  rowCount: number;
  outcome: Outcome;
  changes: string;
  appliedOutcome: Outcome | null;
}

/** What becomes of each household of a list, by code. */
export const listImportResults = defineQuery({
  name: 'households.import-results',
  title: '名单导入逐户结果',
  permission: 'households.read',
  input: shape<ResultInput>({
    importId: idField('导入编号'),
    outcome: codeField(OUTCOMES, '核对结果').optional(),
    ...pageFields,
  }),
  answer: pageOf(
    shape({
      code: answer.text('户编号'),
      firstRow: answer.count('首行行号'),
      rows: answer.count('行数'),
      outcome: answer.text('核对结果'),
      outcomeName: answer.text(),
      changes: listOf(answer.text()).description('变化的字段'),
      appliedOutcome: answer.text('实际结果').allow(null),
    }),
  ),
  run: async (read, input) => {
    await requireImport(read, input.importId);
    const page = await readPage<ResultRow>(
      read,
      `SELECT r.household_code AS code, r.first_row AS firstRow, r.row_count AS rowCount,
              r.outcome AS outcome, r.changes AS changes, r.applied_outcome AS appliedOutcome
         FROM household_import i JOIN household_import_result r ON r.import_id = i.id
        WHERE {scope:i.region_code} AND i.id = :importId
          AND (:outcome IS NULL OR r.outcome = :outcome) AND {after}`,
      { importId: input.importId, outcome: input.outcome ?? null },
      { keys: [{ sql: 'r.household_code', field: 'code' }], direction: 'asc' },
      input,
    );
    const items = page.items.map(({ rowCount, ...row }) => ({
      ...row,
      rows: rowCount,
      outcomeName: OUTCOME_NAMES[row.outcome],
      changes: row.changes === '' ? [] : row.changes.split(','),
    }));
    return { ...page, items };
  },
});

interface RemarkRow {
  rowNo: number;
  phase: string;
  no: number;
  kind: string;
  columnTitle: string;
  value: string;
  reason: string;
  remedy: string;
}

/** What was said of each row of a list, in the order of the list; values masked. */
export const listImportRemarks = defineQuery({
  name: 'households.import-remarks',
  title: '名单导入逐行说明',
  permission: 'households.read',
  input: shape<{ importId: string; kind?: string; after?: string; size?: number }>({
    importId: idField('导入编号'),
    kind: codeField(['FAULT', 'TOLD'], 'FAULT 错误，TOLD 提示').optional(),
    ...pageFields,
  }),
  answer: pageOf(
    shape({
      row: answer.count('行号'),
      phase: answer.text('READ 读取，PLAN 核对，APPLY 导入'),
      no: answer.count(),
      kind: answer.text('FAULT 错误，TOLD 提示'),
      column: answer.text('列'),
      value: answer.text('值，已遮盖'),
      reason: answer.text('原因'),
      remedy: answer.text('处理办法'),
    }),
  ),
  run: async (read, input) => {
    await requireImport(read, input.importId);
    const page = await readPage<RemarkRow>(
      read,
      `SELECT m.row_no AS rowNo, m.phase AS phase, m.no AS no, m.kind AS kind,
              m.column_title AS columnTitle, m.value_masked AS value, m.reason AS reason,
              m.remedy AS remedy
         FROM household_import i JOIN household_import_remark m ON m.import_id = i.id
        WHERE {scope:i.region_code} AND i.id = :importId
          AND (:kind IS NULL OR m.kind = :kind) AND {after}`,
      { importId: input.importId, kind: input.kind ?? null },
      {
        keys: [
          { sql: 'm.row_no', field: 'rowNo' },
          { sql: 'm.phase', field: 'phase' },
          { sql: 'm.no', field: 'no' },
        ],
        direction: 'asc',
      },
      input,
    );
    const items = page.items.map(({ rowNo, columnTitle, ...rest }) => ({
      row: rowNo,
      column: columnTitle,
      ...rest,
    }));
    return { ...page, items };
  },
});

async function requireImport(read: Reader, importId: string): Promise<void> {
  const there = await read.one(
    'SELECT i.id AS id FROM household_import i WHERE {scope:i.region_code} AND i.id = :importId',
    { importId },
  );
  if (!there) throw HouseholdProblem.importAbsent();
}
