/** The end of the loan book's journey: what everybody reads of the loans, and what the inspector proves. */
import { SYSTEM_ACTOR } from '../../src/platform/authority';
import type { Fate, LoanBook } from './loan-book';
import type { Reply } from './town';

const QUARTER = [
  'subsidies.propose-quarter countyWei',
  'subsidies.approve-quarter approverMeng',
  'subsidies.pay-quarter financeYang',
];
const FAILED_CHECK = ['monitoring.keep-use-photo lenderSu', 'monitoring.record-use-check lenderSu'];

/** What people did to each loan since its payout, in order; a receipt entered twice is told twice. */
const STORIES: Readonly<Record<Fate, readonly string[]>> = {
  late: [
    ...['loans.repay lenderTan', 'loans.repay lenderTan', 'bankfiles.file deciderLiao'],
    ...['monitoring.keep-use-photo villageWang', 'monitoring.record-use-check villageWang'],
    ...QUARTER,
    ...['loans.repay lenderTan', 'loans.return-overpaid deciderLiao'],
  ],
  wrong: [
    ...['loans.repay lenderTan', 'loans.reverse-event deciderNong'],
    ...QUARTER,
    ...['loans.request-extension lenderTan', 'loans.decide-extension deciderLiao'],
  ],
  right: [
    'loans.repay lenderTan',
    'bankfiles.file deciderLiao',
    ...QUARTER,
    'loans.repay lenderSu',
  ],
  watched: [
    'bankfiles.resolve-bank-row deciderLiao',
    ...[...FAILED_CHECK, ...QUARTER],
    ...['monitoring.decide-flag approverLan', 'loans.repay lenderSu'],
  ],
  lost: [
    ...[...FAILED_CHECK, ...QUARTER, 'monitoring.decide-flag approverLan'],
    ...['collections.record-visit villageWang', 'collections.record-demand townshipChen'],
    ...['riskfund.claim-compensation lenderTan', 'loans.propose-grade lenderTan'],
    ...['loans.decide-grade deciderNong', 'riskfund.refuse-claim countyWei'],
    ...['loans.propose-write-off lenderTan', 'loans.decide-write-off deciderLiao'],
    ...['loans.enter-recovery lenderTan', 'loans.enter-recovery lenderSu', 'loans.repay lenderTan'],
  ],
  renewed: [
    ...[...QUARTER, 'loans.request-renewal lenderTan', 'loans.decide-renewal deciderLiao'],
    ...['loans.repay lenderTan', 'loans.sign-renewal lenderSu'],
  ],
};

/** Who tried what in vain, of each loan; what is tried on an id that is not the loan's is told there. */
const REFUSED: Readonly<Partial<Record<Fate, readonly string[]>>> = {
  late: [
    ...[
      'loans.repay deciderLiao platform.not-permitted',
      'loans.repay strangerBank platform.absent',
    ],
    'loans.return-overpaid lenderTan platform.not-permitted',
  ],
  wrong: ['loans.reverse-event lenderTan platform.not-permitted'],
  watched: [
    'bankfiles.resolve-bank-row lenderTan bankfiles.uploader-resolves',
    'loans.reverse-event deciderLiao loans.reverser-entered',
  ],
  renewed: ['loans.sign-renewal lenderTan loans.signer-asked'],
};

/** Personal data that no page of the trail may show: ID number, telephone, account. */
const PERSONAL = /19800315|13878345678|6217003010001234567/;

type Line = Record<'act' | 'actorId' | 'actorName' | 'outcome' | 'problem' | 'at', string>;

const fatesOf = ({ loans }: LoanBook) => Object.keys(loans) as Fate[];

/** The lines of a loan's story, as the inspector reads them. */
async function storyOf(book: LoanBook, id: string, kind = 'loan'): Promise<Line[]> {
  const inspector = book.person('inspectorBai');
  return (await inspector.sees(`/inspection/stories/${kind}/${id}`)).lines;
}

const told = (lines: Line[]) => lines.map(({ act, actorName }) => `${act} ${actorName}`);

