/** From certificate to money: how long it took at each counter, and why the target was missed. */
import { explainLatePayout, payoutTimes, presentCertificate } from '../../src/loans';
import { printedContract } from '../../src/loans/contract.queries';
import { contractPaper } from '../../src/loans/contract-page';
import { describeEachDatabase } from '../support/databases';
import { type Counter, certificate, clerk, openCounter, paidOut } from './counter';

describeEachDatabase('Explaining a late payout', (open) => {
  let counter: Counter;
  beforeAll(async () => {
    counter = await openCounter(open);
  });
  beforeEach(() => counter.clock.set('2018-03-01'));

  const refused = async (code: string, attempt: () => Promise<unknown>) => {
    const before = await counter.snapshot('payout');
    expect(await counter.refusal(attempt())).toBe(code);
    expect(await counter.snapshot('payout')).toBe(before);
  };

  test('When one is in time, one late and one still waits, then the counters show it', async () => {
    const [first, second] = counter.branches;
    await paidOut(counter, await certificate(counter), first, 120);
    counter.clock.set('2018-03-01');
    const late = await certificate(counter);
    await paidOut(counter, late, first, 121);
    counter.clock.set('2018-03-01');
    const { certificateNumber } = await certificate(counter);
    await counter.do(clerk(counter, second), presentCertificate, { certificateNumber });
    const officer = clerk(counter, first);
    const input = { certificateNumber: late.certificateNumber, reason: '核心系统故障' };
    await counter.do(officer, explainLatePayout, input);
    await refused('loans.already-explained', () => counter.do(officer, explainLatePayout, input));
    counter.clock.stepMs(121 * 60_000);
    const shown = await counter.ask(officer, payoutTimes, { from: '2018-03-01', to: '2018-03-31' });
    const of = (branch: string) => shown.branches.find(({ branchId }) => branchId === branch);
    expect(of(first)).toMatchObject({
      ...{ presented: 2, paid: 2, inTime: 1, late: 1, unexplained: 0, averageMinutes: 121 },
      branchName: '龙胜支行',
    });
    expect(of(second)).toMatchObject({
      ...{ presented: 1, paid: 0, inTime: 0, late: 1, unexplained: 1, averageMinutes: null },
    });
    const missed = shown.items.filter((item) => item.late);
    expect(missed.map(({ minutes, lateReason }) => [minutes, lateReason])).toEqual(
      expect.arrayContaining([
        [121, '核心系统故障'],
        [null, null],
      ]),
    );
    const own = await counter.ask(officer, payoutTimes, { branch: second });
    expect(own.items.map((item) => item.certificateNumber)).toEqual([certificateNumber]);
    expect(await counter.ask(officer, payoutTimes, { to: '2018-03-12' })).toMatchObject({
      branches: [],
      items: [],
    });
  });

  test('When it was in time, not presented, or of another bank, then nothing is to be explained', async () => {
    const held = await certificate(counter);
    const officer = clerk(counter, counter.branches[0]);
    const input = { certificateNumber: held.certificateNumber, reason: '理由' };
    const explain =
      (who = officer) =>
      () =>
        counter.do(who, explainLatePayout, input);
    await refused('loans.presentation-absent', explain());
    await paidOut(counter, held, counter.branches[0], 60);
    await refused('loans.not-late', explain());
    const org = { id: counter.platform.newId(), kind: 'bank' as const };
    const rival = counter.actor({ permissions: ['loans.present'], org });
    await refused('platform.absent', explain(rival));
    await refused('platform.not-permitted', explain(counter.actor({ permissions: [] })));
  });

  test('When the contract is printed, then the amount stands in capital numerals', async () => {
    const held = await certificate(counter);
    const loan = await paidOut(counter, held, counter.branches[0], 5);
    const officer = clerk(counter, counter.branches[0]);
    const contract = await counter.ask(officer, printedContract, { loanId: loan.id });
    const page = contractPaper(contract as never).text;
    expect(page).toContain('人民币（大写）伍万元整（¥50000.00）');
    expect(page).toContain('年利率 4.75%');
    expect(page).toContain('逾期之日起在合同利率上加收 50.00%');
    expect(page).toContain('免担保、免抵押');
    expect(page).not.toMatch(/\d{17}[\dX]/);
  });
});
