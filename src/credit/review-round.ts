/**
 * 村评议小组批量审议: the village group agrees with all computed ratings of a round, or of its village, that need no look of
 * their own.
 */
import { defineAct } from '../platform/act';
import {
  type RoundDecision,
  roundDecision,
  roundDecisionAnswer,
  startSigning,
} from './round-decision';
import { locatePart } from './round-part';
import { roundReviewing } from './round-signing';

export const reviewRound = defineAct({
  name: 'credit.review-round',
  title: '村评议小组批量审议评级',
  permission: 'credit.review-village',
  input: roundDecision,
  answer: roundDecisionAnswer,
  locate: locatePart,
  run: (work, input: RoundDecision, { round, region }) =>
    startSigning(work, { input, round, region }, 'village', roundReviewing),
});
