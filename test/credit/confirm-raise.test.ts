/** 复核提高的额度: a second person of the same bank agrees, or the line stays as computed. */
import { lineOn } from '../../src/credit';
import { confirmRaise } from '../../src/credit/confirm-raise';
import { decide } from '../../src/credit/decide';
import { businessDate } from '../../src/platform/dates';
import { aHousehold } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { checked, openCredit, type People, people, refused } from './bank';

describeEachDatabase('A second person decides on a raise', (open) => {
  let county: County;
  let by: People;
  let householdId: string;
  beforeAll(async () => {
    county = await openCredit(open);
    by = people(county);
  });
  beforeEach(async () => {
    ({ householdId } = await aHousehold(county));
  });

  const raised = async () => {
    const { ratingId, contentDigest } = await checked(county, householdId, { by });
    const raise = { ratingId, contentDigest, outcome: 'raise', line: '45000.00', reason: '产业好' };
    await county.do(by.approver, decide, raise);
    return { ratingId, contentDigest };
  };
  const second = (shown: object, more: object = {}, actor = by.second) =>
    county.do(actor, confirmRaise, { ...shown, line: '45000.00', outcome: 'agree', ...more });
  const line = async () =>
    (await lineOn(county.platform.db.reader(), householdId, businessDate('2018-03-01')))?.lineFen;

  test('agreed, the higher line holds; the computed one is kept beside it', async () => {
    const done = await second(await raised());
    expect(done).toMatchObject({ state: 'confirmed', grade: 'B', line: '45000.00' });
    expect(await line()).toBe(4_500_000);
    const [row] = await county.platform.db
      .reader()
      .rows('SELECT * FROM rating WHERE id = :id', { id: done.ratingId });
    expect(row).toMatchObject({ computed_line_fen: 4_000_000, decided_by: by.second.id });
  });

  test('declined with a reason, the line holds as computed', async () => {
    const shown = await raised();
    await refused(county, 'credit.reason-missing', () => second(shown, { outcome: 'decline' }));
    const done = await second(shown, { outcome: 'decline', reason: '依据不足' });
    expect(done).toMatchObject({ state: 'confirmed', line: '40000.00' });
    expect(await line()).toBe(4_000_000);
  });

  test('who proposed the raise does not confirm it', async () => {
    const shown = await raised();
    await refused(county, 'credit.same-person', () => second(shown, {}, by.approver));
  });

  test('another bank, another amount or other content than was shown is refused', async () => {
    const shown = await raised();
    const stranger = {
      ...by.second,
      organisation: { id: 'X', rootId: 'X', kind: 'bank' as const },
    };
    await refused(county, 'platform.absent', () => second(shown, {}, stranger));
    await refused(county, 'credit.content-changed', () => second(shown, { line: '50000.00' }));
    const other = { ...shown, contentDigest: 'e'.repeat(64) };
    await refused(county, 'credit.content-changed', () => second(other));
  });

  test('where no raise waits, or without permission, it is refused', async () => {
    const plain = await checked(county, householdId, { by });
    const { ratingId, contentDigest } = plain;
    await refused(county, 'credit.not-proposed', () => second({ ratingId, contentDigest }));
    await refused(county, 'platform.not-permitted', () =>
      second({ ratingId, contentDigest }, {}, by.township),
    );
    const nothing = { ratingId: '0'.repeat(26), contentDigest };
    await refused(county, 'credit.rating-absent', () => second(nothing));
  });
});
