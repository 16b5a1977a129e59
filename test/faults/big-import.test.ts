/** A list of 100,000 rows is checked and imported in little memory, on both databases. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { ImportReport } from '../households/import-child';
import { mysqlPlace, sqlitePlace, type TestPlace } from '../support/databases';

const MOST_MEGABYTES = 300;
const HOUSEHOLDS = 28_500;

/** Without it Node lets garbage lie until there is more of it than the limit; what is alive is some 60 MB. */
const HEAP = '--max-old-space-size=160';

describe('An import of 100,000 rows', () => {
  const places: [name: string, place: TestPlace | undefined][] = [
    ['SQLite', sqlitePlace()],
    ['MariaDB', mysqlPlace(true)],
  ];
  afterAll(async () => {
    for (const [, place] of places) await place?.remove();
  });

  const there = places.flatMap(([name, place]) => (place ? [[name, place] as const] : []));

  test.each(there)(
    'stays under 300 MB on %s',
    (_name, { url }) => {
      const child = join(__dirname, '../households/import-child.ts');
      const args = [HEAP, '--import', 'tsx', child, url, String(HOUSEHOLDS)];
      const report: ImportReport = JSON.parse(execFileSync(process.execPath, args).toString());
      process.stdout.write(`${JSON.stringify(report)}\n`);
      expect(report.entered).toBe(HOUSEHOLDS);
      expect(report.rows).toBeGreaterThan(100_000);
      expect(report.megabytes).toBeLessThan(MOST_MEGABYTES);
    },
    900_000,
  );
});
