/** A household on its way to the counter: the true story of an application up to its certificate, and two branches. */
import { decideBank, oneApplication } from '../../src/applications';
import { registerOrganisation } from '../../src/identity';
import { disburse, presentCertificate, signContract } from '../../src/loans';
import type { Actor } from '../../src/platform/authority';
import { loadPolicyFiles } from '../../src/policy';
import { broughtTo, openStory, type Story } from '../applications/story';
import { PLACES } from '../support/county';
import type { OpenTest } from '../support/databases';

/** The county with a bank of two branches. */
export interface Counter extends Story {
  branches: [string, string];
}

const PARAMETERS = ['loans.payout', 'loans.bank-terms', 'loans.classification', 'rates.benchmark'];

/** Opens the county with the branches of its bank. */
export async function openCounter(open: OpenTest): Promise<Counter> {
  const story = await openStory(open);
  await loadPolicyFiles(story.platform, { parameters: PARAMETERS });
  const office = story.actor({ permissions: ['identity.manage-organisations'] });
  const branch = async (name: string) =>
    (
      await story.do(office, registerOrganisation, {
        ...{ name, kind: 'bank', region: PLACES.county, parentId: story.bankId },
      })
    ).organisationId;
  return { ...story, branches: [await branch('龙胜支行'), await branch('龙脊支行')] };
}

/** Somebody at a branch of the bank. */
export function clerk(counter: Counter, branchId: string, ...more: string[]): Actor {
  const permissions = ['loans.present', 'loans.sign', 'loans.disburse', 'loans.read', ...more];
  return counter.actor({
    permissions,
    org: { id: branchId, kind: 'bank', rootId: counter.bankId },
  });
}

/** A certificate in the hands of a household, decided on by the bank unless told otherwise. */
export async function certificate(counter: Counter, plan: { decided?: boolean } = {}) {
  const underway = await broughtTo(counter, 'certified');
  const { applicationId, version, by } = underway;
  if (plan.decided !== false) {
    await counter.do(by.bank, decideBank, { applicationId, version, outcome: 'approve' });
  }
  const shown = await counter.ask(by.approver, oneApplication, { applicationId });
  return {
    ...underway,
    borrower: shown.borrower,
    certificateNumber: shown.certificateNumber as string,
  };
}

/** The contract of a certificate. */
export const contractFor = (held: { applicationId: string; certificateNumber: string }) => ({
  applicationId: held.applicationId,
  contractNumber: `HT-${held.certificateNumber}`,
  ...{ amount: '50000.00', termMonths: 36, rate: '4.75' },
});

/** Presented, signed and paid at a branch by two people, `minutes` after it was presented. */
export async function paidOut(
  counter: Counter,
  held: Awaited<ReturnType<typeof certificate>>,
  branchId: string,
  minutes: number,
) {
  const { certificateNumber, borrower } = held;
  const officer = clerk(counter, branchId);
  await counter.do(officer, presentCertificate, { certificateNumber });
  const loan = await counter.do(officer, signContract, contractFor(held));
  counter.clock.stepMs(minutes * 60_000);
  await counter.do(clerk(counter, branchId), disburse, {
    ...{ loanId: loan.id, certificateNumber, bankReference: `FK-${certificateNumber}` },
    ...{ accountName: borrower, account: '6214831234567890' },
  });
  return loan;
}
