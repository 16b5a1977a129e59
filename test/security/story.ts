/**
 * A county with one record of every kind: a loan from registration to a compensated claim, with an objection, a
 * proposed quarter, a proposed rule and a machine's token, so that every address of the API has something to point at.
 */
import request from 'supertest';
import { businessDate } from '../../src/platform/dates';
import { defineTask, startTask } from '../../src/platform/jobs/task';
import { openWork } from '../../src/platform/work';
import { defaultCard } from '../credit/cards';
import { loanSteps } from '../journeys/good-loan';
import type { Facts } from '../journeys/journey';
import type { OpenedService } from '../journeys/service';
import { TOWN, type Town } from '../journeys/town';
import { jpeg } from '../notices/pictures';

const DATES = {
  applied: '2018-05-07',
  posted: '2018-05-08',
  noticeEnds: '2018-05-14',
  certified: '2018-05-15',
  signed: '2018-05-16',
};

/** What is planted into the story as personal data that nobody may find in clear. */
export const OBJECTION = {
  level: 'village',
  content: '该户在外有房,电话13999912345可核实',
  complainantName: '莫实名',
  complainantPhone: '13999954321',
};

/** The last day of the story; the clock stands there afterwards. */
export const STORY_ENDS = '2019-09-02';

async function night(opened: OpenedService, date: string): Promise<void> {
  opened.clock.set(date);
  const report = await opened.service.runner.runNight(businessDate(date));
  if (report.state !== 'done') throw new Error(`The night of ${date}: ${JSON.stringify(report)}`);
}

/** From registration to disbursal, with an objection raised and dismissed while the notice runs. */
async function lend(opened: OpenedService, town: Town, facts: Facts): Promise<void> {
  for (const step of loanSteps(town, DATES, { months: 12, rate: '4.35' })) {
    if (step.on) opened.clock.set(step.on);
    if (step.name === 'certificate') await object(opened, town, facts);
    if (step.name === 'certificate') opened.clock.set(DATES.certified);
    const path = step.path(facts) as string;
    const answer = await town.people[step.who]!.does(path, step.body(facts));
    step.learn?.(answer, facts);
  }
}

async function object(opened: OpenedService, town: Town, facts: Facts): Promise<void> {
  opened.clock.set('2018-05-09');
  const raised = await request(opened.service.app)
    .post(`/api/v1/public/notices/${facts.notice}/objections`)
    .set('Idempotency-Key', 'an-objection-1')
    .send(OBJECTION);
  if (raised.status !== 201) throw new Error(`The objection: ${JSON.stringify(raised.body)}`);
  facts.receiptCode = raised.body.receiptCode;
  await request(opened.service.app)
    .post(`/api/v1/public/objections/${facts.receiptCode}/evidence`)
    .set('Idempotency-Key', 'a-proof-1')
    .set('Content-Type', 'image/jpeg')
    .send(jpeg({ data: 'evidence' }))
    .expect(201);
  // Neither who checked and re-checked the application nor who posted the village's board.
  const { townshipMo, countyHuang } = town.people;
  const { objections } = await townshipMo!.sees(`/notices/${facts.notice}`);
  facts.objection = objections[0].id;
  const path = `/objections/${facts.objection}`;
  const read = await townshipMo!.does(`${path}/readings`, { reason: '核查异议' });
  facts.evidence = read.evidence[0];
  await townshipMo!.does(`${path}/check`, { outcome: 'unfounded', checkText: '已入户核查。' });
  await countyHuang!.does(`${path}/decision`, {
    outcome: 'dismissed',
    answerText: '经核查不属实。',
  });
}

/** A quarter that is proposed and waits, and money for it. */
async function subsidise(opened: OpenedService, town: Town): Promise<void> {
  await night(opened, '2018-06-20');
  opened.clock.set('2018-06-21');
  const { countyWei, financeYang, platformZhou } = town.people;
  const money = { county: TOWN.county, source: 'COUNTY', document: '龙财农〔2018〕45号' };
  await financeYang!.does('/subsidies/appropriations', { ...money, amount: '10000.00' });
  await platformZhou!.does('/riskfund/contributions', { ...money, amount: '15710000.00' });
  await countyWei!.does('/subsidies/quarters', { county: TOWN.county, periodCode: '2018Q2' });
}

/** Overdue, visited, claimed, signed, paid, half repaid. */
async function compensate(opened: OpenedService, town: Town, facts: Facts): Promise<void> {
  const { people } = town;
  const loan = (part: string) => `/loans/${facts.loan}/${part}`;
  await night(opened, '2019-05-17');
  opened.clock.set('2019-06-15');
  await people.villageWang!.does(loan('visits'), {
    visitedOn: '2019-06-14',
    place: '借款人家中',
    metWith: '覃明本人',
    finding: '油茶滞销,暂时无力归还。',
    useChecked: true,
  });
  await people.townshipChen!.does(loan('demands'), {
    kind: 'TOWNSHIP_MEETING',
    heldOn: '2019-06-15',
    evidence: '会商纪要',
  });
  await night(opened, '2019-08-15');
  const claim = await people.lenderTan!.does(loan('compensation-claims'));
  facts.claim = claim.id;
  const path = `/riskfund/claims/${claim.id}`;
  for (const who of ['platformZhou', 'financeYang', 'countyWei']) {
    await people[who]!.does(`${path}/signatures`, { contentDigest: claim.contentDigest });
  }
  await people.financePan!.does(`${path}/payment`);
  opened.clock.set(STORY_ENDS);
  await people.lenderTan!.does(loan('repayments'), {
    amount: '25000.00',
    paidOn: STORY_ENDS,
    bankReference: 'HK-20190902',
  });
  const { items } = await people.lenderTan!.sees('/riskfund/recoveries');
  facts.recovery = items[0].id;
  await night(opened, STORY_ENDS);
}

