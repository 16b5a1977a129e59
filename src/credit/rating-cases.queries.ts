/**
 * Reading files: the worklist of what is collected, one file with its progress, and, once it is computed, the
 * appraisers' sheets for inspection. While a file is collected nobody sees more of the sheets than their number.
 */
import { regionPrefix } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import { listRows } from '../platform/db/store';
import { type Fen, yuan } from '../platform/money';
import { defineQuery, pageFields, pageOf, type Reader, readPage } from '../platform/query';
import { answer, codeField, idField, listOf, regionField, shape } from '../platform/shape';
import { policyRow } from '../policy';
import { scoreText } from './grades';
import { CreditProblem } from './problems';
import {
  AppraisalSheetRow,
  CASE_STATES,
  type CaseState,
  RatingCaseItem,
  SHEET_MODES,
} from './rating-case.entity';
import { type Item, itemsOf, NOT_KNOWN, type Scorecard } from './scorecard';
import { scorecardParameter } from './scorecard-parameter';

interface CaseRow {
  id: string;
  householdId: string;
  householdCode: string;
  headName: string;
  regionCode: string;
  roundId: string | null;
  scorecardRowId: string;
  state: CaseState;
  openedOn: BusinessDate;
  openedByName: string;
  closedOn: BusinessDate | null;
  closedReason: string | null;
  sheets: number;
  version: number;
}

const COLUMNS = `c.id AS id, c.household_id AS householdId, c.household_code AS householdCode,
  c.head_name AS headName, c.region_code AS regionCode, c.round_id AS roundId,
  c.scorecard_row_id AS scorecardRowId, c.state AS state, c.opened_on AS openedOn,
  c.opened_by_name AS openedByName, c.closed_on AS closedOn, c.closed_reason AS closedReason,
  (SELECT COUNT(*) FROM appraisal_sheet s WHERE s.case_id = c.id) AS sheets, c.version AS version`;

const caseFields = {
  id: idField(),
  householdId: idField(),
  householdCode: answer.text(),
  headName: answer.text(),
  regionCode: answer.text(),
  roundId: idField().allow(null),
  scorecardRowId: answer.text(),
  state: codeField(CASE_STATES),
  openedOn: answer.date(),
  openedByName: answer.text(),
  closedOn: answer.date().allow(null),
  closedReason: answer.text().allow(null),
  sheets: answer.count('已收评议表份数'),
  version: answer.count(),
};

interface ListInput {
  region?: string;
  state?: CaseState;
  householdId?: string;
  after?: string;
  size?: number;
}

/** 评级档案台账: newest first. */
export const listCases = defineQuery({
  name: 'credit.cases',
  title: '评级档案台账',
  permission: 'credit.read',
  input: shape<ListInput>({
    region: regionField('只看此地').optional(),
    state: codeField(CASE_STATES, '状态').optional(),
    householdId: idField('只看此户').optional(),
    ...pageFields,
  }),
  answer: pageOf(shape(caseFields)),
  run: (read, input) => {
    const parts: string[] = [];
    const params: Record<string, string> = {};
    const prefix = input.region ? regionPrefix(input.region) : '';
    if (prefix !== '') {
      parts.push(' AND c.region_code >= :prefix AND c.region_code < :prefixEnd');
      Object.assign(params, { prefix, prefixEnd: `${prefix}~` });
    }
    if (input.state) {
      parts.push(' AND c.state = :state');
      params.state = input.state;
    }
    if (input.householdId) {
      parts.push(' AND c.household_id = :householdId');
      params.householdId = input.householdId;
    }
    return readPage<CaseRow>(
      read,
      `SELECT ${COLUMNS} FROM rating_case c
        WHERE {scope:c.region_code} AND {after}${parts.join('')}`,
      params,
      { keys: [{ sql: 'c.id', field: 'id' }], direction: 'desc' },
      input,
    );
  },
});

