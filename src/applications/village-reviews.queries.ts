/** The village's democratic review as screens show it: the last one, since a returned application is reviewed anew. */
import type { Sql } from '../platform/db/database';
import { answer, codeField, listOf, shape } from '../platform/shape';
import { VOTES, type Vote } from './voting';

/** The shape of a review in an answer. */
export const villageReviewShape = shape({
  heldOn: answer.date(),
  place: answer.text(),
  votesFor: answer.count(),
  votesAgainst: answer.count(),
  abstained: answer.count(),
  aside: answer.count(),
  carried: answer.flag(),
  minutes: answer.text(),
  voters: listOf(shape({ name: answer.text(), relative: answer.flag(), vote: codeField(VOTES) })),
});

/** The last review of an application with its votes; null before the first. */
export async function villageReviewOf(sql: Sql, id: string) {
  const review = await sql.one<{ lap: number; carried: number }>(
    `SELECT r.lap AS lap, r.held_on AS heldOn, r.place AS place, r.votes_for AS votesFor,
            r.votes_against AS votesAgainst, r.abstained AS abstained, r.aside AS aside,
            r.carried AS carried, r.minutes_text AS minutes
       FROM democratic_review r WHERE r.application_id = :id ORDER BY r.lap DESC LIMIT 1`,
    { id },
  );
  if (!review) return null;
  const { lap, ...shown } = review;
  const votes = await sql.rows<{ name: string; relative: number; vote: Vote }>(
    `SELECT v.voter_name AS name, v.relative AS relative, v.vote AS vote
       FROM democratic_vote v WHERE v.application_id = :id AND v.lap = :lap ORDER BY v.voter_name`,
    { id, lap },
  );
  return {
    ...shown,
    carried: review.carried === 1,
    voters: votes.map(({ relative, ...vote }) => ({ ...vote, relative: relative === 1 })),
  };
}