/** Visited with a photo, found lent on, and waiting for the county's decision. */
async function visit(town: Town, facts: Facts): Promise<void> {
  const { lenderTan } = town.people;
  const loan = (part: string) => `/loans/${facts.loan}/${part}`;
  const photo = await lenderTan!.does(loan('use-check-photos'), jpeg({ data: 'visit' }));
  facts.usePhoto = photo.photoId;
  const check = await lenderTan!.does(loan('use-checks'), {
    ...{ visitedOn: STORY_ENDS, time: '08:30', place: '借款人家中', metWith: '覃明本人' },
    ...{ findings: '油茶林已转由他人经营。', use: 'lent-on', photos: [photo.photoId] },
  });
  facts.useCheck = check.checkId;
  facts.flag = check.flag.flagId;
}

async function propose(town: Town, facts: Facts): Promise<void> {
  const { countyWei } = town.people;
  const parameter = 'subsidies.cycle';
  const place = `region=${TOWN.county}&date=${STORY_ENDS}`;
  const { value } = await countyWei!.sees(`/policy/parameters/${parameter}/as-of?${place}`);
  const proposal = await countyWei!.does(`/policy/parameters/${parameter}/rows`, {
    region: TOWN.county,
    effectiveFrom: '2030-01-01',
    effectiveTo: null,
    source: '龙政办发〔2029〕1号第三条',
    provisional: false,
    value,
  });
  facts.policyRow = proposal.rowId;
}

/** A round, a list that is imported, and a card that is tried: what long tasks leave. */
async function rate(opened: OpenedService, town: Town, facts: Facts): Promise<void> {
  const { countyWei, townshipChen } = town.people;
  const list = await countyWei!.does(
    '/files?name=list.csv&purpose=households-import',
    Buffer.from('村,户编号,姓名\n'),
  );
  const source = '龙扶办发〔2019〕9号';
  const started = await countyWei!.does('/household-imports', { fileId: list.fileId, source });
  facts.householdImport = started.importId;
  const round = { region: TOWN.village, title: '2019 年复评', dueOn: '2019-10-31' };
  facts.round = (await townshipChen!.does('/rating-rounds', round)).roundId;
  const card = await countyWei!.does('/policy/parameters/credit.scorecard/rows', {
    ...{ region: TOWN.county, effectiveFrom: '2030-01-01', effectiveTo: null },
    ...{ source: '龙政办发〔2029〕2号第一条', provisional: false, value: defaultCard() },
  });
  await countyWei!.does('/card-simulations', { rowId: card.rowId });
  await opened.service.runTasks();
  const { items } = await countyWei!.sees('/card-simulations');
  facts.simulation = items[0].id;
}

/** A file of the bank with a payment that fits no loan: confirmed, it leaves work and a sheet of errors. */
async function receive(opened: OpenedService, town: Town, facts: Facts): Promise<void> {
  const { lenderTan, lenderSu } = town.people;
  const text = `合同号,还款日期,还款金额,流水号\nHT-ABSENT,${STORY_ENDS},10.00,HK-ABSENT-1\n`;
  const path = '/files?name=bank.csv&purpose=bank-file';
  const { fileId } = await lenderTan!.does(path, Buffer.from(text));
  const started = await lenderTan!.does('/bank-files', { fileId, kind: 'repayments' });
  facts.bankFile = started.bankFileId;
  await opened.service.runTasks();
  const { version, countsDigest } = await lenderSu!.sees(`/bank-files/${facts.bankFile}`);
  await lenderSu!.does(`/bank-files/${facts.bankFile}/confirm`, { version, countsDigest });
  await opened.service.runTasks();
  const { items } = await lenderSu!.sees('/bank-rows');
  facts.bankRow = items[0].id;
}

const idle = defineTask({ name: 'story.idle', title: '等待中的任务', run: async () => null });

/** A long task of the bank that waits for ever, since no runner knows its kind. */
async function leaveTask(opened: OpenedService, town: Town, facts: Facts): Promise<void> {
  const { platform } = opened.service;
  const lender = await platform.authority.byId(town.people.lenderTan!.id);
  facts.task = await platform.db.inTransaction((tx) =>
    startTask(openWork(platform, tx, lender!, 'story'), idle, {
      subject: { kind: 'loan', id: facts.loan },
      region: TOWN.village,
      title: idle.title,
    }),
  );
}

/** Tells the whole story and returns the ids of its records. */
export async function tellStory(opened: OpenedService, town: Town): Promise<Facts> {
  const facts: Facts = {};
  await lend(opened, town, facts);
  await subsidise(opened, town);
  await compensate(opened, town, facts);
  await visit(town, facts);
  await propose(town, facts);
  await rate(opened, town, facts);
  await receive(opened, town, facts);
  await leaveTask(opened, town, facts);
  await opened.service.seal();
  return facts;
}
