/** Rating: examples on every border of the default card, and the laws of any rating. */
import fc from 'fast-check';
import { appraisalMean } from '../../src/credit/appraisal-mean';
import type { RepaymentRecord } from '../../src/credit/evidence';
import { gradeOf, scoreText } from '../../src/credit/grades';
import { rate } from '../../src/credit/rating';
import {
  type AppraisalSheet,
  contentDigest,
  type RatingContent,
  type RatingInputs,
} from '../../src/credit/rating-content';
import { requireInputs } from '../../src/credit/rating-inputs';
import { itemsOf, NOT_KNOWN, type Scorecard } from '../../src/credit/scorecard';
import { brokenLaw } from '../../src/credit/scorecard-laws';
import type { Fen } from '../../src/platform/money';
import { defaultCard, inputsOf, LEVELS, NO_LOANS, sheetOf } from './cards';

const card = defaultCard();
const scored = (inputs: RatingInputs, record = NO_LOANS, of = card) => rate(of, inputs, record);
const itemOf = (inputs: RatingInputs, code: string, record = NO_LOANS) => {
  const found = scored(inputs, record).items.find((one) => one.code === code);
  if (!found) throw new Error(`no item ${code}`);
  return found;
};
const withWorkers = (ableWorkers: number | null): RatingInputs => ({
  ...inputsOf(),
  register: { ableWorkers, adultsInAge: 3 },
});
/** The record of one who borrowed and was at most so many days late. */
const lateBy = (days: number): RepaymentRecord => ({
  ...NO_LOANS,
  loans: 1,
  everOverdue: days > 0,
  longestOverdueDays: days,
});

describe('a rating of the default card', () => {
  test('adds the items up, says why for each, and gives the grade and its line', () => {
    const result = scored(inputsOf());
    expect(scoreText(result.scoreHundredths)).toBe('85.60');
    const a = { grade: 'A', gradeName: '优秀', lineFen: 5_000_000, lineMaxFen: 5_000_000 };
    expect([result.first, result.computed]).toEqual([a, a]);
    expect(result.next).toBeNull();
    expect(result.toRaise).toEqual([]);
    expect(result.blocks.map((block) => scoreText(block.scoreHundredths))).toEqual([
      '49.60',
      '21.00',
      '15.00',
      '0.00',
    ]);
    const why = Object.fromEntries(result.items.map((item) => [item.code, item.why]));
    expect(why.REPAYMENT_HISTORY).toBe('没有借款记录（台账：借款 0 笔）');
    expect(why.VILLAGE_APPRAISAL).toBe('5 名评议员平均 17.60 分');
    expect(why.ABLE_WORKERS).toBe('两人（户籍登记：劳动力 2 人）');
    expect(why.HOUSE).toBe('只展示，不计分');
    expect(result.items.every((item) => item.known)).toBe(true);
  });

  test.each([
    [10_000, 'A', 5_000_000],
    [8501, 'A', 5_000_000],
    [8500, 'A', 5_000_000],
    [8499, 'B', 4_000_000],
    [7001, 'B', 4_000_000],
    [7000, 'B', 4_000_000],
    [6999, 'C', 2_000_000],
    [6001, 'C', 2_000_000],
    [6000, 'C', 2_000_000],
    [5999, 'D', 0],
    [1, 'D', 0],
    [0, 'D', 0],
  ])('%i hundredths are grade %s: a border belongs to the upper grade', (score, grade, line) => {
    expect(gradeOf(card, score)).toMatchObject({ code: grade, lineFen: line });
  });

  test('exactly on a border, by points that people gave, is the upper grade', () => {
    const on = inputsOf({ INCOME_PLAN: 'COVERS_WITH_OTHER' }, [17, 17, 17, 17, 17]);
    expect(scored(on, lateBy(0)).scoreHundredths).toBe(8600);
    const sheets = [18, 17, 17, 13, 15];
    const exactly = scored(inputsOf({ INCOME_PLAN: 'COVERS_WITH_OTHER' }, sheets), lateBy(0));
    expect([exactly.scoreHundredths, exactly.first.grade]).toEqual([8500, 'A']);
    const below = scored(
      inputsOf({ INCOME_PLAN: 'COVERS_WITH_OTHER' }, [17, 17, 17, 13, 15]),
      lateBy(0),
    );
    expect([below.scoreHundredths, below.first.grade]).toEqual([8480, 'B']);
  });

  test.each<[RepaymentRecord, string, number]>([
    [lateBy(0), 'ON_TIME', 25],
    [NO_LOANS, 'NEVER_BORROWED', 20],
    [lateBy(1), 'SHORT_DELAY', 12],
    [lateBy(30), 'SHORT_DELAY', 12],
    [lateBy(31), 'LONG_DELAY', 0],
  ])('repayment record %j is %s and scores %i', (record, level, points) => {
    const item = itemOf(inputsOf(), 'REPAYMENT_HISTORY', record);
    expect(item).toMatchObject({ level, scoreHundredths: points * 100, known: true });
  });

  test('how late is late is the card’s to say', () => {
    const mild = defaultCard();
    const short = itemsOf(mild)[0]?.levels[2];
    if (short) short.when = { borrowed: true, overdueDaysMax: 60 };
    expect(brokenLaw(mild)).toBeNull();
    expect(scored(inputsOf(), lateBy(60), mild).items[0]?.level).toBe('SHORT_DELAY');
    expect(scored(inputsOf(), lateBy(60)).items[0]?.level).toBe('LONG_DELAY');
  });

  test.each([
    [0, 'NONE', 0],
    [1, 'ONE', 6],
    [2, 'TWO', 8],
    [3, 'THREE_OR_MORE', 10],
    [9, 'THREE_OR_MORE', 10],
  ])('%i able workers are %s and score %i', (workers, level, points) => {
    expect(itemOf(withWorkers(workers), 'ABLE_WORKERS')).toMatchObject({
      level,
      scoreHundredths: points * 100,
    });
  });

  test.each([
    [[18, 17, 18, 17, 18], '17.60'],
    [[20, 20, 20, 20, 17, 17], '19.00'],
    [[1, 0, 0, 0, 0, 0, 0, 0], '0.13'],
    [[1, 0, 0, 0, 0, 0], '0.17'],
    [[0, 0, 0, 0, 0], '0.00'],
  ])('the mean of %j is %s, half up', (points, mean) => {
    expect(scoreText(appraisalMean(points))).toBe(mean);
  });
});