/** 评级档案: what has been collected, what is missing, how many sheets there are. */
export const showCase = defineQuery({
  name: 'credit.show-case',
  title: '评级档案详情',
  permission: 'credit.read',
  input: shape<{ caseId: string }>({ caseId: idField('评级档案编号') }),
  answer: shape({
    ...caseFields,
    appraisersMin: answer.count('需要的有效评议表份数'),
    items: listOf(
      shape({
        item: answer.text(),
        name: answer.text(),
        level: answer.text().allow(null).description('未采集为空'),
        text: answer.text().allow(null),
        note: answer.text().allow(null),
        givenByName: answer.text().allow(null),
        givenOn: answer.date().allow(null),
      }),
    ).description('由人评定的指标'),
    assets: listOf(
      shape({
        item: answer.text(),
        name: answer.text(),
        quantity: answer.count(),
        value: answer.yuan().allow(null),
      }),
    ),
    ratingIds: listOf(idField()).description('由此档案测算的评级，新的在前'),
  }),
  run: async (read, { caseId }) => {
    const row = await caseRow(read, caseId);
    const sql = read.unscoped('the card and the entries of a file that is within the scope');
    const { value: card } = await policyRow(sql, scorecardParameter, row.scorecardRowId);
    const entries = await listRows(sql, RatingCaseItem, { caseId });
    const latest = new Map(entries.map((entry) => [entry.item, entry]));
    const ratings = await read.rows<{ id: string }>(
      `SELECT r.id AS id FROM rating r
        WHERE {scope:r.region_code} AND r.case_id = :caseId AND r.household_id = :householdId
        ORDER BY r.id DESC`,
      { caseId, householdId: row.householdId },
    );
    return {
      ...row,
      appraisersMin: card.appraisal.appraisersMin,
      items: answeredItems(card, latest),
      assets: shownAssets(card, latest),
      ratingIds: ratings.map((rating) => rating.id),
    };
  },
});

function answeredItems(card: Scorecard, latest: Map<string, RatingCaseItem>) {
  return itemsOf(card)
    .filter((item) => item.input === 'LEVEL')
    .map((item) => {
      const entry = latest.get(item.code);
      return {
        item: item.code,
        name: item.name,
        level: entry?.level ?? null,
        text: entry ? textOf(item, entry.level) : null,
        note: entry?.note ?? null,
        givenByName: entry?.givenByName ?? null,
        givenOn: entry?.givenOn ?? null,
      };
    });
}

function textOf(item: Item, level: string | null): string | null {
  if (level === NOT_KNOWN) return '情况不明';
  return item.levels.find((one) => one.code === level)?.text ?? null;
}

function shownAssets(card: Scorecard, latest: Map<string, RatingCaseItem>) {
  return itemsOf(card).flatMap(({ code, name }) => {
    const entry = latest.get(code);
    if (entry?.quantity == null) return [];
    const value = entry.valueFen === null ? null : yuan(entry.valueFen as Fen);
    return [{ item: code, name, quantity: entry.quantity, value }];
  });
}

/** 查阅评议表: who appraised what, for inspection, once the file is computed. */
export const showSheets = defineQuery({
  name: 'credit.show-sheets',
  title: '查阅评议表',
  permission: 'appraisals.read',
  input: shape<{ caseId: string }>({ caseId: idField('评级档案编号') }),
  answer: shape({
    sheets: listOf(
      shape({
        id: idField(),
        appraiserName: answer.text(),
        mode: codeField(SHEET_MODES),
        witnessName: answer.text().allow(null),
        enteredByName: answer.text(),
        knowsHousehold: answer.flag(),
        related: answer.text().allow(null),
        points: answer.text().allow(null).description('无效的为空'),
        vetoCode: answer.text().allow(null),
        vetoReason: answer.text().allow(null),
        voidReason: answer.text().allow(null),
        givenOn: answer.date(),
      }),
    ),
  }),
  run: async (read, { caseId }) => {
    const row = await caseRow(read, caseId);
    if (row.state === 'collecting') throw CreditProblem.appraisalUnderway();
    const sql = read.unscoped('the sheets of a file that is within the scope');
    const sheets = await listRows(sql, AppraisalSheetRow, { caseId }, { id: 'asc' });
    return {
      sheets: sheets.map((sheet) => ({
        id: sheet.id,
        appraiserName: sheet.appraiserName,
        mode: sheet.mode,
        witnessName: sheet.witnessName,
        enteredByName: sheet.enteredByName,
        knowsHousehold: sheet.knowsHousehold,
        related: sheet.relatedText,
        points: sheet.pointsHundredths === null ? null : scoreText(sheet.pointsHundredths),
        vetoCode: sheet.vetoCode,
        vetoReason: sheet.vetoReason,
        voidReason: sheet.voidReason,
        givenOn: sheet.givenOn,
      })),
    };
  },
});

/** @throws Problem credit.case-absent */
async function caseRow(read: Reader, caseId: string): Promise<CaseRow> {
  const row = await read.one<CaseRow>(
    `SELECT ${COLUMNS} FROM rating_case c WHERE {scope:c.region_code} AND c.id = :caseId`,
    { caseId },
  );
  if (!row) throw CreditProblem.caseAbsent();
  return row;
}
