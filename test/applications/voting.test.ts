/** Counting the village's vote. */
import fc from 'fast-check';
import { tally, type Vote, type Voter } from '../../src/applications/voting';
import { Problem } from '../../src/platform/problems';

const rule = { quorum: 5, approvalNumerator: 2, approvalDenominator: 3 };

const voters = (...votes: Vote[]): Voter[] =>
  votes.map((vote, n) => ({ name: `村民${n + 1}`, relative: vote === 'aside', vote }));

function codeOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return 'done';
}

describe('A village review', () => {
  test.each<[string, Vote[], boolean]>([
    ['all in favour', ['for', 'for', 'for', 'for', 'for'], true],
    ['4 of 6 are exactly two thirds', ['for', 'for', 'for', 'for', 'against', 'against'], true],
    ['3 of 5 are not', ['for', 'for', 'for', 'against', 'against'], false],
    ['abstentions count as votes', ['for', 'for', 'for', 'abstain', 'abstain'], false],
    ['4 of 5 with two aside', ['for', 'for', 'for', 'for', 'against', 'aside', 'aside'], true],
  ])('%s', (_what, votes, carried) => {
    expect(tally(voters(...votes), rule, []).carried).toBe(carried);
  });

  test('counts those aside for nothing', () => {
    const votes = voters('for', 'for', 'for', 'for', 'aside', 'aside');
    expect(codeOf(() => tally(votes, rule, []))).toBe('applications.quorum-missing');
  });

  test('lets no relative, borrower or head vote, and nobody twice', () => {
    const all = voters('for', 'for', 'for', 'for', 'for');
    const [first, ...others] = all as [Voter, ...Voter[]];
    const related = [{ ...first, relative: true }, ...others];
    expect(codeOf(() => tally(related, rule, []))).toBe('applications.relative-voted');
    expect(codeOf(() => tally(all, rule, ['村民3']))).toBe('applications.relative-voted');
    expect(codeOf(() => tally([...all, first], rule, []))).toBe('applications.voter-twice');
  });

  test('carries exactly when three times the votes in favour reach twice the votes cast', () => {
    const some = fc.array(fc.constantFrom<Vote>('for', 'against', 'abstain'), {
      minLength: 5,
      maxLength: 40,
    });
    fc.assert(
      fc.property(some, (votes) => {
        const inFavour = votes.filter((vote) => vote === 'for').length;
        const result = tally(voters(...votes), rule, []);
        expect(result.carried).toBe(3 * inFavour >= 2 * votes.length);
        expect(result.votesFor + result.votesAgainst + result.abstained).toBe(votes.length);
      }),
      { seed: 20181031 },
    );
  });
});
