/** What the acts and the task of bank files load and save. */
import type { FieldCrypto } from '../platform/crypto/field-crypto';
import { maskName } from '../platform/crypto/mask';
import { isUniqueViolation, RunAgain } from '../platform/db/errors';
import {
  type Fields,
  findRow,
  insertRow,
  insertRows,
  listRows,
  updateVersioned,
} from '../platform/db/store';
import type { Work } from '../platform/work';
import { type BankFileState, WORK_OUTCOMES, workKeyOf } from './bank-file';
import { BankFile, BankFileRow } from './bank-file.entity';
import { type FileRow, shownContract } from './file-row';
import { P } from './problems';

/** What of a row is sealed until it has been matched. */
export interface Written {
  contract: string;
  name: string | null;
}

const writtenPlace = (id: string) => ({
  table: 'bank_file_row',
  column: 'written_sealed',
  id,
});

/** A row as the table has it. Sealing takes no transaction, so it is done before one is opened. */
export function rowToKeep(
  { crypto, newId }: { crypto: FieldCrypto; newId: () => string },
  file: BankFile,
  read: FileRow,
): Fields<BankFileRow> {
  const { contract, name, remarks } = read;
  const id = newId();
  const good = remarks.length === 0;
  const written = good && contract !== null ? JSON.stringify({ contract, name }) : null;
  return {
    ...{ id, bankFileId: file.id, rowNo: read.row, bankId: file.bankId, kind: file.kind },
    uploadedBy: file.startedBy,
    contractShown: contract === null ? null : shownContract(contract),
    nameMasked: name === null ? null : maskName(name.slice(0, 40)),
    writtenSealed: written && crypto.seal(written, writtenPlace(id)),
    ...{ reference: read.reference, paidOn: read.paidOn, amountFen: read.amountFen, loanId: null },
    ...{ outcome: good ? null : 'ERROR', remarks, state: 'CHECKED', repaymentId: null },
    ...{ workKey: null, resolution: null, resolvedBy: null, resolvedByName: null },
    ...{ resolvedAt: null, resolveReason: null, version: 1 },
  };
}

