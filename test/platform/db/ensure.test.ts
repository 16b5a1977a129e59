/** Owner rows: made once, and no deadlock when many transactions need the same one. On both databases. */
import { ensureRow } from '../../../src/platform/db/ensure';
import { type County, openCounty } from '../../support/county';
import { describeEachDatabase } from '../../support/databases';

describeEachDatabase('An owner row', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openCounty(open);
  });
  afterAll(() => county.close());

  const count = () =>
    county.system(async (work) => {
      await ensureRow(work.tx, 'setting', { name: 'owner', value: '0', version: 0 }, ['name']);
      await work.tx.exec(`UPDATE setting SET version = version + 1 WHERE name = 'owner'`);
    });

  test('when it is missing, then it is made; when it is there, then it is left as it is', async () => {
    await count();
    await count();
    const row = await county.platform.db
      .reader()
      .one<{ version: number }>(`SELECT version FROM setting WHERE name = 'owner'`);
    expect(row).toEqual({ version: 2 });
  });

  test('when 24 transactions need a standing row at once, then none of them has to be run again', async () => {
    let tries = 0;
    const once = () =>
      county.system(async (work) => {
        tries += 1;
        await ensureRow(work.tx, 'setting', { name: 'owner', value: '0', version: 0 }, ['name']);
        await work.tx.exec(`UPDATE setting SET version = version + 1 WHERE name = 'owner'`);
      });
    await Promise.all(Array.from({ length: 24 }, once));
    expect(tries).toBe(24);
  });
});
