/**
 * Opening and stopping a notice: plain functions that other modules call within their own act. A notice is
 * opened by the step that decides to announce; it hangs nowhere yet.
 */
import { check } from '../platform/check';
import type { Subject, Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { publicFields } from './masking';
import { NoticeStore } from './notice.store';
import { noticeMasking, noticeRuleOn } from './rule';

/** What is to be announced. `publicItems` by the field codes of the parameter `notices.masking`. */
export interface NoticeOpening {
  /** `loan`, `subsidy`, … at most 20 characters. */
  kind: string;
  /** `notices.rule.loan` or `notices.rule.subsidy`. */
  ruleParameterKey: string;
  subject: Subject;
  /** Other records of the same story (the household, say). */
  related?: readonly Subject[];
  /** The village, 12 digits. */
  regionCode: string;
  title: string;
  /** The content in clear; it is masked here and stored only as the public will see it. */
  publicItems: Readonly<Record<string, string>>;
}

/**
 * Opens the notice of a subject, in state `posting`.
 * @throws Problem notices.rule-unknown, notices.already-opened, policy.no-row-in-force
 */
export async function openNotice(
  work: Work,
  opening: NoticeOpening,
): Promise<{ noticeId: string }> {
  const { regionCode: region, subject } = opening;
  check(!region.endsWith('000'), 'A notice is opened for a village.');
  const rule = await noticeRuleOn(work.tx, opening.ruleParameterKey, region, work.today);
  const masking = await policyAsOf(work.tx, noticeMasking, { region, date: work.today });
  const noticeId = work.newId();
  const related = [...(opening.related ?? [])].map(({ kind, id }) => ({ kind, id }));
  const notice = {
    id: noticeId,
    kind: opening.kind,
    ruleKey: opening.ruleParameterKey,
    ruleRowId: null,
    maskingRowId: masking.rowId,
    regionCode: region,
    title: opening.title,
    levels: rule.value.levels,
    phones: masking.value.supervisionPhones,
    state: 'posting' as const,
    openedBy: work.actor.id,
    openedOn: work.today,
    openedAt: work.now,
    startsOn: null,
    endsOn: null,
    closedOn: null,
    version: 1,
  };
  const item = {
    id: work.newId(),
    noticeId,
    subjectKind: subject.kind,
    subjectId: subject.id,
    position: 1,
    content: publicFields(opening.publicItems, masking.value),
    related,
    state: 'shown' as const,
    version: 1,
  };
  await new NoticeStore(work).add(notice, [item]);
  work.record({
    subject: { kind: 'notice', id: noticeId },
    related: [subject, ...related],
    after: { state: notice.state, levels: notice.levels, maskingRowId: notice.maskingRowId },
  });
  return { noticeId };
}

/**
 * Ends the notice of a subject that was withdrawn or refused; a subject without a notice is left alone.
 * The public page is gone at once.
 */
export async function stopNotice(work: Work, subject: Subject): Promise<void> {
  const store = new NoticeStore(work);
  const item = await store.itemOf(subject);
  if (!item || item.state === 'stopped') return;
  await store.stopItem(item);
  await stopWhenEmpty(work, item.noticeId);
}

/** Stops a notice of which no item is shown any more. */
export async function stopWhenEmpty(work: Work, noticeId: string): Promise<void> {
  const store = new NoticeStore(work);
  const notice = await store.get(noticeId);
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
