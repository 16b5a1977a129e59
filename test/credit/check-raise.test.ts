/** 核实增信: by another person than entered it; rejected, it makes room for a new application. */
import { applyRaise } from '../../src/credit/apply-raise';
import { checkRaise } from '../../src/credit/check-raise';
import { refusedByDatabase } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aLine, openLines, refused, townsman, villager } from './lines';

describeEachDatabase('Checking a raise', (open) => {
  let county: County;
  let householdId: string;
  let raiseId: string;
  beforeAll(async () => {
    county = await openLines(open);
  });
  const both = () => county.actor({ permissions: ['credit.apply-raise', 'credit.check-raise'] });
  let applicant = both;
  const apply = () =>
    county.do(applicant(), applyRaise, {
      householdId,
      total: '45000.00',
      ground: 'TRAINING_DONE',
      evidence: '县培训中心结业证',
    });
  beforeEach(async () => {
    county.clock.set('2018-03-01');
    ({ householdId } = await aLine(county));
    const actor = both();
    applicant = () => actor;
    ({ raiseId } = await apply());
  });
  const check = (outcome = 'agree', actor = townsman(county, 'credit.check-raise')) =>
    county.do(actor, checkRaise, { raiseId, outcome, reason: '已核对结业证' });

  test('agreed, it goes to the bank and is not checked again', async () => {
    expect(await check()).toEqual({ raiseId, state: 'checked', version: 2 });
    expect(await refused(county, () => check())).toBe('credit.raise-state');
  });

  test('rejected, the household may apply anew', async () => {
    expect(await check('reject')).toMatchObject({ state: 'rejected' });
    expect(await apply()).toMatchObject({ state: 'applied' });
  });

  test('who entered it does not check it, by the rule and by the database', async () => {
    expect(await refused(county, () => check('agree', applicant()))).toBe('credit.raise-own');
    const written = county.system((work) =>
      work.tx.exec('UPDATE line_raise SET checked_by = applied_by WHERE id = :raiseId', {
        raiseId,
      }),
    );
    expect(await refusedByDatabase(written)).toBe('check');
  });

  test('without permission, from another township, or for nothing it is refused', async () => {
    expect(await refused(county, () => check('agree', villager(county, 'credit.read')))).toBe(
      'platform.not-permitted',
    );
    const stranger = townsman(county, 'credit.check-raise', '450328103000');
    expect(await refused(county, () => check('agree', stranger))).toBe('platform.absent');
    raiseId = '0'.repeat(26);
    expect(await refused(county, () => check())).toBe('credit.raise-absent');
  });
});
