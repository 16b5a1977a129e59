/**
 * A village's batch of thirty applications, over HTTP, on both databases: from entry to payout by the right people,
 * with one refused borrower, one objection upheld, one dismissed, one late board and one certificate that runs out.
 * The inspector reads the story of each in order.
 */
import request from 'supertest';
import type { Facts } from './journey';
import { describeEachService, type OpenedService } from './service';
import {
  applicationForm,
  boardForm,
  boardPhoto,
  boards,
  checkForm,
  householdForm,
  idNumber,
  levelsForm,
  payoutForm,
  reviewForm,
  sheetForm,
} from './steps';
import { settle, type Town } from './town';

jest.mock('@node-rs/argon2', () =>
  jest
    .requireActual<typeof import('../identity/cheap-argon2')>('../identity/cheap-argon2')
    .cheapArgon2(),
);
jest.setTimeout(240_000);

const HOUSEHOLDS = 30;
/** Posted on a Tuesday and a Thursday; five days, the first not counted, the end moved off the Sunday. */
const DAY = {
  applied: '2018-05-07',
  posted: '2018-05-08',
  lateBoard: '2018-05-10',
  certified: '2018-05-15',
  lateCertified: '2018-05-16',
  expired: '2018-08-20',
};

/** What sets one household's story apart from the rest. */
const FATE: Readonly<Record<number, string>> = {
  3: 'refused',
  7: 'upheld',
  11: 'dismissed',
  17: 'late-board',
  23: 'expired',
};

/** What is done in the story of an application that comes to its money. */
const WHOLE = [
  'applications.submit',
  'applications.village-review',
  'applications.township-check',
  'applications.county-recheck',
  'applications.issue-certificate',
  'loans.present-certificate',
  'applications.decide',
  'loans.sign-contract',
  'loans.disburse',
];

/** How far each fate lets it come, and what else is done. */
const STORY: Readonly<Record<string, string[]>> = {
  refused: WHOLE.slice(0, 3),
  upheld: WHOLE.slice(0, 4),
  expired: WHOLE.slice(0, 5),
};

