/** The county takes a certificate back (撤销贷款证) before it is used, with the reason; the application ends with it. */
import { defineAct } from '../platform/act';
import { answer, codeField, idField, shape, textField } from '../platform/shape';
import { ApplicationStore } from './application.store';
import { isOpen, nextInWords, STATES } from './chain';
import { closeApplication, recordChange } from './gate';
import { P } from './problems';

/** Revokes a certificate. */
export const revokeCertificate = defineAct({
  name: 'applications.revoke-certificate',
  title: '撤销贷款证',
  permission: 'applications.revoke-certificate',
  input: shape<{ certificateNumber: string; reason: string }>({
    certificateNumber: textField(40, '贷款证编号'),
    reason: textField(1000, '撤销原因'),
  }),
  answer: shape({
    certificateNumber: answer.text('贷款证编号'),
    applicationId: idField(),
    state: codeField(STATES),
    version: answer.count(),
  }),
  locate: async (work, { certificateNumber }) => {
    const store = new ApplicationStore(work);
    const certificate = await store.certificate(certificateNumber);
    const application = await store.get(certificate.applicationId);
    return { region: application.regionCode, org: application.bankId, application };
  },
  run: async (work, { certificateNumber: number, reason }, { application }) => {
    if (!isOpen(application.state)) throw P.closed({ detail: nextInWords(application) });
    await new ApplicationStore(work).addRevocation({
      ...{ number, reason, revokedBy: work.actor.id },
      ...{ revokedOn: work.today, revokedAt: work.now },
    });
    const why = `贷款证已撤销：${reason}`;
    const after = await closeApplication(work, application, 'refused', why);
    recordChange(work, application, after, { certificateRevoked: number });
    const { id: applicationId, state, version } = after;
    return { certificateNumber: number, applicationId, state, version };
  },
});
