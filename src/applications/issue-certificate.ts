/**
 * The loan certificate (贷款证): issued when the notice has run out everywhere without an open objection, by a
 * county approver who took no other step. One per application, numbered by county and year, for a term; its code is
 * random and leads to the page on which anybody can see whether it holds.
 */
import { requireNoticeOver } from '../notices';
import { defineAct } from '../platform/act';
import { addDays } from '../platform/dates';
import { randomToken } from '../platform/ids';
import { answer, idField, shape, versionField } from '../platform/shape';
import { policyAsOf } from '../policy';
import { ApplicationStore } from './application.store';
import { certificateTerms } from './certificate';
import { advance } from './chain';
import {
  chainOf,
  locateApplication,
  requireEligible,
  requireSeen,
  stepAnswer,
  stepDuty,
  takeStep,
} from './gate';
import { countyOf, numberText } from './numbers';

/** Issues the certificate of an application. */
export const issueCertificate = defineAct({
  name: 'applications.issue-certificate',
  title: '核发贷款证',
  permission: 'applications.issue-certificate',
  input: shape<{ applicationId: string; version: number }>({
    applicationId: idField('申请编号'),
    version: versionField(),
  }),
  answer: stepAnswer.keys({
    certificateNumber: answer.text('贷款证编号').required(),
    expiresOn: answer.date('贷款证有效期末日').required(),
  }),
  locate: locateApplication,
  duty: (work, _input, at) => stepDuty(work, at, 'certificate', 'county'),
  run: async (work, input, { application }) => {
    requireSeen(application, input.version);
    advance(application, 'certificate');
    await requireNoticeOver(work, { kind: 'application', id: application.id });
    const findings = await requireEligible(work, application, true);
    const { value: chain } = await chainOf(work, application);
    const asOf = { region: application.regionCode, date: work.today };
    const terms = await policyAsOf(work.tx, certificateTerms, asOf);
    const expiresOn = addDays(work.today, terms.value.validDays);
    const store = new ApplicationStore(work);
    const countyCode = countyOf(application.regionCode);
    const year = work.today.slice(0, 4);
    const serial = await store.nextSerial('certificate', countyCode, year);
    const number = numberText('DKZ', countyCode, year, serial);
    const taken = await takeStep(work, application, {
      step: 'certificate',
      chain,
      outcome: 'passed',
      findings,
      changes: { certificateNumber: number },
    });
    await store.addCertificate({
      number,
      applicationId: application.id,
      countyCode,
      year: Number(year),
      serial,
      issuedBy: work.actor.id,
      issuedOn: work.today,
      issuedAt: work.now,
      contentDigest: application.contentDigest,
      expiresOn,
      code: randomToken(16),
    });
    work.record({
      subject: { kind: 'certificate', id: number },
      related: [
        { kind: 'application', id: application.id },
        { kind: 'household', id: application.householdId },
      ],
      after: { number, expiresOn, contentDigest: application.contentDigest },
    });
    return { ...taken, certificateNumber: number, expiresOn };
  },
});
