/** 申诉: by a member, once for each decision, within its days, with a day by which it is decided. */
import { listAppeals } from '../../src/credit/appeal.queries';
import { fileAppeal } from '../../src/credit/file-appeal';
import { freezeLine } from '../../src/credit/freeze-line';
import { aHousehold } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aLine, banker, openLines, refused, villager } from './lines';

describeEachDatabase('Appealing', (open) => {
  let county: County;
  let householdId: string;
  let memberId: string;
  let ratingId: string;
  beforeAll(async () => {
    county = await openLines(open);
  });
  beforeEach(async () => {
    county.clock.set('2018-03-01');
    const household = await aHousehold(county);
    ({ householdId, headId: memberId } = household);
    ({ ratingId } = await aLine(county, { householdId }));
  });
  const worker = () => villager(county, 'credit.file-appeal');
  const appeal = (against: object = { ratingId }, actor = worker()) =>
    county.do(actor, fileAppeal, { householdId, memberId, reason: '评分有误', ...against });
  const freeze = () =>
    county.do(banker(county, 'credit.freeze-line'), freezeLine, { householdId, reason: '待查' });

  test('against a rating: it is due five working days later', async () => {
    // 1 March 2018 was a Thursday.
    expect(await appeal()).toMatchObject({ state: 'open', dueOn: '2018-03-08' });
    expect(await refused(county, () => appeal())).toBe('credit.appeal-made');
  });

  test('against a freeze of the line, not against the grant of it', async () => {
    expect(await refused(county, () => appeal({ lineSeq: 1 }))).toBe('credit.appeal-against');
    await freeze();
    expect(await appeal({ lineSeq: 2 })).toMatchObject({ state: 'open' });
    expect(await refused(county, () => appeal({ lineSeq: 2 }))).toBe('credit.appeal-made');
    expect(await refused(county, () => appeal({ lineSeq: 3 }))).toBe('credit.appeal-against');
  });

  test('on the 30th day it is taken, on the 31st it is too late', async () => {
    county.clock.set('2018-04-01');
    expect(await refused(county, () => appeal())).toBe('credit.appeal-late');
    county.clock.set('2018-03-31');
    expect(await appeal()).toMatchObject({ state: 'open' });
  });

  test('one thing is named, not both and not none', async () => {
    for (const against of [{}, { ratingId, lineSeq: 1 }]) {
      expect(await refused(county, () => appeal(against))).toBe('credit.appeal-against');
    }
  });

  test("another household's rating or member is refused", async () => {
    const other = await aLine(county);
    const theirs = { ratingId: other.ratingId };
    expect(await refused(county, () => appeal(theirs))).toBe('credit.appeal-against');
    const stranger = { ratingId, memberId: (await aHousehold(county)).headId };
    expect(await refused(county, () => appeal(stranger))).toBe('credit.appeal-member');
  });

  test('when the holidays of that time are not laid down, it is taken without a due date', async () => {
    county.clock.set('2026-12-28');
    const { ratingId: late } = await aLine(county, { householdId });
    expect(await appeal({ ratingId: late })).toMatchObject({ state: 'open', dueOn: null });
  });

  test('what is not decided in time is on the list of overdue appeals', async () => {
    const { appealId } = await appeal();
    const overdue = async () => {
      const page = await county.ask(worker(), listAppeals, { overdue: true });
      return (page.items as { id: string }[]).some(({ id }) => id === appealId);
    };
    county.clock.set('2018-03-08');
    expect(await overdue()).toBe(false);
    county.clock.set('2018-03-09');
    expect(await overdue()).toBe(true);
  });

  test('without permission, or from another village, it is refused', async () => {
    const clerk = villager(county, 'credit.read');
    expect(await refused(county, () => appeal({ ratingId }, clerk))).toBe('platform.not-permitted');
    const stranger = villager(county, 'credit.file-appeal', '450328103200');
    expect(await refused(county, () => appeal({ ratingId }, stranger))).toBe('platform.absent');
  });
});