describeEachService('A village’s batch', (open) => {
  let opened: OpenedService;
  let town: Town;
  const batch: (Facts & { fate?: string; name: string })[] = [];

  beforeAll(async () => {
    opened = await open(DAY.applied);
    town = await settle(opened);
  });
  afterAll(() => opened.close());

  const person = (name: string) => town.people[name]!;

  async function register(n: number): Promise<void> {
    const name = `覃明${String.fromCharCode(0x4e00 + n * 7)}`;
    const form = householdForm(`450328100001-${String(n).padStart(4, '0')}`, '123');
    const sequence = (k: number) => String(100 + 2 * n + k);
    const [head, spouse] = form.members;
    const members = [
      { ...head, name, idNumber: idNumber('19800315', sequence(1)) },
      { ...spouse, idNumber: idNumber('19820720', sequence(0)) },
    ];
    const made = await person('villageWang').does('/households', { ...form, members });
    const { householdId: household, memberIds } = made;
    batch.push({ household, members: memberIds, name, fate: FATE[n] });
  }

  async function rate({ household }: Facts): Promise<void> {
    const [village, group] = [person('villageWang'), person('villageLi')];
    const file = await village.does(`/households/${household}/rating-cases`);
    const path = `/rating-cases/${file.caseId}`;
    let { version } = await village.does(`${path}/items`, { ...levelsForm, version: file.version });
    for (const who of ['甲', '乙', '丙', '丁', '戊']) {
      await village.does(`${path}/paper-appraisals`, sheetForm(`评议员${who}`));
      version += 1;
    }
    let signed = await village.does(`${path}/compute`, { version });
    const sign = async (who: typeof village, part: string, outcome: string) => {
      const { ratingId, contentDigest } = signed;
      signed = await who.does(`/ratings/${ratingId}/${part}`, { contentDigest, outcome });
    };
    await sign(group, 'village-review', 'agree');
    await sign(person('townshipChen'), 'township-check', 'agree');
    await sign(person('deciderNong'), 'decision', 'confirm');
  }

  async function ask(facts: Facts): Promise<void> {
    const household = { householdId: facts.household, memberIds: facts.members };
    const form = applicationForm(household, town.bodies.bank!);
    const made = await person('villageLi').does('/applications', {
      ...form,
      industryCode: 'CAMELLIA_OIL',
    });
    facts.application = made.applicationId;
    facts.version = made.version;
  }

  /** A step of the chain; the version is learned from the answer. */
  async function step(facts: Facts, who: string, part: string, body: object = {}) {
    const path = `/applications/${facts.application}/${part}`;
    const done = await person(who).does(path, { ...body, version: facts.version });
    facts.version = done.version;
    return done;
  }

  const still = (...fates: string[]) =>
    batch.filter(({ fate }) => fate === undefined || !fates.includes(fate));
  const only = (fate: string) => batch.find((facts) => facts.fate === fate)!;

  test('thirty households are registered and rated, and each applies of its own free will', async () => {
    for (let n = 0; n < HOUSEHOLDS; n += 1) await register(n);
    for (const facts of batch) {
      await rate(facts);
      await ask(facts);
    }
    const { items } = await person('townshipChen').sees('/applications?state=submitted&size=200');
    expect(items).toHaveLength(HOUSEHOLDS);
  });

  test('village, township and county review them; one borrower is refused with the reason', async () => {
    for (const facts of batch) {
      await step(facts, 'villageQin', 'village-review', { ...reviewForm, heldOn: DAY.applied });
      if (facts.fate === 'refused') {
        const refusal = { outcome: 'refuse', reason: '借款人长期在外，项目无人经营' };
        expect((await step(facts, 'townshipChen', 'township-check', refusal)).state).toBe(
          'refused',
        );
        continue;
      }
      await step(facts, 'townshipChen', 'township-check', checkForm);
      facts.notice = (await step(facts, 'countyWei', 'county-recheck', checkForm)).noticeId;
    }
  });

  test('the boards hang, one of them late; two villagers object', async () => {
    const post = async (facts: Facts, levels: string[]) => {
      for (const [level, who] of boards(town).filter(([name]) => levels.includes(name))) {
        const path = `/notices/${facts.notice}/boards/${level}`;
        await who.does(path, boardForm(level));
        await who.does(`${path}/photo`, boardPhoto(facts.notice, level));
      }
    };
    opened.clock.set(DAY.posted);
    for (const facts of still('refused')) {
      const late = facts.fate === 'late-board';
      await post(facts, late ? ['county', 'township'] : ['county', 'township', 'village']);
    }
    opened.clock.set('2018-05-09');
    for (const outcome of ['upheld', 'dismissed']) {
      const { notice } = only(outcome);
      const raised = await request(opened.service.app)
        .post(`/api/v1/public/notices/${notice}/objections`)
        .set('Idempotency-Key', `objection-${outcome}`)
        .send({ level: 'village', content: '该户已迁出本村，请核实。' });
      expect(raised.status).toBe(201);
      const { objections } = await person('townshipMo').sees(`/notices/${notice}`);
      const path = `/objections/${objections[0].id}`;
      const reading = { reason: '核查异议' };
      // Who checked the application, or re-checked it, has no part in the objection to it.
      expect((await person('townshipChen').post(`${path}/readings`, reading)).status).toBe(403);
      await person('townshipMo').does(`${path}/readings`, reading);
      const check = {
        outcome: outcome === 'upheld' ? 'founded' : 'unfounded',
        checkText: '已入户',
      };
      await person('townshipMo').does(`${path}/check`, check);
      const decision = { outcome, answerText: '经入户核实，已记录在案。' };
      expect((await person('townshipMo').post(`${path}/decision`, decision)).status).toBe(403);
      expect((await person('countyWei').post(`${path}/decision`, decision)).status).toBe(403);
      await person('countyHuang').does(`${path}/decision`, decision);
    }
    opened.clock.set(DAY.lateBoard);
    await post(only('late-board'), ['village']);
  });

  test('certificates are issued when the days are over, a day later where the board was late', async () => {
    opened.clock.set('2018-05-14');
    const [first] = batch;
    const early = await person('approverMeng').post(
      `/applications/${first!.application}/certificate`,
      { version: first!.version },
    );
    expect(early.body.code).toBe('notices.still-running');
    opened.clock.set(DAY.certified);
    const certify = async (facts: Facts) => {
      facts.certificate = (await step(facts, 'approverMeng', 'certificate')).certificateNumber;
    };
    for (const facts of still('refused', 'upheld', 'late-board')) await certify(facts);
    const late = only('late-board');
    const path = `/applications/${late.application}/certificate`;
    const tried = await person('approverMeng').post(path, { version: late.version });
    expect(tried.body.code).toBe('notices.still-running');
    opened.clock.set(DAY.lateCertified);
    await certify(late);
    const upheld = only('upheld');
    const gone = await person('approverMeng').post(
      `/applications/${upheld.application}/certificate`,
      { version: upheld.version + 1 },
    );
    expect(gone.body.code).toBe('applications.closed');
  });

  test('the certificates become money at the counter within two hours', async () => {
    opened.clock.set(`${DAY.lateCertified}T10:00:00+08:00`);
    for (const facts of still('refused', 'upheld', 'expired')) {
      const { application, certificate } = facts;
      const shown = { certificateNumber: certificate };
      await person('lenderTan').does('/presentations', shown);
      expect((await person('lenderSu').post('/presentations', shown)).body.code).toBe(
        'loans.already-presented',
      );
      await step(facts, 'deciderLiao', 'bank-decision', { outcome: 'approve' });
      const loan = await person('lenderTan').does(`/applications/${application}/contract`, {
        ...{ contractNumber: `HT-${certificate}`, amount: '50000.00' },
        ...{ termMonths: 36, rate: '4.75' },
      });
      facts.loan = loan.id;
      const form = payoutForm(certificate, facts.name);
      const paid = await person('lenderSu').does(`/loans/${loan.id}/disbursal`, form);
      expect(paid).toMatchObject({ state: 'running', outstanding: '50000.00' });
      opened.clock.stepMs(60_000);
    }
    const { branches } = await person('lenderTan').sees('/payout-times');
    expect(branches).toMatchObject([{ presented: 27, paid: 27, inTime: 27, late: 0 }]);
  });

  test('the certificate that nobody presented runs out, and those without a loan are listed', async () => {
    opened.clock.set(DAY.expired);
    const { certificate } = only('expired');
    const shown = { certificateNumber: certificate };
    expect((await person('lenderTan').post('/presentations', shown)).body.code).toBe(
      'applications.certificate-expired',
    );
    const { items } = await person('countyWei').sees('/applications/not-lent?size=200');
    const why = items.map((item: Facts) => [item.id, item.why]);
    expect(why).toEqual(
      expect.arrayContaining([
        [only('refused').application, 'REFUSED'],
        [only('upheld').application, 'REFUSED'],
        [only('expired').application, 'EXPIRED'],
      ]),
    );
    expect(items).toHaveLength(3);
  });

  test('the inspector reads the story of each in order, and the audit verifies', async () => {
    await opened.service.seal();
    const inspector = person('inspectorBai');
    for (const { application, fate } of batch) {
      const { lines } = await inspector.sees(`/inspection/stories/application/${application}`);
      const done = lines
        .filter((line: Facts) => line.outcome === 'done' && WHOLE.includes(line.act))
        .map((line: Facts) => line.act);
      expect([fate, done]).toEqual([fate, STORY[fate ?? ''] ?? WHOLE]);
    }
    expect(await inspector.does('/inspection/verifications', {})).toMatchObject({ ok: true });
  });
});
