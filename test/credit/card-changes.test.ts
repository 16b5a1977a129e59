/** A new card on the frozen inputs of a rating: what would change, and what was never asked. */
import { compareCards } from '../../src/credit/card-changes';
import { rate } from '../../src/credit/rating';
import { itemsOf, NOT_KNOWN, type Scorecard } from '../../src/credit/scorecard';
import { brokenLaw } from '../../src/credit/scorecard-laws';
import type { Fen } from '../../src/platform/money';
import { defaultCard, inputsOf, NO_LOANS } from './cards';

const was = rate(defaultCard(), inputsOf(), NO_LOANS);

function compared(change: (card: Scorecard) => void, inputs = inputsOf()) {
  const card = defaultCard();
  change(card);
  expect(brokenLaw(card)).toBeNull();
  return compareCards(rate(defaultCard(), inputs, NO_LOANS), card, inputs, NO_LOANS);
}

const skill = (card: Scorecard) => {
  const found = itemsOf(card).find((item) => item.code === 'SKILL');
  if (!found) throw new Error('no SKILL');
  return found;
};

test('the same card changes nothing and leaves nothing unanswered', () => {
  const change = compared(() => undefined);
  expect(change).toEqual({ from: was.computed, to: was.computed, unanswered: [] });
});

test('a higher border moves a household down, a higher line moves its line', () => {
  const stricter = compared((card) => {
    const [best] = card.grades;
    if (best) best.minScoreHundredths = 8561;
  });
  expect([stricter.from.grade, stricter.to.grade]).toEqual(['A', 'B']);
  const richer = compared((card) => {
    const [best] = card.grades;
    if (best) Object.assign(best, { lineFen: 6_000_000 as Fen, lineMaxFen: 6_000_000 as Fen });
  });
  expect(richer.to.lineFen - richer.from.lineFen).toBe(1_000_000);
});

test('a level that the new card does not have is not known, and told', () => {
  const change = compared((card) => {
    for (const level of skill(card).levels) if (level.code === 'TRAINED') level.code = 'COURSE';
    skill(card).notKnownPoints = 0;
  });
  expect(change.unanswered).toEqual(['SKILL']);
  expect([change.from.grade, change.to.grade]).toEqual(['A', 'B']);
});

test('an item that was never asked is not known', () => {
  const change = compared((card) => {
    skill(card).code = 'TRADE';
  });
  expect(change.unanswered).toEqual(['TRADE']);
});

test('what was not known before is no news', () => {
  const change = compared(() => undefined, inputsOf({ SKILL: NOT_KNOWN }));
  expect(change.unanswered).toEqual([]);
});

test('another appraisal than was held is not known', () => {
  const change = compared((card) => {
    const [first] = card.appraisal.items;
    if (first) first.code = 'CHARACTER';
  });
  expect(change.unanswered).toEqual(['VILLAGE_APPRAISAL']);
});

test('the rating that was compared is as it was', () => {
  const inputs = inputsOf();
  compared((card) => {
    skill(card).notKnownPoints = 0;
  }, inputs);
  expect(inputs).toEqual(inputsOf());
  expect(rate(defaultCard(), inputs, NO_LOANS)).toEqual(was);
});
