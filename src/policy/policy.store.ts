/** What the acts of this module load and save. */
import { ensureRow } from '../platform/db/ensure';
import { findRow, insertRow, listRows, updateVersioned } from '../platform/db/store';
import type { Work } from '../platform/work';
import { contentDigest, inForceKey, type RowContent } from './policy-row';
import { PolicyRow } from './policy-row.entity';
import { P } from './problems';

export class PolicyStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem policy.row-absent */
  async get(id: string): Promise<PolicyRow> {
    const row = await findRow(this.work.tx, PolicyRow, { id });
    if (!row) throw P.rowAbsent();
    return row;
  }

  /** Those of the ids that there are, with their digests. */
  async standing(ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.work.tx.rows<{ id: string; content_digest: string }>(
      'SELECT id, content_digest FROM policy_row WHERE id IN (:ids)',
      { ids },
    );
    return new Map(rows.map((row) => [row.id, row.content_digest]));
  }

  /** The rows in force of one parameter in one region. */
  inForce(parameter: string, region: string): Promise<PolicyRow[]> {
    return listRows(this.work.tx, PolicyRow, { parameter, region, state: 'in-force' });
  }

  /**
   * Makes sure of the owner row of a parameter in a region. It is made where it is missing and otherwise left
   * alone, so proposals do not wait for each other.
   */
  async keepLine(parameter: string, region: string): Promise<void> {
    const row = { parameter, region_code: region, version: 1 };
    await ensureRow(this.work.tx, 'policy_line', row, ['parameter', 'region_code']);
  }

  /** Writes the owner row: from here to the commit nobody else puts a row of this line in force. */
  async holdLine(parameter: string, region: string): Promise<void> {
    await this.work.tx.exec(
      'UPDATE policy_line SET version = version + 1 WHERE parameter = :parameter AND region_code = :region',
      { parameter, region },
    );
  }

  /** Adds a proposal, made by the actor at hand. */
  addProposal(id: string, content: RowContent): Promise<void> {
    return insertRow(this.work.tx, PolicyRow, {
      ...this.drafted(id, content),
      origin: 'act',
      state: 'proposed',
      inForceKey: null,
    });
  }

  /** Adds a row of a file, in force at once: the repository is where its two people looked at it. */
  addFromFile(id: string, content: RowContent): Promise<void> {
    return insertRow(this.work.tx, PolicyRow, {
      ...this.drafted(id, content),
      origin: 'file',
      state: 'in-force',
      inForceKey: inForceKey(content),
    });
  }

  /** @throws Problem platform.stale */
  change(row: PolicyRow, changes: Partial<Omit<PolicyRow, 'version'>>): Promise<PolicyRow> {
    return updateVersioned(this.work.tx, PolicyRow, row, changes);
  }

  private drafted(id: string, content: RowContent) {
    const { actor, now } = this.work;
    return {
      id,
      ...content,
      contentDigest: contentDigest(content),
      proposedBy: actor.id,
      proposedByName: actor.name,
      proposedAt: now,
      confirmedBy: null,
      confirmedByName: null,
      confirmedAt: null,
      rejectedBy: null,
      rejectedByName: null,
      rejectedAt: null,
      rejectedReason: null,
      version: 1,
    };
  }
}
