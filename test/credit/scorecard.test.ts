/** The laws of every scorecard: a card that breaks one is refused when it is loaded or proposed. */
import { brokenLaw, itemsOf, type Scorecard, scorecardSchema } from '../../src/credit/scorecard';
import { type Fen } from '../../src/platform/money';
import { ppm } from '../../src/platform/rate';
import { defaultCard } from './cards';

function changed(change: (card: Scorecard) => void): Scorecard {
  const card = defaultCard();
  change(card);
  return card;
}

const item = (card: Scorecard, code: string) => {
  const found = itemsOf(card).find((one) => one.code === code);
  if (!found) throw new Error(`no item ${code}`);
  return found;
};

/** Takes points from one item and gives them to the first asset item. */
function giveToAssets(card: Scorecard, points: number): void {
  const [credit, , , assets] = card.blocks;
  if (!credit || !assets) throw new Error('the default card has four blocks');
  item(card, 'COMMITMENTS').maxPoints -= points;
  item(card, 'COMMITMENTS').guide = [];
  credit.maxPoints -= points;
  item(card, 'HOUSE').maxPoints += points;
  item(card, 'HOUSE').input = 'POINTS';
  assets.maxPoints += points;
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

test.each<[string, (card: Scorecard) => void, RegExp]>([
  ['items that do not add up', (card) => (item(card, 'SKILL').maxPoints = 9), /劳动.*之和/],
  [
    'blocks that do not add up',
    (card) => {
      card.fullMarkPoints = 101;
    },
    /总分/,
  ],
  ['a code used twice', (card) => (item(card, 'SKILL').code = 'COMMITMENTS'), /COMMITMENTS 重复/],
  [
    'two items averaged from the village',
    (card) => (item(card, 'SKILL').input = 'APPRAISAL_AVERAGE'),
    /至多一项/,
  ],
  [
    'a guide beyond the maximum',
    (card) => item(card, 'SKILL').guide.push({ points: 9, text: '超' }),
    /超过满分/,
  ],
  ['information that scores', (card) => (item(card, 'SKILL').input = 'INFORMATION'), /只展示/],
  ['repayment without its levels', (card) => item(card, 'REPAYMENT_HISTORY').guide.pop(), /四档/],
  [
    'repayment that rewards being late',
    (card) => item(card, 'REPAYMENT_HISTORY').guide.reverse(),
    /四档/,
  ],
  ['scores below the lowest grade', (card) => card.grades.pop(), /从 0 分起/],
  [
    'two grades on one border',
    (card) => card.grades.push({ ...must(card.grades[1]), code: 'E' }),
    /重叠/,
  ],
  ['a grade given twice', (card) => (must(card.grades[1]).code = 'A'), /等级代码重复/],
  [
    'a best grade beyond the full mark',
    (card) => (must(card.grades[0]).minScoreHundredths = 10_001),
    /无人能够达到/,
  ],
  [
    'a better grade with a lower line',
    (card) => (must(card.grades[0]).lineFen = 100 as Fen),
    /不得低于/,
  ],
  ['a veto to no grade', (card) => (card.vetoGrade = 'Z'), /不在等级表/],
  ['a veto to a grade with a line', (card) => (card.vetoGrade = 'A'), /不得有额度/],
])('%s is refused', (_, change, reason) => {
  expect(brokenLaw(changed(change))).toMatch(reason);
});

test('rounding and decimals that the rule does not know are refused by the shape', () => {
  const card = { ...defaultCard(), appraisal: { ...defaultCard().appraisal, decimals: 3 } };
  expect(scorecardSchema.validate(card).error).toBeDefined();
});

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('missing');
  return value;
}
