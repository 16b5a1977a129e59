/** Which row rules on which day, in which place. */
import fc from 'fast-check';
import { addDays, businessDate } from '../../src/platform/dates';
import {
  clashOf,
  lastDayOf,
  type RowDates,
  regionLine,
  rowOn,
  spansOf,
} from '../../src/policy/timeline';

const NATION = '000000000000';
const GUANGXI = '450000000000';
const COUNTY = '450328000000';
const VILLAGE = '450328100201';

function row(id: string, region: string, from: string, to: string | null = null): RowDates {
  const effectiveTo = to === null ? null : businessDate(to);
  return { id, region, effectiveFrom: businessDate(from), effectiveTo };
}

const ROWS = [
  row('nation-14', NATION, '2014-12-01', '2016-12-31'),
  row('nation-18', NATION, '2018-01-01'),
  row('nation-21', NATION, '2021-01-01'),
  row('guangxi-19', GUANGXI, '2019-01-01', '2019-12-31'),
  row('county-19', COUNTY, '2019-07-01', '2019-09-30'),
  row('county-20', COUNTY, '2020-01-01'),
  row('county-22', COUNTY, '2022-01-01', '2022-06-30'),
];

test('a region and everything above it, nearest first', () => {
  expect(regionLine(VILLAGE)).toEqual([
    VILLAGE,
    '450328100000',
    COUNTY,
    '450300000000',
    GUANGXI,
    NATION,
  ]);
  expect(regionLine(COUNTY)).toEqual([COUNTY, '450300000000', GUANGXI, NATION]);
  expect(regionLine(GUANGXI)).toEqual([GUANGXI, NATION]);
  expect(regionLine(NATION)).toEqual([NATION]);
});

test.each([
  ['before the first row', VILLAGE, '2014-11-30', null],
  ['on the first day of the first row', VILLAGE, '2014-12-01', 'nation-14'],
  ['on the last day of a closed row', COUNTY, '2016-12-31', 'nation-14'],
  ['in a gap of the country', COUNTY, '2017-06-01', null],
  ['on the last day of a gap', NATION, '2017-12-31', null],
  ['after the gap', COUNTY, '2018-01-01', 'nation-18'],
  ['on the last day of an open row', NATION, '2020-12-31', 'nation-18'],
  ['on the day a later row of the region starts', NATION, '2021-01-01', 'nation-21'],
  ['where the province has a row of its own', COUNTY, '2019-06-30', 'guangxi-19'],
  ['where the county has one too', VILLAGE, '2019-07-01', 'county-19'],
  ['for the province itself on that day', GUANGXI, '2019-07-01', 'guangxi-19'],
  ['for another province on that day', '110000000000', '2019-07-01', 'nation-18'],
  ['for another county of the province on that day', '450226000000', '2019-07-01', 'guangxi-19'],
  ['when the row of the county has ended', VILLAGE, '2019-10-01', 'guangxi-19'],
  ['when that of the province has ended too', '450226000000', '2020-01-01', 'nation-18'],
  ['under an open row of the county', VILLAGE, '2021-12-31', 'county-20'],
  ['under the row that ended it', COUNTY, '2022-06-30', 'county-22'],
  ['when that has ended: the earlier row does not come back', COUNTY, '2022-07-01', 'nation-21'],
])('%s', (_, region, date, expected) => {
  expect(rowOn(ROWS, region, businessDate(date))?.id ?? null).toBe(expected);
});

test('the order in which rows come does not matter', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(ROWS, { minLength: ROWS.length }), (rows) => {
      const date = businessDate('2019-07-01');
      expect(rowOn(rows, VILLAGE, date)?.id).toBe('county-19');
    }),
  );
});

test('the last day is the own one or the day before the successor', () => {
  const lastDay = (id: string) => lastDayOf(ROWS, ROWS.find((one) => one.id === id)!);
  expect(lastDay('nation-14')).toBe('2016-12-31');
  expect(lastDay('nation-18')).toBe('2020-12-31');
  expect(lastDay('nation-21')).toBeNull();
  expect(lastDay('county-20')).toBe('2021-12-31');
  expect(lastDay('county-19')).toBe('2019-09-30');
});

