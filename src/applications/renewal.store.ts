/** What the application of a renewal saves besides what every application does. */
import { insertRow } from '../platform/db/store';
import type { Work } from '../platform/work';
import { ApplicationSigner, ApplicationStep } from './application.entity';

/** Saves what people of the bank did before the application of a renewal was written. */
export class RenewalStore {
  constructor(private readonly work: Work) {}

  /** A step in the name of whoever took it, whose one part in the application it is. */
  async addStep(step: ApplicationStep): Promise<void> {
    const { applicationId, actorId } = step;
    await insertRow(this.work.tx, ApplicationSigner, { applicationId, actorId, step: step.step });
    await insertRow(this.work.tx, ApplicationStep, step);
  }
}
