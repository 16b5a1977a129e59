/** Screens of credit lines: within the region and the bank of the reader, page by page. */
import { applyRaise } from '../../src/credit/apply-raise';
import {
  lineOfHousehold,
  listLines,
  listRaises,
} from '../../src/credit/credit-line-screens.queries';
import { freezeLine } from '../../src/credit/freeze-line';
import { OTHER_VILLAGE } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aLine, banker, OTHER_BANK, openLines, owes, townsman, villager } from './lines';

describeEachDatabase('Screens of credit lines', (open) => {
  let county: County;
  let own: string;
  let elsewhere: string;
  let ofOtherBank: string;
  beforeAll(async () => {
    county = await openLines(open);
    ({ householdId: own } = await aLine(county));
    ({ householdId: elsewhere } = await aLine(county, { regionCode: OTHER_VILLAGE }));
    ({ householdId: ofOtherBank } = await aLine(county, { bankId: OTHER_BANK }));
    const input = { householdId: elsewhere, reason: '待查' };
    await county.do(banker(county, 'credit.freeze-line'), freezeLine, input);
    owes(own, 1_500_000);
    await county.do(villager(county, 'credit.apply-raise'), applyRaise, {
      householdId: own,
      total: '45000.00',
      ground: 'TRAINING_DONE',
      evidence: '结业证',
    });
  });
  const ids = async (actor = banker(county, 'credit.read'), input: object = {}) => {
    const page = await county.ask(actor, listLines, input);
    return (page.items as { householdId: string }[]).map(({ householdId }) => householdId);
  };

  test('a bank sees its own lines, a township those of its villages', async () => {
    expect(await ids()).toEqual([own, elsewhere].sort());
    expect(await ids(banker(county, 'credit.read', OTHER_BANK))).toEqual([ofOtherBank]);
    expect(await ids(townsman(county, 'credit.read'))).toEqual([own, ofOtherBank].sort());
    expect(await ids(townsman(county, 'credit.read', '450226100000'))).toEqual([]);
  });

  test('by state and place, and page by page', async () => {
    expect(await ids(undefined, { state: 'frozen' })).toEqual([elsewhere]);
    expect(await ids(undefined, { region: OTHER_VILLAGE })).toEqual([elsewhere]);
    expect(await ids(undefined, { due: 'review' })).toEqual([]);
    const actor = banker(county, 'credit.read');
    const first = await county.ask(actor, listLines, { size: 1 });
    const second = await county.ask(actor, listLines, { size: 1, after: first.next });
    expect([...first.items, ...second.items]).toHaveLength(2);
    expect(second.next).toBeNull();
  });

  test("a household's line: what it is today, what is left, and how it came about", async () => {
    const shown = await county.ask(banker(county, 'credit.read'), lineOfHousehold, {
      householdId: own,
    });
    expect(shown.today).toMatchObject({
      state: 'in-force',
      total: '40000.00',
      used: '15000.00',
      available: '25000.00',
      frozen: '0.00',
    });
    expect(shown.periods).toMatchObject([{ seq: 1, cause: 'GRANT', causeName: '评级授信' }]);
    const frozen = await county.ask(banker(county, 'credit.read'), lineOfHousehold, {
      householdId: elsewhere,
    });
    expect(frozen.today).toMatchObject({ state: 'frozen', available: '0.00', frozen: '40000.00' });
    expect(frozen.periods).toHaveLength(2);
  });

  test("another bank's or region's line is told as absent", async () => {
    const ask = (actor: Parameters<typeof county.ask>[0]) =>
      county.refusal(county.ask(actor, lineOfHousehold, { householdId: own }));
    expect(await ask(banker(county, 'credit.read', OTHER_BANK))).toBe('credit.line-absent');
    expect(await ask(townsman(county, 'credit.read', '450226100000'))).toBe('credit.line-absent');
  });

  test('raises wait in the list of the township and of the bank', async () => {
    const raises = async (actor: Parameters<typeof county.ask>[0], input: object) =>
      (await county.ask(actor, listRaises, input)).items;
    const applied = { state: 'applied' };
    expect(await raises(townsman(county, 'credit.read'), applied)).toMatchObject([
      { householdId: own, from: '40000.00', asked: '45000.00', granted: null },
    ]);
    expect(await raises(banker(county, 'credit.read', OTHER_BANK), {})).toEqual([]);
    expect(await raises(banker(county, 'credit.read'), { state: 'checked' })).toEqual([]);
  });
});