describe('what is not known', () => {
  test('has the card’s own points and says so', () => {
    const item = itemOf(inputsOf({ SKILL: NOT_KNOWN }), 'SKILL');
    expect(item).toMatchObject({ scoreHundredths: 300, level: null, known: false });
    expect(item.why).toBe('情况不明，按评分表计 3 分');
    expect(itemOf(inputsOf({ SKILL: 'NONE' }), 'SKILL')).toMatchObject({
      ...{ scoreHundredths: 0, level: 'NONE', known: true },
    });
  });

  test('keeps the note of the one who asked', () => {
    const inputs = inputsOf({ SKILL: NOT_KNOWN });
    for (const one of inputs.items) if (one.item === 'SKILL') one.note = '全家外出';
    expect(itemOf(inputs, 'SKILL').why).toBe('情况不明，按评分表计 3 分（全家外出）');
  });

  test('workers whom the register does not know are not nobody', () => {
    expect(itemOf(withWorkers(null), 'ABLE_WORKERS')).toMatchObject({
      ...{ scoreHundredths: 400, level: null, known: false },
    });
  });
});

describe('sheets that do not count', () => {
  const voids: AppraisalSheet[] = [
    { ...sheetOf(0, '不识'), knowsHousehold: false },
    { ...sheetOf(0, '堂兄'), related: '堂兄' },
    { ...sheetOf(0, '空白'), related: '岳父', options: {} },
    { ...sheetOf(0, '告状'), related: '妯娌', veto: { code: 'WILFUL_DEFAULT', reason: '不和' } },
  ];

  test('are told and change nothing', () => {
    const without = scored(inputsOf());
    for (const one of voids) {
      const inputs = inputsOf();
      inputs.appraisals.splice(2, 0, one);
      requireInputs(card, inputs);
      const { sheets, ...result } = scored(inputs);
      expect({ ...result, sheets: without.sheets }).toEqual(without);
      expect(sheets.counted).toBe(5);
      expect(sheets.unknowing + sheets.relatives).toBe(1);
    }
  });

  test('count where the card does not ask whether the household is known', () => {
    const open = defaultCard();
    open.appraisal.mustKnowHousehold = false;
    const inputs = inputsOf({}, [20, 20, 20, 20]);
    inputs.appraisals.push({ ...sheetOf(0, '不识'), knowsHousehold: false });
    expect(scored(inputs, NO_LOANS, open).sheets.counted).toBe(5);
    expect(scored(inputs).sheets).toEqual({ counted: 4, unknowing: 1, relatives: 0 });
  });
});

