/** Who may deal with an objection: shared by reading and deciding it. */
import type { Place } from '../platform/authority';
import type { Work } from '../platform/work';
import type { Notice, NoticeItem, Objection } from './notice.entity';
import { NoticeStore } from './notice.store';
import { P } from './problems';

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
  const store = new NoticeStore(work);
  const objection = await store.objection(input.objectionId);
  const notice = await store.get(objection.noticeId);
  const item = (await store.items(notice.id)).find((found) => found.id === objection.itemId);
  if (!item) throw P.objectionAbsent();
  return { region: notice.regionCode, objection, notice, item };
}

/**
 * Nobody closes an objection to their own act: neither who opened the notice nor who posted the board at
 * which it was seen. (R16: objections always closed by the same person are formalism.)
 * @throws Problem notices.own-act
 */
export async function strangerDuty(work: Work, at: ObjectionAt): Promise<void> {
  const board = await new NoticeStore(work).level(at.notice.id, at.objection.level);
  if (work.actor.id === at.notice.openedBy) throw P.ownAct({ detail: '您是开启该公示的经办人' });
  if (work.actor.id === board?.postedBy) throw P.ownAct({ detail: '您是张贴该级公示的人员' });
}

/** The records whose story an objection belongs to. */
export function storyOf(at: ObjectionAt) {
  return [
    { kind: 'notice', id: at.notice.id },
    { kind: at.item.subjectKind, id: at.item.subjectId },
    ...at.item.related,
  ];
}
