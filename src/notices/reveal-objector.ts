/**
 * Opening who complained: for the inspection alone, with a reason that stands in the audit. Officers who check and
 * decide never learn it; that is what keeps people safe who speak up in a village.
 */
import { defineAct } from '../platform/act';
import { answer, idField, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import type { Objection } from './notice.entity';
import { locateObjection, storyOf } from './objection-duty';

/** Opens name and phone of a complainant, as far as they were given. */
export const revealObjector = defineAct({
  name: 'notices.reveal-objector',
  title: '查看异议人',
  permission: 'notices.reveal-objector',
  privateAnswer: true,
  input: shape<{ objectionId: string; reason: string }>({
    objectionId: idField('异议编号'),
    reason: textField(200, '查看事由'),
  }),
  answer: shape({
    objectionId: idField(),
    name: answer.text('姓名；匿名提出的为空').allow(null),
    phone: answer.text('电话').allow(null),
  }),
  locate: locateObjection,
  run: async (work, input, at) => {
    const { objection } = at;
    work.record({
      subject: { kind: 'objection', id: objection.id },
      related: storyOf(at),
      after: { objectorRevealedFor: input.reason },
    });
    return {
      objectionId: objection.id,
      name: opened(work, objection, 'complainant_name_sealed', objection.complainantNameSealed),
      phone: opened(work, objection, 'complainant_phone_sealed', objection.complainantPhoneSealed),
    };
  },
});

function opened(work: Work, { id }: Objection, column: string, sealed: string | null) {
  return sealed === null ? null : work.crypto.open(sealed, { table: 'objection', column, id });
}
