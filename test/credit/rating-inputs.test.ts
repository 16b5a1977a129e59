/** What people put in is checked against the card; the first refusal tells the field and the reason. */
import type { RatingInputs } from '../../src/credit/rating-content';
import {
  requireAnswers,
  requireFindings,
  requireInputs,
  requireSheet,
} from '../../src/credit/rating-inputs';
import { NOT_KNOWN } from '../../src/credit/scorecard';
import { Problem } from '../../src/platform/problems';
import { defaultCard, inputsOf, SHEETS, sheetOf } from './cards';

const card = defaultCard();

function refusal(check: () => void): Problem {
  try {
    check();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('was not refused');
}

const having = (change: (inputs: RatingInputs) => void) => {
  const inputs = inputsOf();
  change(inputs);
  return refusal(() => requireInputs(card, inputs));
};

test('the inputs of the default household pass, also where an answer is not known', () => {
  requireInputs(card, inputsOf());
  requireInputs(card, inputsOf({ SKILL: NOT_KNOWN }));
});

test.each(['REPAYMENT_HISTORY', 'ABLE_WORKERS', 'VILLAGE_APPRAISAL'])(
  '%s cannot be typed in',
  (item) => {
    const problem = having((one) => one.items.push({ item, level: 'ON_TIME' }));
    expect(problem.code).toBe('credit.evidence-typed');
    expect(problem.info.fields?.[0]?.field).toBe('items.5.item');
  },
);

test.each<[string, (inputs: RatingInputs) => void, string, RegExp]>([
  ['an item left out', (one) => one.items.pop(), 'items', /缺少指标“项目预期收入”/],
  [
    'an item twice',
    (one) => one.items.push({ item: 'SKILL', level: 'NONE' }),
    'items.5.item',
    /两次/,
  ],
  [
    'an unknown item',
    (one) => one.items.push({ item: 'LOOKS', level: 'FINE' }),
    'items.5.item',
    /没有由人评定的指标 LOOKS/,
  ],
  [
    'a level for a house',
    (one) => one.items.push({ item: 'HOUSE', level: 'BIG' }),
    'items.5.item',
    /没有由人评定/,
  ],
  [
    'a level that the item does not have',
    (one) => {
      one.items[1] = { item: 'SKILL', level: 'KEPT' };
    },
    'items.1.level',
    /SKILLED、TRAINED、WILLING、NONE、NOT_KNOWN/,
  ],
  [
    'an asset that is none',
    (one) => one.assets.push({ item: 'SKILL', quantity: 1 }),
    'assets.1.item',
    /只展示/,
  ],
  [
    'an asset twice',
    (one) => one.assets.push({ item: 'HOUSE', quantity: 1 }),
    'assets.1.item',
    /两次/,
  ],
  [
    'an option that the appraisal does not have',
    (one) => one.appraisals.push(optioned({ ...GOOD, HONESTY: 'SAINTLY' })),
    'appraisals.5.options.HONESTY',
    /GOOD、FAIR、POOR/,
  ],
  [
    'a sheet that leaves an item out',
    (one) => one.appraisals.push(optioned({ HONESTY: 'GOOD', STANDING: 'GOOD' })),
    'appraisals.5.options.DILIGENCE',
    /只能是/,
  ],
  [
    'a sheet on what was not asked',
    (one) => one.appraisals.push(optioned({ ...GOOD, LOOKS: 'GOOD' })),
    'appraisals.5.options.LOOKS',
    /没有这个评议项目/,
  ],
  [
    'one appraiser twice',
    (one) => one.appraisals.push(sheetOf(20, '评议员1')),
    'appraisals.5.appraiser',
    /两次/,
  ],
  [
    'a veto on no listed ground',
    (one) =>
      one.appraisals.push({ ...sheetOf(20, '己'), veto: { code: 'UNMARRIED', reason: '四十' } }),
    'appraisals.5.veto.code',
    /不在评分表/,
  ],
  [
    'a finding on no listed ground',
    (one) => one.findings.push({ code: 'UNMARRIED', confirmed: true, reason: '年过四十' }),
    'findings.0.code',
    /不在评分表/,
  ],
  [
    'two findings on one ground',
    (one) => one.findings.push(finding, { ...finding, confirmed: false }),
    'findings.1.code',
    /两次/,
  ],
])('%s is refused', (_, change, field, reason) => {
  const problem = having(change);
  expect(problem.code).toBe('credit.inputs-invalid');
  expect(problem.info.fields?.[0]).toMatchObject({ field });
  expect(problem.info.fields?.[0]?.reason).toMatch(reason);
});

const GOOD = { HONESTY: 'GOOD', DILIGENCE: 'GOOD', STANDING: 'GOOD' };
const optioned = (options: Record<string, string>) => ({ ...sheetOf(20, '己'), options });
const finding = { code: 'WILFUL_DEFAULT', confirmed: true, reason: '法院文书' };

test('fewer sheets than the card asks for are refused', () => {
  const few = inputsOf({}, SHEETS.slice(1));
  const problem = refusal(() => requireInputs(card, few));
  expect(problem.code).toBe('credit.appraisers-too-few');
  expect(problem.info.detail).toBe('有效评议至少 5 份，现有 4 份');
});

test('void sheets do not make the number full, and are told', () => {
  const inputs = inputsOf({}, SHEETS.slice(1));
  inputs.appraisals.push({ ...sheetOf(18, '堂兄'), related: '堂兄' });
  inputs.appraisals.push({ ...sheetOf(18, '外村人'), knowsHousehold: false });
  const problem = refusal(() => requireInputs(card, inputs));
  expect(problem.code).toBe('credit.appraisers-too-few');
  expect(problem.info.detail).toBe('有效评议至少 5 份，现有 4 份，另有 2 份无效');
});

test('a void sheet may be blank', () => {
  requireSheet(card, { ...sheetOf(0, '堂兄'), related: '堂兄', options: {} });
  const problem = refusal(() => requireSheet(card, { ...sheetOf(0, '甲'), options: {} }));
  expect(problem.info.fields?.map((field) => field.field)).toEqual([
    'options.HONESTY',
    'options.DILIGENCE',
    'options.STANDING',
  ]);
});

test('what is collected need not be complete', () => {
  requireAnswers(card, { items: [{ item: 'SKILL', level: 'TRAINED' }], assets: [] });
  requireAnswers(card, { items: [], assets: [] });
});

test('findings are checked by themselves', () => {
  requireFindings(card, [finding]);
  expect(refusal(() => requireFindings(card, [finding, finding])).code).toBe(
    'credit.inputs-invalid',
  );
});
