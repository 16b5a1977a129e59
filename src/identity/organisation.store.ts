/** Loading and saving organisations. */
import { regionCovers } from '../platform/authority';
import { isUniqueViolation } from '../platform/db/database';
import { findRow, insertRow } from '../platform/db/store';
import type { Work } from '../platform/work';
import { Organisation } from './organisation.entity';
import { P } from './problems';

export class OrganisationStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem identity.organisation-absent */
  async get(id: string): Promise<Organisation> {
    const organisation = await findRow(this.work.tx, Organisation, { id });
    if (!organisation) throw P.organisationAbsent();
    return organisation;
  }

  /**
   * An organisation that the actor may name: one of the actor's own region, below it or above it. Another county's
   * is as absent as one that does not exist.
   * @throws Problem identity.organisation-absent
   */
  async nameable(id: string): Promise<Organisation> {
    const organisation = await this.get(id);
    const { kind, region } = this.work.actor;
    const { regionCode } = organisation;
    if (kind === 'system' || regionCovers(region, regionCode) || regionCovers(regionCode, region)) {
      return organisation;
    }
    throw P.organisationAbsent();
  }

  /** @throws Problem identity.organisation-taken when the place has one of that name. */
  async add(row: Omit<Organisation, 'version'>): Promise<Organisation> {
    const organisation = Object.assign(new Organisation(), row, { version: 1 });
    try {
      await insertRow(this.work.tx, Organisation, organisation);
    } catch (error) {
      if (isUniqueViolation(error, 'organisation')) throw P.organisationTaken();
      throw error;
    }
    return organisation;
  }
}
