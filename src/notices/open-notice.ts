/**
 * Opening and stopping a notice: plain functions that other modules call within their own act. A notice is
 * opened by the step that decides to announce; it hangs nowhere yet. A village's subjects may share one sheet.
 */
import { check } from '../platform/check';
import type { Fields } from '../platform/db/store';
import type { Subject, Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { mayStep, NOTICE_LIFE } from './life';
import { type MaskingRule, publicFields, withoutIdentifiers } from './masking';
import type { NoticeKind } from './notice';
import type { Notice, NoticeItem } from './notice.entity';
import { NoticeStore } from './notice.store';
import { P } from './problems';
import { noticeMasking, noticeRuleOn } from './rule';

/** One line of a sheet. `publicItems` by the field codes of the parameter `notices.masking`. */
export interface ItemOpening {
  subject: Subject;
  /** Other records of the same story (the household, say). */
  related?: readonly Subject[];
  /** The content in clear; it is masked here and stored only as the public will see it. */
  publicItems: Readonly<Record<string, string>>;
}

/** A sheet. */
export interface SheetOpening {
  kind: NoticeKind;
  /** `notices.rule.<kind>`. */
  ruleParameterKey: string;
  /** The village, 12 digits. */
  regionCode: string;
  title: string;
}

/** What is to be announced on a sheet of its own. */
export type NoticeOpening = SheetOpening & ItemOpening;

/** Items of one sheet at most: more is not read at a board, and the page stays small. */
export const SHEET_MAX = 300;

/**
 * Opens the notice of one subject, in state `posting`.
 * @throws Problem notices.rule-unknown, notices.already-opened, policy.no-row-in-force
 */
export function openNotice(work: Work, opening: NoticeOpening): Promise<{ noticeId: string }> {
  return openSheet(work, opening, [opening]);
}

/**
 * Opens one sheet for many subjects of a village, in the order given.
 * @throws Problem notices.sheet-full, rule-unknown, already-opened (naming none), policy.no-row-in-force
 */
export async function openSheet(
  work: Work,
  sheet: SheetOpening,
  items: readonly ItemOpening[],
): Promise<{ noticeId: string }> {
  const { regionCode: region } = sheet;
  check(!region.endsWith('000'), 'A notice is opened for a village.');
  check(items.length > 0, 'A sheet has an item at least.');
  if (items.length > SHEET_MAX) throw P.sheetFull({ detail: `上限 ${SHEET_MAX} 项` });
  const rule = await noticeRuleOn(work.tx, sheet.ruleParameterKey, region, work.today);
  const masking = await policyAsOf(work.tx, noticeMasking, { region, date: work.today });
  const notice: Fields<Notice> = {
    id: work.newId(),
    kind: sheet.kind,
    ruleKey: sheet.ruleParameterKey,
    ruleRowId: null,
    maskingRowId: masking.rowId,
    regionCode: region,
    title: withoutIdentifiers(sheet.title),
    levels: rule.value.levels,
    phones: masking.value.supervisionPhones,
    state: 'posting',
    openedBy: work.actor.id,
    openedOn: work.today,
    openedAt: work.now,
    startsOn: null,
    endsOn: null,
    closedOn: null,
    showsUntil: null,
    objectionsUntil: null,
    photoRequired: rule.value.photoRequired,
    photoHolds: rule.value.photoHolds === true,
    takeDownRequired: rule.value.takeDownRequired,
    version: 1,
  };
  const rows = items.map((item, at) => itemOf(work, notice.id, item, at + 1, masking.value));
  await new NoticeStore(work).add(notice, rows);
  work.record({
    subject: { kind: 'notice', id: notice.id },
    related: items.flatMap((item) => [item.subject, ...relatedOf(item)]),
    after: {
      state: notice.state,
      levels: notice.levels,
      items: rows.length,
      maskingRowId: notice.maskingRowId,
    },
  });
  return { noticeId: notice.id };
}

/**
 * Puts a subject on the village's sheet of the same kind and title that hangs nowhere yet; without one, opens it. So
 * a village's applications that pass one after the other go out together. Two who join at the same moment wait for
 * each other; whoever meets a sheet that was just hung opens the next one.
 * @throws Problem as `openSheet`
 */
export async function joinNotice(
  work: Work,
  opening: NoticeOpening,
): Promise<{ noticeId: string }> {
  const store = new NoticeStore(work);
  await store.holdVillage(opening.kind, opening.regionCode);
  const found = await sheetToJoin(store, opening);
  if (!found) return openNotice(work, opening);
  const { sheet, position } = found;
  // One sheet is masked in one way, whatever rule has come into force since it was opened.
  const masking = await policyAsOf(work.tx, noticeMasking, {
    region: sheet.regionCode,
    date: sheet.openedOn,
  });
  await store.join(itemOf(work, sheet.id, opening, position, masking.value));
  work.record({
    subject: { kind: 'notice', id: sheet.id },
    related: [opening.subject, ...relatedOf(opening)],
    after: { joined: position },
  });
  return { noticeId: sheet.id };
}

/** The sheet that hangs nowhere and has a place left, held, with that place; null where there is none. */
async function sheetToJoin(
  store: NoticeStore,
  { kind, regionCode, title }: SheetOpening,
): Promise<{ sheet: Notice; position: number } | null> {
  const unposted = await store.unposted(kind, regionCode, withoutIdentifiers(title));
  if (!unposted) return null;
  const sheet = await store.hold(unposted.id);
  const position = ((await store.items(sheet.id)).at(-1)?.position ?? 0) + 1;
  // It may have been hung, or lost its last item, until it was held.
  const hangs = (await store.levels(sheet.id)).length > 0;
  if (hangs || !mayStep(NOTICE_LIFE.join, sheet.state) || position > SHEET_MAX) return null;
  return { sheet, position };
}

const relatedOf = ({ related }: ItemOpening) =>
  (related ?? []).map(({ kind, id }) => ({ kind, id }));

function itemOf(
  work: Work,
  noticeId: string,
  item: ItemOpening,
  position: number,
  masking: MaskingRule,
): Fields<NoticeItem> {
  return {
    id: work.newId(),
    noticeId,
    subjectKind: item.subject.kind,
    subjectId: item.subject.id,
    position,
    content: publicFields(item.publicItems, masking),
    related: relatedOf(item),
    state: 'shown',
    announcedBy: work.actor.id,
    version: 1,
  };
}

/**
 * Takes a subject that was withdrawn or refused off its sheet; a subject without a notice is left alone. The other
 * items of the sheet go on; with the last of them the notice stops and its public page is gone at once.
 */
export async function stopNotice(work: Work, subject: Subject): Promise<void> {
  const store = new NoticeStore(work);
  const item = await store.itemOf(subject);
  if (!item || item.state === 'stopped') return;
  await store.stopItem(item);
  work.record({
    subject: { kind: 'notice', id: item.noticeId },
    related: [subject],
    before: { item: item.position, state: 'shown' },
    after: { item: item.position, state: 'stopped' },
  });
  await stopWhenEmpty(work, item.noticeId);
}

/** Stops a notice of which no item is shown any more; held, so that the last two cannot both be the last but one. */
export async function stopWhenEmpty(work: Work, noticeId: string): Promise<void> {
  const store = new NoticeStore(work);
  const notice = await store.hold(noticeId);
  if (notice.state !== 'posting' && notice.state !== 'running') return;
  const items = await store.items(noticeId);
  if (items.some((item) => item.state === 'shown')) return;
  await store.update(notice, { state: 'stopped', closedOn: work.today });
  work.record({
    subject: { kind: 'notice', id: noticeId },
    related: items.map((item) => ({ kind: item.subjectKind, id: item.subjectId })),
    before: { state: notice.state },
    after: { state: 'stopped' },
  });
}
