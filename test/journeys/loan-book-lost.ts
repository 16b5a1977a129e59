/** The loan that is lost in the loan book's journey: overdue, refused by the fund, judged, written off, recovered. */
import { MATURES } from './lending';
import { ABSENT, type LoanBook, NOT_PERMITTED } from './loan-book';
import { extensionForm, receipt, renewalForm, writeOffForm } from './loan-forms';
import { TOWN } from './town';

/** The paths of the lost loan, and the loan as it stands. */
const lost = (book: LoanBook) => ({
  path: (part = '') => book.path('lost', part),
  loan: () => book.loan('lost'),
});

/** The loan from its maturity to the township’s meeting. */
export async function loanIsOverdue(book: LoanBook): Promise<void> {
  const { path, loan } = lost(book);
  await book.nights(MATURES);
  expect(await loan()).toMatchObject({ daysOverdue: 0, classCode: 'SUBSTANDARD' });
  await book.nights('2019-05-17');
  expect(await loan()).toMatchObject({ daysOverdue: 1, classCode: 'SUBSTANDARD' });
  expect(await book.loan('wrong')).toMatchObject({ daysOverdue: 0, classCode: 'NORMAL' });
  const troubled = [409, 'loans.troubled'] as const;
  await book.refused('lenderTan', path('/extensions'), extensionForm('2019-11-16'), troubled);
  await book.refused('lenderTan', path('/renewals'), renewalForm, troubled);
  book.on('2019-05-31');
  const visit = { visitedOn: '2019-05-31', place: '借款人家中', metWith: '借款人本人' };
  const found = { finding: '资金转借亲戚，尚未收回', useChecked: true };
  await book.refused('strangerBank', path('/visits'), { ...visit, ...found }, ABSENT);
  await book.person('villageWang').does(path('/visits'), { ...visit, ...found });
  book.on('2019-06-15');
  const meeting = { kind: 'TOWNSHIP_MEETING', heldOn: '2019-06-15', evidence: '会商纪要' };
  await book.person('townshipChen').does(path('/demands'), meeting);
  // Interest is late since 2018-12-20, principal since the maturity: the longer count decides.
  await book.nights('2019-06-20');
  expect(await loan()).toMatchObject({
    ...{ daysOverdue: 35, interestDaysOverdue: 182, classCode: 'DOUBTFUL' },
  });
}

/** The claim on the fund, the judgement, and the refusal. */
export async function fundRefuses(book: LoanBook): Promise<void> {
  const { path, loan } = lost(book);
  await book.nights('2019-08-15');
  const proposal = path('/write-offs');
  const soon = [409, 'loans.write-off-too-soon'] as const;
  await book.refused('lenderTan', proposal, writeOffForm, soon);
  const contribution = { county: TOWN.county, source: 'COUNTY', document: '龙财农〔2018〕45号' };
  const amount = '15710000.00';
  await book.person('platformZhou').does('/riskfund/contributions', { ...contribution, amount });
  const claims = path('/compensation-claims');
  await book.refused('strangerBank', claims, {}, ABSENT);
  await book.refused('countyWei', claims, {}, NOT_PERMITTED);
  const claim = await book.person('lenderTan').does(claims);
  expect(claim).toMatchObject({ state: 'submitted', overdueDays: 91 });
  await book.person('lenderTan').does(path('/grades'), {
    ...{ grade: 'LOSS', reason: '借款人无财产可供偿还', evidence: '尽调报告 2019-5' },
  });
  const { judgements } = await book.person('deciderNong').sees(path('/classes'));
  const [{ id: judgementId }] = judgements;
  const judged = { judgementId, outcome: 'approve' };
  await book.refused('lenderTan', path('/grades/decision'), judged, NOT_PERMITTED);
  await book.person('deciderNong').does(path('/grades/decision'), judged);
  expect(await loan()).toMatchObject({ classCode: 'LOSS', judgedCode: 'LOSS' });
  await book.refused('lenderTan', proposal, writeOffForm, [409, 'loans.fund-undecided']);
  const refusal = { reason: 'OFF_PURPOSE', note: '用途检查认定转借，不予代偿' };
  const back = `/riskfund/claims/${claim.id}/refusal`;
  await book.refused('lenderTan', back, refusal, NOT_PERMITTED);
  const refused = await book.person('countyWei').does(back, refusal);
  expect(refused).toMatchObject({ state: 'refused' });
}

