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
import type { Work } from '../platform/work';
import {
  Application,
  ApplicationSerial,
  Certificate,
  ReviewStep,
  ReviewVote,
  VillageReview,
} from './application.entity';
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
  steps(applicationId: string): Promise<ReviewStep[]> {
    return listRows(this.work.tx, ReviewStep, { applicationId }, { position: 'asc' });
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

  /** @throws Problem platform.stale when somebody else was faster. */
  update(application: Application, changes: Changes): Promise<Application> {
    return updateVersioned(this.work.tx, Application, application, changes);
  }

  /** @throws Problem applications.same-actor when the person took another step of this application. */
  async addStep(step: Fields<ReviewStep>): Promise<void> {
    try {
      await insertRow(this.work.tx, ReviewStep, step);
    } catch (error) {
      if (isUniqueViolation(error, 'uq_review_step_application_id_actor_id')) throw P.sameActor();
      throw error;
    }
  }

  async addVillageReview(
    review: Fields<VillageReview>,
    votes: readonly Fields<ReviewVote>[],
  ): Promise<void> {
    await insertRow(this.work.tx, VillageReview, review);
    await insertRows(this.work.tx, ReviewVote, votes);
  }

  addCertificate(certificate: Fields<Certificate>): Promise<void> {
    return insertRow(this.work.tx, Certificate, certificate);
  }

  /** The next number of a kind in a county's year, beginning with 1, without gaps among what is committed. */
  async nextSerial(
    kind: 'application' | 'certificate',
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
