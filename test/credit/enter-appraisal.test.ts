/** 纸质评议表: signed before a witness, once per appraiser; void sheets are kept and not counted. */
import { appraise } from '../../src/credit/appraise';
import { enterAppraisal } from '../../src/credit/enter-appraisal';
import { openCase } from '../../src/credit/open-case';
import { aHousehold, refusedByDatabase } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { computed, openCredit, type People, paper, people, refused } from './bank';
import { sheetOf } from './cards';

describeEachDatabase('Entering a paper sheet', (open) => {
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

  const sheet = (changes: object = {}) => ({ ...paper(caseId, sheetOf(18, '韦大妈')), ...changes });
  const enter = (changes: object = {}, actor = by.collector) =>
    county.do(actor, enterAppraisal, sheet(changes));
  const row = async (id: string) => {
    const [found] = await county.platform.db
      .reader()
      .rows('SELECT * FROM appraisal_sheet WHERE id = :id', { id });
    return found as Record<string, unknown>;
  };

  test('the sheet is kept with its witness and its points', async () => {
    const done = await enter();
    expect(done).toEqual({ sheetId: expect.any(String), counted: true });
    expect(await row(done.sheetId)).toMatchObject({
      case_id: caseId,
      appraiser_name: '韦大妈',
      mode: 'PAPER',
      witness_name: '驻村第一书记',
      entered_by: by.collector.id,
      points_hundredths: 1800,
      void_reason: null,
    });
  });

  test.each([
    ['does not know the household', { knowsHousehold: false, options: {} }, 'UNKNOWING'],
    ['is a relative', { related: '侄子' }, 'RELATIVE'],
  ])('the sheet of one who %s is kept and not counted', async (_name, changes, reason) => {
    const done = await enter(changes);
    expect(done.counted).toBe(false);
    expect(await row(done.sheetId)).toMatchObject({ void_reason: reason, points_hundredths: null });
  });

  test('one appraiser, one sheet: neither blanks nor another way in make two of it', async () => {
    await enter();
    await refused(county, 'credit.sheet-twice', () => enter({ appraiser: '韦 大 妈' }));
    const self = { ...by.appraiser, name: '韦大妈' };
    const { appraiser, witness, ...own } = sheet();
    expect([appraiser, witness]).toHaveLength(2);
    await refused(county, 'credit.sheet-twice', () => county.do(self, appraise, own));
    expect((await enter({ appraiser: '韦大妈（二组）' })).counted).toBe(true);
  });

  test.each([
    ['the appraiser is the witness', { witness: '韦大妈' }],
    ['who enters is the witness', { witness: '协办员甲' }],
    ['who enters is the appraiser', { appraiser: '协办员甲' }],
  ])('when %s, it is refused', async (_name, changes) => {
    await refused(county, 'credit.witness-needed', () => enter(changes));
  });

  test.each([
    ['an item left out', { options: { HONESTY: 'GOOD', DILIGENCE: 'GOOD' } }],
    ['an option that is not offered', { options: { ...sheetOf(18, '').options, HONESTY: 'SO' } }],
    ['a ground of veto that is not listed', { veto: { code: 'LAZY', reason: '懒' } }],
  ])('%s is refused', async (_name, changes) => {
    await refused(county, 'credit.inputs-invalid', () => enter(changes));
  });

  test('names, options and grounds stay out of the audit', async () => {
    const veto = { code: 'WILFUL_DEFAULT', reason: '欠钱不还的传闻' };
    await enter({ veto });
    const entries = await county.platform.db
      .reader()
      .rows<{ body: string; after: string }>(
        "SELECT * FROM audit_entry WHERE act = 'credit.enter-appraisal'",
      );
    const text = JSON.stringify(entries);
    for (const hidden of ['韦大妈', 'WILFUL_DEFAULT', '传闻', 'GOOD']) {
      expect(text).not.toContain(hidden);
    }
  });

  test('a sheet is neither changed nor removed', async () => {
    const { sheetId } = await enter();
    for (const sql of [
      'UPDATE appraisal_sheet SET points_hundredths = 0 WHERE id = :sheetId',
      'DELETE FROM appraisal_sheet WHERE id = :sheetId',
    ]) {
      const attempt = county.system((work) => work.tx.exec(sql, { sheetId }));
      expect(await refusedByDatabase(attempt)).toBe('append-only');
    }
  });

  test('many sheets entered at once are all there', async () => {
    await Promise.all([1, 2, 3, 4, 5].map((n) => enter({ appraiser: `评议员${n}` })));
    const found = await county.platform.db
      .reader()
      .rows('SELECT id FROM appraisal_sheet WHERE case_id = :caseId', { caseId });
    expect(found).toHaveLength(5);
  });

  test('once computed, without permission, from elsewhere, or for nothing it is refused', async () => {
    const rating = await computed(county, (await aHousehold(county)).householdId);
    await refused(county, 'credit.not-collecting', () => enter({ caseId: rating.caseId }));
    await refused(county, 'platform.not-permitted', () => enter({}, by.appraiser));
    const far = people(county, '450328103000').collector;
    await refused(county, 'platform.absent', () => enter({}, far));
    await refused(county, 'credit.case-absent', () => enter({ caseId: '0'.repeat(26) }));
  });
});
