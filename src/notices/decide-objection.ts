/**
 * Deciding an objection, with an answer that the complainant can read by the receipt code. Upheld, the item is
 * stopped and the module whose subject it is hears of it in the same transaction; the rest of the sheet goes on.
 */
import { defineAct } from '../platform/act';
import { defineEvent } from '../platform/events';
import { answer, codeField, idField, shape, textField } from '../platform/shape';
import type { Subject } from '../platform/work';
import { OBJECTION_LIFE, requireStep } from './life';
import { NoticeStore } from './notice.store';
import { awaitsCheck, OBJECTION_STATES } from './objection';
import { locateObjection, stageDuty, storyOf, strangerDuty } from './objection-duty';
import { stopWhenEmpty } from './open-notice';
import { P } from './problems';

/** An objection was upheld: its subject must not go on. */
export const objectionUpheld = defineEvent<{
  objectionId: string;
  noticeId: string;
  subject: Subject;
  /** What the complainant is told; no personal data. */
  answerText: string;
}>('notices.objection-upheld');

interface Input {
  objectionId: string;
  outcome: 'upheld' | 'dismissed';
  answerText: string;
}

/** Decides an open objection. */
export const decideObjection = defineAct({
  name: 'notices.decide-objection',
  title: '处理异议',
  permission: 'notices.decide-objection',
  input: shape<Input>({
    objectionId: idField('异议编号'),
    outcome: codeField(['upheld', 'dismissed'], '成立或不成立'),
    answerText: textField(1000, '核查情况与答复(异议人凭回执码可见，不得写入个人信息)'),
  }),
  answer: shape({
    objectionId: idField(),
    state: codeField(OBJECTION_STATES),
    decidedOn: answer.date(),
    openObjections: answer.count('该公示项尚未办结的异议'),
  }),
  locate: locateObjection,
  duty: async (work, _input, at) => {
    stageDuty(work, at, 'decide');
    await strangerDuty(work, at);
  },
  run: async (work, input, at) => {
    requireStep(OBJECTION_LIFE.decide, at.objection.state);
    if (awaitsCheck(at.objection, work.today)) {
      const { checkBy } = at.objection;
      throw P.checkFirst({ detail: checkBy ? `乡镇核查期限 ${checkBy}(含)` : undefined });
    }
    const store = new NoticeStore(work);
    const decided = await store.decide(at.objection, {
      state: input.outcome,
      answerText: input.answerText,
    });
    work.record({
      subject: { kind: 'objection', id: decided.id },
      related: storyOf(at),
      before: { state: at.objection.state },
      after: { state: decided.state, level: decided.level },
    });
    if (input.outcome === 'upheld') {
      if (at.item.state === 'shown') await store.stopItem(at.item);
      await stopWhenEmpty(work, at.notice.id);
      const subject = { kind: at.item.subjectKind, id: at.item.subjectId };
      const { answerText } = input;
      await work.emit(objectionUpheld, {
        objectionId: decided.id,
        noticeId: at.notice.id,
        subject,
        answerText,
      });
    }
    return {
      objectionId: decided.id,
      state: decided.state,
      decidedOn: work.today,
      openObjections: await store.openObjections({ itemId: at.item.id }),
    };
  },
});