describe('spans', () => {
  const spans = (region: string, from: string, until: string) =>
    spansOf(ROWS, region, businessDate(from), businessDate(until)).map((span) => [
      span.row?.id ?? null,
      span.from,
      span.untilExclusive,
    ]);

  test('are cut where the ruling row changes, and nowhere else', () => {
    expect(spans(VILLAGE, '2019-06-21', '2019-12-21')).toEqual([
      ['guangxi-19', '2019-06-21', '2019-07-01'],
      ['county-19', '2019-07-01', '2019-10-01'],
      ['guangxi-19', '2019-10-01', '2019-12-21'],
    ]);
    // nation-21 starts within, but the county has a row of its own.
    expect(spans(COUNTY, '2020-12-21', '2021-03-21')).toEqual([
      ['county-20', '2020-12-21', '2021-03-21'],
    ]);
  });

  test('tell the days without a row', () => {
    expect(spans(COUNTY, '2016-12-30', '2018-01-02')).toEqual([
      ['nation-14', '2016-12-30', '2017-01-01'],
      [null, '2017-01-01', '2018-01-01'],
      ['nation-18', '2018-01-01', '2018-01-02'],
    ]);
    expect(spans(COUNTY, '2018-01-01', '2018-01-01')).toEqual([]);
  });

  test('agree with the day, whatever the rows', () => {
    const first = businessDate('2018-01-01');
    const rowsOf = fc.uniqueArray(
      fc.record({
        region: fc.constantFrom(NATION, GUANGXI, COUNTY),
        start: fc.nat(40),
        length: fc.option(fc.integer({ min: 1, max: 15 })),
      }),
      { selector: (one) => `${one.region}${one.start}`, maxLength: 8 },
    );
    fc.assert(
      fc.property(rowsOf, fc.nat(45), fc.nat(45), (drafts, a, b) => {
        const rows = drafts.map(({ region, start, length }, index) => ({
          id: String(index),
          region,
          effectiveFrom: addDays(first, start),
          effectiveTo: length === null ? null : addDays(first, start + length - 1),
        }));
        const [from, until] = [addDays(first, Math.min(a, b)), addDays(first, Math.max(a, b))];
        const told = spansOf(rows, VILLAGE, from, until);
        for (let day = from, at = 0; day < until; day = addDays(day, 1)) {
          if (day === told[at]!.untilExclusive) at += 1;
          expect(told[at]!.row).toBe(rowOn(rows, VILLAGE, day));
        }
        for (const [index, span] of told.entries()) {
          expect(span.from).toBe(index === 0 ? from : told[index - 1]!.untilExclusive);
          if (index > 0) expect(span.row).not.toBe(told[index - 1]!.row);
        }
        expect(told[told.length - 1]?.untilExclusive ?? from).toBe(until);
      }),
    );
  });
});

describe('a new row', () => {
  const own = [
    row('a', COUNTY, '2018-01-01', '2018-06-30'),
    row('b', COUNTY, '2019-01-01'),
    row('c', COUNTY, '2020-01-01', '2020-12-31'),
  ];
  test.each([
    ['starts after every other', '2021-01-01', null, null],
    ['ends the last one before its time', '2020-06-01', null, null],
    ['starts on the day of another', '2019-01-01', '2019-06-30', 'b'],
    ['starts on the day of the last one', '2020-01-01', null, 'c'],
    ['fills a gap', '2018-07-01', '2018-12-31', null],
    ['fills the time before the first', '2017-01-01', '2017-12-31', null],
    ['runs out of the gap by a day', '2018-07-01', '2019-01-01', 'b'],
    ['runs out of the gap without an end', '2018-07-01', null, 'b'],
    ['starts in a closed row', '2018-06-30', '2018-12-31', 'a'],
    ['starts in an open row that has a successor', '2019-06-01', '2019-06-30', 'b'],
    ['lies before the first and runs into it', '2017-01-01', '2018-01-01', 'a'],
  ])('that %s', (_, from, to, expected) => {
    const { effectiveFrom, effectiveTo } = row('new', COUNTY, from, to);
    expect(clashOf(own, { effectiveFrom, effectiveTo })?.id ?? null).toBe(expected);
  });

  test('that is admitted never changes the rule of a day before the last start', () => {
    const first = businessDate('2018-01-01');
    const draft = fc.record({
      start: fc.nat(60),
      length: fc.option(fc.integer({ min: 1, max: 20 })),
    });
    fc.assert(
      fc.property(fc.array(draft, { minLength: 1, maxLength: 10 }), (drafts) => {
        const rows: RowDates[] = [];
        for (const [index, { start, length }] of drafts.entries()) {
          const effectiveFrom = addDays(first, start);
          const effectiveTo = length === null ? null : addDays(effectiveFrom, length - 1);
          const added = { id: String(index), region: COUNTY, effectiveFrom, effectiveTo };
          const before = [...rows];
          if (clashOf(rows, added)) continue;
          rows.push(added);
          const last = before.every((other) => other.effectiveFrom < effectiveFrom);
          for (let n = 0; n < 90; n += 1) {
            const day = addDays(first, n);
            const old = rowOn(before, COUNTY, day);
            if (old && !(last && day >= effectiveFrom)) expect(rowOn(rows, COUNTY, day)).toBe(old);
          }
        }
      }),
    );
  });
});
