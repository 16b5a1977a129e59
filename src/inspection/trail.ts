/**
 * The story of a record: which entries of the audit belong to it. A loan's story begins before the loan, with the
 * household's registration and rating and with the application; so one step upwards is taken, and no more, or a
 * batch over many loans would draw in the stories of all of them.
 */
import type { Subject } from '../platform/work';

/** Kinds of records whose stories reach up to an application and a household. */
const BELOW_HOUSEHOLD = [
  'loan',
  'application',
  'check',
  'claim',
  'extension',
  'flag',
  'grade-judgement',
  'notice',
  'rating',
  'rating-case',
  'recovery',
  'refund',
  'renewal',
  'repayment',
  'subsidy',
  'termination',
  'visit',
  'write-off',
];

/** Main subjects through which a household tells of itself, not of its other loans. */
export const OF_THE_HOUSEHOLD = ['household', 'member', 'rating', 'rating-case'] as const;

/** What the trail looks for: entries touching `whole`, and entries of `households` about the household itself. */
export interface StoryScope {
  whole: Subject[];
  households: string[];
}

/**
 * Where to look for the story of a subject. `touched` are the other records of the entries whose main subject it
 * is (a loan's contract names its application and household).
 */
export function storyScope(subject: Subject, touched: readonly Subject[]): StoryScope {
  if (!BELOW_HOUSEHOLD.includes(subject.kind)) return { whole: [subject], households: [] };
  const above = touched.filter((other) => other.kind === 'application' || other.kind === 'loan');
  const households = touched.filter((other) => other.kind === 'household').map((other) => other.id);
  const whole = [subject, ...above].map((item) => [`${item.kind}/${item.id}`, item] as const);
  return { whole: [...new Map(whole).values()], households: [...new Set(households)] };
}

/** One line of a story, as the inspector reads it. */
export interface TrailLine {
  id: string;
  at: string;
  actorId: string;
  actorName: string;
  act: string;
  title: string;
  outcome: string;
  problem: string | null;
  subjectKind: string | null;
  subjectId: string | null;
  regionCode: string | null;
  /** What was put in and answered, personal data hidden. */
  body: unknown;
  /** The seal that binds this entry; null while it waits for the sealer. */
  seal: number | null;
}
