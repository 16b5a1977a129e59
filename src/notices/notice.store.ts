/** What the acts of notices load and save. */
import { isUniqueViolation } from '../platform/db/database';
import {
  countRows,
  type Fields,
  findRow,
  insertRow,
  listRows,
  touch,
  updateVersioned,
} from '../platform/db/store';
import type { Subject, Work } from '../platform/work';
import type { Level } from './notice';
import { Notice, NoticeItem, NoticeLevel, Objection } from './notice.entity';
import { P } from './problems';

export class NoticeStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem notices.notice-absent */
  async get(id: string): Promise<Notice> {
    const notice = await findRow(this.work.tx, Notice, { id });
    if (!notice) throw P.noticeAbsent();
    return notice;
  }

  /** The item of a subject, null when it was never announced. */
  itemOf(subject: Subject): Promise<NoticeItem | null> {
    return findRow(this.work.tx, NoticeItem, { subjectKind: subject.kind, subjectId: subject.id });
  }

  items(noticeId: string): Promise<NoticeItem[]> {
    return listRows(this.work.tx, NoticeItem, { noticeId }, { position: 'asc' });
  }

  levels(noticeId: string): Promise<NoticeLevel[]> {
    return listRows(this.work.tx, NoticeLevel, { noticeId }, { postedAt: 'asc', level: 'asc' });
  }

  level(noticeId: string, level: Level): Promise<NoticeLevel | null> {
    return findRow(this.work.tx, NoticeLevel, { noticeId, level });
  }

  openObjections(where: { noticeId: string } | { itemId: string }): Promise<number> {
    return countRows(this.work.tx, Objection, { ...where, state: 'open' });
  }

  /** @throws Problem notices.objection-absent */
  async objection(id: string): Promise<Objection> {
    const objection = await findRow(this.work.tx, Objection, { id });
    if (!objection) throw P.objectionAbsent();
    return objection;
  }

  /** @throws Problem notices.already-opened when the subject has an item already. */
  async add(notice: Fields<Notice>, items: readonly Fields<NoticeItem>[]): Promise<void> {
    await insertRow(this.work.tx, Notice, notice);
    for (const item of items) await this.addItem(item);
  }

  private async addItem(item: Fields<NoticeItem>): Promise<void> {
    try {
      await insertRow(this.work.tx, NoticeItem, item);
    } catch (error) {
      if (isUniqueViolation(error, 'notice_item')) throw P.alreadyOpened();
      throw error;
    }
  }

  /**
   * Hangs a board. The notice is the owner row of "each board once, the last one starts the clock": it is
   * written too, so that two boards posted at one moment cannot both believe to be the last but one.
   */
  async addLevel(
    notice: Notice,
    level: Fields<NoticeLevel>,
    changes: Partial<Omit<Fields<Notice>, 'version'>>,
  ): Promise<Notice> {
    await insertRow(this.work.tx, NoticeLevel, level);
    return updateVersioned(this.work.tx, Notice, notice, changes);
  }

  update(notice: Notice, changes: Partial<Omit<Fields<Notice>, 'version'>>): Promise<Notice> {
    return updateVersioned(this.work.tx, Notice, notice, changes);
  }

  takeDown(level: NoticeLevel): Promise<NoticeLevel> {
    return updateVersioned(this.work.tx, NoticeLevel, level, {
      takenDownBy: this.work.actor.id,
      takenDownOn: this.work.today,
    });
  }

  stopItem(item: NoticeItem): Promise<NoticeItem> {
    return updateVersioned(this.work.tx, NoticeItem, item, { state: 'stopped' });
  }

  /** Writes the notice as the owner of its bound of open objections. */
  async addObjection(notice: Notice, objection: Fields<Objection>): Promise<void> {
    await touch(this.work.tx, Notice, notice);
    await insertRow(this.work.tx, Objection, objection);
  }

  decide(
    objection: Objection,
    changes: Pick<Fields<Objection>, 'state' | 'answerText'>,
  ): Promise<Objection> {
    return updateVersioned(this.work.tx, Objection, objection, {
      ...changes,
      decidedBy: this.work.actor.id,
      decidedOn: this.work.today,
    });
  }
}
