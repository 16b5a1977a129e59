/**
 * What would raise the grade: for each item the next better level, what it would add, and whether that alone
 * reaches a better grade. A delay of the past cannot be undone, so a late repayer is not told to have paid on time.
 */
import { gradeOf } from './grades';
import type { ItemScore, RaisingStep } from './rating-content';
import { type Item, itemsOf, type Scorecard } from './scorecard';

/** The steps open to a household of this score, in the order of the card. */
export function raisingSteps(
  card: Scorecard,
  scores: readonly ItemScore[],
  scoreHundredths: number,
): RaisingStep[] {
  const now = gradeOf(card, scoreHundredths);
  return itemsOf(card).flatMap((item): RaisingStep[] => {
    const score = scores.find((one) => one.code === item.code);
    const step = score ? betterOf(item, score) : null;
    if (!score || !step || step.hundredths <= score.scoreHundredths) return [];
    const addsHundredths = step.hundredths - score.scoreHundredths;
    const then = gradeOf(card, scoreHundredths + addsHundredths);
    const reaches = then.code === now.code ? null : { grade: then.code, gradeName: then.name };
    const { level, text } = step;
    return [{ item: item.code, name: item.name, level, text, addsHundredths, reaches }];
  });
}

/** The next better level of an item; the village's mean has no levels, so its best stands for them. */
function betterOf(item: Item, score: ItemScore) {
  if (item.input === 'APPRAISAL') {
    return { level: null, text: '评议各项均为最高档', hundredths: item.maxPoints * 100 };
  }
  const now = item.levels.find((level) => level.code === score.level);
  if (item.input === 'REPAYMENT' && now?.when?.borrowed) return null;
  const better = item.levels.findLast((level) => level.points * 100 > score.scoreHundredths);
  return better ? { level: better.code, text: better.text, hundredths: better.points * 100 } : null;
}