describe('a veto', () => {
  const withVoice = () => {
    const inputs = inputsOf();
    const [first] = inputs.appraisals;
    if (first) first.veto = { code: 'GAMBLING_OR_DRUGS', reason: '听说赌博' };
    return inputs;
  };

  test('that is confirmed leads to the veto grade whatever the score, with its reason', () => {
    const inputs = inputsOf();
    inputs.findings = [{ code: 'WILFUL_DEFAULT', confirmed: true, reason: '法院文书' }];
    const result = scored(inputs);
    expect(result).toMatchObject({ scoreHundredths: 8560, next: null, toRaise: [] });
    expect(result.first.grade).toBe('A');
    expect(result.computed).toMatchObject({ grade: 'D', lineFen: 0, lineMaxFen: 0 });
    expect(result.vetoes).toEqual([
      { code: 'WILFUL_DEFAULT', name: '恶意拖欠', reason: '法院文书', origin: 'FINDING' },
    ]);
  });

  test('that one voice raises lowers nothing and stays open', () => {
    const result = scored(withVoice());
    expect(result.computed).toEqual(scored(inputsOf()).computed);
    expect(result.vetoes).toEqual([]);
    expect(result.raised).toEqual([
      { code: 'GAMBLING_OR_DRUGS', name: '经查实参与赌博、吸毒贩毒', reasons: ['听说赌博'] },
    ]);
  });

  test.each([true, false])('that was found upon (%s) is no longer open', (confirmed) => {
    const inputs = withVoice();
    inputs.findings = [{ code: 'GAMBLING_OR_DRUGS', confirmed, reason: '派出所复函' }];
    const result = scored(inputs);
    expect(result.raised).toEqual([]);
    expect(result.computed.grade).toBe(confirmed ? 'D' : 'A');
  });

  test('for a bad loan that is not settled comes from the loan book', () => {
    const record = { ...lateBy(120), overdueNowDays: 120, unsettledBad: true };
    const result = scored(inputsOf(), record);
    expect(result.vetoes).toMatchObject([{ code: 'UNSETTLED_BAD_LOAN', origin: 'LOANS' }]);
    expect(result.vetoes[0]?.reason).toContain('120 天');
    expect(result.computed.lineFen).toBe(0);
  });

  test('for the age comes from the register, and only when it knows', () => {
    const aged = (adultsInAge: number | null) =>
      scored({ ...inputsOf(), register: { ableWorkers: 2, adultsInAge } });
    expect(aged(0).vetoes).toMatchObject([{ code: 'AGE_OUT_OF_RANGE', origin: 'REGISTER' }]);
    expect(aged(1).vetoes).toEqual([]);
    expect(aged(null).vetoes).toEqual([]);
  });

  test('that the card does not list does not hold', () => {
    const short = defaultCard();
    short.vetoes = [{ code: 'WILFUL_DEFAULT', name: '恶意拖欠' }];
    const record = { ...lateBy(120), overdueNowDays: 120, unsettledBad: true };
    const inputs = { ...inputsOf(), register: { ableWorkers: 2, adultsInAge: 0 } };
    expect(scored(inputs, record, short).vetoes).toEqual([]);
  });
});

describe('what would raise the grade', () => {
  test('is told for each item with the next better level', () => {
    const result = scored(inputsOf({ INCOME_PLAN: 'COVERS_WITH_OTHER', SKILL: NOT_KNOWN }));
    expect(scoreText(result.scoreHundredths)).toBe('78.60');
    expect(result.next).toEqual({ grade: 'A', gradeName: '优秀', missingHundredths: 640 });
    expect(
      result.toRaise.map(({ item, level, addsHundredths, reaches }) => [
        item,
        level,
        addsHundredths,
        reaches?.grade ?? null,
      ]),
    ).toEqual([
      ['REPAYMENT_HISTORY', 'ON_TIME', 500, null],
      ['COMMITMENTS', 'COMMENDED', 300, null],
      ['VILLAGE_APPRAISAL', null, 240, null],
      ['ABLE_WORKERS', 'THREE_OR_MORE', 200, null],
      ['SKILL', 'TRAINED', 300, null],
      ['INCOME_PLAN', 'COVERS', 400, null],
    ]);
  });

  test('says where one step alone reaches the next grade', () => {
    const result = scored(inputsOf({ INCOME_PLAN: 'COVERS_WITH_OTHER' }));
    expect(scoreText(result.scoreHundredths)).toBe('81.60');
    const reaching = result.toRaise.filter((step) => step.reaches).map((step) => step.item);
    expect(reaching).toEqual(['REPAYMENT_HISTORY', 'INCOME_PLAN']);
  });

  test('does not tell a late repayer to have paid on time', () => {
    const steps = scored(inputsOf(), lateBy(10)).toRaise.map((step) => step.item);
    expect(steps).not.toContain('REPAYMENT_HISTORY');
    expect(steps).toContain('COMMITMENTS');
  });
});

