/** A household whose rating is under way is not moved, merged or split. */
import { onHouseholdChanging, onHouseholdMoved } from '../../src/credit';
import { listLines } from '../../src/credit/credit-line-screens.queries';
import { openCase } from '../../src/credit/open-case';
import { householdChanging, householdMoved } from '../../src/households';
import { moveHousehold } from '../../src/households/move-household';
import { aHousehold } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aConfirmedRating, checked, openCredit, people } from './bank';

describeEachDatabase('A household that changes while it is rated', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openCredit(open);
    county.platform.events.on(householdChanging, onHouseholdChanging);
    county.platform.events.on(householdMoved, onHouseholdMoved);
  });

  const changing = (householdId: string, change: 'move' | 'merge' | 'split' = 'move') =>
    county.system((work) => work.emit(householdChanging, { householdId, change }));

  test.each(['move', 'merge', 'split'] as const)(
    '%s: refused while a file is open',
    async (change) => {
      const { householdId } = await aHousehold(county);
      await county.do(people(county).collector, openCase, { householdId });
      expect(await county.refusal(changing(householdId, change))).toBe('credit.move-while-open');
    },
  );

  test('refused while a rating waits for the bank, free before and after', async () => {
    const { householdId } = await aHousehold(county);
    await expect(changing(householdId)).resolves.toBeUndefined();
    await checked(county, householdId);
    expect(await county.refusal(changing(householdId))).toBe('credit.move-while-open');
    const other = (await aHousehold(county)).householdId;
    await aConfirmedRating(county, other);
    await expect(changing(other)).resolves.toBeUndefined();
  });

  test('a line is listed where its household lives now', async () => {
    const { householdId } = await aHousehold(county);
    await aConfirmedRating(county, householdId);
    const household = await county.platform.db
      .reader()
      .one<{ version: number }>('SELECT version FROM household WHERE id = :householdId', {
        householdId,
      });
    const officer = county.actor({ permissions: ['households.move'] });
    await county.do(officer, moveHousehold, {
      householdId,
      version: household?.version,
      regionCode: '450328100204',
      cause: 'MOVE',
      fromOn: '2018-03-01',
      source: '迁移登记',
    });
    const lines = await county.ask(
      county.actor({ permissions: ['credit.read'], region: '450328100204' }),
      listLines,
    );
    expect(lines.items).toMatchObject([{ householdId, regionCode: '450328100204' }]);
  });
});
