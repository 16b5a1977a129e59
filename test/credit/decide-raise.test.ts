/** 审定增信: by a third person, never beyond what was asked and the band, under the rating it was asked under. */
import { applyRaise } from '../../src/credit/apply-raise';
import { checkRaise } from '../../src/credit/check-raise';
import { lineOn } from '../../src/credit/credit-line.queries';
import { decideRaise } from '../../src/credit/decide-raise';
import { lowerLine } from '../../src/credit/lower-line';
import { businessDate } from '../../src/platform/dates';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aLine,
  BANK,
  banker,
  lastPeriod,
  OTHER_BANK,
  openLines,
  refused,
  townsman,
  villager,
} from './lines';

describeEachDatabase('Deciding on a raise', (open) => {
  let county: County;
  let householdId: string;
  let raiseId: string;
  beforeAll(async () => {
    county = await openLines(open);
  });
  const all = () =>
    county.actor({
      permissions: ['credit.check-raise', 'credit.decide-raise'],
      org: { id: BANK, kind: 'bank' },
    });
  const check = (actor = townsman(county, 'credit.check-raise')) =>
    county.do(actor, checkRaise, { raiseId, outcome: 'agree', reason: '属实' });
  beforeEach(async () => {
    county.clock.set('2018-03-01');
    ({ householdId } = await aLine(county));
    ({ raiseId } = await county.do(villager(county, 'credit.apply-raise'), applyRaise, {
      householdId,
      total: '48000.00',
      ground: 'RED_LIST',
      evidence: '村红榜公示',
    }));
    county.clock.set('2018-03-05');
  });
  const decide = (changes: object = {}, actor = banker(county, 'credit.decide-raise')) =>
    county.do(actor, decideRaise, { raiseId, outcome: 'grant', reason: '同意', ...changes });

  test('granted, the line is higher from that day on', async () => {
    await check();
    expect(await decide()).toEqual({ raiseId, state: 'granted', total: '48000.00', version: 3 });
    const line = (date: string) =>
      lineOn(county.platform.db.reader(), householdId, businessDate(date));
    expect((await line('2018-03-04'))?.lineFen).toBe(4_000_000);
    expect((await line('2018-03-05'))?.lineFen).toBe(4_800_000);
    expect(await refused(county, () => decide())).toBe('credit.raise-state');
  });

  test('less than asked may be granted, more may not, nor as little as there is', async () => {
    await check();
    for (const total of ['48000.01', '40000.00']) {
      expect(await refused(county, () => decide({ total }))).toBe('credit.raise-amount');
    }
    expect(await decide({ total: '45000.00' })).toMatchObject({ total: '45000.00' });
  });

  test('rejected, the line stays', async () => {
    await check();
    const done = await decide({ outcome: 'reject' });
    expect(done).toMatchObject({ state: 'rejected', total: '40000.00' });
    expect(await lastPeriod(county, householdId)).toMatchObject({ seq: 1 });
  });

  test('before the township has checked it, it is not decided', async () => {
    expect(await refused(county, () => decide())).toBe('credit.raise-state');
  });

  test('who checked it does not decide it', async () => {
    const actor = all();
    await check(actor);
    expect(await refused(county, () => decide({}, actor))).toBe('credit.raise-own');
  });

  test('after a new rating or another change of the line it is out of date', async () => {
    await check();
    const input = { householdId, total: '30000.00', reason: '试' };
    await county.do(banker(county, 'credit.lower-line'), lowerLine, input);
    expect(await refused(county, () => decide())).toBe('credit.raise-outdated');
    await aLine(county, { householdId });
    expect(await refused(county, () => decide())).toBe('credit.raise-outdated');
    expect(await decide({ outcome: 'reject' })).toMatchObject({ state: 'rejected' });
  });

  test('without permission, or from another bank, it is refused', async () => {
    await check();
    expect(await refused(county, () => decide({}, townsman(county, 'credit.read')))).toBe(
      'platform.not-permitted',
    );
    const other = banker(county, 'credit.decide-raise', OTHER_BANK);
    expect(await refused(county, () => decide({}, other))).toBe('platform.absent');
  });
});
