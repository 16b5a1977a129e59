/**
 * A township of Longsheng rated in a round, over HTTP, on both databases: its list imported from a spreadsheet, files
 * opened, collected and appraised, computed in one go, signed by village group, township and bank; one veto confirmed,
 * one not; one line lowered, one raised by a second person; explained household by household, and appealed against.
 */
import { type SampleRow, sampleCells, sampleRegister } from '../../src/demo';
import { LIST_COLUMNS } from '../../src/households';
import { writeSheet } from '../../src/platform/sheets/write-sheet';
import { describeEachService, type OpenedService } from './service';
import { levelsForm, sheetForm } from './steps';
import { Person, type Reply, settle, TOWN, type Town } from './town';

/** The second village of the round: 城北社区. */
const NEIGHBOUR = '450328100002';
/** Households of each of the two villages; the rest of the list lives elsewhere. */
const EACH = 6;
const ELSEWHERE = 48;
const APPRAISERS = ['甲', '乙', '丙', '丁', '戊'] as const;
const PASSWORD = 'Longsheng-2018!';
const UPLOAD = `/files?name=${encodeURIComponent('名单.xlsx')}&purpose=households-import`;

/** The list: whole households of the sample register. */
function list(): SampleRow[] {
  const wanted = new Map([
    [TOWN.village as string, EACH],
    [NEIGHBOUR, EACH],
  ]);
  let elsewhere = ELSEWHERE;
  const chosen = new Map<string, SampleRow[]>();
  for (const row of sampleRegister({ households: 1200 })) {
    const code = row.code as string;
    const known = chosen.get(code);
    if (known) {
      known.push(row);
      continue;
    }
    const village = code.slice(0, 12);
    const left = wanted.get(village);
    if (left === undefined && (code.startsWith('450328100') || elsewhere === 0)) continue;
    if (left === 0) continue;
    if (left === undefined) elsewhere -= 1;
    else wanted.set(village, left - 1);
    chosen.set(code, [row]);
  }
  return [...chosen.values()].flat();
}

