/** Progress of rating: the figures against a table made by hand, and the pure counting. */

import { useEvidence } from '../../src/credit/evidence';
import { openCase } from '../../src/credit/open-case';
import { isComplete, type Progress, ratesOf, sumOf } from '../../src/credit/progress';
import { showProgress } from '../../src/credit/progress.queries';
import type { Fen } from '../../src/platform/money';
import { aHousehold, OTHER_VILLAGE, VILLAGE } from '../households/register';
import { type County, PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aConfirmedRating,
  BANK,
  collected,
  computed,
  fixedEvidence,
  openCredit,
  type People,
  people,
  records,
} from './bank';
import { defaultCard } from './cards';
import { aRound, fillIn } from './rounds';

describe('A file', () => {
  const card = defaultCard();
  test.each([
    [5, 5, true],
    [4, 5, false],
    [5, 4, false],
    [0, 0, false],
    [6, 9, true],
  ])('with %i answers and %i sheets is complete: %s', (answers, sheets, complete) => {
    expect(isComplete(card, { answers, sheets })).toBe(complete);
  });

  test('needs no sheets where the card has no appraisal', () => {
    const blocks = card.blocks.map((block) => ({
      ...block,
      items: block.items.filter((item) => item.input !== 'APPRAISAL'),
    }));
    expect(isComplete({ ...card, blocks }, { answers: 5, sheets: 0 })).toBe(true);
  });
});

test('rates of nothing have no value; the total is counted, not averaged', () => {
  const one = (listed: number, collected: number): Progress => ({
    ...{ listed, collected, graded: 0, lined: 0, lineFen: 0 as Fen, using: 0 },
  });
  expect(ratesOf(one(0, 0))).toEqual({
    ...{ collectedRate: null, gradedRate: null, gradedOfFiles: null, linedRate: null },
    useRate: null,
  });
  expect(ratesOf(sumOf([one(1, 1), one(2, 0)])).collectedRate).toBe('33.33');
});

describeEachDatabase('Progress of rating', (open) => {
  let county: County;
  let by: People;
  let lined: string;
  const used = new Map<string, Fen>();
  const lenders = new Map<string, string[]>();

  beforeAll(async () => {
    county = await openCredit(open);
    by = people(county);
    useEvidence({
      ...fixedEvidence(records, used),
      lendersOf: async (_sql, ids) =>
        new Map(ids.flatMap((id) => (lenders.has(id) ? [[id, lenders.get(id) as string[]]] : []))),
    });
    const home = async (changes: object = {}) =>
      (await aHousehold(county, undefined, changes)).householdId;
    // 城关村: two with a line, one of them borrowing; one computed; one collected; one just opened; one untouched.
    lined = await home();
    await aConfirmedRating(county, lined, { by });
    lenders.set(lined, [BANK, 'OTHER-BANK']);
    await aConfirmedRating(county, await home(), { by });
    await computed(county, await home(), { by });
    await collected(county, await home(), { by });
    await county.do(by.collector, openCase, { householdId: await home() });
    await home();
    // The other township: one untouched, one that borrows without a line.
    const without = await home({ regionCode: OTHER_VILLAGE });
    lenders.set(without, [BANK]);
    await home({ regionCode: OTHER_VILLAGE });
  });
  afterAll(() => county.close());

  const figures = (of: object) => {
    const { listed, collected: files, graded, lined: lines, using } = of as Progress;
    return [listed, files, graded, lines, using];
  };

  test('by village, by township and in all', async () => {
    for (const [asked, first] of [
      ['village', VILLAGE],
      ['township', '450328100000'],
    ] as const) {
      const seen = await county.ask(by.reader, showProgress, { by: asked });
      expect(seen.items.map((one) => one.key)).toEqual([
        first,
        asked === 'village' ? OTHER_VILLAGE : '450328103000',
      ]);
      expect(seen.items.map(figures)).toEqual([
        [6, 4, 2, 2, 1],
        [2, 0, 0, 0, 0],
      ]);
      expect(seen.items[0]).toMatchObject({
        ...{ line: '80000.00', collectedRate: '66.67', gradedRate: '33.33' },
        ...{ gradedOfFiles: '50.00', linedRate: '33.33', useRate: '50.00' },
      });
      expect(seen.items[1]).toMatchObject({ collectedRate: '0.00', useRate: null });
      expect(figures(seen.total)).toEqual([8, 4, 2, 2, 1]);
      expect(seen.total.collectedRate).toBe('50.00');
    }
  });

  test('by bank: lines of the bank that decided, use of the bank that lends', async () => {
    const seen = await county.ask(by.reader, showProgress, { by: 'bank' });
    expect(seen.items.map((one) => [one.key, one.graded, one.lined, one.using])).toEqual([
      [BANK, 2, 2, 1],
      ['OTHER-BANK', 0, 0, 1],
    ]);
    const banker = county.actor({
      permissions: ['credit.read'],
      org: { id: 'branch', rootId: BANK, kind: 'bank' },
    });
    const own = await county.ask(banker, showProgress, { by: 'bank' });
    expect(own.items.map((one) => one.key)).toEqual([BANK]);
  });

  test('a line that has run out, or that does not hold yet, does not count', async () => {
    county.clock.set('2020-03-01');
    const late = await county.ask(by.reader, showProgress, { by: 'township', region: VILLAGE });
    expect(figures(late.total)).toEqual([6, 4, 0, 0, 0]);
    county.clock.set('2018-03-01');
  });

  test('of one round: its own files, grades and lines', async () => {
    const { roundId } = await aRound(county, { region: VILLAGE });
    const before = await county.ask(by.reader, showProgress, { by: 'village', roundId });
    // Two have lines, three files: one is left for the round.
    expect(figures(before.total)).toEqual([6, 0, 0, 0, 0]);
    const untouched = await county.platform.db
      .reader()
      .one<{ id: string }>('SELECT household_id AS id FROM rating_case WHERE round_id = :roundId', {
        roundId,
      });
    await fillIn(county, untouched?.id as string, { by });
    const after = await county.ask(by.reader, showProgress, { by: 'village', roundId });
    expect(figures(after.total)).toEqual([6, 1, 0, 0, 0]);
    const other = { by: 'village', roundId, region: OTHER_VILLAGE };
    expect((await county.ask(by.reader, showProgress, other)).items).toEqual([]);
  });

  test('nobody sees figures beyond the own region', async () => {
    const village = people(county, VILLAGE).reader;
    expect((await county.ask(village, showProgress, {})).total.listed).toBe(6);
    for (const region of [PLACES.county, OTHER_VILLAGE]) {
      const asked = county.ask(village, showProgress, { region });
      expect(await county.refusal(asked)).toBe('platform.absent');
    }
    expect(await county.refusal(county.ask(by.village, showProgress, {}))).toBe(
      'platform.not-permitted',
    );
  });
});
