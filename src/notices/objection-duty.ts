/** Who may deal with an objection: shared by reading, checking and deciding it. */
import { type Place, regionPrefix } from '../platform/authority';
import type { Work } from '../platform/work';
import { levelOfPrefix } from './notice';
import type { Notice, NoticeItem, Objection } from './notice.entity';
import { NoticeStore } from './notice.store';
import { P } from './problems';
import { signersOf } from './signers';

/** The objection an act was called for, with its notice and item. */
export interface ObjectionAt extends Place {
  objection: Objection;
  notice: Notice;
  item: NoticeItem;
}

/** Finds the objection; the village of its notice decides who covers it. */
export async function locateObjection(
  work: Work,
  input: { objectionId: string },
): Promise<ObjectionAt> {
  return placeOfObjection(work, await new NoticeStore(work).objection(input.objectionId));
}

/** An objection with its notice and item. */
export async function placeOfObjection(work: Work, objection: Objection): Promise<ObjectionAt> {
  const store = new NoticeStore(work);
  const notice = await store.get(objection.noticeId);
  const item = (await store.items(notice.id)).find((found) => found.id === objection.itemId);
  if (!item) throw P.objectionAbsent();
  return { region: notice.regionCode, objection, notice, item };
}

/**
 * Nobody deals with an objection to their own act: neither who put the item on the sheet, nor who posted the board at
 * which it was seen, nor who signed the subject on its way here. Who did so for another item of the sheet is free: a
 * village's sheet is signed by half the county, and somebody must be left. (R16: objections always closed by the same
 * person are formalism.)
 * @throws Problem notices.own-act
 */
export async function strangerDuty(work: Work, at: ObjectionAt): Promise<void> {
  const board = await new NoticeStore(work).level(at.notice.id, at.objection.level);
  const { id } = work.actor;
  if (id === (at.item.announcedBy ?? at.notice.openedBy)) {
    throw P.ownAct({ detail: '您是公示该事项的经办人' });
  }
  if (id === board?.postedBy) throw P.ownAct({ detail: '您是张贴该级公示的人员' });
  const subject = { kind: at.item.subjectKind, id: at.item.subjectId };
  const signers = await signersOf(work.tx, subject);
  if (signers.includes(id)) throw P.ownAct({ detail: '您是该事项的提交或审核人员' });
}

/**
 * Where the township checks first, it is the township that checks and the county that decides, two different people.
 * @throws Problem notices.not-township, not-county, own-check
 */
export function stageDuty(work: Work, at: ObjectionAt, stage: 'check' | 'decide'): void {
  const level = levelOfPrefix(regionPrefix(work.actor.region));
  if (stage === 'check' && level !== 'township') throw P.notTownship();
  if (stage === 'decide' && at.objection.checkFirst && level !== 'county') throw P.notCounty();
  if (stage === 'decide' && at.objection.checkedBy === work.actor.id) throw P.ownCheck();
}

/** The records whose story an objection belongs to. */
export function storyOf(at: ObjectionAt) {
  return [
    { kind: 'notice', id: at.notice.id },
    { kind: at.item.subjectKind, id: at.item.subjectId },
    ...at.item.related,
  ];
}