/** Loads and saves bank files within the work in hand. */
export class BankFileStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem bankfiles.absent */
  async get(id: string): Promise<BankFile> {
    const found = await findRow(this.work.tx, BankFile, { id });
    if (!found) throw P.absent();
    return found;
  }

  /** The file with these bytes that stands, null when there is none. */
  withDigest(digestKey: string): Promise<BankFile | null> {
    return findRow(this.work.tx, BankFile, { digestKey });
  }

  async add(row: Fields<BankFile>): Promise<void> {
    try {
      await insertRow(this.work.tx, BankFile, row);
    } catch (error) {
      // Another put the same file in at this moment: asked again, it is found.
      if (isUniqueViolation(error, 'bank_file')) {
        throw new RunAgain('The same file was put in by another', { cause: error });
      }
      throw error;
    }
  }

  /** @throws Problem platform.stale */
  update(row: BankFile, changes: Partial<Omit<Fields<BankFile>, 'version'>>): Promise<BankFile> {
    return updateVersioned(this.work.tx, BankFile, row, changes);
  }

  /**
   * Writes the file's row, so that a step of its task and a cancel wait for each other.
   * @throws Problem bankfiles.over when it is no longer in this state.
   */
  async hold(id: string, state: BankFileState): Promise<void> {
    const held = await this.work.tx.exec(
      'UPDATE bank_file SET state = state WHERE id = :id AND state = :state',
      { id, state },
    );
    if (held !== 1) throw P.over();
  }

  addRows(rows: readonly Fields<BankFileRow>[]): Promise<void> {
    return insertRows(this.work.tx, BankFileRow, rows);
  }

  /** @throws Problem bankfiles.row-absent */
  async row(id: string): Promise<BankFileRow> {
    const found = await findRow(this.work.tx, BankFileRow, { id });
    if (!found) throw P.rowAbsent();
    return found;
  }

  /** @throws Problem platform.stale */
  updateRow(
    row: BankFileRow,
    changes: Partial<Omit<Fields<BankFileRow>, 'version'>>,
  ): Promise<BankFileRow> {
    return updateVersioned(this.work.tx, BankFileRow, row, changes);
  }

  /** References that several rows of a file have, with the numbers of those rows. */
  async repeatedReferences(bankFileId: string): Promise<Map<string, number[]>> {
    const rows = await this.work.tx.rows<{ reference: string; rowNo: number }>(
      `SELECT r.reference AS reference, r.row_no AS rowNo
         FROM bank_file_row r
         JOIN (SELECT reference FROM bank_file_row
                WHERE bank_file_id = :bankFileId AND reference IS NOT NULL
                GROUP BY reference HAVING COUNT(*) > 1) twice ON twice.reference = r.reference
        WHERE r.bank_file_id = :bankFileId ORDER BY r.reference, r.row_no`,
      { bankFileId },
    );
    const found = new Map<string, number[]>();
    for (const { reference, rowNo } of rows) {
      found.set(reference, [...(found.get(reference) ?? []), rowNo]);
    }
    return found;
  }

  /** Rows with this reference that are not matched yet. */
  unmatchedWith(bankFileId: string, reference: string): Promise<BankFileRow[]> {
    return listRows(this.work.tx, BankFileRow, { bankFileId, reference, outcome: null });
  }

  /** Rows that are not matched yet, in the order of the file. */
  toMatch(bankFileId: string, limit: number): Promise<BankFileRow[]> {
    const where = { bankFileId, outcome: null };
    return listRows(this.work.tx, BankFileRow, where, { rowNo: 'asc' }, limit);
  }

  /** Contract number and name of a row that is not matched yet. */
  written({ id, writtenSealed }: BankFileRow): Written {
    return JSON.parse(this.work.crypto.open(writtenSealed as string, writtenPlace(id))) as Written;
  }

  /** Those of these keys under which a row is open. */
  async openKeys(keys: readonly string[]): Promise<Set<string>> {
    if (keys.length === 0) return new Set();
    const rows = await this.work.tx.rows<{ workKey: string }>(
      'SELECT work_key AS workKey FROM bank_file_row WHERE work_key IN (:keys)',
      { keys },
    );
    return new Set(rows.map(({ workKey }) => workKey));
  }

  /** Rows that a person must look at and that wait for the confirmation, in the order of the file. */
  toOpen(bankFileId: string, limit: number): Promise<BankFileRow[]> {
    const where = { bankFileId, outcome: [...WORK_OUTCOMES], state: 'CHECKED' as const };
    return listRows(this.work.tx, BankFileRow, where, { rowNo: 'asc' }, limit);
  }

  /** Makes a row work for somebody; one whose reference is open already is closed beside it. */
  async openRow(row: BankFileRow, changes: Partial<Fields<BankFileRow>> = {}): Promise<void> {
    const workKey = workKeyOf(row);
    const taken = (await this.openKeys([workKey])).size > 0;
    try {
      await this.updateRow(
        row,
        taken
          ? { ...changes, outcome: 'WAITING', state: 'CLOSED' }
          : { ...changes, state: 'OPEN', workKey },
      );
    } catch (error) {
      if (isUniqueViolation(error, 'bank_file_row')) {
        throw new RunAgain('The same payment was opened by another', { cause: error });
      }
      throw error;
    }
  }

  /** Closes at most `limit` rows of which nothing is to be made; returns how many. */
  async closeRest(bankFileId: string, limit: number): Promise<number> {
    const { tx } = this.work;
    const rows = await tx.rows<{ id: string }>(
      `SELECT id FROM bank_file_row
        WHERE bank_file_id = :bankFileId AND state = 'CHECKED' ORDER BY row_no LIMIT :limit`,
      { bankFileId, limit },
    );
    if (rows.length === 0) return 0;
    return tx.exec(
      "UPDATE bank_file_row SET state = 'CLOSED', version = version + 1 WHERE id IN (:ids)",
      { ids: rows.map(({ id }) => id) },
    );
  }

  /** Forgets what was written in rows that will not be matched any more. */
  async forgetWritten(bankFileId: string): Promise<void> {
    await this.work.tx.exec(
      `UPDATE bank_file_row SET written_sealed = NULL
        WHERE bank_file_id = :bankFileId AND written_sealed IS NOT NULL`,
      { bankFileId },
    );
  }
}
