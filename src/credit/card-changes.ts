/**
 * What a new scorecard would change for a household: its frozen inputs rated under the new card. What the new card
 * asks and was never asked before is not known, with the new card's points for that; nothing is guessed. Pure; a
 * rating in force keeps its own card and result, whatever is simulated.
 */
import type { RepaymentRecord } from './evidence';
import { rate } from './rating';
import type { GradeLine, RatingInputs, RatingResult } from './rating-content';
import type { Scorecard } from './scorecard';

/** One household under two cards. */
export interface CardChange {
  /** Grade and line as computed under the card of its rating. */
  from: GradeLine;
  /** The same under the new card. */
  to: GradeLine;
  /** Codes of the new card's items that the frozen inputs do not answer and the old card did not leave open. */
  unanswered: string[];
}

/** Compares a rating's own result with what the new card makes of the same inputs and evidence. */
export function compareCards(
  was: RatingResult,
  newCard: Scorecard,
  inputs: RatingInputs,
  evidence: RepaymentRecord,
): CardChange {
  const would = rate(newCard, inputs, evidence);
  const openBefore = new Set(was.items.flatMap((item) => (item.known ? [] : [item.code])));
  const unanswered = would.items.flatMap(({ code, known }) =>
    known || openBefore.has(code) ? [] : [code],
  );
  return { from: was.computed, to: would.computed, unanswered };
}
