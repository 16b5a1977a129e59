/** The screens of bank files: which there are and how far, and one of them. */
import { type Instant, isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import { yuan } from '../platform/money';
import { defineQuery, pageFields, pageOf, readPage } from '../platform/query';
import { answer, codeField, idField, listOf, regionField, shape } from '../platform/shape';
import {
  type BankFileCounts,
  type BankFileKind,
  type BankFileState,
  KIND_NAMES,
  KINDS,
  OUTCOME_NAMES,
  OUTCOMES,
  ROW_STATE_NAMES,
  ROW_STATES,
  STATE_NAMES,
  STATES,
  type Tally,
} from './bank-file';
import type { FileAbout } from './bank-file.entity';
import { P } from './problems';
import { statesOf } from './tallies.queries';

interface TallyAnswer {
  code: string;
  name: string;
  count: number;
  amount: string;
}

const tallies = (description: string) =>
  listOf(
    shape<TallyAnswer>({
      code: answer.text(),
      name: answer.text(),
      count: answer.count('笔数'),
      amount: answer.yuan('金额合计'),
    }),
  ).description(description);

const tallyAnswer = (code: string, name: string, { count, amountFen }: Tally): TallyAnswer => ({
  ...{ code, name, count, amount: yuan(amountFen) },
});

const itemFields = {
  id: idField('银行文件编号'),
  region: regionField('上传人的辖区'),
  bankId: answer.text('承贷银行'),
  kind: codeField(KINDS, '种类'),
  kindName: answer.text(),
  fileName: answer.text('文件名'),
  state: codeField(STATES, '状态'),
  stateName: answer.text(),
  startedByName: answer.text('上传人'),
  startedAt: answer.instant('上传时刻'),
  confirmedByName: answer.text('复核人').allow(null),
  confirmedOn: answer.date('复核日').allow(null),
  endedOn: answer.date('办结日').allow(null),
  note: answer.text('说明').allow(null),
  counts: tallies('核对结果'),
  done: answer.count('任务已办').allow(null),
  total: answer.count('任务总数').allow(null),
  open: answer.count('待处理笔数'),
};

interface ItemRow {
  id: string;
  region: string;
  bankId: string;
  kind: BankFileKind;
  fileName: string;
  state: BankFileState;
  startedByName: string;
  startedAt: Instant;
  confirmedByName: string | null;
  confirmedOn: BusinessDate | null;
  endedOn: BusinessDate | null;
  note: string | null;
  counts: string | null;
  done: number | null;
  total: number | null;
  open: number;
}

const ITEM = `f.id AS id, f.region_code AS region, f.bank_id AS bankId, f.kind AS kind,
  f.file_name AS fileName, f.state AS state, f.started_by_name AS startedByName,
  f.started_at AS startedAt, f.confirmed_by_name AS confirmedByName,
  f.confirmed_on AS confirmedOn, f.ended_on AS endedOn, f.note AS note, f.counts AS counts,
  COALESCE(t.beat_count, t.done_count) AS done, t.total AS total,
  (SELECT COUNT(*) FROM bank_file_row w WHERE w.bank_file_id = f.id AND w.state = 'OPEN') AS open`;

function itemOf<R extends ItemRow>({ startedAt, counts, ...row }: R) {
  const found = counts === null ? null : (JSON.parse(counts) as BankFileCounts);
  return {
    ...row,
    kindName: KIND_NAMES[row.kind],
    stateName: STATE_NAMES[row.state],
    startedAt: isoInstant(startedAt),
    counts: found
      ? OUTCOMES.map((outcome) =>
          tallyAnswer(outcome, OUTCOME_NAMES[outcome], found.outcomes[outcome]),
        )
      : [],
  };
}

interface ListInput {
  kind?: BankFileKind;
  state?: BankFileState;
  after?: string;
  size?: number;
}

/** Bank files, newest first. */
export const listBankFiles = defineQuery({
  name: 'bankfiles.files',
  title: '银行回盘文件列表',
  permission: 'bankfiles.read',
  input: shape<ListInput>({
    kind: codeField(KINDS, '种类').optional(),
    state: codeField(STATES, '状态').optional(),
    ...pageFields,
  }),
  answer: pageOf(shape(itemFields)),
  run: async (read, input) => {
    const page = await readPage<ItemRow>(
      read,
      `SELECT ${ITEM} FROM bank_file f LEFT JOIN task t ON t.id = f.task_id
        WHERE {scope:f.region_code,f.bank_id} AND (:kind IS NULL OR f.kind = :kind)
          AND (:state IS NULL OR f.state = :state) AND {after}`,
      { kind: input.kind ?? null, state: input.state ?? null },
      { keys: [{ sql: 'f.id', field: 'id' }], direction: 'desc' },
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
}

const aboutShape = shape({
  format: answer.text('xlsx 或 csv'),
  sheet: answer.text('所读工作表').allow(null),
  otherSheets: listOf(answer.text()).description('未读的工作表'),
  encoding: answer.text('文字编码').allow(null),
  headerRow: answer.count('标题行行号'),
  columns: listOf(answer.text()).description('认出的列'),
  unknownColumns: listOf(answer.text()).description('未认出、未读的列'),
  unit: answer.text('金额单位：元或万元'),
  skipped: answer.count('略过的行数（合计、签字等）'),
  skippedRows: listOf(answer.count()).description('略过的行号，至多 20 个'),
  statedTotal: answer.yuan('文件自带的合计').allow(null),
});

function aboutOf(text: string | null) {
  if (text === null) return null;
  const { statedTotalFen, unit, ...about } = JSON.parse(text) as FileAbout;
  const statedTotal = statedTotalFen === null ? null : yuan(statedTotalFen);
  return { ...about, unit: unit === 'wan' ? '万元' : '元', statedTotal };
}

/** One bank file; `countsDigest` and `version` are what is confirmed. */
export const showBankFile = defineQuery({
  name: 'bankfiles.show-file',
  title: '银行回盘文件详情',
  permission: 'bankfiles.read',
  input: shape<{ bankFileId: string }>({ bankFileId: idField('银行文件编号') }),
  answer: shape({
    ...itemFields,
    version: answer.count(),
    taskId: idField('任务编号').allow(null),
    countsDigest: answer.text('核对结果的摘要').allow(null),
    hasErrors: answer.flag('有错误清单可下载'),
    about: aboutShape.allow(null),
    result: tallies('逐笔的现状'),
  }),
  run: async (read, { bankFileId }) => {
    const row = await read.one<ShownRow>(
      `SELECT ${ITEM}, f.version AS version, f.task_id AS taskId, f.about AS about,
              f.counts_digest AS countsDigest, f.error_file_id AS errorFileId
         FROM bank_file f LEFT JOIN task t ON t.id = f.task_id
        WHERE {scope:f.region_code,f.bank_id} AND f.id = :bankFileId`,
      { bankFileId },
    );
    if (!row) throw P.absent();
    const sql = read.unscoped('the file was found within the reader’s limits');
    const states = await statesOf(sql, bankFileId);
    const { errorFileId, about, ...rest } = row;
    return {
      ...itemOf(rest),
      hasErrors: errorFileId !== null,
      about: aboutOf(about),
      result: ROW_STATES.flatMap((state) => {
        const tally = states.get(state);
        return tally ? [tallyAnswer(state, ROW_STATE_NAMES[state], tally)] : [];
      }),
    };
  },
});
