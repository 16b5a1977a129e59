/**
 * One person, one part in an application: every pair of parts in the hands of one, tried by the acts and by the
 * database, also fifty times at once.
 */
import {
  checkTownship,
  decideBank,
  issueCertificate,
  recheckCounty,
  recordVillageReview,
  submitApplication,
  takePart,
} from '../../src/applications';
import type { Actor } from '../../src/platform/authority';
import { openWork } from '../../src/platform/work';
import { refusedByDatabase } from '../households/register';
import { describeEachDatabase } from '../support/databases';
import {
  aRatedHousehold,
  broughtTo,
  form,
  openStory,
  passing,
  refused,
  type Story,
  villageReview,
} from './story';

const PARTS = [
  'submit',
  'village-review',
  'township-check',
  'county-recheck',
  'certificate',
  'bank-decision',
  'contract',
  'disbursal',
] as const;

/** How far an application must be for a step, and who took which before. */
const STEPS = [
  ['village-review', 'submitted', ['enterer']],
  ['township-check', 'village', ['enterer', 'village']],
  ['county-recheck', 'township', ['enterer', 'village', 'township']],
  ['certificate', 'posted', ['enterer', 'village', 'township', 'county']],
  ['bank-decision', 'certified', ['enterer', 'village', 'township', 'county', 'approver']],
] as const;

describeEachDatabase('Duties', (open) => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory(open);
  });
  beforeEach(() => story.clock.set('2018-03-01'));

  const seat = {
    'village-review': 'village',
    'township-check': 'township',
    'county-recheck': 'county',
    certificate: 'approver',
    'bank-decision': 'bank',
  } as const;

  const take = (step: (typeof STEPS)[number][0], actor: Actor, id: string, version: number) => {
    const seen = { applicationId: id, version };
    switch (step) {
      case 'village-review':
        return story.do(actor, recordVillageReview, villageReview(id, version));
      case 'township-check':
        return story.do(actor, checkTownship, passing(id, version));
      case 'county-recheck':
        return story.do(actor, recheckCounty, passing(id, version));
      case 'certificate':
        return story.do(actor, issueCertificate, seen);
      default:
        return story.do(actor, decideBank, { ...seen, outcome: 'approve' });
    }
  };

  test.each(STEPS)(
    '%s is refused to everybody who had a part before',
    async (step, stage, before) => {
      const { applicationId, version, by } = await broughtTo(story, stage);
      for (const former of before) {
        // The same person, appointed to the other post as well.
        const both: Actor = { ...by[seat[step]], id: by[former].id };
        await refused(story, 'applications.same-actor', () =>
          take(step, both, applicationId, version),
        );
      }
    },
  );

  test('the database keeps every pair of parts from one person', async () => {
    const { applicationId } = await broughtTo(story, 'submitted');
    for (const first of PARTS) {
      const actor = story.platform.newId();
      const insert = (step: string) =>
        story.system((work) =>
          work.tx.exec(
            `INSERT INTO application_signer (application_id, actor_id, step)
             VALUES (:applicationId, :actor, :step)`,
            { applicationId, actor, step },
          ),
        );
      await insert(first);
      for (const second of PARTS) expect(await refusedByDatabase(insert(second))).toBe('unique');
    }
    const change = story.system((work) =>
      work.tx.exec(`UPDATE application_signer SET step = 'submit' WHERE application_id = :id`, {
        id: applicationId,
      }),
    );
    expect(await refusedByDatabase(change)).toBe('append-only');
  });

  test('fifty attempts of one person at two parts leave that person one', async () => {
    const { applicationId } = await broughtTo(story, 'submitted');
    const actor = story.actor({ permissions: [] });
    const { db } = story.platform;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) =>
        db.inTransaction((tx) => {
          const work = openWork(story.platform, tx, actor, `race-${n}`);
          return takePart(work, applicationId, n % 2 === 0 ? 'contract' : 'disbursal');
        }),
      ),
    );
    const rows = await db
      .reader()
      .rows<{ step: string }>('SELECT step AS step FROM application_signer WHERE actor_id = :id', {
        id: actor.id,
      });
    expect(rows).toHaveLength(1);
    const done = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(done).toBe(25);
  });

  test('fifty attempts at one step by enterer, reviewer and others leave one signature', async () => {
    const { applicationId, version, by } = await broughtTo(story, 'village');
    const { township, enterer, village } = by;
    const colleague = story.actor({
      permissions: ['applications.township-check'],
      region: township.region,
    });
    const hands = [
      township,
      colleague,
      { ...township, id: enterer.id },
      { ...township, id: village.id },
    ];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) =>
        story.do(hands[n % 4] as Actor, checkTownship, passing(applicationId, version)),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const signers = await story.platform.db.reader().rows<{ actorId: string }>(
      `SELECT actor_id AS actorId FROM application_step
        WHERE application_id = :applicationId AND step = 'township-check'`,
      { applicationId },
    );
    expect(signers).toHaveLength(1);
    expect([township.id, colleague.id]).toContain(signers[0]?.actorId);
  });

  test('whoever entered one application may review another', async () => {
    const { by, applicationId, version } = await broughtTo(story, 'submitted');
    const both: Actor = {
      ...by.village,
      permissions: new Set(['applications.submit', 'applications.village-review']),
    };
    const household = await aRatedHousehold(story);
    await story.do(both, submitApplication, form(story, household));
    await story.do(both, recordVillageReview, villageReview(applicationId, version));
  });
});
