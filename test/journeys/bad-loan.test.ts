/**
 * A loan that goes bad, over HTTP, on both databases: reminded, overdue, classified, reported, visited, claimed on
 * the fund, signed by three bodies in any order, paid 80 %, half repaid, the fund's part returned; proved, verified.
 */
import { businessDate } from '../../src/platform/dates';
import { loanSteps } from './good-loan';
import { Journey, type JourneyStep } from './journey';
import { describeEachService, type OpenedService } from './service';
import { settle, TOWN, type Town } from './town';

const DATES = {
  applied: '2018-05-07',
  posted: '2018-05-08',
  noticeEnds: '2018-05-14',
  certified: '2018-05-15',
  signed: '2018-05-16',
};
const MATURES = '2019-05-16';

describeEachService('The second journey', (open) => {
  let opened: OpenedService;
  let town: Town;
  let journey: Journey;
  let steps: JourneyStep[];
  let claim: {
    id: string;
    contentDigest: string;
    amount: string;
    principal: string;
    interest: string;
  };

  beforeAll(async () => {
    opened = await open('2018-05-07');
    town = await settle(opened);
    steps = loanSteps(town, DATES, { months: 12, rate: '4.35' });
    journey = new Journey(opened, town, steps);
    for (const [at, step] of steps.entries()) {
      if (step.on) opened.clock.set(step.on);
      await journey.take(at);
    }
  }, 120_000);
  afterAll(() => opened.close());

  const night = async (date: string) => {
    opened.clock.set(date);
    const report = await opened.service.runner.runNight(businessDate(date));
    expect(report.steps.filter((step) => step.state === 'failed' || step.failed > 0)).toEqual([]);
    expect(report.state).toBe('done');
  };
  const loanPath = (part = '') => `/loans/${journey.facts.loan}${part}`;
  const loan = async () => (await town.people.lenderTan!.sees(loanPath())).loan;
  const visit = {
    visitedOn: '2019-05-31',
    place: '借款人家中',
    metWith: '覃明本人',
    finding: '油茶滞销，暂时无力归还，承诺分期。',
    useChecked: true,
  };

  test('thirty days before maturity the night leaves a reminder in the local outbox, once', async () => {
    for (const date of ['2018-06-20', '2018-09-20', '2018-12-20', '2019-03-20']) await night(date);
    await night('2019-04-16');
    await night('2019-04-16');
    const { items } = await town.people.lenderTan!.sees('/outbox');
    const own = items.filter((item: { title: string }) => item.title.includes('到期'));
    expect(own).toHaveLength(1);
    expect(own[0].body).toContain(MATURES);
    expect(JSON.stringify(own)).not.toMatch(/13878345678|19800315/);
    expect(await opened.service.deliver()).toBe(1);
  }, 60_000);

  test('the night after maturity marks it overdue, classifies it and writes the overdue report', async () => {
    await night(MATURES);
    expect(await loan()).toMatchObject({ daysOverdue: 0, classCode: 'NORMAL' });
    await night('2019-05-17');
    expect(await loan()).toMatchObject({ daysOverdue: 1, classCode: 'SPECIAL_MENTION' });
    const report = await town.people.countyWei!.sees('/collections/overdue-report?on=2019-05-17');
    expect(JSON.stringify(report)).toContain('50000.00');
  }, 60_000);

  test('visits and demands are recorded by those whose step it is', async () => {
    opened.clock.set('2019-05-31');
    const { villageWang, townshipChen, lenderTan, inspectorBai, strangerBank } = town.people;
    expect((await inspectorBai!.post(loanPath('/visits'), visit)).status).toBe(403);
    expect((await strangerBank!.post(loanPath('/visits'), visit)).status).toBe(404);
    await villageWang!.does(loanPath('/visits'), visit);
    opened.clock.set('2019-06-15');
    const meeting = { kind: 'TOWNSHIP_MEETING', heldOn: '2019-06-15', evidence: '会商纪要' };
    expect((await lenderTan!.post(loanPath('/demands'), meeting)).status).toBe(403);
    await townshipChen!.does(loanPath('/demands'), meeting);
    await night('2019-06-20');
  }, 60_000);

  test('on the 90th day the claim is refused, on the 91st it stands', async () => {
    const { lenderTan, strangerBank, countyWei, platformZhou } = town.people;
    const path = loanPath('/compensation-claims');
    opened.clock.set('2019-08-14');
    await platformZhou!.does('/riskfund/contributions', {
      county: TOWN.county,
      source: 'COUNTY',
      document: '龙财农〔2018〕45号',
      amount: '15710000.00',
    });
    await night('2019-08-14');
    const early = await lenderTan!.post(path);
    expect([early.status, early.body.code]).toEqual([409, 'riskfund.not-overdue-enough']);
    await night('2019-08-15');
    expect((await strangerBank!.post(path)).status).toBe(404);
    expect((await countyWei!.post(path)).status).toBe(403);
    claim = await lenderTan!.does(path);
    expect(claim).toMatchObject({ state: 'submitted', overdueDays: 91, principal: '50000.00' });
    const fen = (yuan: string) => Math.round(Number(yuan) * 100);
    const whole = fen(claim.principal) + fen(claim.interest);
    expect(fen(claim.amount)).toBe(Math.round((whole * 80) / 100));
    expect((await lenderTan!.post(path)).status).toBe(409);
  }, 60_000);

  test('three bodies sign in any order, each seat once and nobody twice; then the fund pays', async () => {
    const { lenderTan, countyWei, countyHuang, financeYang, financePan, platformZhou } =
      town.people;
    const path = `/riskfund/claims/${claim.id}`;
    const seen = { contentDigest: claim.contentDigest };
    expect((await financePan!.post(`${path}/payment`)).status).toBe(409);
    expect((await lenderTan!.post(`${path}/signatures`, seen)).status).toBe(403);
    const other = { contentDigest: 'a'.repeat(64) };
    expect((await platformZhou!.post(`${path}/signatures`, other)).status).toBe(422);
    await platformZhou!.does(`${path}/signatures`, seen);
    expect((await platformZhou!.post(`${path}/signatures`, seen)).status).toBeGreaterThanOrEqual(
      403,
    );
    await financeYang!.does(`${path}/signatures`, seen);
    expect((await financePan!.post(`${path}/signatures`, seen)).status).toBeGreaterThanOrEqual(403);
    expect((await financePan!.post(`${path}/payment`)).status).toBe(409);
    const signed = await countyWei!.does(`${path}/signatures`, seen);
    expect(signed).toMatchObject({ state: 'signed', missingSeats: [] });
    expect((await countyHuang!.post(`${path}/signatures`, seen)).status).toBeGreaterThanOrEqual(
      403,
    );
    expect((await lenderTan!.post(`${path}/payment`)).status).toBe(403);
    const paid = await financePan!.does(`${path}/payment`);
    expect(paid.state).toBe('paid');
    expect((await financePan!.post(`${path}/payment`)).status).toBe(409);
    expect((await loan()).compensatedOn).toBe('2019-08-15');
    const fund = await town.people.inspectorBai!.sees(`/riskfund/funds/${TOWN.county}`);
    const balance = 1_571_000_000 - Math.round(Number(claim.amount) * 100);
    expect(fund.balance).toBe((balance / 100).toFixed(2));
  }, 60_000);

  test('the borrower repays half, and the fund’s part of it comes back', async () => {
    opened.clock.set('2019-09-02');
    const { lenderTan, inspectorBai } = town.people;
    const paid = await lenderTan!.does(loanPath('/repayments'), {
      amount: '25000.00',
      paidOn: '2019-09-02',
      bankReference: 'HK-20190902',
    });
    expect(paid.loan.state).toBe('running');
    const { items } = await lenderTan!.sees('/riskfund/recoveries');
    expect(items).toHaveLength(1);
    const fen = (yuan: string) => Math.round(Number(yuan) * 100);
    const recovered = fen(paid.principal) + fen(paid.interest);
    expect(Math.abs(fen(items[0].fundPart) - recovered * 0.8)).toBeLessThanOrEqual(1);
    expect(items[0].dueOn).toBe('2019-09-09');
    const path = `/riskfund/recoveries/${items[0].id}/return`;
    expect((await inspectorBai!.post(path)).status).toBe(403);
    await lenderTan!.does(path);
    expect((await lenderTan!.post(path)).status).toBe(409);
    const fund = await inspectorBai!.sees(`/riskfund/funds/${TOWN.county}`);
    const balance = 1_571_000_000 - fen(claim.amount) + fen(items[0].fundPart);
    expect(fund.balance).toBe((balance / 100).toFixed(2));
  }, 60_000);

  test('the books prove, and the inspector sees who signed and who looked', async () => {
    const { countyWei, inspectorBai } = town.people;
    const reason = { reason: '核对代偿资料中的身份信息' };
    const member = `/members/${journey.facts.members[0]}/reveal`;
    const looked = await countyWei!.does(member, reason);
    expect(JSON.stringify(looked)).toContain('13878345678');
    await night('2019-09-02');
    await opened.service.seal();
    expect(await inspectorBai!.does('/inspection/verifications', {})).toMatchObject({ ok: true });
    const { lines } = await inspectorBai!.sees(`/inspection/stories/loan/${journey.facts.loan}`);
    const by = (act: string) =>
      lines
        .filter(
          (line: { act: string; outcome: string }) => line.act === act && line.outcome === 'done',
        )
        .map((line: { actorName: string }) => line.actorName);
    expect(by('riskfund.sign-claim')).toEqual(['platformZhou', 'financeYang', 'countyWei']);
    expect(by('riskfund.pay-compensation')).toEqual(['financePan']);
    expect(by('households.reveal-member')).toEqual(['countyWei']);
    expect(by('riskfund.return-recovery')).toEqual(['lenderTan']);
    expect(JSON.stringify(lines)).not.toMatch(/13878345678|19800315/);
  }, 60_000);
});
