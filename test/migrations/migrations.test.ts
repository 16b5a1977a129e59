import { columnsOf, describeEachDatabase } from '../support/databases';
describeEachDatabase('smoke', (open, kind) => {
  test('opens', async () => {
    const t0 = performance.now();
    const db = await open();
    console.log(kind, performance.now() - t0);
    const c = await columnsOf(db);
    console.log(c);
    const t1 = performance.now();
    const db2 = await open();
    console.log(kind, performance.now() - t1, await db2.pendingMigrations());
  });
});
