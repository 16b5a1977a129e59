/**
 * The state machine of applications, asked of the acts themselves: every act in every state, by a person who may and
 * has no part in it yet. What is not in the table is refused and changes nothing.
 */
import {
  amendApplication,
  checkTownship,
  decideBank,
  issueCertificate,
  markContracted,
  markSettled,
  oneApplication,
  recheckCounty,
  recordVillageReview,
  revokeCertificate,
  withdrawApplication,
} from '../../src/applications';
import type { AnyAct } from '../../src/platform/act';
import { describeEachDatabase } from '../support/databases';
import {
  broughtTo,
  form,
  openStory,
  passing,
  people,
  refused,
  type Story,
  type Underway,
  villageReview,
} from './story';

const STANDS = [
  'submitted',
  'returned',
  'village-reviewed',
  'township-checked',
  'county-checked',
  'certified',
  'approved',
  'contracted',
  'settled',
  'refused',
  'withdrawn',
] as const;
type Stand = (typeof STANDS)[number];

/** Where each act is allowed; everything else is refused. */
const ALLOWED: Readonly<Record<string, readonly Stand[]>> = {
  'applications.amend': ['returned'],
  'applications.village-review': ['submitted'],
  'applications.township-check': ['village-reviewed'],
  'applications.county-recheck': ['township-checked'],
  'applications.issue-certificate': ['county-checked'],
  'applications.decide': ['certified'],
  'applications.withdraw': [
    ...['submitted', 'returned', 'village-reviewed', 'township-checked', 'county-checked'],
    ...['certified', 'approved'],
  ] as Stand[],
  'applications.revoke-certificate': ['certified', 'approved'],
};

describeEachDatabase('The state machine of applications', (open) => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory(open);
  });
  beforeEach(() => story.clock.set('2018-03-01'));

  const by = () => ({
    ...people(story),
    revoker: story.actor({ permissions: ['applications.revoke-certificate'] }),
  });

  /** An application in a state, the clock after its notice where it had one. */
  async function at(stand: Stand): Promise<Underway> {
    const early = {
      submitted: 'submitted',
      'village-reviewed': 'village',
      'township-checked': 'township',
      'county-checked': 'posted',
    } as const;
    if (stand in early) return broughtTo(story, early[stand as keyof typeof early]);
    if (stand === 'returned') {
      const start = await broughtTo(story, 'village');
      const { version } = await story.do(start.by.township, checkTownship, {
        ...{ applicationId: start.applicationId, version: start.version },
        ...{ outcome: 'return', returnTo: 'applicant', reason: '用途不清' },
      });
      return { ...start, version };
    }
    const start = await broughtTo(story, 'certified');
    const { applicationId } = start;
    if (stand === 'certified') return start;
    const seen = { applicationId, version: start.version };
    if (stand === 'withdrawn') {
      await story.do(start.by.enterer, withdrawApplication, { ...seen, reason: '不贷了' });
    } else if (stand === 'refused') {
      const refusal = { ...seen, outcome: 'refuse', reason: '征信不良' };
      await story.do(start.by.bank, decideBank, refusal);
    } else {
      await story.do(start.by.bank, decideBank, { ...seen, outcome: 'approve' });
    }
    if (stand === 'contracted' || stand === 'settled') {
      const loanId = story.platform.newId();
      await story.system((work) => markContracted(work, applicationId, loanId));
    }
    if (stand === 'settled') await story.system((work) => markSettled(work, applicationId));
    const shown = await story.ask(start.by.bank, oneApplication, { applicationId });
    return { ...start, version: shown.version };
  }

  /** Every act with its input and somebody new who may take it. */
  async function acts({ applicationId, version, household }: Underway) {
    const who = by();
    const shown = await story.ask(who.county, oneApplication, { applicationId });
    const seen = { applicationId, version };
    const { householdId: _, bankId: __, productCode: ___, ...wish } = form(story, household);
    const number = shown.certificateNumber ?? 'DKZ-NONE';
    const list: [AnyAct, ReturnType<typeof by>['bank'], object][] = [
      [amendApplication, who.enterer, { ...seen, ...wish }],
      [recordVillageReview, who.village, villageReview(applicationId, version)],
      [checkTownship, who.township, passing(applicationId, version)],
      [recheckCounty, who.county, passing(applicationId, version)],
      [issueCertificate, who.approver, seen],
      [decideBank, who.bank, { ...seen, outcome: 'approve' }],
      [withdrawApplication, who.enterer, { ...seen, reason: '不贷了' }],
      [revokeCertificate, who.revoker, { certificateNumber: number, reason: '撤销' }],
    ];
    return list;
  }

  test.each(STANDS)('%s: every act that is not in the table is refused', async (stand) => {
    const underway = await at(stand);
    const list = await acts(underway);
    expect(list.map(([act]) => act.name).sort()).toEqual(Object.keys(ALLOWED).sort());
    for (const [act, who, input] of list) {
      if (ALLOWED[act.name]?.includes(stand)) continue;
      const before = await story.snapshot('application', 'application_step', 'certificate');
      const said = await story.refusal(story.do(who, act, input));
      expect(`${act.name} ${said}`).toMatch(
        /applications\.(closed|out-of-order|certificate-absent)$/,
      );
      expect(await story.snapshot('application', 'application_step', 'certificate')).toBe(before);
    }
  });

  test.each(
    Object.entries(ALLOWED).flatMap(([act, stands]) =>
      stands.map((stand) => [act, stand] as const),
    ),
  )('%s is done in %s', async (name, stand) => {
    const list = await acts(await at(stand));
    const [act, who, input] = list.find(([one]) => one.name === name) as (typeof list)[number];
    await story.do(who, act, input);
  });

  test('and what is done once is not done again', async () => {
    const underway = await at('certified');
    const [, who, input] = (await acts(underway)).find(([act]) => act === decideBank) ?? [];
    await story.do(who as never, decideBank, input);
    await refused(story, 'platform.stale', () => story.do(who as never, decideBank, input));
  });
});
