/** 背靠背评议: an appraiser with an own login, alone, once, and unseen by the others. */
import { appraise } from '../../src/credit/appraise';
import { enterAppraisal } from '../../src/credit/enter-appraisal';
import { openCase } from '../../src/credit/open-case';
import { aHousehold } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { computed, openCredit, type People, paper, people, refused } from './bank';
import { sheetOf } from './cards';

describeEachDatabase('Appraising with an own login', (open) => {
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

  const own = (changes: object = {}) => {
    const { knowsHousehold, options } = sheetOf(17, '');
    return { caseId, knowsHousehold, options, ...changes };
  };
  const give = (changes: object = {}, actor = by.appraiser) =>
    county.do(actor, appraise, own(changes));

  test('the sheet is signed by the login', async () => {
    const done = await give();
    expect(done.counted).toBe(true);
    const [row] = await county.platform.db
      .reader()
      .rows('SELECT * FROM appraisal_sheet WHERE id = :id', { id: done.sheetId });
    expect(row).toMatchObject({
      mode: 'OWN_LOGIN',
      appraiser_id: by.appraiser.id,
      appraiser_name: '评议员本人',
      entered_by: by.appraiser.id,
      witness_name: null,
      points_hundredths: 1700,
    });
  });

  test('twice by one login is refused, also under another name, and on paper besides', async () => {
    await give();
    await refused(county, 'credit.sheet-twice', () => give());
    const renamed = { ...by.appraiser, name: '改过名字' };
    await refused(county, 'credit.sheet-twice', () => give({}, renamed));
    const onPaper = paper(caseId, sheetOf(18, '评议员本人'));
    await refused(county, 'credit.sheet-twice', () =>
      county.do(by.collector, enterAppraisal, onPaper),
    );
  });

  test('a relative steps aside, a stranger counts for nothing', async () => {
    expect((await give({ related: '叔父', options: {} })).counted).toBe(false);
    const stranger = people(county).appraiser;
    const input = { knowsHousehold: false, options: {} };
    expect((await give(input, { ...stranger, name: '外乡人' })).counted).toBe(false);
  });

  test('a veto names a listed ground', async () => {
    const wrong = { veto: { code: 'UGLY', reason: '看不惯' } };
    await refused(county, 'credit.inputs-invalid', () => give(wrong));
    const listed = { veto: { code: 'GAMBLING_OR_DRUGS', reason: '赌博被罚' } };
    expect((await give(listed)).counted).toBe(true);
  });

  test('once computed, without permission, or from elsewhere it is refused', async () => {
    const rating = await computed(county, (await aHousehold(county)).householdId);
    await refused(county, 'credit.not-collecting', () => give({ caseId: rating.caseId }));
    await refused(county, 'platform.not-permitted', () => give({}, by.collector));
    const far = people(county, '450328103000').appraiser;
    await refused(county, 'platform.absent', () => give({}, far));
  });
});