describe('laws', () => {
  const asked = itemsOf(card).filter((item) => item.input === 'LEVEL');
  const answers = fc.record(
    Object.fromEntries(
      asked.map((item) => [
        item.code,
        fc.constantFrom(NOT_KNOWN, ...item.levels.map((level) => level.code)),
      ]),
    ),
  ) as fc.Arbitrary<Record<keyof typeof LEVELS, string>>;
  const marks = fc.array(fc.constantFrom(20, 18, 17, 15, 13, 0), { minLength: 5, maxLength: 12 });
  const workers = fc.option(fc.integer({ min: 0, max: 9 }));
  const record = fc.oneof(
    fc.constant(NO_LOANS),
    fc.integer({ min: 0, max: 400 }).map((days) => lateBy(days)),
  );
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
    .tuple(answers, marks, assets, workers)
    .map(([given, sheets, owned, ableWorkers]) => ({
      ...inputsOf(given, sheets),
      assets: owned,
      register: { ableWorkers, adultsInAge: 1 },
    }));

  test('asset-blind: doubling every asset of a household changes nothing of its rating', () => {
    fc.assert(
      fc.property(inputs, record, (one, evidence) => {
        const doubled = one.assets.map((asset) => ({
          ...asset,
          quantity: asset.quantity * 2,
          valueFen: (asset.valueFen * 2) as Fen,
        }));
        requireInputs(card, one);
        const result = rate(card, one, evidence);
        expect(rate(card, { ...one, assets: doubled }, evidence)).toEqual(result);
        expect(rate(card, { ...one, assets: [] }, evidence)).toEqual(result);
      }),
    );
  });

  /** Score, grade and line of `after` are not below those of `before`. */
  const notLower = (before: ReturnType<typeof rate>, after: ReturnType<typeof rate>) => {
    expect(after.scoreHundredths).toBeGreaterThanOrEqual(before.scoreHundredths);
    expect(after.first.grade <= before.first.grade).toBe(true);
    expect(after.computed.lineFen).toBeGreaterThanOrEqual(before.computed.lineFen);
    expect(after.computed.lineMaxFen).toBeGreaterThanOrEqual(before.computed.lineMaxFen);
  };

  test('monotone: a better level of any item never lowers score, grade or line', () => {
    const place = fc.nat({ max: asked.length - 1 });
    fc.assert(
      fc.property(inputs, record, place, fc.nat(3), fc.nat(3), (one, evidence, at, i, j) => {
        const item = asked[at % asked.length];
        const level = (n: number) => item?.levels[Math.min(n, item.levels.length - 1)]?.code ?? '';
        const having = (n: number) => ({
          ...one,
          items: one.items.map((given) =>
            given.item === item?.code ? { ...given, level: level(n) } : given,
          ),
        });
        notLower(
          rate(card, having(Math.max(i, j)), evidence),
          rate(card, having(Math.min(i, j)), evidence),
        );
      }),
    );
  });

  test('monotone: one worker more, a shorter delay, a better sheet never lower anything', () => {
    fc.assert(
      fc.property(inputs, fc.nat(8), fc.nat(400), fc.nat(400), (one, able, days, more) => {
        const having = (ableWorkers: number) => ({
          ...one,
          register: { ...one.register, ableWorkers },
        });
        notLower(rate(card, having(able), NO_LOANS), rate(card, having(able + 1), NO_LOANS));
        notLower(rate(card, one, lateBy(days + more)), rate(card, one, lateBy(days)));
        const [worst, ...others] = one.appraisals;
        const better = { ...one, appraisals: [sheetOf(20, worst?.appraiser ?? ''), ...others] };
        notLower(rate(card, one, NO_LOANS), rate(card, better, NO_LOANS));
      }),
    );
  });

  test('a void sheet anywhere changes nothing', () => {
    fc.assert(
      fc.property(inputs, record, fc.nat(12), fc.boolean(), (one, evidence, at, relative) => {
        const stranger = { ...sheetOf(0, '外人'), knowsHousehold: relative };
        const added = { ...stranger, related: relative ? '叔侄' : null };
        const appraisals = [...one.appraisals];
        appraisals.splice(at, 0, added);
        const { sheets, ...after } = rate(card, { ...one, appraisals }, evidence);
        const { sheets: before, ...same } = rate(card, one, evidence);
        expect(after).toEqual(same);
        expect(sheets.counted).toBe(before.counted);
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
          expect(item.scoreHundredths).toBeGreaterThanOrEqual(0);
          expect(item.scoreHundredths).toBeLessThanOrEqual(item.maxPoints * 100);
        }
      }),
    );
  });

  test('each step that would raise the score does: taken, it adds what was told', () => {
    fc.assert(
      fc.property(inputs, record, (one, evidence) => {
        const before = rate(card, one, evidence);
        for (const step of before.toRaise.filter(({ item }) => item in LEVELS)) {
          const items = one.items.map((given) =>
            given.item === step.item ? { ...given, level: step.level ?? '' } : given,
          );
          const after = rate(card, { ...one, items }, evidence);
          expect(after.scoreHundredths - before.scoreHundredths).toBe(step.addsHundredths);
          expect(step.reaches?.grade ?? before.first.grade).toBe(after.first.grade);
        }
      }),
    );
  });

  /** Lawful cards with other borders and lines. */
  const banded = fc
    .uniqueArray(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 8 })
    .map((borders): Scorecard => {
      const mins = [0, ...borders.sort((a, b) => a - b)];
      const grades = mins.map((minScoreHundredths, place) => ({
        code: `G${place}`,
        name: `第${place}级`,
        minScoreHundredths,
        lineFen: (place * 100) as Fen,
        lineMaxFen: (place === 0 ? 0 : place * 100 + 50) as Fen,
      }));
      return { ...defaultCard(), grades, vetoGrade: 'G0' };
    });

  test('bands of any lawful card cover 0 to the full mark: every hundredth has one grade', () => {
    fc.assert(
      fc.property(banded, (one) => {
        expect(brokenLaw(one)).toBeNull();
        const mins = one.grades.map((grade) => grade.minScoreHundredths);
        for (let score = 0; score <= one.fullMarkPoints * 100; score += 1) {
          const place = mins.filter((min) => min <= score).length - 1;
          if (gradeOf(one, score).code !== `G${place}`)
            throw new Error(`${score} is not G${place}`);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('a border of any lawful card, and a hundredth to each side of it', () => {
    fc.assert(
      fc.property(banded, (one) => {
        one.grades.slice(1).forEach(({ minScoreHundredths: border }, below) => {
          expect(gradeOf(one, border).code).toBe(`G${below + 1}`);
          expect(gradeOf(one, border - 1).code).toBe(`G${below}`);
          expect(gradeOf(one, border + 1).minScoreHundredths).toBeGreaterThanOrEqual(border);
        });
      }),
    );
  });

  test('the mean lies between the lowest and the highest sheet, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 30 }), (points) => {
        const mean = appraisalMean(points);
        expect(appraisalMean([...points].reverse())).toBe(mean);
        expect(mean).toBeGreaterThanOrEqual(Math.min(...points) * 100);
        expect(mean).toBeLessThanOrEqual(Math.max(...points) * 100);
      }),
    );
  });

  test('the digest is of the content: the same for the same, another for any change', () => {
    const content = (one: RatingInputs, evidence: RepaymentRecord): RatingContent => ({
      householdId: 'H',
      scorecardRowId: 'scorecard-default',
      ratedOn: '2018-03-01',
      ratedBy: 'U',
      inputs: one,
      evidence,
      result: rate(card, one, evidence),
    });
    fc.assert(
      fc.property(inputs, record, (one, evidence) => {
        const digest = contentDigest(content(one, evidence));
        // Rated again, from what was stored, under a fresh copy of the card: one by one is as in a batch.
        const stored = JSON.parse(JSON.stringify(content(one, evidence))) as RatingContent;
        const again = rate(defaultCard(), stored.inputs, stored.evidence);
        expect(contentDigest({ ...stored, result: again })).toBe(digest);
        const more = { ...one, assets: [...one.assets, { item: 'HOUSE', quantity: 1 }] };
        expect(contentDigest(content(more, evidence))).not.toBe(digest);
        const other = { ...content(one, evidence), ratedBy: 'V' };
        expect(contentDigest(other)).not.toBe(digest);
      }),
    );
  });
});
