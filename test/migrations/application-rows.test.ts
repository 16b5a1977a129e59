/** Steps, reviews and votes that stood before laps were known: all of them stand in the first one, and can go back. */
import { migrations } from '../../migrations';
import { Applications1767200000021 } from '../../migrations/1767200000021-applications';
import type { Tx } from '../../src/platform/db/database';
import { describeEachDatabase } from '../support/databases';
import { aHousehold, anApplication, digest, id, insert } from './older-rows';

const OLDER = migrations.slice(0, migrations.indexOf(Applications1767200000021));

async function aReviewedApplication(tx: Tx): Promise<void> {
  await aHousehold(tx);
  await anApplication(tx, { state: 'village-reviewed' });
  for (const [position, step] of ['submit', 'village-review'].entries()) {
    await insert(tx, 'review_step', {
      ...{ application_id: id('2'), step, position: position + 1, actor_id: id(`5${position}`) },
      ...{ actor_name: '某人', outcome: 'passed', done_on: '2018-03-01', done_at: 1 },
      ...{ seen_version: position + 1, content_digest: digest('c'), findings: '[]' },
    });
  }
  await insert(tx, 'village_review', {
    ...{ application_id: id('2'), held_on: '2018-03-01', place: '村委会', votes_for: 5 },
    ...{ votes_against: 0, abstained: 0, aside: 0, carried: 1, minutes_text: '同意' },
    chain_row_id: 'chain',
  });
  const vote = { application_id: id('2'), voter_name: '赵一', relative: 0, vote: 'for' };
  await insert(tx, 'review_vote', vote);
}

describeEachDatabase('Applications entered before', (open) => {
  test('keep their steps, reviews and votes in the first lap, there and back', async () => {
    const db = await open({ migrations: OLDER });
    await db.inTransaction(aReviewedApplication);
    const rows = (sql: string) => db.reader().rows(sql);
    const former = await rows('SELECT * FROM review_step ORDER BY position');
    const votes = await rows('SELECT * FROM review_vote');
    const minutes = await rows('SELECT * FROM village_review');
    db.dataSource.migrations.push(new Applications1767200000021());
    await db.migrate();
    expect(
      await rows('SELECT step, lap, actor_id FROM application_step ORDER BY position'),
    ).toEqual([
      { step: 'submit', lap: 1, actor_id: id('50') },
      { step: 'village-review', lap: 1, actor_id: id('51') },
    ]);
    expect(await rows('SELECT step FROM application_signer ORDER BY actor_id')).toEqual([
      { step: 'submit' },
      { step: 'village-review' },
    ]);
    expect(await rows('SELECT lap, voter_name FROM democratic_vote')).toEqual([
      { lap: 1, voter_name: '赵一' },
    ]);
    expect(await rows('SELECT lap, awaits_applicant FROM application')).toEqual([
      { lap: 1, awaits_applicant: 0 },
    ]);
    expect(await db.revertLastMigration()).toBe('Applications1767200000021');
    expect(await rows('SELECT * FROM review_step ORDER BY position')).toEqual(former);
    expect(await rows('SELECT * FROM review_vote')).toEqual(votes);
    expect(await rows('SELECT * FROM village_review')).toEqual(minutes);
  });
});
