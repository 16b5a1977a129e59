/**
 * What a rating is made of and what it says: the words that people, the loan book and the register put in, the
 * result item by item, and the digest that every later step is bound to. All of it is frozen with the rating.
 */
import { canonical } from '../platform/crypto/canonical';
import { sm3Hex } from '../platform/crypto/digest';
import type { Fen } from '../platform/money';
import type { RepaymentRecord } from './evidence';
import type { Item } from './scorecard';

/** The answer to an item of input LEVEL: a level's code, or NOT_KNOWN when it could not be found out. */
export interface ItemAnswer {
  item: string;
  level: string;
  note?: string;
}

/** Something the household owns: shown, not scored; its value in fen where it is known. */
export interface Asset {
  item: string;
  quantity: number;
  valueFen?: Fen;
}

/** One sheet of the back-to-back village appraisal (背靠背评议). */
export interface AppraisalSheet {
  /** The appraiser's name; shown on no screen. */
  appraiser: string;
  knowsHousehold: boolean;
  /** How the appraiser is related to the household; null when not: a relative steps aside, the sheet is void. */
  related: string | null;
  /** Option code by code of the appraisal item; a void sheet may leave them out. */
  options: Record<string, string>;
  /** A ground of veto that the appraiser raises; it goes to the township and lowers nothing by itself. */
  veto?: { code: string; reason: string };
}

/** What the township finds on a ground of veto: confirmed or not, and why. */
export interface VetoFinding {
  code: string;
  confirmed: boolean;
  reason: string;
}

/** What the register says of the household on the day of the rating; null where the register does not know. */
export interface RegisterFacts {
  /** Members who can work. */
  ableWorkers: number | null;
  /** Members of the card's `borrowerAges`. */
  adultsInAge: number | null;
}

/** Everything that goes into a rating besides the evidence of the loan book. */
export interface RatingInputs {
  items: ItemAnswer[];
  assets: Asset[];
  appraisals: AppraisalSheet[];
  findings: VetoFinding[];
  register: RegisterFacts;
}

/** Sheets that count, and void ones by reason. */
export interface SheetCount {
  counted: number;
  unknowing: number;
  relatives: number;
}

/** Points of one item with the reason for them. */
export interface ItemScore {
  code: string;
  name: string;
  blockCode: string;
  blockName: string;
  nature: Item['nature'];
  scoreHundredths: number;
  maxPoints: number;
  /** The level that holds; null where points are a mean, or not scored, or the answer is not known. */
  level: string | null;
  /** False when the points are those of an answer that is not known. */
  known: boolean;
  why: string;
}

/** A grade and the line that it gives. */
export interface GradeLine {
  grade: string;
  gradeName: string;
  lineFen: Fen;
  /** The most to which the bank may raise the line within the grade. */
  lineMaxFen: Fen;
}

/** A ground that appraisers raised and on which nobody has found yet; the reasons in the order of the sheets. */
export interface RaisedVeto {
  code: string;
  name: string;
  reasons: string[];
}

/** Who confirmed a ground of veto: a person's finding, the loan book, or the register. */
export type VetoOrigin = 'FINDING' | 'LOANS' | 'REGISTER';

/** A ground that holds. */
export interface Veto {
  code: string;
  name: string;
  reason: string;
  origin: VetoOrigin;
}

/** The next grade up, and what is missing for it in hundredths of a point. */
export interface NextGrade {
  grade: string;
  gradeName: string;
  missingHundredths: number;
}

/** One step by which the score would rise, taken alone. */
export interface RaisingStep {
  item: string;
  name: string;
  /** The better level; null for the village's mean, which has none. */
  level: string | null;
  text: string;
  addsHundredths: number;
  /** The better grade that this step alone would reach; null when it reaches none. */
  reaches: { grade: string; gradeName: string } | null;
}

/** The result of a rating. */
export interface RatingResult {
  items: ItemScore[];
  blocks: { code: string; name: string; scoreHundredths: number; maxPoints: number }[];
  scoreHundredths: number;
  /** Sheets counted, and sheets void by reason. */
  sheets: SheetCount;
  /** The grade that the score alone gives (初评). */
  first: GradeLine;
  /** Grounds raised by appraisers on which nobody has found yet; the township does. */
  raised: RaisedVeto[];
  /** Grounds that hold: found by the township, or told by the loan book or the register. */
  vetoes: Veto[];
  /** The grade after confirmed vetoes (机评). Equal to `first` when there is none. */
  computed: GradeLine;
  /** The next grade up and the points that are missing; null at the top or when vetoed. */
  next: NextGrade | null;
  /** What would raise the score, item by item; empty at the top or when vetoed. */
  toRaise: RaisingStep[];
}

/** Everything that a decision binds, frozen with the rating. */
export interface RatingContent {
  householdId: string;
  scorecardRowId: string;
  ratedOn: string;
  ratedBy: string;
  inputs: RatingInputs;
  evidence: RepaymentRecord;
  result: RatingResult;
}

/** The digest that every later step confirms: SM3 over the canonical content. Nothing in it is undefined. */
export function contentDigest(content: RatingContent): string {
  return sm3Hex(canonical(content));
}
