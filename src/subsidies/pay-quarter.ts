/**
 * The finance officer pays an approved quarter to the banks, the third person of the three. Laws: never more than
 * was appropriated (the county's account row is written and cannot fall below zero); each bank is paid once a
 * quarter; each claim reaches its loan's interest at the bank in the same transaction, so nothing is on its way.
 */
import { countyBook, postEntry } from '../ledger';
import { receiveSubsidy } from '../loans';
import { defineAct } from '../platform/act';
import { fen, subFen, ZERO_FEN } from '../platform/money';
import { regionField, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { checkContent, eachClaim } from './check-content';
import { P } from './problems';
import { RUN_STATE_NAMES, runSubject } from './quarter';
import { digestField, periodField, type RunAnswer, runAnswer, runShape } from './run-answer';
import type { SubsidyRun } from './subsidy.entity';
import { type BankSum, SubsidyStore } from './subsidy.store';

interface Input {
  county: string;
  periodCode: string;
  contentDigest: string;
  voucher: string;
}

export const payQuarter = defineAct<Input, { region: string; run: SubsidyRun }, RunAnswer>({
  name: 'subsidies.pay-quarter',
  title: '支付季度贴息',
  permission: 'subsidies.pay',
  input: shape<Input>({
    county: regionField('县'),
    periodCode: periodField(),
    contentDigest: digestField(),
    voucher: textField(80, '支付凭证号'),
  }),
  answer: runShape,
  locate: async (work, { county, periodCode }) => {
    const run = await new SubsidyStore(work).run(county, periodCode);
    return { region: run.regionCode, run };
  },
  duty: async (work, _input, { run }) => {
    if ([run.proposedBy, run.approvedBy].includes(work.actor.id)) throw P.payerTookPart();
  },
  run: async (work, { contentDigest, voucher }, { run }) => {
    if (run.state !== 'approved') throw P.notApproved({ detail: RUN_STATE_NAMES[run.state] });
    if (run.payee !== 'TO_BANK') throw P.payeeIsHousehold();
    const store = new SubsidyStore(work);
    const loanIds = await checkContent(store, run, contentDigest);
    if (run.subsidisedFen > 0) await store.spend(run.regionCode, run.subsidisedFen);
    const paid = await store.change(run, {
      state: 'paid',
      paidBy: work.actor.id,
      paidOn: work.today,
      paidAt: work.now,
      voucher,
    });
    for (const bank of await store.sumsByBank(run)) await payBank(work, store, paid, bank);
    await payLoans(work, store, paid);
    const told = runAnswer(paid);
    work.record({
      subject: runSubject(run.regionCode, run.periodCode),
      related: loanIds.map((id) => ({ kind: 'loan', id })),
      before: runAnswer(run),
      after: told,
    });
    return told;
  },
});

/** The county's side: one payment and one entry a bank. */
async function payBank(
  work: Work,
  store: SubsidyStore,
  run: SubsidyRun,
  bank: BankSum,
): Promise<void> {
  const { regionCode, periodCode } = run;
  const amountFen = fen(bank.amountFen);
  await store.addPayment({
    ...{ regionCode, periodCode, bankId: bank.bankId, claimCount: bank.claimCount, amountFen },
    voucher: run.voucher ?? '',
    paidOn: work.today,
  });
  await postEntry(work, {
    key: `subsidies.pay/${regionCode}/${periodCode}/${bank.bankId}`,
    book: countyBook(regionCode),
    on: work.today,
    event: 'subsidies.paid',
    memo: `${periodCode} 贴息 ${bank.claimCount} 笔`,
    subject: runSubject(regionCode, periodCode),
    region: regionCode,
    lines: [
      { account: 'SUBSIDY_EXPENSE', sub: periodCode, amountFen },
      { account: 'SUBSIDY_CASH', amountFen: subFen(ZERO_FEN, amountFen) },
    ],
  });
}

/** The banks' side: each loan's interest is paid by its claim. */
async function payLoans(work: Work, store: SubsidyStore, run: SubsidyRun): Promise<void> {
  await eachClaim(store, run, async ({ loanId, periodCode, subsidisedFen }) => {
    if (subsidisedFen === 0) return;
    const key = `subsidies.receive/${periodCode}/${loanId}`;
    await receiveSubsidy(work, { loanId, periodCode, amountFen: subsidisedFen, key });
  });
}
