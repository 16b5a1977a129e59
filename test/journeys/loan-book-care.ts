/** Checks of use in the loan book's journey: recorded with photos, two fail, one flag falls and one stands. */
import { ABSENT, type LoanBook, NOT_PERMITTED } from './loan-book';
import { extensionForm, visitForm } from './loan-forms';
import { TOWN } from './town';

const QUARTER = `/subsidies/quarters/${TOWN.county}/2018Q3`;
const VISITED = '2018-08-01';

const lineOf = ({ loans }: LoanBook, fate: 'watched' | 'lost') =>
  `/households/${loans[fate].household}/credit-line`;

/** A check that finds the money where it belongs. */
export async function useIsChecked(book: LoanBook): Promise<void> {
  book.on(VISITED);
  const path = book.path('late', '/use-checks');
  const none = visitForm(VISITED, 'as-agreed', []);
  await book.refused('villageWang', path, none, [409, 'monitoring.photos-too-few']);
  const form = visitForm(VISITED, 'as-agreed', [await book.photo('villageWang', 'late', 'A')]);
  await book.refused('countyWei', path, form, NOT_PERMITTED);
  await book.refused('strangerBank', path, form, ABSENT);
  // A photo belongs to whoever took it.
  await book.refused('lenderSu', path, form, ABSENT);
  const check = await book.person('villageWang').does(path, form);
  expect(check).toMatchObject({ use: 'as-agreed', flag: null, photos: [{ photoReused: false }] });
  await book.refused('villageWang', path, form, [409, 'monitoring.photo-used']);
}

/** Two checks that fail, and the quarter in which they did. */
export async function checksFail(book: LoanBook): Promise<void> {
  for (const [fate, use] of [
    ['watched', 'diverted'],
    ['lost', 'lent-on'],
  ] as const) {
    const form = visitForm(VISITED, use, [await book.photo('lenderSu', fate, fate)]);
    const { flag } = await book.person('lenderSu').does(book.path(fate, '/use-checks'), form);
    expect(flag).toMatchObject({ state: 'open', lineState: 'frozen' });
    book.facts[`${fate} flag`] = flag.flagId;
    expect(await book.person('lenderTan').sees(lineOf(book, fate))).toMatchObject({
      today: { state: 'frozen', available: '0.00' },
    });
    const unfreeze = { reason: '已核实' };
    const open = [409, 'monitoring.flag-open'] as const;
    await book.refused('deciderNong', `${lineOf(book, fate)}/unfreeze`, unfreeze, open);
  }
  await book.nights('2018-09-20');
  book.on('2018-09-21');
  await book.person('financeYang').does('/subsidies/appropriations', {
    ...{ county: TOWN.county, source: 'COUNTY' },
    ...{ document: '龙财农〔2018〕12号', amount: '10000.00' },
  });
  const quarter = { county: TOWN.county, periodCode: '2018Q3' };
  await book.refused('approverMeng', '/subsidies/quarters', quarter, NOT_PERMITTED);
  const run = await book.person('countyWei').does('/subsidies/quarters', quarter);
  const seen = { contentDigest: run.contentDigest };
  await book.refused('countyWei', `${QUARTER}/approval`, seen, NOT_PERMITTED);
  await book.person('approverMeng').does(`${QUARTER}/approval`, seen);
  await book.person('financeYang').does(`${QUARTER}/payment`, { ...seen, voucher: 'PZ-1' });
  const { items } = await book.person('lenderTan').sees(`${QUARTER}/claims`);
  const left = Object.entries(book.loans).map(([fate, { loan }]) => [
    ...[fate, items.find((one: { loanId: string }) => one.loanId === loan)?.excluded],
  ]);
  // 51 days of 49,532.29 and of 50,000, from the visit to the 20th; the days before it are rounded first.
  expect(Object.fromEntries(left)).toEqual({
    ...{ late: '0.00', wrong: '0.00', right: '0.00', renewed: '0.00' },
    ...{ watched: '305.24', lost: '308.12' },
  });
}

/** The county decides both flags. */
export async function flagsAreDecided(book: LoanBook): Promise<void> {
  book.on('2018-09-25');
  const decision = (outcome: string) => ({ outcome, reason: '县乡联合入户核查，附核查表' });
  const [watched, lost] = ['watched', 'lost'].map(
    (fate) => `/use-checks/flags/${book.facts[`${fate} flag`]}/decision`,
  ) as [string, string];
  await book.refused('countyWei', watched, decision('dismissed'), NOT_PERMITTED);
  await book.refused('lenderSu', watched, decision('dismissed'), NOT_PERMITTED);
  expect(await book.person('approverLan').does(watched, decision('dismissed'))).toMatchObject({
    ...{ state: 'dismissed', subsidyLostFrom: null, quartersHeld: ['2018Q3'] },
    lineState: 'frozen',
  });
  const decided = [409, 'monitoring.flag-decided'] as const;
  await book.refused('approverLan', watched, decision('confirmed'), decided);
  expect(await book.person('approverLan').does(lost, decision('confirmed'))).toMatchObject({
    ...{ state: 'confirmed', subsidyLostFrom: '2018-09-25', lineState: 'frozen' },
  });
  const lift = `${lineOf(book, 'watched')}/unfreeze`;
  await book.refused('lenderTan', lift, { reason: '预警不成立' }, NOT_PERMITTED);
  const lifted = await book.person('deciderNong').does(lift, { reason: '预警不成立' });
  expect(lifted).toMatchObject({ state: 'in-force', total: '50000.00' });
}
/** Half a year of the household that lost its subsidy. */
export async function lostSubsidyIsLate(book: LoanBook): Promise<void> {
  await book.nights('2018-12-20');
  expect(await book.loan('lost')).toMatchObject({ ownDueSince: '2018-12-20' });
  expect(await book.loan('watched')).toMatchObject({ ownDueSince: null });
  await book.nights('2018-12-21');
  expect(await book.loan('lost')).toMatchObject({
    ...{ daysOverdue: 0, interestDaysOverdue: 1, classCode: 'SPECIAL_MENTION' },
  });
  const troubled = [409, 'loans.troubled'] as const;
  const asked = extensionForm('2019-11-16');
  await book.refused('lenderTan', book.path('lost', '/extensions'), asked, troubled);
  await book.nights('2019-03-20', '2019-03-21');
  expect(await book.loan('lost')).toMatchObject({
    ...{ interestDaysOverdue: 91, classCode: 'SUBSTANDARD' },
  });
  const bad = await book.person('countyWei').sees('/loan-classes/bad?on=2019-03-21');
  expect(bad.items).toMatchObject([{ loans: 6, badLoans: 1, badBalance: '50000.00' }]);
  const before = await book.person('countyWei').sees('/loan-classes/bad?on=2019-03-20');
  expect(before.items).toMatchObject([{ loans: 6, badLoans: 0 }]);
}
