/**
 * Raising an objection: anybody, without signing in, named or not, while the sheet hangs at the board where
 * they saw it, and as long after as the rule says. The answer gives a receipt code, once; with it the outcome can be
 * followed.
 */
import { defineAct } from '../platform/act';
import { PUBLIC } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import { answer, codeField, idField, personal, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { NOTICE_LIFE, requireStep } from './life';
import { hasRunOut, LEVEL_NAMES, LEVELS, type Level, type ObjectionRule } from './notice';
import type { Notice, NoticeItem } from './notice.entity';
import { NoticeStore } from './notice.store';
import { newReceiptCode, OPEN_OBJECTIONS_MAX, receiptDigest } from './objection';
import { locateNotice } from './posting';
import { P } from './problems';
import { noticeRuleOn } from './rule';
import { deadlineAfter } from './working-days';

interface Input {
  noticeId: string;
  itemId?: string;
  level: Level;
  content: string;
  complainantName?: string;
  complainantPhone?: string;
}

/** Raises an objection against an item of a notice. */
export const raiseObjection = defineAct({
  name: 'notices.raise-objection',
  title: '提出异议',
  permission: PUBLIC,
  privateAnswer: true,
  input: shape<Input>({
    noticeId: idField('公示编号'),
    itemId: idField('公示项编号；只有一项时可不填').optional(),
    level: codeField(LEVELS, '在哪一级公示栏看到'),
    content: personal(textField(2000, '异议内容')),
    complainantName: personal(textField(60, '姓名，可不填')).optional(),
    complainantPhone: personal(textField(20, '电话，可不填')).optional(),
  }),
  answer: shape({
    receiptCode: answer.text('回执码，请妥善保存，凭码查询处理结果'),
    raisedOn: answer.date(),
    decideBy: answer.date('答复期限').allow(null),
  }),
  locate: locateNotice,
  run: async (work, input, at) => {
    const store = new NoticeStore(work);
    // Neighbours of one sheet may object to two households at the same moment: they wait for each other here.
    const notice = await store.hold(at.notice.id);
    const item = await itemMeant(store, notice, input.itemId);
    const rule = await noticeRuleOn(work.tx, notice.ruleKey, notice.regionCode, work.today);
    await requireOnShow(work, store, notice, item, input.level);
    if (!rule.value.objection.anonymousAllowed && !input.complainantName) {
      throw P.nameRequired({ fields: [{ field: 'complainantName', reason: '必填' }] });
    }
    if ((await store.openObjections({ itemId: item.id })) >= OPEN_OBJECTIONS_MAX) {
      throw P.tooManyObjections({ detail: `上限 ${OPEN_OBJECTIONS_MAX} 件` });
    }
    const days = await deadlines(work, notice.regionCode, rule.value.objection);
    const receiptCode = newReceiptCode();
    const objection = sealed(work, notice, item, input, { ...days, receiptCode });
    await store.addObjection(objection);
    work.record({
      subject: { kind: 'objection', id: objection.id },
      related: [
        { kind: 'notice', id: notice.id },
        { kind: item.subjectKind, id: item.subjectId },
        ...item.related,
      ],
      after: { state: 'open', level: input.level, named: input.complainantName !== undefined },
    });
    return { receiptCode, raisedOn: work.today, decideBy: days.decideBy };
  },
});

async function itemMeant(
  store: NoticeStore,
  notice: Notice,
  itemId: string | undefined,
): Promise<NoticeItem> {
  const items = await store.items(notice.id);
  const [only] = items;
  const found =
    itemId !== undefined
      ? items.find((item) => item.id === itemId)
      : items.length === 1
        ? only
        : undefined;
  if (!found) throw P.itemUnknown({ fields: [{ field: 'itemId', reason: '不是本公示的公示项' }] });
  return found;
}

async function requireOnShow(
  work: Work,
  store: NoticeStore,
  notice: Notice,
  item: NoticeItem,
  level: Level,
): Promise<void> {
  requireStep(NOTICE_LIFE.object, notice.state);
  if (item.state !== 'shown' || hasRunOut(notice, work.today)) throw P.notOnShow();
  if (!(await store.level(notice.id, level))) {
    throw P.notOnShow({ detail: `${LEVEL_NAMES[level]}公示尚未张贴` });
  }
}

/** The days of an objection raised today: for the township's check, where there is one, and for the decision. */
async function deadlines(work: Work, region: string, rule: ObjectionRule): Promise<Deadlines> {
  const after = (days: number) => deadlineAfter(work.tx, region, work.today, days);
  const checkFirst = rule.checkFirst === true;
  return {
    checkFirst,
    checkBy: checkFirst ? await after(rule.townshipWorkingDays) : null,
    decideBy: await after(rule.countyWorkingDays),
  };
}

interface Deadlines {
  checkFirst: boolean;
  checkBy: BusinessDate | null;
  decideBy: BusinessDate | null;
}

function sealed(
  work: Work,
  notice: Notice,
  item: NoticeItem,
  input: Input,
  { receiptCode, ...days }: Deadlines & { receiptCode: string },
) {
  const id = work.newId();
  const seal = (column: string, value: string) =>
    work.crypto.seal(value, { table: 'objection', column, id });
  const maybe = (column: string, value: string | undefined) =>
    value === undefined ? null : seal(column, value);
  return {
    id,
    noticeId: notice.id,
    itemId: item.id,
    receiptDigest: receiptDigest(receiptCode),
    level: input.level,
    contentSealed: seal('content_sealed', input.content),
    complainantNameSealed: maybe('complainant_name_sealed', input.complainantName),
    complainantPhoneSealed: maybe('complainant_phone_sealed', input.complainantPhone),
    state: 'open' as const,
    raisedOn: work.today,
    raisedAt: work.now,
    ...days,
    checkedBy: null,
    checkedOn: null,
    checkOutcome: null,
    checkText: null,
    decidedBy: null,
    decidedOn: null,
    answerText: null,
    version: 1,
  };
}
