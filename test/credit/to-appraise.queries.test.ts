/** The appraiser's own list and questions. */
import { appraise } from '../../src/credit/appraise';
import { openCase } from '../../src/credit/open-case';
import { appraisalForm, toAppraise } from '../../src/credit/to-appraise.queries';
import { aHousehold, FOREIGN_VILLAGE } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { openCredit, people } from './bank';

describeEachDatabase('What waits for an appraiser', (open) => {
  let county: County;
  let caseId: string;
  let householdId: string;
  beforeAll(async () => {
    county = await openCredit(open);
    ({ householdId } = await aHousehold(county));
    ({ caseId } = await county.do(people(county).collector, openCase, { householdId }));
  });

  const appraiser = (region?: string) =>
    county.actor({ permissions: ['credit.appraise'], ...(region ? { region } : {}) });

  test('the file stands in the list until the own sheet is in, and others still see it', async () => {
    const [one, two] = [appraiser(), appraiser()];
    const form = await county.ask(one, appraisalForm, { caseId });
    const options = Object.fromEntries(
      form.items.map((item) => [item.code, item.options[0]?.code]),
    );
    expect(form.items.every((item) => item.options.length === 3)).toBe(true);
    await county.do(one, appraise, { caseId, knowsHousehold: true, options });
    expect((await county.ask(one, toAppraise)).items).toEqual([]);
    expect((await county.ask(two, toAppraise)).items).toMatchObject([{ id: caseId, householdId }]);
  });

  test('the questions come without points and without what others said', async () => {
    const form = await county.ask(appraiser(), appraisalForm, { caseId });
    expect(JSON.stringify(form)).not.toMatch(/points|sheets|appraiserName/);
  });

  test('an appraiser of another place sees nothing', async () => {
    const stranger = appraiser(FOREIGN_VILLAGE);
    expect((await county.ask(stranger, toAppraise)).items).toEqual([]);
    const form = county.ask(stranger, appraisalForm, { caseId });
    expect(await county.refusal(form)).toBe('credit.case-absent');
  });
});