/** The write-off from its proposal to the register. */
export async function loanIsWrittenOff(book: LoanBook): Promise<void> {
  const { path, loan } = lost(book);
  book.on('2019-08-20');
  const proposal = path('/write-offs');
  await book.refused('deciderLiao', proposal, writeOffForm, NOT_PERMITTED);
  const [first] = writeOffForm.evidence;
  const bare = { ...writeOffForm, evidence: [first] };
  await book.refused('lenderTan', proposal, bare, [400, 'loans.write-off-evidence']);
  const proposed = await book.person('lenderTan').does(proposal, writeOffForm);
  expect(proposed).toMatchObject({
    ...{ state: 'proposed', principal: '50000.00', fundState: 'refused', compensation: '0.00' },
    ...{ daysOverdue: 96, classCode: 'LOSS', loss: proposed.total },
  });
  await book.refused('lenderSu', proposal, writeOffForm, [409, 'loans.write-off-waits']);
  book.facts.writeOff = proposed.id;
  const decision = `/write-offs/${proposed.id}/decision`;
  const note = '核销委员会决议';
  const seen = { contentDigest: proposed.contentDigest, outcome: 'approved', note };
  await book.refused('lenderSu', decision, seen, NOT_PERMITTED);
  const other = { ...seen, contentDigest: 'a'.repeat(64) };
  await book.refused('deciderLiao', decision, other, [422, 'loans.write-off-other']);
  await book.person('deciderLiao').does(decision, seen);
  expect(await loan()).toMatchObject({
    ...{ state: 'running', outstanding: '0.00', interestDue: '0.00', penaltyDue: '0.00' },
    ...{ writtenOffOn: '2019-08-20', writtenOff: proposed.total, classCode: 'LOSS' },
  });
  const { items } = await book.person('inspectorBai').sees('/write-offs');
  expect(items).toMatchObject([{ id: proposed.id, state: 'approved' }]);
}

/** A receipt after the write-off. */
export async function moneyIsRecovered(book: LoanBook): Promise<void> {
  const { path, loan } = lost(book);
  book.on('2019-09-02');
  const paid = receipt('1500.00', '2019-09-02', 'HK-0902');
  await book.refused('lenderTan', path('/repayments'), paid, [409, 'loans.written-off']);
  await book.refused('strangerBank', path('/recoveries'), paid, ABSENT);
  await book.refused('deciderLiao', path('/recoveries'), paid, NOT_PERMITTED);
  const running = book.path('wrong', '/recoveries');
  await book.refused('lenderTan', running, paid, [409, 'loans.not-written-off']);
  const recovered = await book.person('lenderTan').does(path('/recoveries'), paid);
  expect(recovered).toMatchObject({ principal: '1500.00', interest: '0.00', repeated: false });
  expect(await loan()).toMatchObject({ state: 'running', recovered: '1500.00' });
  const again = await book.person('lenderSu').does(path('/recoveries'), paid);
  expect(again).toMatchObject({ repeated: true, recoveryId: recovered.recoveryId });
  expect(await loan()).toMatchObject({ recovered: '1500.00' });
  await book.nights('2019-09-02');
}

/** A receipt of before the write-off, and the attempts to take the write-off back. */
export async function writeOffIsCorrected(book: LoanBook): Promise<void> {
  const { path, loan } = lost(book);
  const { writtenOff } = await loan();
  const paid = receipt('2000.00', '2019-07-01', 'HK-0701');
  const answer = await book.person('lenderTan').does(path('/repayments'), paid);
  expect(answer).toMatchObject({ principal: '0.00', overpaid: '0.00', repeated: false });
  const less = (Number(writtenOff) - 2000).toFixed(2);
  expect(await loan()).toMatchObject({ writtenOff: less, recovered: '1500.00' });
  const { events, corrections } = await book.person('countyWei').sees(path('/statement'));
  expect(corrections).toMatchObject([
    { kind: 'back-dated', voided: [{ kind: 'write-off', amount: writtenOff }] },
  ]);
  const { id } = events.find((one: { kind: string }) => one.kind === 'write-off');
  const reversal = path(`/events/${id}/reversal`);
  const because = { reason: '借款人已恢复还款' };
  await book.refused('deciderLiao', reversal, because, [403, 'loans.reverser-entered']);
  await book.refused('deciderNong', reversal, because, [409, 'loans.not-possible']);
  await book.nights('2019-09-03');
}