async function workbook(rows: readonly SampleRow[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  const sheet = writeSheet({ sheet: '名单', columns: LIST_COLUMNS }, rows.map(sampleCells));
  for await (const part of sheet) parts.push(part);
  return Buffer.concat(parts);
}

/** Places in the list of households: of the first the veto is true, of the second not; one is lowered, one raised. */
const VETOED = [1, EACH] as const;
const LOWERED = 2;
const RAISED = 3;
/** What makes a grade B, whose band leaves room above its line of 4万. */
const MODEST = [
  { item: 'COMMITMENTS', level: 'KEPT' },
  { item: 'SKILL', level: 'NONE' },
  { item: 'HEALTH_AND_TIME', level: 'FULL_YEAR' },
  { item: 'COUNTY_INDUSTRY', level: 'NOT_KNOWN' },
  { item: 'INCOME_PLAN', level: 'COVERS' },
];

/** A household of the round: its id and file. */
interface Home {
  id: string;
  code: string;
  village: string;
  caseId: string;
  version: number;
}

describeEachService('Rating a township of Longsheng', (open) => {
  let opened: OpenedService;
  let town: Town;
  let roundId: string;
  let homes: Home[];
  const appraisers: Person[] = [];
  let neighbour: Person;
  let neighbourGroup: Person;

  /** Another person of a role at a place. */
  const joins = async (login: string, role: string, region: string, body: string) => {
    const { system, security } = town.people as Record<'system' | 'security', Person>;
    const account = await system.does('/users', {
      ...{ login: login.toLowerCase(), name: login, region, organisationId: body },
    });
    await security.does(`/users/${account.userId}/roles`, { role, version: account.version });
    const person = new Person(opened, login.toLowerCase(), account.firstPassword, account.userId);
    await person.changePassword(PASSWORD);
    return person;
  };

  beforeAll(async () => {
    opened = await open('2018-03-05');
    town = await settle(opened);
    const village = town.bodies.village as string;
    for (const login of ['appraiserJia', 'appraiserYi', 'appraiserBing', 'appraiserDing']) {
      appraisers.push(await joins(login, 'village-appraiser', TOWN.village, village));
    }
    const other = await (town.people.system as Person).does('/organisations', {
      ...{ name: '城北社区居民委员会', kind: 'village', region: NEIGHBOUR },
    });
    const id = other.organisationId as string;
    neighbour = await joins('villageLong', 'village-worker', NEIGHBOUR, id);
    neighbourGroup = await joins('villageMeng', 'village-worker', NEIGHBOUR, id);
  }, 240_000);
  afterAll(() => opened.close());

  const who = (name: string) => town.people[name] as Person;
  const tasks = async () => {
    opened.clock.stepMs(1);
    await opened.service.runTasks();
  };
  const refused = (reply: Reply, status: number) => {
    expect([reply.status, reply.body.title, reply.body.advice]).toEqual([
      status,
      expect.stringMatching(/\p{Script=Han}/u),
      expect.stringMatching(/\p{Script=Han}/u),
    ]);
  };
  const inVillage = (village: string) => homes.filter((home) => home.village === village);
  const home = (place: number) => homes[place] as Home;
  const ratingOf = async ({ id }: Home) => {
    const { items } = await who('countyWei').sees(`/ratings?householdId=${id}&size=1`);
    return items[0];
  };
  /** What a step on a rating sends: the rating as it is shown. */
  const seen = async (of: Home, more: object) => {
    const { id, contentDigest } = await ratingOf(of);
    return [`/ratings/${id}`, { contentDigest, ...more }] as const;
  };
  const round = (part: string) => `/rating-rounds/${roundId}/${part}`;

  test('the county imports its list: a dry run first, then every household, and no stranger may', async () => {
    const officer = who('countyWei');
    const file = await officer.does(UPLOAD, await workbook(list()));
    const form = { fileId: file.fileId, source: '2018年建档立卡动态名册' };
    refused(await who('villageWang').post('/household-imports', form), 403);
    refused(await who('countyHuang').post('/household-imports', form), 404);
    const { importId } = await officer.does('/household-imports', form);
    await tasks();
    const dry = await officer.sees(`/household-imports/${importId}`);
    expect(dry.counts.households).toMatchObject({ NEW: 2 * EACH + ELSEWHERE, REJECTED: 0 });
    expect((await officer.sees('/households')).items).toEqual([]);
    const { version, countsDigest } = dry;
    await officer.does(`/household-imports/${importId}/confirm`, { version, countsDigest });
    await tasks();
    const done = await officer.sees(`/household-imports/${importId}`);
    expect(done.appliedCounts.households.NEW).toBe(2 * EACH + ELSEWHERE);
    const there = await officer.sees(`/households?region=${TOWN.township}&size=50`);
    expect(there.items).toHaveLength(2 * EACH);
  }, 120_000);

  test('the township opens a round: every household of the two villages gets a file', async () => {
    const form = { region: TOWN.township, title: '2018 年龙胜镇评级', dueOn: '2018-06-30' };
    refused(await who('villageWang').post('/rating-rounds', form), 403);
    refused(
      await who('townshipChen').post('/rating-rounds', { ...form, region: TOWN.county }),
      404,
    );
    ({ roundId } = await who('townshipChen').does('/rating-rounds', form));
    refused(await who('countyWei').post('/rating-rounds', form), 409);
    await tasks();
    const { files, skipped } = await who('townshipChen').sees(`/rating-rounds/${roundId}`);
    expect(files).toEqual([{ state: 'collecting', count: 2 * EACH }]);
    expect(skipped).toEqual([]);
    const { items } = await who('countyWei').sees('/rating-cases?state=collecting&size=50');
    homes = items
      .map((item: Record<string, string | number>) => ({
        ...{ id: item.householdId, code: item.householdCode, village: item.regionCode },
        ...{ caseId: item.id, version: item.version },
      }))
      .sort((a: Home, b: Home) => (a.code < b.code ? -1 : 1));
    expect(inVillage(TOWN.village)).toHaveLength(EACH);
  }, 60_000);

  test('each village collects its own files; what the books know cannot be typed', async () => {
    const first = home(0);
    const path = `/rating-cases/${first.caseId}/items`;
    const form = { ...levelsForm, version: first.version };
    refused(await who('deciderLiao').post(path, form), 403);
    refused(await neighbour.post(path, form), 404);
    const typed = { version: 1, items: [{ item: 'REPAYMENT', level: 'SETTLED_ON_TIME' }] };
    refused(await who('villageWang').post(path, typed), 400);
    for (const one of homes) {
      const worker = one.village === NEIGHBOUR ? neighbour : who('villageWang');
      const items = one === home(RAISED) ? MODEST : levelsForm.items;
      const body = { items, version: one.version };
      await worker.does(`/rating-cases/${one.caseId}/items`, body);
    }
  }, 120_000);

  test('appraisers sign each alone, on paper or by own login; nobody sees another’s sheet', async () => {
    const [first, ...others] = homes as [Home, ...Home[]];
    const path = `/rating-cases/${first.caseId}/appraisals`;
    const { appraiser: _, witness: __, ...sheet } = sheetForm('');
    refused(await who('lenderTan').post(path, sheet), 403);
    for (const appraiser of appraisers) await appraiser.does(path, sheet);
    refused(await (appraisers[0] as Person).post(path, sheet), 409);
    const paper = (of: Home) => `/rating-cases/${of.caseId}/paper-appraisals`;
    refused(await who('villageWang').post(paper(first), sheetForm('appraiserJia')), 409);
    await who('villageWang').does(paper(first), sheetForm('戊'));
    for (const one of others) {
      const worker = one.village === NEIGHBOUR ? neighbour : who('villageWang');
      // The last file of the second village is one sheet short.
      const names = one === homes.at(-1) ? APPRAISERS.slice(1) : APPRAISERS;
      for (const name of names) {
        const raised = name === '乙' && VETOED.some((place) => one === home(place));
        const veto = { code: 'WILFUL_DEFAULT', reason: '欠邻居的钱不还' };
        await worker.does(paper(one), { ...sheetForm(name), ...(raised ? { veto } : {}) });
      }
    }
    refused(await who('inspectorBai').get(`/rating-cases/${first.caseId}/sheets`), 409);
    refused(await who('villageWang').get(`/rating-cases/${first.caseId}/sheets`), 403);
  }, 240_000);

  test('the township computes the round at once; the file that is short is told, and computed later', async () => {
    refused(await who('lenderTan').post(round('compute'), {}), 403);
    refused(await who('villageWang').post(round('compute'), {}), 404);
    const { runId } = await who('townshipChen').does(round('compute'), {});
    await tasks();
    const { items } = await who('townshipChen').sees(`/rating-runs/${runId}/items`);
    expect(items).toMatchObject([
      { recordId: homes.at(-1)?.caseId, detail: '有效评议至少 5 份，现有 4 份' },
    ]);
    const last = homes.at(-1) as Home;
    await neighbour.does(`/rating-cases/${last.caseId}/paper-appraisals`, sheetForm('甲'));
    await who('townshipChen').does(round('compute'), { region: NEIGHBOUR });
    await tasks();
    const { waiting } = await who('townshipChen').sees(`/rating-rounds/${roundId}`);
    expect(waiting).toMatchObject([{ stage: 'computed', count: 2 * EACH }]);
  }, 120_000);

  test('each village group agrees with its own; those with a veto are looked at one by one', async () => {
    refused(await who('townshipMo').post(round('village-review'), {}), 403);
    refused(await who('villageLi').post(round('village-review'), {}), 404);
    for (const [group, region] of [
      [who('villageLi'), TOWN.village],
      [neighbourGroup, NEIGHBOUR],
    ] as const) {
      const done = await group.does(round('village-review'), { region });
      expect(done).toMatchObject({
        ...{ records: EACH - 1, left: [{ reason: 'VETO-RAISED', count: 1 }] },
      });
      await tasks();
    }
    for (const place of VETOED) {
      const group = place === VETOED[0] ? who('villageLi') : neighbourGroup;
      const [path, body] = await seen(home(place), { outcome: 'agree' });
      await group.does(`${path}/village-review`, body);
    }
  }, 120_000);

  test('the township checks by another person and finds on both vetoes: one true, one not', async () => {
    const own = await who('townshipChen').does(round('township-check'), {});
    expect(own.records).toBe(0);
    await tasks();
    const { records } = await who('townshipMo').does(round('township-check'), {});
    expect(records).toBe(2 * EACH - VETOED.length);
    await tasks();
    for (const [at, place] of VETOED.entries()) {
      const finding = { code: 'WILFUL_DEFAULT', confirmed: at === 0, reason: '经核实' };
      const [path, body] = await seen(home(place), { outcome: 'agree' });
      refused(await who('townshipMo').post(`${path}/township-check`, body), 409);
      const found = { ...body, findings: [finding] };
      refused(await who('townshipChen').post(`${path}/township-check`, found), 403);
      await who('townshipMo').does(`${path}/township-check`, found);
    }
    expect(await ratingOf(home(VETOED[0]))).toMatchObject({ firstGrade: 'A', computedGrade: 'D' });
    expect(await ratingOf(home(VETOED[1]))).toMatchObject({ computedGrade: 'A' });
  }, 120_000);

  test('the bank lowers one with a reason; a raise stays within the band and takes a second person', async () => {
    const [low, lower] = await seen(home(LOWERED), { outcome: 'lower', line: '30000.00' });
    const because = { ...lower, reason: '收入不稳' };
    refused(await who('lenderTan').post(`${low}/decision`, because), 403);
    refused(await who('deciderLiao').post(`${low}/decision`, lower), 400);
    await who('deciderLiao').does(`${low}/decision`, because);
    expect(await ratingOf(home(RAISED))).toMatchObject({ grade: 'B', line: '40000.00' });
    const [path, raise] = await seen(home(RAISED), { outcome: 'raise', reason: '产业见效' });
    const beyond = { ...raise, line: '60000.00' };
    refused(await who('deciderLiao').post(`${path}/decision`, beyond), 409);
    await who('deciderLiao').does(`${path}/decision`, { ...raise, line: '50000.00' });
    const [, agree] = await seen(home(RAISED), { outcome: 'agree', line: '50000.00' });
    refused(await who('deciderLiao').post(`${path}/raise`, agree), 403);
    await who('deciderNong').does(`${path}/raise`, agree);
  }, 60_000);

  /** Ratings that are signed in bulk: all but the two with a veto, and the two decided on alone. */
  const BULK = 2 * EACH - VETOED.length - 2;

  test('the rest is confirmed at once, after a trial that told how many and how much', async () => {
    refused(await who('townshipMo').post(round('decision'), {}), 403);
    const trial = await who('deciderLiao').does(`${round('decision')}?dryRun=true`, {});
    const left = [{ reason: 'VETO-RAISED', count: 2 }];
    expect(trial).toMatchObject({ records: BULK, line: `${BULK * 50_000}.00`, left });
    const { records, line } = trial;
    refused(await who('deciderLiao').post(round('decision'), { records: 1, line }), 409);
    await who('deciderLiao').does(round('decision'), { records, line });
    await tasks();
    const { inForce } = await who('countyWei').sees(`/rating-rounds/${roundId}`);
    expect(inForce.count).toBe(BULK + 2);
    for (const place of VETOED) {
      const [path, body] = await seen(home(place), { outcome: 'confirm' });
      await who('deciderNong').does(`${path}/decision`, body);
    }
  }, 120_000);

  test('every household is explained point by point, and its line is in force', async () => {
    for (const one of homes) {
      const { id } = await ratingOf(one);
      const told = await who('countyWei').sees(`/ratings/${id}`);
      expect(told.state).toBe('confirmed');
      const points = told.items.reduce(
        (sum: number, item: { points: string }) => sum + Math.round(Number(item.points) * 100),
        0,
      );
      expect(points).toBe(Math.round(Number(told.score) * 100));
      for (const item of told.items) expect(item.why).toMatch(/\p{Script=Han}/u);
      expect(JSON.stringify(told)).not.toContain('appraiserJia');
      const { today } = await who('lenderTan').sees(`/households/${one.id}/credit-line`);
      const lines: Record<number, string> = { [VETOED[0]]: '0.00', [LOWERED]: '30000.00' };
      const expected = lines[homes.indexOf(one)] ?? '50000.00';
      expect([today.total, today.state]).toEqual([expected, 'in-force']);
    }
  }, 120_000);

  test('progress: every file collected, every household with a grade, all but one with a line', async () => {
    const { total, items } = await who('countyWei').sees(
      `/credit-progress?by=village&roundId=${roundId}`,
    );
    expect(total).toMatchObject({
      ...{ listed: 2 * EACH, collected: 2 * EACH, graded: 2 * EACH, lined: 2 * EACH - 1 },
      ...{ collectedRate: '100.00', gradedRate: '100.00', useRate: '0.00' },
    });
    expect(items.map((item: { name: string }) => item.name)).toHaveLength(2);
  }, 60_000);

  test('the household with the confirmed veto appeals; nobody who signed decides on it', async () => {
    const { id: householdId } = home(VETOED[0]);
    const { id: ratingId } = await ratingOf(home(VETOED[0]));
    const shown = await who('villageLi').sees(`/households/${householdId}`);
    const memberId = shown.members[0].id;
    const form = { memberId, ratingId, reason: '所欠款项已还清，有收条' };
    const path = `/households/${householdId}/credit-appeals`;
    refused(await who('lenderTan').post(path, form), 403);
    const { appealId } = await who('villageWang').does(path, form);
    const decision = { outcome: 'upheld', reason: '收条属实' };
    const decide = `/credit-appeals/${appealId}/decision`;
    refused(await who('townshipMo').post(decide, decision), 403);
    await who('countyHuang').does(decide, decision);
  }, 60_000);

  test('the inspector reads the whole story of one household in order, without personal data', async () => {
    await opened.service.seal();
    const path = `/inspection/stories/household/${home(0).id}`;
    const { lines } = await who('inspectorBai').sees(path);
    const acts: string[] = lines
      .filter((line: { outcome: string }) => line.outcome === 'done')
      .map((line: { act: string }) => line.act);
    const order = [
      'households.import',
      'credit.open-round-cases',
      'credit.collect',
      'credit.appraise',
      'credit.enter-appraisal',
      'credit.compute-round',
      'credit.round-village',
      'credit.round-township',
      'credit.round-decide',
    ];
    expect(acts.filter((act, at) => order.includes(act) && acts.indexOf(act) === at)).toEqual(
      order,
    );
    expect(acts.filter((act) => act === 'credit.appraise')).toHaveLength(4);
    expect(JSON.stringify(lines)).not.toMatch(/\d{17}[\dX]/);
    const found = await who('inspectorBai').does('/inspection/verifications', {});
    expect(found).toMatchObject({ ok: true });
  }, 60_000);
});
