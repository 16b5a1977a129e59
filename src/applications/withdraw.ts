/** The household changes its mind, any day before the contract; a village worker enters it. */
import { defineAct } from '../platform/act';
import { answer, codeField, idField, shape, textField, versionField } from '../platform/shape';
import { isOpen, nextInWords, STATES } from './chain';
import { closeApplication, locateApplication, recordChange, requireSeen } from './gate';
import { P } from './problems';

/** Withdraws an application; its notice comes down and the household is free to apply again. */
export const withdrawApplication = defineAct({
  name: 'applications.withdraw',
  title: '撤回贷款申请',
  permission: 'applications.submit',
  input: shape<{ applicationId: string; version: number; reason: string }>({
    applicationId: idField('申请编号'),
    version: versionField(),
    reason: textField(1000, '撤回原因'),
  }),
  answer: shape({
    applicationId: idField(),
    state: codeField(STATES),
    version: answer.count(),
  }),
  locate: locateApplication,
  run: async (work, input, { application }) => {
    requireSeen(application, input.version);
    if (!isOpen(application.state)) throw P.closed({ detail: nextInWords(application) });
    const after = await closeApplication(work, application, 'withdrawn', input.reason);
    recordChange(work, application, after);
    return { applicationId: after.id, state: after.state, version: after.version };
  },
});
