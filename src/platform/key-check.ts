/**
 * The keys a database was begun with. Writing a night's entries or a household's ID number under other keys (a
 * command run without XINFU_KEYS, say) could not be undone, so a service with the wrong keys does not start.
 */

import type { FieldCrypto } from './crypto/field-crypto';
import type { Sql } from './db/database';
import type { Platform } from './work';

const SETTING = 'platform.key-check';

/** The keys of this instance are not those of the database. */
export class WrongKeys extends Error {
  override readonly name = 'WrongKeys';

  constructor() {
    super(
      '密钥(XINFU_KEYS)与数据库建立时所用的不同，已停止以免写坏数据；请改用原来的密钥。' +
        ' (XINFU_KEYS are not the keys this database was begun with)',
    );
  }
}

const printOf = (crypto: FieldCrypto): string => crypto.mac(SETTING);

/** @throws WrongKeys when the database was begun with another audit key. Notes the print of a new database. */
export async function requireKeys({ db, crypto }: Pick<Platform, 'db' | 'crypto'>): Promise<void> {
  const row = { name: SETTING, value: printOf(crypto), version: 0 };
  await db.inTransaction(async (tx) => {
    const columns = Object.keys(row);
    await tx.exec(tx.dialect.insertOrKeep('setting', columns, ['name']), row);
  });
  if (!(await keysFit(db.reader(), crypto))) throw new WrongKeys();
}

/** Whether these keys are the database's; true also where the database does not say. Changes nothing. */
export async function keysFit(sql: Sql, crypto: FieldCrypto): Promise<boolean> {
  const row = await sql.one<{ value: string }>('SELECT value FROM setting WHERE name = :name', {
    name: SETTING,
  });
  return row === null || row.value === printOf(crypto);
}
