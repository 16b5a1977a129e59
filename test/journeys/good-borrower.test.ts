/**
 * One loan's whole life, over HTTP, on both databases: registered, rated, applied for, reviewed, noticed,
 * certified, decided, disbursed, settled, subsidised, repaid; proved, verified, read by the inspector.
 */
import { businessDate } from '../../src/platform/dates';
import { loanSteps } from './good-loan';
import { Journey, type JourneyStep } from './journey';
import { describeEachService, type OpenedService } from './service';
import { settle, TOWN, type Town } from './town';

/** Posted on a Tuesday; the fifth day is a Sunday, so the notice ends on Monday the 14th. */
const DATES = {
  applied: '2018-05-07',
  posted: '2018-05-08',
  noticeEnds: '2018-05-14',
  certified: '2018-05-15',
  signed: '2018-05-16',
};

describeEachService('The first journey', (open) => {
  let opened: OpenedService;
  let town: Town;
  let journey: Journey;
  let steps: JourneyStep[];

  beforeAll(async () => {
    opened = await open('2018-05-07');
    town = await settle(opened);
    steps = loanSteps(town, DATES, { months: 36, rate: '4.75' });
    journey = new Journey(opened, town, steps);
  }, 120_000);
  afterAll(() => opened.close());

  const night = async (date: string) => {
    const report = await opened.service.runner.runNight(businessDate(date));
    expect(report.steps.filter((step) => step.state === 'failed' || step.failed > 0)).toEqual([]);
    expect(report.state).toBe('done');
  };
  const loan = () => town.people.lenderTan!.sees(`/loans/${journey.facts.loan}`);

  const names = loanSteps({ people: {}, bodies: {} }, DATES, { months: 36, rate: '4.75' });
  test.each(names.map((step, at) => [step.name, at] as const))(
    'step: %s — refused to the wrong people and out of order, then done once',
    async (_, at) => {
      await journey.tryBefore(at);
      await journey.take(at);
    },
    60_000,
  );

  test('more than ten people took part, and nobody signed twice in one chain', () => {
    const signing = /review|check|certificate|decision|apply/;
    const chain = steps.filter((step) => signing.test(step.name)).map((step) => step.who);
    expect(new Set(chain).size).toBe(chain.length);
    expect(new Set(steps.map((step) => step.who)).size).toBeGreaterThanOrEqual(10);
  });

  test('when the quarter is settled on the 20th, then a full quarter of 5万 at 4.75 % is 92 days and 606.94', async () => {
    await night('2018-06-20');
    await night('2018-09-19');
    await night('2018-09-20');
    await night('2018-09-20');
    const { interest } = await loan();
    const quarter = interest.filter((row: { periodCode: string }) => row.periodCode === '2018Q3');
    expect(quarter).toEqual([expect.objectContaining({ days: 92, amount: '606.94' })]);
  }, 60_000);

  test('when the quarter is subsidised by three people, then the loan has its 606.94', async () => {
    opened.clock.set('2018-09-21');
    const { countyWei, approverMeng, financeYang } = town.people;
    const base = `/subsidies/quarters/${TOWN.county}/2018Q3`;
    await financeYang!.does('/subsidies/appropriations', {
      county: TOWN.county,
      source: 'COUNTY',
      document: '龙财农〔2018〕12号',
      amount: '10000.00',
    });
    const run = await countyWei!.does('/subsidies/quarters', {
      county: TOWN.county,
      periodCode: '2018Q3',
    });
    const seen = { contentDigest: run.contentDigest };
    expect((await countyWei!.post(`${base}/approval`, seen)).status).toBe(403);
    expect((await financeYang!.post(`${base}/payment`, { ...seen, voucher: 'PZ-1' })).status).toBe(
      409,
    );
    await approverMeng!.does(`${base}/approval`, seen);
    expect((await approverMeng!.post(`${base}/payment`, { ...seen, voucher: 'PZ-1' })).status).toBe(
      403,
    );
    await financeYang!.does(`${base}/payment`, { ...seen, voucher: 'PZ-1' });
    expect((await financeYang!.post(`${base}/payment`, { ...seen, voucher: 'PZ-2' })).status).toBe(
      409,
    );
    const own = await town.people.lenderTan!.sees(`/loans/${journey.facts.loan}/subsidies`);
    expect(JSON.stringify(own)).toContain('606.94');
  }, 60_000);

  test('when it is repaid at maturity, then nothing is owed and the household may borrow anew', async () => {
    for (const date of settlementDays('2018-12-20', '2021-03-20')) {
      opened.clock.set(date);
      await night(date);
    }
    opened.clock.set('2021-05-16');
    const payoff = await town.people.lenderTan!.sees(`/loans/${journey.facts.loan}/payoff`);
    const early = { paidOn: '2021-05-17', bankReference: 'HK-20210517' };
    const path = `/loans/${journey.facts.loan}/repayments`;
    expect(
      (await town.people.lenderTan!.post(path, { ...early, amount: payoff.total })).status,
    ).toBe(400);
    expect(
      (await town.people.strangerBank!.post(path, { ...early, amount: payoff.total })).status,
    ).toBe(404);
    const paid = await town.people.lenderTan!.does(path, {
      amount: payoff.total,
      paidOn: '2021-05-16',
      bankReference: 'HK-20210516',
    });
    expect(paid.principal).toBe('50000.00');
    expect(paid.loan).toMatchObject({ state: 'settled', outstanding: '0.00', interestDue: '0.00' });
  }, 60_000);

  test('the books prove, the audit verifies, and the inspector reads the whole story in order', async () => {
    const { inspectorBai } = town.people;
    await night('2021-05-16');
    await opened.service.seal();
    const found = await inspectorBai!.does('/inspection/verifications', {});
    expect(found).toMatchObject({ ok: true, fault: null });
    const { lines } = await inspectorBai!.sees(`/inspection/stories/loan/${journey.facts.loan}`);
    const done = lines.filter((line: { outcome: string }) => line.outcome === 'done');
    const order = [
      'households.register',
      'credit.open-case',
      'credit.collect',
      'credit.enter-appraisal',
      'credit.compute',
      'credit.review-village',
      'credit.check-township',
      'credit.decide',
      'applications.submit',
      'applications.village-review',
      'applications.township-check',
      'applications.county-recheck',
      'notices.post-county',
      'notices.post-township',
      'notices.post-village',
      'applications.issue-certificate',
      'applications.decide',
      'loans.sign-contract',
      'loans.disburse',
      'loans.settle-interest',
      'subsidies.propose-quarter',
      'subsidies.approve-quarter',
      'subsidies.pay-quarter',
      'loans.repay',
    ];
    const acts: string[] = done.map((line: { act: string }) => line.act);
    expect(acts.filter((act, at) => order.includes(act) && acts.indexOf(act) === at)).toEqual(
      order,
    );
    expect(lines.some((line: { outcome: string }) => line.outcome === 'refused')).toBe(true);
    expect(JSON.stringify(lines)).not.toMatch(/19800315|13878345678/);
  }, 60_000);

  test('the inspector changes no business record', async () => {
    const { inspectorBai } = town.people;
    for (const step of steps) {
      const reply = await inspectorBai!.post(step.path(journey.facts)!, step.body(journey.facts));
      expect(reply.status).toBe(403);
    }
  }, 60_000);
});

function settlementDays(from: string, to: string): string[] {
  const days: string[] = [];
  for (let year = 2018; year <= 2021; year += 1) {
    days.push(...['03-20', '06-20', '09-20', '12-20'].map((day) => `${year}-${day}`));
  }
  return days.filter((day) => day >= from && day <= to);
}
