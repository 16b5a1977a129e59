/** Rating: examples on every border of the default card, and the laws of any rating. */
import fc from 'fast-check';
import type { RepaymentRecord } from '../../src/credit/evidence';
import {
  appraisalAverage,
  contentDigest,
  gradeOf,
  type RatingContent,
  type RatingInputs,
  rate,
  repaymentLevel,
  scoreText,
} from '../../src/credit/rating';
import { requireInputs } from '../../src/credit/rating-inputs';
import { itemsOf, type Scorecard } from '../../src/credit/scorecard';
import type { Fen } from '../../src/platform/money';
import { Problem } from '../../src/platform/problems';
import { defaultCard, inputsOf, NO_LOANS, POINTS, SHEETS } from './cards';

const card = defaultCard();

function refusal(inputs: RatingInputs, of: Scorecard = card): Problem {
  try {
    requireInputs(of, inputs);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('a rating of the default card', () => {
  test('adds the items up, says why for each, and gives the grade and its line', () => {
    const result = rate(card, inputsOf(), NO_LOANS);
    expect(scoreText(result.scoreHundredths)).toBe('85.60');
    expect([result.grade, result.gradeName, result.lineFen]).toEqual(['A', '优秀', 5_000_000]);
    expect(result.next).toBeNull();
    expect(result.blocks.map((block) => scoreText(block.scoreHundredths))).toEqual([
      '49.60',
      '21.00',
      '15.00',
      '0.00',
    ]);
    const why = Object.fromEntries(result.items.map((item) => [item.code, item.why]));
    expect(why.REPAYMENT_HISTORY).toBe('没有借款记录，也没有欠款(台账：借款 0 笔)');
    expect(why.VILLAGE_APPRAISAL).toBe('5 名评议员平均 17.60 分');
    expect(why.ABLE_WORKERS).toBe('两人');
    expect(why.HOUSE).toBe('只展示，不计分');
  });

  test('tells how many points are missing for the next grade', () => {
    const result = rate(card, inputsOf({ INCOME_PLAN: 6 }), NO_LOANS);
    expect(scoreText(result.scoreHundredths)).toBe('81.60');
    expect(result.next).toEqual({ grade: 'A', gradeName: '优秀', missingHundredths: 340 });
  });

  test.each([
    [10_000, 'A', 5_000_000],
    [8500, 'A', 5_000_000],
    [8499, 'B', 4_000_000],
    [7000, 'B', 4_000_000],
    [6999, 'C', 2_000_000],
    [6000, 'C', 2_000_000],
    [5999, 'D', 0],
    [0, 'D', 0],
  ])('%i hundredths are grade %s: a border belongs to the upper grade', (score, grade, line) => {
    expect(gradeOf(card, score)).toMatchObject({ code: grade, lineFen: line });
  });

  test.each<[RepaymentRecord, number]>([
    [{ loans: 2, everOverdue: false, longestOverdueDays: 0 }, 25],
    [NO_LOANS, 20],
    [{ loans: 1, everOverdue: true, longestOverdueDays: 1 }, 12],
    [{ loans: 1, everOverdue: true, longestOverdueDays: 30 }, 12],
    [{ loans: 1, everOverdue: true, longestOverdueDays: 31 }, 0],
  ])('repayment record %j scores %i', (record, points) => {
    const item = rate(card, inputsOf(), record).items[0];
    expect(item).toMatchObject({ code: 'REPAYMENT_HISTORY', scoreHundredths: points * 100 });
  });

  test.each([
    [[18, 17, 18, 17, 18], '17.60'],
    [[20, 20, 20, 20, 19, 19], '19.67'],
    [[1, 0, 0, 0, 0, 0, 0, 0], '0.13'],
    [[0, 0, 0, 0, 0], '0.00'],
  ])('the mean of %j is %s, half up', (sheets, mean) => {
    expect(scoreText(appraisalAverage(sheets.map((points) => ({ points }))))).toBe(mean);
  });

  test('a confirmed veto leads to the veto grade whatever the score, with its reason', () => {
    const inputs = inputsOf();
    inputs.vetoes = [{ code: 'WILFUL_DEFAULT', confirmed: true, reason: '法院文书' }];
    const result = rate(card, inputs, NO_LOANS);
    expect(result).toMatchObject({ grade: 'D', lineFen: 0, scoreHundredths: 8560, next: null });
    expect(result.vetoes).toEqual([
      { code: 'WILFUL_DEFAULT', name: '恶意拖欠', reason: '法院文书' },
    ]);
  });

  test('one voice is no verdict: a veto found untrue changes nothing', () => {
    const inputs = withVoice();
    inputs.vetoes = [{ code: 'GAMBLING_OR_DRUGS', confirmed: false, reason: '派出所查无此事' }];
    requireInputs(card, inputs);
    expect(rate(card, inputs, NO_LOANS).grade).toBe('A');
  });

  test('where the card lets one voice do, it does', () => {
    const strict = defaultCard();
    strict.appraisal.singleVeto = true;
    requireInputs(strict, withVoice());
    expect(rate(strict, withVoice(), NO_LOANS).grade).toBe('D');
  });
});

function withVoice(): RatingInputs {
  const inputs = inputsOf();
  const [first] = inputs.appraisals;
  if (first) first.veto = { code: 'GAMBLING_OR_DRUGS', reason: '听说赌博' };
  return inputs;
}

describe('inputs that are refused', () => {
  const having = (change: (inputs: RatingInputs) => void) => {
    const inputs = inputsOf();
    change(inputs);
    return refusal(inputs);
  };

  test('repayment points cannot be typed in', () => {
    const problem = having((one) => one.items.push({ item: 'REPAYMENT_HISTORY', points: 25 }));
    expect(problem.code).toBe('credit.evidence-typed');
    expect(problem.info.fields?.[0]?.field).toBe('items.6.item');
  });

  test.each<[string, (inputs: RatingInputs) => void, string, RegExp]>([
    ['an item left out', (one) => one.items.pop(), 'items', /缺少指标“项目预期收入”/],
    [
      'an item twice',
      (one) => one.items.push({ item: 'SKILL', points: 1 }),
      'items.6.item',
      /两次/,
    ],
    [
      'an unknown item',
      (one) => one.items.push({ item: 'LOOKS', points: 1 }),
      'items.6.item',
      /没有可填分/,
    ],
    [
      'the mean typed in',
      (one) => one.items.push({ item: 'VILLAGE_APPRAISAL', points: 20 }),
      'items.6.item',
      /没有可填分/,
    ],
    [
      'points for a house',
      (one) => one.items.push({ item: 'HOUSE', points: 1 }),
      'items.6.item',
      /没有可填分/,
    ],
    [
      'too many points',
      (one) => {
        one.items[0] = { item: 'COMMITMENTS', points: 16 };
      },
      'items.0.points',
      /满分 15/,
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
      'a sheet beyond the maximum',
      (one) => one.appraisals.push({ appraiser: '己', knowsHousehold: true, points: 21 }),
      'appraisals.5.points',
      /满分 20/,
    ],
    [
      'one appraiser twice',
      (one) => one.appraisals.push({ appraiser: '评议员1', knowsHousehold: true, points: 20 }),
      'appraisals.5.appraiser',
      /两次/,
    ],
    [
      'a veto on no listed ground',
      (one) => one.vetoes.push({ code: 'UNMARRIED', confirmed: true, reason: '年过四十' }),
      'vetoes.0.code',
      /不在评分表/,
    ],
  ])('%s', (_, change, field, reason) => {
    const problem = having(change);
    expect(problem.code).toBe('credit.inputs-invalid');
    expect(problem.info.fields?.[0]).toMatchObject({ field });
    expect(problem.info.fields?.[0]?.reason).toMatch(reason);
  });

  test('fewer appraisers than the card asks for', () => {
    expect(refusal(inputsOf({}, SHEETS.slice(1))).code).toBe('credit.appraisers-too-few');
  });

  test('an appraiser who does not know the household', () => {
    const problem = having((one) => {
      one.appraisals[4] = { appraiser: '外村人', knowsHousehold: false, points: 18 };
    });
    expect(problem.code).toBe('credit.appraiser-unknowing');
  });

  test('a veto raised and not looked into', () => {
    const problem = refusal(withVoice());
    expect(problem.code).toBe('credit.veto-undecided');
    expect(problem.info.detail).toContain('GAMBLING_OR_DRUGS');
  });
});

describe('laws', () => {
  const maxima = Object.fromEntries(itemsOf(card).map((item) => [item.code, item.maxPoints]));
  const points = fc.record(
    Object.fromEntries(
      Object.keys(POINTS).map((code) => [code, fc.integer({ min: 0, max: maxima[code] ?? 0 })]),
    ),
  );
  const sheets = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 5, maxLength: 12 });
  const record = fc.record({
    loans: fc.integer({ min: 0, max: 4 }),
    everOverdue: fc.boolean(),
    longestOverdueDays: fc.integer({ min: 0, max: 400 }),
  });
  const assets = fc
    .record({
      HOUSE: fc.integer({ min: 0, max: 9 }),
      VEHICLE: fc.integer({ min: 0, max: 9 }),
      MACHINES: fc.integer({ min: 0, max: 99 }),
      value: fc.integer({ min: 0, max: 1_000_000_000 }),
    })
    .map(({ value, ...counts }) =>
      Object.entries(counts).map(([item, quantity]) => ({
        item,
        quantity,
        valueFen: value as Fen,
      })),
    );
  const inputs = fc
    .tuple(points, sheets, assets)
    .map(([given, marks, owned]) => ({ ...inputsOf(given, marks), assets: owned }));

  test('asset-blind: doubling every asset of a household changes nothing of its rating', () => {
    fc.assert(
      fc.property(inputs, record, (one, evidence) => {
        const doubled = one.assets.map((asset) => ({
          ...asset,
          quantity: asset.quantity * 2,
          valueFen: ((asset.valueFen ?? 0) * 2) as Fen,
        }));
        requireInputs(card, one);
        expect(rate(card, { ...one, assets: doubled }, evidence)).toEqual(
          rate(card, one, evidence),
        );
        expect(rate(card, { ...one, assets: [] }, evidence)).toEqual(rate(card, one, evidence));
      }),
    );
  });

  test('monotone: one point more in any item never lowers score, grade or line', () => {
    const codes = fc.constantFrom(...Object.keys(POINTS));
    fc.assert(
      fc.property(inputs, record, codes, (one, evidence, code) => {
        const more = one.items.map((given) =>
          given.item === code
            ? { ...given, points: Math.min(given.points + 1, maxima[code] ?? 0) }
            : given,
        );
        const before = rate(card, one, evidence);
        const after = rate(card, { ...one, items: more }, evidence);
        expect(after.scoreHundredths).toBeGreaterThanOrEqual(before.scoreHundredths);
        expect(after.lineFen).toBeGreaterThanOrEqual(before.lineFen);
      }),
    );
  });

  test('the score is the sum of the items, within 0 and the full mark, and of the blocks', () => {
    fc.assert(
      fc.property(inputs, record, (one, evidence) => {
        const result = rate(card, one, evidence);
        const total = (parts: { scoreHundredths: number }[]) =>
          parts.reduce((sum, part) => sum + part.scoreHundredths, 0);
        expect(total(result.items)).toBe(result.scoreHundredths);
        expect(total(result.blocks)).toBe(result.scoreHundredths);
        expect(result.scoreHundredths).toBeLessThanOrEqual(card.fullMarkPoints * 100);
        for (const item of result.items) {
          expect(item.scoreHundredths).toBeLessThanOrEqual(item.maxPoints * 100);
        }
      }),
    );
  });

  test('every score has exactly one grade, and no higher score a worse line', () => {
    let line = 0;
    for (let score = 0; score <= card.fullMarkPoints * 100; score += 1) {
      const grade = gradeOf(card, score);
      expect(grade.lineFen).toBeGreaterThanOrEqual(line);
      line = grade.lineFen;
    }
  });

  test('the mean lies between the lowest and the highest sheet, in any order', () => {
    fc.assert(
      fc.property(sheets, (marks) => {
        const mean = appraisalAverage(marks.map((mark) => ({ points: mark })));
        const turned = [...marks].reverse().map((mark) => ({ points: mark }));
        expect(appraisalAverage(turned)).toBe(mean);
        expect(mean).toBeGreaterThanOrEqual(Math.min(...marks) * 100);
        expect(mean).toBeLessThanOrEqual(Math.max(...marks) * 100);
      }),
    );
  });

  test('a longer delay never scores more', () => {
    fc.assert(
      fc.property(record, fc.integer({ min: 1, max: 99 }), (one, days) => {
        const worse = {
          ...one,
          everOverdue: true,
          longestOverdueDays: one.longestOverdueDays + days,
        };
        if (one.loans > 0 || one.everOverdue) {
          expect(repaymentLevel(worse)).toBeGreaterThanOrEqual(repaymentLevel(one));
        }
      }),
    );
  });

  test('the digest is of the content: the same for the same, another for any change', () => {
    const content = (one: RatingInputs, evidence: RepaymentRecord): RatingContent => ({
      householdId: 'H',
      scorecardRowId: 'scorecard-national',
      ratedOn: '2018-03-01',
      ratedBy: 'U',
      inputs: one,
      evidence,
      result: rate(card, one, evidence),
    });
    fc.assert(
      fc.property(inputs, record, (one, evidence) => {
        const digest = contentDigest(content(one, evidence));
        expect(contentDigest(JSON.parse(JSON.stringify(content(one, evidence))))).toBe(digest);
        const more = { ...one, assets: [...one.assets, { item: 'HOUSE', quantity: 1 }] };
        expect(contentDigest(content(more, evidence))).not.toBe(digest);
        const other = { ...content(one, evidence), ratedBy: 'V' };
        expect(contentDigest(other)).not.toBe(digest);
      }),
    );
  });
});
