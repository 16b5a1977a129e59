/** The face of credit: ratings and the lines they give. Nothing else is imported from outside. */
import { CreditAppeal } from './appeal.entity';
import { cardSimulating } from './card-simulating';
import { CardSimulation } from './card-simulation.entity';
import { CreditLine, CreditLinePeriod, LineRaise } from './credit-line.entity';
import { CreditPlaceAward, CreditPlaceContent } from './place-award.entity';
import { Rating, RatingContentRow, RatingStep } from './rating.entity';
import { AppraisalSheetRow, RatingCase, RatingCaseItem } from './rating-case.entity';
import { RatingRound, RoundRun, RoundRunItem, RoundSkip } from './round.entity';
import { roundComputing } from './round-computing';
import { roundOpening } from './round-opening';
import { roundChecking, roundGranting, roundReviewing } from './round-signing';

export { appraise } from './appraise';
export { cancelCase } from './cancel-case';
export { checkTownship as checkRatingTownship } from './check-township';
export { collect } from './collect';
export { compute } from './compute';
export { confirmRaise } from './confirm-raise';
export { creditRoutes } from './credit.routes';
export { type Line, type LineStanding, lineOf, lineOn } from './credit-line.queries';
export { type Grant, grantLine } from './credit-line.store';
export { creditLineRoutes } from './credit-lines.routes';
export { decide as decideRating } from './decide';
export { enterAppraisal } from './enter-appraisal';
export { type Evidence, type RepaymentRecord, useEvidence } from './evidence';
export { onHouseholdChanging, onHouseholdMoved } from './household-changes';
export { lineUnfreezing } from './line-events';
export { type ReportedTrigger, reportLineTrigger } from './line-trigger';
export { reviewLinesStep } from './lines.job';
export { openCase } from './open-case';
export { type PlaceEvidence, type PlaceLoans, usePlaceEvidence } from './place-evidence';
export { type RatingSigner, ratingSigners } from './ratings.queries';
export { reviewVillage as reviewRatingVillage } from './review-village';
export { creditRoundRoutes } from './rounds.routes';

/** Table maps of this module. */
export const creditEntities = [
  Rating,
  RatingContentRow,
  RatingStep,
  RatingCase,
  RatingCaseItem,
  AppraisalSheetRow,
  CreditLine,
  CreditLinePeriod,
  LineRaise,
  CreditAppeal,
  CreditPlaceAward,
  CreditPlaceContent,
  RatingRound,
  RoundSkip,
  RoundRun,
  RoundRunItem,
  CardSimulation,
];

/** Long tasks of this module. */
export const creditTasks = [
  roundOpening,
  roundComputing,
  roundReviewing,
  roundChecking,
  roundGranting,
  cardSimulating,
];
