/**
 * Rating (评级授信): from a scorecard, what people put in and the evidence to points, a grade and a line. Pure:
 * one household rated alone or in a batch gives the same result, and the same inputs give the same digest.
 *
 * Laws: a score is the sum of its items in hundredths of a point; an item of input INFORMATION scores nothing;
 * a score exactly on a border falls in the upper grade; what is not known has the card's own points for that; a
 * confirmed veto leads to the card's veto grade, whatever the score; repayment, workers and the village's mean
 * cannot be typed in. Sources: policy facts §2.2–§2.4.
 */
import { countedSheets, sheetCount } from './appraisal-mean';
import type { RepaymentRecord } from './evidence';
import { gradeByCode, gradeOf, nextGrade } from './grades';
import { scoreItem } from './item-score';
import { raisingSteps } from './raising';
import type { GradeLine, RatingInputs, RatingResult } from './rating-content';
import type { Grade, Scorecard } from './scorecard';
import { confirmedVetoes, openVetoes } from './vetoes';

/**
 * Rates a household. A rating's inputs have been checked against its card (`requireInputs`); under another card, when
 * cards are compared, what the card asks and the inputs do not answer is not known.
 */
export function rate(
  card: Scorecard,
  inputs: RatingInputs,
  evidence: RepaymentRecord,
): RatingResult {
  const sheets = countedSheets(card, inputs.appraisals);
  const items = card.blocks.flatMap((block) =>
    block.items.map((item) => ({
      code: item.code,
      name: item.name,
      blockCode: block.code,
      blockName: block.name,
      nature: item.nature,
      maxPoints: item.maxPoints,
      ...scoreItem(item, { card, inputs, sheets, evidence }),
    })),
  );
  const blocks = card.blocks.map(({ code, name, maxPoints }) => ({
    code,
    name,
    maxPoints,
    scoreHundredths: sum(items.filter((item) => item.blockCode === code)),
  }));
  const scoreHundredths = sum(items);
  const vetoes = confirmedVetoes(card, inputs, evidence);
  const first = gradeOf(card, scoreHundredths);
  const next = vetoes.length > 0 ? null : nextGrade(card, scoreHundredths);
  return {
    items,
    blocks,
    scoreHundredths,
    sheets: sheetCount(card, inputs.appraisals),
    first: gradeLine(first),
    raised: openVetoes(card, sheets, [...inputs.findings, ...vetoes]),
    vetoes,
    computed: gradeLine(vetoes.length > 0 ? gradeByCode(card, card.vetoGrade) : first),
    next,
    toRaise: next ? raisingSteps(card, items, scoreHundredths) : [],
  };
}

const sum = (items: readonly { scoreHundredths: number }[]) =>
  items.reduce((total, item) => total + item.scoreHundredths, 0);

const gradeLine = ({ code, name, lineFen, lineMaxFen }: Grade): GradeLine => ({
  grade: code,
  gradeName: name,
  lineFen,
  lineMaxFen,
});
