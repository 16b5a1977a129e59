/** What anybody sees without signing in: one notice at a time, masked, while it hangs; and an objection by its code. */
import { PUBLIC } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import { defineQuery, type Reader } from '../platform/query';
import { answer, codeField, idField, Joi, listOf, regionField, shape } from '../platform/shape';
import { field, itemsOf } from './items.queries';
import { hasRunOut, isOnShow, LEVELS, type Level, type NoticeState } from './notice';
import { OBJECTION_STATES, RECEIPT_CODE, receiptDigest } from './objection';
import { P } from './problems';
import { noticeRuleOn } from './rule';
import { ruleInWords } from './words';

const sheetItem = shape({
  id: idField(),
  position: answer.count('序号'),
  fields: listOf(field),
});

interface SheetRow {
  id: string;
  title: string;
  region: string;
  state: NoticeState;
  ruleKey: string;
  startsOn: BusinessDate | null;
  endsOn: BusinessDate | null;
  showsUntil: BusinessDate | null;
  objectionsUntil: BusinessDate | null;
  phones: string;
}

const SELECT_SHEET = `SELECT n.id AS id, n.title AS title, n.region_code AS region, n.state AS state,
       n.rule_key AS ruleKey, n.starts_on AS startsOn, n.ends_on AS endsOn,
       n.shows_until AS showsUntil, n.objections_until AS objectionsUntil, n.phones AS phones
  FROM notice n WHERE {scope:n.region_code} AND n.id = :id`;

function ruleOf(read: Reader, row: SheetRow) {
  const sql = read.unscoped('rules are no secret');
  return noticeRuleOn(sql, row.ruleKey, row.region, row.startsOn ?? read.today);
}

async function shownItems(read: Reader, noticeId: string) {
  const items = await itemsOf(read, noticeId);
  return items
    .filter((item) => item.state === 'shown')
    .map(({ id, position, fields }) => ({ id, position, fields }));
}

/**
 * The page without sign-in: masked, and gone when the days have run out. While objections are still taken after the
 * last day, the list is gone and the numbers of its items stay.
 */
export const publicNotice = defineQuery({
  name: 'notices.public',
  title: '公示页面',
  permission: PUBLIC,
  input: shape<{ noticeId: string }>({ noticeId: idField() }),
  answer: shape({
    id: idField(),
    title: answer.text(),
    startsOn: answer.date('最后一级张贴之日').allow(null),
    endsOn: answer.date('公示末日').allow(null),
    objectionsUntil: answer.date('异议期末日').allow(null),
    rule: answer.text('公示规则'),
    boards: listOf(shape({ level: codeField(LEVELS), postedOn: answer.date() })),
    items: listOf(sheetItem),
    anonymousAllowed: answer.flag('可以匿名提出异议'),
    phones: listOf(answer.text()).description('监督电话'),
    noIndex: Joi.boolean().valid(true).description('搜索引擎不得收录'),
  }),
  run: async (read, { noticeId }) => {
    const row = await read.one<SheetRow>(SELECT_SHEET, { id: noticeId });
    if (!row) throw P.noticeAbsent();
    const onShow = isOnShow(row, read.today);
    const stillHeard = row.state === 'running' && !hasRunOut(row, read.today);
    if (!onShow && !stillHeard) throw P.noticeAbsent();
    const items = await shownItems(read, row.id);
    if (items.length === 0) throw P.noticeAbsent();
    const rule = await ruleOf(read, row);
    const boards = await read
      .unscoped('boards of a notice that anybody may see')
      .rows<{ level: Level; postedOn: BusinessDate }>(
        `SELECT b.level AS level, b.posted_on AS postedOn FROM notice_level b
          WHERE b.notice_id = :id ORDER BY b.posted_on, b.level`,
        { id: row.id },
      );
    return {
      id: row.id,
      title: row.title,
      startsOn: row.startsOn,
      endsOn: row.endsOn,
      objectionsUntil: row.objectionsUntil,
      rule: ruleInWords(rule.value),
      boards,
      items: onShow ? items : items.map((item) => ({ ...item, fields: [] })),
      anonymousAllowed: rule.value.objection.anonymousAllowed,
      phones: JSON.parse(row.phones) as string[],
      noIndex: true as const,
    };
  },
});

/** The sheet for the printer: the same masked content, before it hangs and while it does. */
export const noticePoster = defineQuery({
  name: 'notices.poster',
  title: '公示张贴稿',
  permission: 'notices.read',
  input: shape<{ noticeId: string; paper?: 'A3' | 'A4' }>({
    noticeId: idField('公示编号'),
    paper: codeField(['A3', 'A4'], '纸张').optional(),
  }),
  answer: shape({
    id: idField(),
    title: answer.text(),
    region: regionField(),
    paper: codeField(['A3', 'A4']),
    startsOn: answer.date().allow(null),
    endsOn: answer.date().allow(null),
    rule: answer.text('公示规则'),
    items: listOf(sheetItem),
    phones: listOf(answer.text()),
  }),
  run: async (read, { noticeId, paper }) => {
    const row = await read.one<SheetRow>(SELECT_SHEET, { id: noticeId });
    if (!row) throw P.noticeAbsent();
    if (row.state !== 'posting' && row.state !== 'running') throw P.notPosting();
    const rule = await ruleOf(read, row);
    return {
      id: row.id,
      title: row.title,
      region: row.region,
      paper: paper ?? ('A4' as const),
      startsOn: row.startsOn,
      endsOn: row.endsOn,
      rule: ruleInWords(rule.value),
      items: await shownItems(read, row.id),
      phones: JSON.parse(row.phones) as string[],
    };
  },
});

/** How an objection stands, for whoever holds its receipt code. */
export const followObjection = defineQuery({
  name: 'notices.follow-objection',
  title: '查询异议处理结果',
  permission: PUBLIC,
  input: shape<{ receiptCode: string }>({
    // Copied from paper: capitals or not does not matter.
    receiptCode: Joi.string().uppercase().pattern(RECEIPT_CODE, '回执码').description('回执码'),
  }),
  answer: shape({
    state: codeField(OBJECTION_STATES),
    raisedOn: answer.date(),
    decideBy: answer.date('答复期限').allow(null),
    decidedOn: answer.date().allow(null),
    answerText: answer.text('答复').allow(null),
  }),
  run: async (read, input) => {
    const found = await read.unscoped('whoever holds the receipt code may ask').one(
      `SELECT o.state AS state, o.raised_on AS raisedOn, o.decide_by AS decideBy,
              o.decided_on AS decidedOn, o.answer_text AS answerText
         FROM objection o WHERE o.receipt_digest = :digest`,
      { digest: receiptDigest(input.receiptCode) },
    );
    if (!found) throw P.objectionAbsent();
    return found;
  },
});
