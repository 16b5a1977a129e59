/**
 * The village's democratic review (民主评议) as a rule. Pure. Laws (policy facts §1.8, [DP] where no text gives a
 * figure): relatives step aside and count for nothing, the voters reach the quorum, and the share in favour is
 * taken of all who voted, abstentions included, as an exact fraction.
 */
import { check } from '../platform/check';
import { P } from './problems';

/** How an attendant voted; `aside`: present, related to the borrower, without a vote. */
export const VOTES = ['for', 'against', 'abstain', 'aside'] as const;
export type Vote = (typeof VOTES)[number];

/** One line of the attendance list. */
export interface Voter {
  name: string;
  /** Declared to be a relative of the borrower. */
  relative: boolean;
  vote: Vote;
}

/** What a review came to. */
export interface Tally {
  votesFor: number;
  votesAgainst: number;
  abstained: number;
  aside: number;
  carried: boolean;
}

/** The figures that decide a review. */
export interface VotingRule {
  quorum: number;
  approvalNumerator: number;
  approvalDenominator: number;
}

/**
 * Counts a review.
 * @param barred names that may not vote: the borrower and the head of the household.
 * @throws Problem applications.voter-twice, relative-voted, quorum-missing
 */
export function tally(
  voters: readonly Voter[],
  rule: VotingRule,
  barred: readonly string[],
): Tally {
  const names = voters.map((voter) => voter.name.trim());
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw P.voterTwice({ fields: [{ field: 'voters', reason: '同一姓名登记了两次' }] });
  }
  voters.forEach((voter, at) => {
    const related = voter.relative || barred.includes(names[at] ?? '');
    if (related && voter.vote !== 'aside') {
      throw P.relativeVoted({
        fields: [{ field: `voters.${at}.vote`, reason: '借款人、户主及其亲属只能登记为回避' }],
      });
    }
  });
  const count = (vote: Vote) => voters.filter((voter) => voter.vote === vote).length;
  const votesFor = count('for');
  const cast = votesFor + count('against') + count('abstain');
  if (cast < rule.quorum) {
    throw P.quorumMissing({ detail: `参加表决 ${cast} 人，至少须 ${rule.quorum} 人` });
  }
  check(rule.approvalDenominator > 0, 'A share has a denominator above zero.');
  return {
    votesFor,
    votesAgainst: count('against'),
    abstained: count('abstain'),
    aside: count('aside'),
    carried: votesFor * rule.approvalDenominator >= cast * rule.approvalNumerator,
  };
}
