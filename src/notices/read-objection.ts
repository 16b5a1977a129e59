/**
 * Reading an objection: its content is sealed and opened only here, so that it is known who read it and why.
 * Who complained stays sealed; that is for the inspection alone. Whoever it is about does not read it: in a village the
 * words tell who wrote them.
 */
import { defineAct } from '../platform/act';
import { answer, codeField, idField, listOf, shape, textField } from '../platform/shape';
import { LEVELS } from './notice';
import { NoticeStore } from './notice.store';
import { CHECK_OUTCOMES, OBJECTION_STATES } from './objection';
import { locateObjection, storyOf, strangerDuty } from './objection-duty';

/** Opens the content of an objection for the officer who checks it. */
export const readObjection = defineAct({
  name: 'notices.read-objection',
  title: '查看异议内容',
  permission: 'notices.read-objection',
  privateAnswer: true,
  input: shape<{ objectionId: string; reason: string }>({
    objectionId: idField('异议编号'),
    reason: textField(200, '查看事由'),
  }),
  answer: shape({
    objectionId: idField(),
    level: codeField(LEVELS),
    state: codeField(OBJECTION_STATES),
    content: answer.text('异议内容'),
    raisedOn: answer.date(),
    decideBy: answer.date('答复期限').allow(null),
    checkBy: answer.date('乡镇核查期限').allow(null),
    check: shape({
      outcome: codeField(CHECK_OUTCOMES),
      checkedOn: answer.date(),
      text: answer.text('核查情况'),
    }).allow(null),
    evidence: listOf(idField('佐证照片的文件编号')),
  }),
  locate: locateObjection,
  duty: (work, _input, at) => strangerDuty(work, at),
  run: async (work, input, at) => {
    const { objection } = at;
    const evidence = await new NoticeStore(work).evidence(objection.id);
    work.record({
      subject: { kind: 'objection', id: objection.id },
      related: storyOf(at),
      after: { readFor: input.reason },
    });
    return {
      objectionId: objection.id,
      level: objection.level,
      state: objection.state,
      content: work.crypto.open(objection.contentSealed, {
        table: 'objection',
        column: 'content_sealed',
        id: objection.id,
      }),
      raisedOn: objection.raisedOn,
      decideBy: objection.decideBy,
      checkBy: objection.checkBy,
      check: objection.checkedOn
        ? {
            outcome: objection.checkOutcome,
            checkedOn: objection.checkedOn,
            text: objection.checkText,
          }
        : null,
      evidence: evidence.map((photo) => photo.fileId),
    };
  },
});
