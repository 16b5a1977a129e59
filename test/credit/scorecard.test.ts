/** The laws of every scorecard: a card that breaks one is refused when it is loaded or proposed. */
import { type Item, itemsOf, type Level, type Scorecard } from '../../src/credit/scorecard';
import { brokenLaw } from '../../src/credit/scorecard-laws';
import { scorecardSchema } from '../../src/credit/scorecard-parameter';
import type { Fen } from '../../src/platform/money';
import { ppm } from '../../src/platform/rate';
import { defaultCard } from './cards';

function changed(change: (card: Scorecard) => void): Scorecard {
  const card = defaultCard();
  change(card);
  return card;
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('missing');
  return value;
}

const item = (card: Scorecard, code: string): Item =>
  must(itemsOf(card).find((one) => one.code === code));
const level = (card: Scorecard, code: string, place: number): Level =>
  must(item(card, code).levels.at(place));
const appraised = (card: Scorecard, place = 0) => must(card.appraisal.items[place]);
const grade = (card: Scorecard, place: number) => must(card.grades[place]);

/** Takes points from one item and gives them to the first asset item. */
function giveToAssets(card: Scorecard, points: number): void {
  const [credit, , , assets] = card.blocks;
  const commitments = item(card, 'COMMITMENTS');
  const house = item(card, 'HOUSE');
  commitments.maxPoints -= points;
  commitments.levels = [{ code: 'KEPT', points: commitments.maxPoints, text: '守诺' }];
  commitments.notKnownPoints = 0;
  must(credit).maxPoints -= points;
  house.maxPoints += points;
  house.input = 'LEVEL';
  house.levels = [{ code: 'OWN', points: house.maxPoints, text: '有住房' }];
  house.notKnownPoints = 0;
  must(assets).maxPoints += points;
}

test('the card of the reference data is lawful', () => {
  expect(scorecardSchema.validate(defaultCard(), { convert: false }).error).toBeUndefined();
});

test('a card that gives an asset a single point is refused, and says why', () => {
  const { error } = scorecardSchema.validate(changed((card) => giveToAssets(card, 1)));
  expect(error?.message).toMatch(/资产类指标合计 1 分/);
});

test('a county may allow assets a share; one point more is refused', () => {
  const card = changed((one) => {
    one.assetShareMaxPpm = ppm(100_000);
    giveToAssets(one, 10);
  });
  expect(brokenLaw(card)).toBeNull();
  giveToAssets(card, 1);
  expect(brokenLaw(card)).toMatch(/资产类/);
});

type Case = [string, (card: Scorecard) => unknown, RegExp];

describe('a card is refused for its items:', () => {
  test.each<Case>([
    ['they do not add up', (card) => (item(card, 'SKILL').maxPoints = 9), /劳动.*之和/],
    ['blocks do not add up', (card) => (card.fullMarkPoints = 101), /总分/],
    ['a code used twice', (card) => (item(card, 'SKILL').code = 'COMMITMENTS'), /COMMITMENTS 重复/],
    [
      'two items averaged from the village',
      (card) => (item(card, 'SKILL').input = 'APPRAISAL'),
      /至多一项/,
    ],
    ['information that scores', (card) => (item(card, 'SKILL').input = 'INFORMATION'), /只展示/],
    [
      'a question without points for not knowing',
      (card) => (item(card, 'SKILL').notKnownPoints = undefined),
      /须写明情况不明/,
    ],
    [
      'points for not knowing beyond the full mark',
      (card) => (item(card, 'SKILL').notKnownPoints = 9),
      /情况不明时的分值超过满分/,
    ],
    [
      'points for not knowing what the loan book always knows',
      (card) => (item(card, 'REPAYMENT_HISTORY').notKnownPoints = 1),
      /不会情况不明/,
    ],
  ])('%s', (_, change, reason) => {
    expect(brokenLaw(changed(change))).toMatch(reason);
  });
});