/** Everybody’s page of each loan. */
export async function pagesAreRead(book: LoanBook): Promise<void> {
  const pages: Record<string, Reply['body']> = {};
  for (const fate of fatesOf(book)) {
    const path = book.path(fate, '/file');
    for (const who of ['lenderTan', 'villageWang', 'countyWei', 'inspectorBai']) {
      const file = await book.person(who).sees(path);
      expect(file).toMatchObject({
        borrower: book.loans[fate].name,
        notice: { openObjections: 0 },
      });
      expect(file.events[0]).toMatchObject({ kind: 'disbursal', amount: '50000.00' });
      expect(file.subsidies).toMatchObject([{ periodCode: '2018Q3', state: 'paid' }]);
      expect(JSON.stringify(file)).not.toMatch(PERSONAL);
      pages[fate] = file;
    }
    expect((await book.person('strangerBank').get(path)).status).toBe(404);
    expect((await book.person('system').get(path)).status).toBe(403);
  }
  expect(pages.lost.checks).toMatchObject([{ use: '转借他人或企业', flagState: 'confirmed' }]);
  expect(pages.lost.claims).toMatchObject([{ state: 'refused', paidOn: null }]);
  expect(pages.lost.events.at(-1)).toMatchObject({ kind: 'recovery', amount: '1500.00' });
  expect(pages.watched.checks).toMatchObject([{ flagState: 'dismissed' }]);
  expect(pages.wrong.payments.at(-1)).toMatchObject({ on: '2019-11-16', balance: '0.00' });
  expect(pages.renewed.events.at(-1)).toMatchObject({ kind: 'renewal', amount: '50000.00' });
  const fresh = await book.person('lenderSu').sees(`/loans/${book.facts.fresh}/file`);
  const { borrower } = pages.renewed;
  expect(fresh).toMatchObject({ borrower, notice: null, loan: { state: 'running' } });
  const kinds = fresh.events.map((one: { kind: string }) => one.kind);
  expect(kinds).toEqual(['disbursal', 'settlement']);
}

/** The inspector’s reading. */
export async function storiesAreRead(book: LoanBook): Promise<void> {
  await book.seal();
  for (const fate of fatesOf(book)) {
    const lines = await storyOf(book, book.loans[fate].loan);
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).sort());
    const done = lines.filter(({ outcome }) => outcome === 'done');
    expect(told(done)).toContain(`loans.settle-interest ${SYSTEM_ACTOR.name}`);
    const people = told(done.filter(({ actorId }) => actorId !== SYSTEM_ACTOR.id));
    const since = people.indexOf('loans.disburse lenderSu') + 1;
    expect([fate, since > 0, people.slice(since)]).toEqual([fate, true, STORIES[fate]]);
    const refused = lines.filter(({ outcome }) => outcome === 'refused');
    const tried = refused.map(({ act, actorName, problem }) => `${act} ${actorName} ${problem}`);
    expect(tried).toEqual(expect.arrayContaining([...(REFUSED[fate] ?? [])]));
    expect(JSON.stringify(lines)).not.toMatch(PERSONAL);
  }
  expect(told(await storyOf(book, book.facts.fresh!))).toContain('loans.sign-renewal lenderSu');
  // A refusal tells only what the request named: the write-off, whose story reaches the loan.
  const writeOff = await storyOf(book, book.facts.writeOff!, 'write-off');
  expect(writeOff.map(({ act, problem }) => `${act} ${problem}`)).toContain(
    'loans.decide-write-off platform.not-permitted',
  );
  const path = `/inspection/stories/loan/${book.loans.lost.loan}`;
  expect((await book.person('lenderTan').get(path)).status).toBe(403);
}

/** The proof of the audit. */
export async function auditVerifies(book: LoanBook): Promise<void> {
  const before = await book.whole();
  const inspector = book.person('inspectorBai');
  expect(await inspector.does('/inspection/verifications', {})).toMatchObject({
    ...{ ok: true, fault: null },
  });
  expect(await book.whole()).toBe(before);
}
