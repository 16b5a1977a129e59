/** What the acts of applications load and save. */

import { check } from '../platform/check';
import { isUniqueViolation } from '../platform/db/database';
import {
  type Fields,
  findRow,
  insertIfAbsent,
  insertRow,
  insertRows,
  listRows,
  updateVersioned,
} from '../platform/db/store';
import { PlatformProblem } from '../platform/problems';
import type { Work } from '../platform/work';
import {
  Application,
  ApplicationSerial,
  ApplicationSigner,
  ApplicationStep,
  Certificate,
  CertificateRevocation,
  DemocraticReview,
  DemocraticVote,
} from './application.entity';
import { type Part, partInWords } from './chain';
import { P } from './problems';

/** Changes of an application, without its version. */
export type Changes = Partial<Omit<Fields<Application>, 'version'>>;

export class ApplicationStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem applications.application-absent */
  async get(id: string): Promise<Application> {
    const application = await findRow(this.work.tx, Application, { id });
    if (!application) throw P.applicationAbsent();
    return application;
  }

  /** The steps taken so far, in their order. */
  steps(applicationId: string): Promise<ApplicationStep[]> {
    return listRows(this.work.tx, ApplicationStep, { applicationId }, { position: 'asc' });
  }

  /**
   * Keeps the person's other parts apart from this one: a person has one part in an application.
   * @throws Problem applications.same-actor
   */
  async requirePart(applicationId: string, part: Part): Promise<void> {
    const actorId = this.work.actor.id;
    const own = await findRow(this.work.tx, ApplicationSigner, { applicationId, actorId });
    if (own && own.step !== part) {
      throw P.sameActor({ detail: `您已办理过本申请的${partInWords(own.step)}` });
    }
  }

  /** Gives the person this part for good. @throws Problem applications.same-actor */
  async takePart(applicationId: string, part: Part): Promise<void> {
    await this.requirePart(applicationId, part);
    const signer = { applicationId, actorId: this.work.actor.id, step: part };
    await insertIfAbsent(this.work.tx, ApplicationSigner, signer, ['applicationId', 'actorId']);
  }

  /** @throws Problem applications.household-busy when the household is taken already. */
  async add(application: Fields<Application>): Promise<void> {
    try {
      await insertRow(this.work.tx, Application, application);
    } catch (error) {
      if (isUniqueViolation(error, 'uq_application_busy_household_id')) throw P.householdBusy();
      throw error;
    }
  }

  /** @throws Problem platform.stale when somebody else was faster; applications.household-busy. */
  async update(application: Application, changes: Changes): Promise<Application> {
    try {
      return await updateVersioned(this.work.tx, Application, application, changes);
    } catch (error) {
      if (isUniqueViolation(error, 'uq_application_busy_household_id')) throw P.householdBusy();
      throw error;
    }
  }

  /** Writes a step down in the name of the person, whose part it is from now on. @throws Problem platform.stale */
  async addStep(step: Fields<ApplicationStep>): Promise<void> {
    await this.takePart(step.applicationId, step.step);
    try {
      await insertRow(this.work.tx, ApplicationStep, step);
    } catch (error) {
      if (isUniqueViolation(error, 'application_step')) throw PlatformProblem.stale();
      throw error;
    }
  }

  async addReview(
    review: Fields<DemocraticReview>,
    votes: readonly Fields<DemocraticVote>[],
  ): Promise<void> {
    try {
      await insertRow(this.work.tx, DemocraticReview, review);
    } catch (error) {
      if (isUniqueViolation(error, 'democratic_review')) throw PlatformProblem.stale();
      throw error;
    }
    await insertRows(this.work.tx, DemocraticVote, votes);
  }

  /** The certificate of this number. @throws Problem applications.certificate-absent */
  async certificate(number: string): Promise<Certificate> {
    const found = await findRow(this.work.tx, Certificate, { number });
    if (!found) throw P.certificateAbsent();
    return found;
  }

  addRevocation(revocation: Fields<CertificateRevocation>): Promise<void> {
    return insertRow(this.work.tx, CertificateRevocation, revocation);
  }

  addCertificate(certificate: Fields<Certificate>): Promise<void> {
    return insertRow(this.work.tx, Certificate, certificate);
  }

  /** The next number of a kind in a county's year, beginning with 1, without gaps among what is committed. */
  async nextSerial(
    kind: 'application' | 'certificate' | 'renewal',
    countyCode: string,
    yearText: string,
  ): Promise<number> {
    const key = { kind, countyCode, yearText };
    const raised = await this.work.tx.exec(
      `UPDATE application_serial SET last_serial = last_serial + 1
        WHERE kind = :kind AND county_code = :countyCode AND year_text = :yearText`,
      key,
    );
    if (raised === 0) {
      const first = { ...key, lastSerial: 1 };
      await insertIfAbsent(this.work.tx, ApplicationSerial, first, [
        'kind',
        'countyCode',
        'yearText',
      ]);
    }
    const row = await findRow(this.work.tx, ApplicationSerial, key);
    check(row !== null, 'The serial was just written.');
    return row.lastSerial;
  }
}
