/** The papers of an application that the fixtures of the loan book put there: its certificate, and the presentation. */
import type { Application, Certificate } from '../../src/applications/application.entity';
import type { Payout } from '../../src/loans/payout.entity';
import { instant } from '../../src/platform/clock';
import { addDays } from '../../src/platform/dates';
import type { Work } from '../../src/platform/work';

/** The certificate of an application, issued today. */
export function certificateOf(
  work: Work,
  { id, regionCode }: Application,
  no: number,
): Certificate {
  return {
    ...{ number: `450328-2018-${String(no).padStart(4, '0')}`, applicationId: id, year: 2018 },
    ...{ countyCode: `${regionCode.slice(0, 6)}000000`, serial: no, issuedBy: 'county-approver' },
    ...{ issuedOn: work.today, issuedAt: work.now, contentDigest: 'a'.repeat(64) },
    ...{ expiresOn: addDays(work.today, 90), code: `code-${no}` },
  };
}

/** The presentation as the counter of the bank leaves it. */
export function presentedToday(
  work: Work,
  application: Application,
  certificateNumber: string,
): Payout {
  const { id: applicationId, householdId, regionCode, bankId } = application;
  return {
    ...{ certificateNumber, applicationId, householdId, regionCode, bankId, branchId: bankId },
    ...{ presentedBy: 'counter', presentedOn: work.today, presentedAt: work.now, findings: [] },
    ...{ dueAt: instant(work.now + 7_200_000), loanId: null, paidAt: null, bankReference: null },
    ...{ accountIndex: null, accountMasked: null, lateReason: null, lateBy: null, lateAt: null },
    version: 1,
  };
}
