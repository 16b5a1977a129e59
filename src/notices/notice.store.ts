/** What the acts of notices load and save. */
import { isUniqueViolation } from '../platform/db/database';
import { ensureRow } from '../platform/db/ensure';
import {
  countRows,
  type Fields,
  findRow,
  insertRow,
  insertRows,
  listRows,
  touch,
  updateVersioned,
} from '../platform/db/store';
import type { Subject, Work } from '../platform/work';
import type { Level, NoticeKind } from './notice';
import { Notice, NoticeItem, NoticeLevel, Objection, ObjectionEvidence } from './notice.entity';
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

  /** @throws Problem notices.already-opened when a subject has an item already. */
  async add(notice: Fields<Notice>, items: readonly Fields<NoticeItem>[]): Promise<void> {
    await insertRow(this.work.tx, Notice, notice);
    await this.addItems(items);
  }

  private async addItems(items: readonly Fields<NoticeItem>[]): Promise<void> {
    try {
      await insertRows(this.work.tx, NoticeItem, items);
    } catch (error) {
      if (isUniqueViolation(error, 'notice_item')) throw P.alreadyOpened();
      throw error;
    }
  }

  /** The sheet of this title that hangs nowhere yet, the newest; null where there is none. */
  async unposted(kind: NoticeKind, regionCode: string, title: string): Promise<Notice | null> {
    const where = { kind, regionCode, title, state: 'posting' as const };
    const open = await listRows(this.work.tx, Notice, where, { id: 'desc' }, 10);
    for (const notice of open) {
      if ((await countRows(this.work.tx, NoticeLevel, { noticeId: notice.id })) === 0)
        return notice;
    }
    return null;
  }

  /** Writes the owner row of "a village has one sheet of a kind to join", so that two who join meet each other. */
  async holdVillage(kind: NoticeKind, regionCode: string): Promise<void> {
    const name = `notices.sheet.${kind}.${regionCode}`;
    await ensureRow(this.work.tx, 'setting', { name, value: '', version: 0 }, ['name']);
    await this.work.tx.exec('UPDATE setting SET version = version + 1 WHERE name = :name', {
      name,
    });
  }

  /** Writes the notice as the owner of its list, whoever wrote it before, and returns it as it is now. */
  async hold(id: string): Promise<Notice> {
    await this.work.tx.exec('UPDATE notice SET version = version + 1 WHERE id = :id', { id });
    return this.get(id);
  }

  /** Puts one more item on a sheet that is held. @throws Problem notices.already-opened */
  join(item: Fields<NoticeItem>): Promise<void> {
    return this.addItems([item]);
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

  /** Keeps the photo of a board; the notice is written as the owner of "complete only with its photos". */
  async attachPhoto(
    notice: Notice,
    level: NoticeLevel,
    photo: Pick<Fields<NoticeLevel>, 'photoDigest' | 'photoFileId'>,
  ): Promise<void> {
    const by = { photoBy: this.work.actor.id, photoAt: this.work.now };
    await updateVersioned(this.work.tx, NoticeLevel, level, { ...photo, ...by });
    await touch(this.work.tx, Notice, notice);
  }

  /** How many other boards, of whatever notice, show the photo of this digest. */
  async boardsWith(photoDigest: string, own: NoticeLevel): Promise<number> {
    const found = await listRows(this.work.tx, NoticeLevel, { photoDigest });
    return found.filter((one) => one.noticeId !== own.noticeId || one.level !== own.level).length;
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

  /** Adds an objection to a notice that is held, as the owner of the bounds of open objections. */
  addObjection(objection: Fields<Objection>): Promise<void> {
    return insertRow(this.work.tx, Objection, objection);
  }

  evidence(objectionId: string): Promise<ObjectionEvidence[]> {
    return listRows(this.work.tx, ObjectionEvidence, { objectionId }, { id: 'asc' });
  }

  /** @throws Problem notices.objection-absent when nobody was given this receipt code. */
  async objectionOf(receiptDigest: string): Promise<Objection> {
    const objection = await findRow(this.work.tx, Objection, { receiptDigest });
    if (!objection) throw P.objectionAbsent();
    return objection;
  }

  /** Writes the objection as the owner of its bound of photos. */
  async addEvidence(objection: Objection, evidence: Fields<ObjectionEvidence>): Promise<void> {
    await touch(this.work.tx, Objection, objection);
    try {
      await insertRow(this.work.tx, ObjectionEvidence, evidence);
    } catch (error) {
      if (isUniqueViolation(error, 'objection_evidence')) throw P.sameEvidence();
      throw error;
    }
  }

  check(
    objection: Objection,
    found: Pick<Fields<Objection>, 'checkOutcome' | 'checkText'>,
  ): Promise<Objection> {
    return updateVersioned(this.work.tx, Objection, objection, {
      ...found,
      checkedBy: this.work.actor.id,
      checkedOn: this.work.today,
    });
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
