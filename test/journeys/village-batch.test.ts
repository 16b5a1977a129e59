/**
 * A village's batch of thirty applications, over HTTP, on both databases: from entry to payout by the right people,
 * with one refused borrower, two sheets, one objection upheld, one dismissed, one withdrawal, a late board that holds
 * its whole sheet, and one certificate that runs out. The inspector reads the story of each in order.
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
/** From this household on the county passes them when the first sheet already hangs: they stand on the second. */
const SECOND_SHEET = 20;
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
  17: 'withdrawn',
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
  withdrawn: WHOLE.slice(0, 4),
  expired: WHOLE.slice(0, 5),
};

describeEachService('A village’s batch', (open) => {
  let opened: OpenedService;
  let town: Town;
  const batch: (Facts & { fate?: string; name: string; late: boolean })[] = [];

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
    batch.push({ household, members: memberIds, name, fate: FATE[n], late: n >= SECOND_SHEET });
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

  /** The county passes these; the sheet on which they all stand. */
  async function recheck(some: readonly Facts[]): Promise<string> {
    for (const facts of some) {
      facts.notice = (await step(facts, 'countyWei', 'county-recheck', checkForm)).noticeId;
    }
    expect(new Set(some.map(({ notice }) => notice)).size).toBe(1);
    return some[0]!.notice;
  }

  async function post(notice: string, levels: string[]): Promise<void> {
    for (const [level, who] of boards(town).filter(([name]) => levels.includes(name))) {
      const path = `/notices/${notice}/boards/${level}`;
      await who.does(path, { ...boardForm(level), lastItem: await printed(notice) });
      await who.does(`${path}/photo`, boardPhoto(notice, level));
    }
  }

  /** How many lines the printed sheet has, its head apart. */
  async function printed(notice: string): Promise<number> {
    const path = `/notices/${notice}/poster?paper=A3`;
    const { status, text } = (await person('countyHuang').get(path)) as request.Response;
    expect(status).toBe(200);
    return text.split('<tr>').length - 2;
  }

  /** The application's item on its sheet. */
  async function itemOf(facts: Facts): Promise<Facts> {
    const { items } = await person('countyHuang').sees(`/notices/${facts.notice}`);
    return items.find((item: Facts) => item.subjectId === facts.application);
  }

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
    }
    const first = await recheck(still('refused').filter(({ late }) => !late));
    const { title, items } = await person('countyHuang').sees(`/notices/${first}`);
    expect(title).toMatch(/扶贫小额信贷申请公示$/);
    expect(items).toHaveLength(SECOND_SHEET - 1);
    expect(await printed(first)).toBe(SECOND_SHEET - 1);
  });

  test('the first sheet hangs; who passes after that stands on a second one, whose last board is late', async () => {
    opened.clock.set(DAY.posted);
    const first = batch[0]!.notice;
    const old = await person('countyHuang').post(`/notices/${first}/boards/county`, {
      ...boardForm('county'),
      lastItem: SECOND_SHEET - 2,
    });
    expect(old.body.code).toBe('notices.list-grew');
    await post(first, ['county', 'township', 'village']);
    const again = await person('countyHuang').post(
      `/notices/${first}/boards/county`,
      boardForm('county'),
    );
    expect([again.status, again.body.code]).toEqual([409, 'notices.already-posted']);
    const second = await recheck(batch.filter(({ late }) => late));
    expect(second).not.toBe(first);
    expect(await printed(second)).toBe(HOUSEHOLDS - SECOND_SHEET);
    await post(second, ['county', 'township']);
  });

  test('two villagers object and one household withdraws: the sheet goes on with the others', async () => {
    opened.clock.set('2018-05-09');
    const first = batch[0]!.notice;
    for (const outcome of ['upheld', 'dismissed']) {
      const facts = only(outcome);
      const object = (body: object, key: string) =>
        request(opened.service.app)
          .post(`/api/v1/public/notices/${first}/objections`)
          .set('Idempotency-Key', key)
          .send({ level: 'village', content: '该户已迁出本村，请核实。', ...body });
      // Where several are listed, it must be said who is meant.
      expect((await object({}, `objection-${outcome}-0`)).body.code).toBe('notices.item-unknown');
      const { id: itemId } = await itemOf(facts);
      expect((await object({ itemId }, `objection-${outcome}-1`)).status).toBe(201);
      const { objections } = await person('townshipMo').sees(`/notices/${first}`);
      const path = `/objections/${objections.find((one: Facts) => one.state === 'open').id}`;
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
    await step(only('withdrawn'), 'villageLi', 'withdrawal', { reason: '家庭计划有变' });
    const states = [];
    for (const fate of ['upheld', 'dismissed', 'withdrawn']) {
      states.push((await itemOf(only(fate))).state);
    }
    expect(states).toEqual(['stopped', 'shown', 'stopped']);
    expect((await person('countyHuang').sees(`/notices/${first}`)).state).toBe('running');
    expect(await printed(first)).toBe(SECOND_SHEET - 3);
    opened.clock.set(DAY.lateBoard);
    await post(batch.at(-1)!.notice, ['village']);
  });

  test('certificates are issued when the days are over, a day later for the whole sheet whose board was late', async () => {
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
    const going = still('refused', 'upheld', 'withdrawn');
    for (const facts of going.filter(({ late }) => !late)) await certify(facts);
    for (const facts of going.filter(({ late }) => late)) {
      const path = `/applications/${facts.application}/certificate`;
      const tried = await person('approverMeng').post(path, { version: facts.version });
      expect(tried.body.code).toBe('notices.still-running');
    }
    opened.clock.set(DAY.lateCertified);
    for (const facts of going.filter(({ late }) => late)) await certify(facts);
    const upheld = only('upheld');
    const gone = await person('approverMeng').post(
      `/applications/${upheld.application}/certificate`,
      { version: upheld.version + 1 },
    );
    expect(gone.body.code).toBe('applications.closed');
  });

  test('the certificates become money at the counter within two hours', async () => {
    opened.clock.set(`${DAY.lateCertified}T10:00:00+08:00`);
    for (const facts of still('refused', 'upheld', 'withdrawn', 'expired')) {
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
    expect(branches).toMatchObject([{ presented: 26, paid: 26, inTime: 26, late: 0 }]);
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
        [only('withdrawn').application, 'WITHDRAWN'],
        [only('expired').application, 'EXPIRED'],
      ]),
    );
    expect(items).toHaveLength(4);
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
