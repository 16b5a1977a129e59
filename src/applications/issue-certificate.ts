/**
 * The loan certificate (贷款证): issued when the notice has run out everywhere without an open objection, by a
 * county approver who took no other step. One per application, numbered by county and year.
 */
import { requireNoticeOver } from '../notices';
import { defineAct } from '../platform/act';
import { answer, idField, shape, versionField } from '../platform/shape';
import { ApplicationStore } from './application.store';
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
  }),
  locate: locateApplication,
  duty: (work, _input, at) => stepDuty(work, at, 'county'),
  run: async (work, input, { application }) => {
    requireSeen(application, input.version);
    advance(application.state, 'certificate');
    await requireNoticeOver(work, { kind: 'application', id: application.id });
    const findings = await requireEligible(work, application, true);
    const { value: chain } = await chainOf(work, application);
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
    });
    work.record({
      subject: { kind: 'certificate', id: number },
      related: [
        { kind: 'application', id: application.id },
        { kind: 'household', id: application.householdId },
      ],
      after: { number, contentDigest: application.contentDigest },
    });
    return { ...taken, certificateNumber: number };
  },
});
