/** 采集评级信息: levels of the card, added and never overwritten; what the system knows is not typed. */
import { collect } from '../../src/credit/collect';
import { openCase } from '../../src/credit/open-case';
import { aHousehold } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { computed, openCredit, type People, people, refused } from './bank';

describeEachDatabase('Collecting for a rating', (open) => {
  let county: County;
  let by: People;
  let caseId: string;
  beforeAll(async () => {
    county = await openCredit(open);
    by = people(county);
  });
  beforeEach(async () => {
    const { householdId } = await aHousehold(county);
    ({ caseId } = await county.do(by.collector, openCase, { householdId }));
  });

  const give = (input: object, actor = by.collector) =>
    county.do(actor, collect, { caseId, version: 1, ...input });
  const skill = (level: string) => ({ items: [{ item: 'SKILL', level }] });

  test('entries are kept one after the other, with who gave them and when', async () => {
    await give({ items: [{ item: 'SKILL', level: 'NOT_KNOWN', note: '本人外出' }] });
    const second = await give({
      version: 2,
      ...skill('TRAINED'),
      assets: [{ item: 'HOUSE', quantity: 1, value: '80000.00' }],
    });
    expect(second).toEqual({ caseId, state: 'collecting', version: 3 });
    const entries = await county.platform.db
      .reader()
      .rows(
        'SELECT seq, item, level, quantity, value_fen, note, given_by FROM rating_case_item WHERE case_id = :caseId ORDER BY seq',
        { caseId },
      );
    const given = { given_by: by.collector.id };
    const asset = { quantity: null, value_fen: null };
    expect(entries).toEqual([
      { seq: 1, item: 'SKILL', level: 'NOT_KNOWN', note: '本人外出', ...asset, ...given },
      { seq: 2, item: 'SKILL', level: 'TRAINED', note: null, ...asset, ...given },
      {
        seq: 3,
        item: 'HOUSE',
        level: null,
        note: null,
        quantity: 1,
        value_fen: 8_000_000,
        ...given,
      },
    ]);
  });

  test.each([
    ['the repayment record', 'REPAYMENT_HISTORY', 'ON_TIME'],
    ['the able workers', 'ABLE_WORKERS', 'TWO'],
    ['the village appraisal', 'VILLAGE_APPRAISAL', 'GOOD'],
  ])('%s cannot be typed', async (_name, item, level) => {
    await refused(county, 'credit.evidence-typed', () => give({ items: [{ item, level }] }));
  });

  test.each([
    ['an item that the card does not have', { items: [{ item: 'CASTE', level: 'GOOD' }] }],
    ['a level that the item does not have', skill('EXCELLENT')],
    ['an item twice', { items: [...skill('SKILLED').items, ...skill('NONE').items] }],
    ['an asset that scores', { assets: [{ item: 'SKILL', quantity: 1 }] }],
  ])('%s is refused', async (_name, input) => {
    await refused(county, 'credit.inputs-invalid', () => give(input));
  });

  test('of two officers who saw the same file, the later one is told so', async () => {
    await give(skill('TRAINED'));
    await refused(county, 'platform.stale', () => give(skill('SKILLED')));
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => give({ version: 2, ...skill('SKILLED') }, people(county).collector)),
    );
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost.map(({ reason }) => reason.code)).toEqual(Array(2).fill('platform.stale'));
  });

  test('once computed, nothing is added', async () => {
    const { householdId } = await aHousehold(county);
    const rating = await computed(county, householdId);
    const late = { caseId: rating.caseId, version: rating.version, ...skill('SKILLED') };
    await refused(county, 'credit.not-collecting', () => give(late));
  });

  test('without permission, from another township, or for nothing it is refused', async () => {
    await refused(county, 'platform.not-permitted', () => give(skill('NONE'), by.reader));
    const far = people(county, '450328103000').collector;
    await refused(county, 'platform.absent', () => give(skill('NONE'), far));
    const nothing = { ...skill('NONE'), caseId: '0'.repeat(26) };
    await refused(county, 'credit.case-absent', () => give(nothing));
  });
});
