/** Closing a notice whose days have run out; done by the night. */
import { defineAct } from '../platform/act';
import { answer, codeField, idField, shape } from '../platform/shape';
import { NOTICE_LIFE, requireStep } from './life';
import { hasRunOut, LEVEL_NAMES, NOTICE_STATES } from './notice';
import type { NoticeLevel } from './notice.entity';
import { NoticeStore } from './notice.store';
import { locateNotice } from './posting';
import { P } from './problems';

/** Ends a running notice after its last day; one with an open objection cannot end. */
export const closeNotice = defineAct({
  name: 'notices.close',
  title: '公示期满',
  permission: 'notices.close',
  input: shape<{ noticeId: string }>({ noticeId: idField('公示编号') }),
  answer: shape({
    noticeId: idField(),
    state: codeField(NOTICE_STATES),
    closedOn: answer.date(),
  }),
  locate: locateNotice,
  run: async (work, _input, { notice }) => {
    const store = new NoticeStore(work);
    const detail = notice.endsOn ? `公示至 ${notice.endsOn}(含)` : undefined;
    requireStep(NOTICE_LIFE.close, notice.state, { detail });
    if (!hasRunOut(notice, work.today)) throw P.stillRunning({ detail });
    if ((await store.openObjections({ noticeId: notice.id })) > 0) throw P.objectionOpen();
    if (notice.photoHolds) requirePhotos(await store.levels(notice.id));
    const items = await store.items(notice.id);
    await store.update(notice, { state: 'ended', closedOn: work.today });
    work.record({
      subject: { kind: 'notice', id: notice.id },
      related: items.flatMap((item) => [
        { kind: item.subjectKind, id: item.subjectId },
        ...item.related,
      ]),
      before: { state: 'running' },
      after: { state: 'ended', endsOn: notice.endsOn },
    });
    return { noticeId: notice.id, state: 'ended' as const, closedOn: work.today };
  },
});

/** @throws Problem notices.photo-missing naming the boards that have no photo. */
function requirePhotos(boards: readonly NoticeLevel[]): void {
  const bare = boards.filter((board) => board.photoFileId === null);
  if (bare.length === 0) return;
  throw P.photoMissing({ detail: bare.map((board) => LEVEL_NAMES[board.level]).join('、') });
}
