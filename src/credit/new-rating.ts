/**
 * From a collected file to the rows of a rating: pure, and the only place where a rating is made, so that one
 * household gets the same rating, word for word, whether it is computed alone or in a round.
 */
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import type { Work } from '../platform/work';
import type { InForce } from '../policy';
import type { RepaymentRecord } from './evidence';
import { rate } from './rating';
import type { Rating, RatingContentRow, RatingStep } from './rating.entity';
import type { AppraisalSheetRow, RatingCase, RatingCaseItem } from './rating-case.entity';
import {
  type AppraisalSheet,
  contentDigest,
  type RatingInputs,
  type RegisterFacts,
} from './rating-content';
import { requireInputs } from './rating-inputs';
import type { Scorecard } from './scorecard';

/** A file with everything that is known of its household on the day. */
export interface CaseFacts {
  ratingCase: RatingCase;
  /** In the order of entry. */
  items: readonly RatingCaseItem[];
  sheets: readonly AppraisalSheetRow[];
  evidence: RepaymentRecord;
  register: RegisterFacts;
}

/** The rows of a new rating. */
export interface NewRating {
  rating: Rating;
  content: RatingContentRow;
  step: RatingStep;
}

/** Who computes, and when. */
export type Maker = Pick<Work, 'actor' | 'newId'> & { today: BusinessDate; now: Instant };

/**
 * Rates a file under its card.
 * @throws Problem credit.inputs-invalid, evidence-typed, appraisers-too-few
 */
export function newRating(maker: Maker, card: InForce<Scorecard>, facts: CaseFacts): NewRating {
  const inputs = inputsOf(facts);
  requireInputs(card.value, inputs);
  const { evidence, ratingCase } = facts;
  const result = rate(card.value, inputs, evidence);
  const frozen = {
    householdId: ratingCase.householdId,
    scorecardRowId: card.rowId,
    ratedOn: maker.today,
    ratedBy: maker.actor.id,
  };
  const id = maker.newId();
  const digest = contentDigest({ ...frozen, inputs, evidence, result });
  const { grade, gradeName, lineFen } = result.computed;
  const rating: Rating = {
    ...frozen,
    id,
    householdCode: ratingCase.householdCode,
    headName: ratingCase.headName,
    regionCode: ratingCase.regionCode,
    caseId: ratingCase.id,
    roundId: ratingCase.roundId,
    scoreHundredths: result.scoreHundredths,
    firstGrade: result.first.grade,
    firstLineFen: result.first.lineFen,
    computedGrade: grade,
    computedLineFen: lineFen,
    grade,
    gradeName,
    lineFen,
    validityMonths: card.value.validityMonths,
    ratedByName: maker.actor.name,
    contentDigest: digest,
    openKey: ratingCase.householdId,
    ...UNDECIDED,
  };
  const step: RatingStep = {
    ratingId: id,
    seq: 1,
    step: 'compute',
    outcome: 'computed',
    reason: null,
    personId: maker.actor.id,
    personName: maker.actor.name,
    organisationId: maker.actor.organisation?.id ?? null,
    contentDigest: digest,
    grade,
    lineFen,
    findings: null,
    takenOn: maker.today,
    takenAt: maker.now,
  };
  return { rating, content: { ratingId: id, inputs, evidence, result }, step };
}

/** A rating on which nobody has decided. */
const UNDECIDED = {
  state: 'proposed',
  stage: 'computed',
  bankId: null,
  decidedBy: null,
  decidedByName: null,
  decidedOn: null,
  decisionReason: null,
  validUntil: null,
  supersededOn: null,
  currentKey: null,
  version: 1,
} as const;

/** What a file says, as the rules of rating take it: of every item and asset the latest entry. */
export function inputsOf({ items, sheets, register }: Omit<CaseFacts, 'evidence' | 'ratingCase'>) {
  const latest = new Map(items.map((entry) => [entry.item, entry]));
  // By code, so that the order of entry, which says nothing, does not change the digest.
  const entries = [...latest.values()].sort((a, b) => (a.item < b.item ? -1 : 1));
  const inputs: RatingInputs = {
    items: entries.flatMap(({ item, level, note }) =>
      level === null ? [] : [{ item, level, ...(note === null ? {} : { note }) }],
    ),
    assets: entries.flatMap(({ item, quantity, valueFen }) =>
      quantity === null ? [] : [{ item, quantity, ...(valueFen === null ? {} : { valueFen }) }],
    ),
    appraisals: sheets.map(sheetOf),
    findings: [],
    register,
  };
  return inputs;
}

/** A sheet as the rules of rating take it. */
export function sheetOf(row: AppraisalSheetRow): AppraisalSheet {
  return {
    appraiser: row.appraiserName,
    knowsHousehold: row.knowsHousehold,
    related: row.relatedText,
    options: row.options,
    ...(row.vetoCode === null
      ? {}
      : { veto: { code: row.vetoCode, reason: row.vetoReason as string } }),
  };
}
