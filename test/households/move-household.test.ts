/** 农户迁移: one village on every day, both places covered, and a listener may stop it. */
import { householdChanging, householdFor, placeOn } from '../../src/households';
import { showHousehold } from '../../src/households/household-screen.queries';
import { moveHousehold } from '../../src/households/move-household';
import { businessDate } from '../../src/platform/dates';
import { PlatformProblem } from '../../src/platform/problems';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aHousehold,
  editor,
  FOREIGN_VILLAGE,
  OTHER_VILLAGE,
  openRegister,
  refusedUnchanged,
  TOWNSHIP,
  VILLAGE,
} from './register';

describeEachDatabase('Moving a household', (open) => {
  let county: County;
  let householdId: string;
  let stopped: string | null = null;
  beforeAll(async () => {
    county = await openRegister(open);
    county.platform.events.on(householdChanging, async (_, told) => {
      if (told.householdId === stopped) throw PlatformProblem.stale({ detail: told.change });
    });
  });
  beforeEach(async () => {
    ({ householdId } = await aHousehold(county));
  });

  const form = (changes: object = {}) => ({
    householdId,
    version: 1,
    source: '户口迁移证',
    regionCode: OTHER_VILLAGE,
    fromOn: '2018-02-01',
    cause: 'MOVE',
    ...changes,
  });

  test('it stands in the new village from that day on', async () => {
    expect(await county.do(editor(county), moveHousehold, form())).toEqual({
      ...{ householdId, version: 2, regionCode: OTHER_VILLAGE },
    });
    const sql = county.platform.db.reader();
    const place = (date: string) => placeOn(sql, householdId, businessDate(date));
    expect(await place('2015-12-31')).toBeNull();
    expect(await place('2018-01-31')).toBe(VILLAGE);
    expect(await place('2018-02-01')).toBe(OTHER_VILLAGE);
    expect((await householdFor(sql, householdId)).regionCode).toBe(OTHER_VILLAGE);
  });

  test('the screen shows the chain of the day and the story of places', async () => {
    await county.do(editor(county), moveHousehold, form());
    const reader = county.actor({ permissions: ['households.read'] });
    const shown = await county.ask(reader, showHousehold, { householdId, on: '2018-01-31' });
    expect(shown).toMatchObject({
      on: '2018-01-31',
      regionCode: VILLAGE,
      place: ['广西壮族自治区', '桂林市', '龙胜各族自治县', '龙胜镇', '城关村委会'],
      status: 'REGISTERED_POOR',
      places: [
        { regionCode: VILLAGE, cause: 'REGISTERED', fromOn: '2016-01-01', toOn: '2018-01-31' },
        { regionCode: OTHER_VILLAGE, causeName: '户迁移', fromOn: '2018-02-01', toOn: null },
      ],
    });
  });

  test('a listener stops it before anything is written', async () => {
    stopped = householdId;
    const code = await refusedUnchanged(county, editor(county), moveHousehold, form());
    stopped = null;
    expect(code).toBe('platform.stale');
  });

  test.each([
    ['to where it is', { regionCode: VILLAGE }, 'households.place-unchanged'],
    ['to a township', { regionCode: TOWNSHIP }, 'identity.region-unknown'],
    ['in the future', { fromOn: '2018-03-02' }, 'households.day-in-future'],
    ['before its first day', { fromOn: '2016-01-01' }, 'households.period-overlap'],
    ['of an older version', { version: 0 }, 'platform.stale'],
    ['out of the county', { regionCode: FOREIGN_VILLAGE }, 'households.place-outside'],
  ])('a move %s is refused', async (_, changes, code) => {
    expect(await refusedUnchanged(county, editor(county), moveHousehold, form(changes))).toBe(code);
  });

  test('a township does not send households to another; permission and region are asked', async () => {
    const refused = (actor: Parameters<typeof refusedUnchanged>[1]) =>
      refusedUnchanged(county, actor, moveHousehold, form());
    expect(await refused(editor(county, TOWNSHIP))).toBe('households.place-outside');
    expect(await refused(county.actor({ permissions: ['households.edit'] }))).toBe(
      'platform.not-permitted',
    );
    expect(await refused(editor(county, '450226000000'))).toBe('platform.absent');
  });
});