describe('a card is refused for its levels:', () => {
  test.each<Case>([
    ['a full mark nobody can reach', (card) => (level(card, 'SKILL', 0).points = 7), /须等于满分/],
    ['none at all', (card) => (item(card, 'SKILL').levels = []), /须等于满分/],
    ['a better one with fewer points', (card) => (level(card, 'SKILL', 2).points = 7), /从高到低/],
    ['a code used twice', (card) => (level(card, 'SKILL', 1).code = 'SKILLED'), /代码重复/],
    [
      'a question to a person that answers itself',
      (card) => (level(card, 'SKILL', 0).when = { workersMin: 1 }),
      /不得附条件/,
    ],
    ['levels of the mean', (card) => (item(card, 'VILLAGE_APPRAISAL').levels = [one]), /不分档/],
    [
      'being late rewarded',
      (card) => (level(card, 'REPAYMENT_HISTORY', 3).points = 13),
      /从高到低/,
    ],
    [
      'nobody for the longest delay',
      (card) => item(card, 'REPAYMENT_HISTORY').levels.pop(),
      /末档/,
    ],
    [
      'nobody for those who never borrowed',
      (card) => item(card, 'REPAYMENT_HISTORY').levels.splice(1, 1),
      /没有借款/,
    ],
    [
      'delays out of order',
      (card) => (level(card, 'REPAYMENT_HISTORY', 0).when = { borrowed: true, overdueDaysMax: 30 }),
      /逐档增加/,
    ],
    [
      'a delay of those who never borrowed',
      (card) =>
        (level(card, 'REPAYMENT_HISTORY', 1).when = { borrowed: false, overdueDaysMax: 30 }),
      /没有借款/,
    ],
    [
      'those who never borrowed, twice',
      (card) =>
        item(card, 'REPAYMENT_HISTORY').levels.splice(2, 0, {
          ...level(card, 'REPAYMENT_HISTORY', 1),
          code: 'NEVER_AGAIN',
        }),
      /没有借款/,
    ],
    ['nobody without workers', (card) => item(card, 'ABLE_WORKERS').levels.pop(), /末档为 0 人/],
    [
      'more workers for fewer points',
      (card) => (level(card, 'ABLE_WORKERS', 1).when = { workersMin: 4 }),
      /逐档减少/,
    ],
    [
      'workers counted by delays',
      (card) => (level(card, 'ABLE_WORKERS', 3).when = { overdueDaysMax: 0 }),
      /末档为 0 人/,
    ],
  ])('%s', (_, change, reason) => {
    expect(brokenLaw(changed(change))).toMatch(reason);
  });
  const one: Level = { code: 'ONE', points: 20, text: '一档' };
});

describe('a card is refused for its appraisal:', () => {
  test.each<Case>([
    [
      'the best options do not make the full mark',
      (card) => (must(appraised(card).options[0]).points = 9),
      /最高档之和/,
    ],
    ['two options', (card) => appraised(card).options.pop(), /须分三档/],
    [
      'two options of equal points',
      (card) => (must(appraised(card).options[1]).points = 0),
      /逐档降低/,
    ],
    [
      'an option given twice',
      (card) => (must(appraised(card).options[1]).code = 'GOOD'),
      /选项代码 GOOD 重复/,
    ],
    ['an item given twice', (card) => (appraised(card).code = 'STANDING'), /STANDING 重复/],
    [
      'items that score nowhere',
      (card) => Object.assign(item(card, 'VILLAGE_APPRAISAL'), { input: 'LEVEL', levels: [best] }),
      /没有村民评议指标/,
    ],
  ])('%s', (_, change, reason) => {
    expect(brokenLaw(changed(change))).toMatch(reason);
  });
  const best: Level = { code: 'BEST', points: 20, text: '最好' };
});

describe('a card is refused for its grades:', () => {
  test.each<Case>([
    ['scores below the lowest', (card) => card.grades.pop(), /从 0 分起/],
    ['two on one border', (card) => card.grades.push({ ...grade(card, 1), code: 'E' }), /重叠/],
    ['one given twice', (card) => (grade(card, 1).code = 'A'), /等级代码重复/],
    [
      'a best one beyond the full mark',
      (card) => (grade(card, 0).minScoreHundredths = 10_001),
      /无人能够达到/,
    ],
    ['a better one with a lower line', (card) => (grade(card, 0).lineFen = 100 as Fen), /不得低于/],
    [
      'a most below the line itself',
      (card) => (grade(card, 2).lineMaxFen = 1_999_999 as Fen),
      /“一般”的额度上限/,
    ],
    [
      'a most beyond the line of the next',
      (card) => (grade(card, 2).lineMaxFen = 4_000_001 as Fen),
      /“一般”的额度上限/,
    ],
    ['a veto to no grade', (card) => (card.vetoGrade = 'Z'), /不在等级表/],
    ['a veto to a grade with a line', (card) => (card.vetoGrade = 'A'), /不得有额度/],
    ['ages that nobody has', (card) => (card.borrowerAges.min = 66), /下限高于上限/],
  ])('%s', (_, change, reason) => {
    expect(brokenLaw(changed(change))).toMatch(reason);
  });
});

test('rounding and decimals that the rule does not know are refused by the shape', () => {
  const card = { ...defaultCard(), appraisal: { ...defaultCard().appraisal, decimals: 3 } };
  expect(scorecardSchema.validate(card).error).toBeDefined();
});

test('a level may not take the name of not knowing', () => {
  const card = changed((one) => (level(one, 'SKILL', 3).code = 'NOT_KNOWN'));
  expect(scorecardSchema.validate(card).error).toBeDefined();
});
