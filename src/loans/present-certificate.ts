/**
 * The borrower lays the loan certificate (贷款证) on the counter: the clock to the money starts (龙胜: 2 hours), and
 * everything is checked again. One presentation per certificate: whoever comes to a second counter is told of the
 * first. The bank's decision may have been made before, or falls within the time.
 */
import { applicationFor, certifiedBy, type Finding, findingShape } from '../applications';
import { touchHousehold } from '../households';
import { organisationById } from '../identity';
import { defineAct } from '../platform/act';
import { isoInstant } from '../platform/clock';
import { answer, idField, listOf, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { requirePayable } from './payable';
import { dueAfter, payoutTerms } from './payout';
import { PayoutStore } from './payout.store';
import { P } from './problems';

interface Presented {
  certificateNumber: string;
  applicationId: string;
  presentedAt: string;
  dueAt: string;
  findings: Finding[];
}

/** Presents a certificate at the actor's branch. */
export const presentCertificate = defineAct({
  name: 'loans.present-certificate',
  title: '出示贷款证',
  permission: 'loans.present',
  input: shape<{ certificateNumber: string }>({
    certificateNumber: textField(40, '贷款证编号'),
  }),
  answer: shape<Presented>({
    certificateNumber: answer.text('贷款证编号'),
    applicationId: idField('申请编号'),
    presentedAt: answer.instant('出示时刻'),
    dueAt: answer.instant('应放款时刻'),
    findings: listOf(findingShape).description('柜面逐项核对'),
  }),
  locate: async (work, { certificateNumber }) => {
    const certificate = await certifiedBy(work.tx, certificateNumber);
    const application = await applicationFor(work.tx, certificate.applicationId);
    return { region: application.regionCode, org: application.bankId, certificate, application };
  },
  run: async (work, { certificateNumber }, { certificate, application }): Promise<Presented> => {
    const branchId = branchOf(work, application.bankId);
    const store = new PayoutStore(work);
    const before = await store.presented(certificateNumber);
    if (before) {
      const branch = await organisationById(work.tx, before.branchId);
      const when = isoInstant(before.presentedAt).slice(0, 16).replace('T', ' ');
      throw P.alreadyPresented({ detail: `${when} 已在${branch?.name ?? '本行'}出示` });
    }
    certificate.requireValid(work.today);
    if (application.state !== 'certified' && application.state !== 'approved') {
      throw P.notPresentable();
    }
    // The household owns the rule of one running loan: two counters queue here.
    await touchHousehold(work, application.householdId);
    const findings = await requirePayable(work, application);
    const place = { region: application.regionCode, date: work.today };
    const { value } = await policyAsOf(work.tx, payoutTerms, place);
    const dueAt = dueAfter(work.now, value.targetMinutes);
    const { id: applicationId, householdId, regionCode, bankId } = application;
    await store.add({
      ...{ certificateNumber, applicationId, householdId, regionCode, bankId, branchId, findings },
      ...{ presentedBy: work.actor.id, presentedOn: work.today, presentedAt: work.now, dueAt },
      ...{ loanId: null, paidAt: null, bankReference: null, accountIndex: null },
      ...{ accountMasked: null, lateReason: null, lateBy: null, lateAt: null, version: 1 },
    });
    const presentedAt = isoInstant(work.now);
    work.record({
      subject: { kind: 'certificate', id: certificateNumber },
      related: [
        { kind: 'application', id: applicationId },
        { kind: 'household', id: householdId },
      ],
      after: { branchId, presentedAt, dueAt: isoInstant(dueAt) },
    });
    return { certificateNumber, applicationId, presentedAt, dueAt: isoInstant(dueAt), findings };
  },
});

/** The counter: the organisation of the bank to which the actor belongs. @throws Problem loans.not-a-branch */
export function branchOf({ actor }: Pick<Work, 'actor'>, bankId: string): string {
  const { organisation } = actor;
  if (organisation?.kind !== 'bank' || organisation.rootId !== bankId) throw P.notABranch();
  return organisation.id;
}
