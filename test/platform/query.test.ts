/** Reads: the scope cannot be forgotten, and pages by keyset show every row once. On both databases. */
import { ask, defineQuery, pageFields, pageOf, readPage } from '../../src/platform/query';
import { answer, shape } from '../../src/platform/shape';
import { type County, openCounty, PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { forgetful, listEntries, makeCounter } from '../support/toys';

interface Line {
  name: string;
  at: number;
}

const pages = defineQuery({
  name: 'toys.pages',
  title: '分页',
  permission: 'toys.read',
  input: shape<{ after?: string; size?: number }>({ ...pageFields }),
  answer: pageOf(shape<Line>({ name: answer.text(), at: answer.count() })),
  run: (read, input) =>
    readPage<Line>(
      read,
      `SELECT e.subject_id AS name, e.at AS at FROM audit_entry e
        WHERE {scope:e.region_code} AND e.act = 'toys.make' AND {after}`,
      {},
      {
        keys: [
          { sql: 'e.at', field: 'at' },
          { sql: 'e.subject_id', field: 'name' },
        ],
        direction: 'desc',
      },
      input,
    ),
});

describeEachDatabase('Queries', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openCounty(open);
    const maker = county.actor({ permissions: ['toys.make'] });
    for (let n = 0; n < 25; n += 1) {
      if (n % 4 === 0) county.clock.stepMs(1000);
      await county.do(maker, makeCounter, { name: `c${n}`, region: '450328100001' });
    }
  });
  afterAll(() => county.close());

  const reader = (region: string = PLACES.county) =>
    county.actor({ permissions: ['toys.read'], region });

  test('when a query forgets its scope, then it is refused as a defect', async () => {
    await expect(county.ask(reader(), forgetful)).rejects.toThrow(/scope/);
  });

  test('when the permission is missing, then nothing is read', async () => {
    const nobody = county.actor({ permissions: [] });
    expect(await county.refusal(county.ask(nobody, listEntries))).toBe('platform.not-permitted');
  });

  const regions: [string, string, number][] = [
    ['the country', '000000000000', 25],
    ['the province', '450000000000', 25],
    ['the county', '450328000000', 25],
    ['the township', '450328100000', 25],
    ['the village', '450328100001', 25],
    ['the next village', '450328100002', 0],
    ['the next township', '450328101000', 0],
    ['another county', '450226000000', 0],
  ];
  test.each(regions)('when %s asks, then it sees what it covers', async (_, region, count) => {
    expect(await county.ask(reader(region), listEntries)).toHaveLength(count);
  });

  test.each([1, 3, 7, 24, 25, 200])(
    'when pages of %i are read, then each row comes once, in order',
    async (size) => {
      const names: string[] = [];
      let after: string | undefined;
      for (;;) {
        const page = await county.ask(reader(), pages, { size, after });
        names.push(...page.items.map((line) => line.name));
        if (page.next === null) break;
        after = page.next;
      }
      const whole = await county.ask(reader(), pages, { size: 200 });
      expect(names).toEqual(whole.items.map((line) => line.name));
      expect(new Set(names).size).toBe(25);
    },
  );

  test.each(['bm90LW91cnM', 'W10', '!!', 'WyJhIl0'])(
    'when the mark is %s, then it is refused',
    async (after) => {
      const attempt = ask(county.platform, pages, reader(), { after });
      expect(await county.refusal(attempt)).toBe('platform.invalid-input');
    },
  );
});
