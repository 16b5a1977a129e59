/**
 * What the fund's money does in the bank's book when a loan is written off. Laws:
 * - The loss is borne once: what the bank keeps of a compensation is used against it, so that the bank's loss is what
 *   was owed less what the fund paid and does not get back.
 * - Of what is recovered afterwards the fund's part is owed to the fund again and is no income of the bank, so that
 *   nobody keeps it twice. What the fund has lost stands in its own book until it is back.
 * An entry whose figure changes is reversed and posted anew.
 */
import { bankBook, type LineDraft, postEntry, reverseEntry } from '../ledger';
import type { AfterCompensation } from '../loans';
import { type Fen, minFen, subFen, yuan, ZERO_FEN } from '../platform/money';
import type { Work } from '../platform/work';
import { ClaimStore } from './claim.store';
import { claimSubject } from './claim-answer';
import type { FundClaim, FundRecovery } from './fund.entity';

const minus = (amount: Fen): Fen => subFen(ZERO_FEN, amount);

/**
 * Uses what the bank keeps of the compensation against its loss.
 * @param dueBackFen what was to go back to the fund of money that came in before the write-off
 */
export async function followLoss(
  work: Work,
  claim: FundClaim,
  { writtenOffFen }: AfterCompensation,
  dueBackFen: Fen,
): Promise<void> {
  const lossUsedFen = minFen(subFen(claim.amountFen, dueBackFen), writtenOffFen);
  if (lossUsedFen === claim.lossUsedFen) return;
  if (claim.lossEntryKey) await reverse(work, claim.lossEntryKey, claim);
  const key = `riskfund.loss/${claim.id}/${claim.version}`;
  if (lossUsedFen > 0) {
    await post(work, claim, key, `代偿款承担核销损失 ${yuan(lossUsedFen)} 元`, [
      { account: 'COMPENSATION_RECEIVED', sub: claim.loanId, amountFen: lossUsedFen },
      { account: 'LOAN_LOSS', amountFen: minus(lossUsedFen) },
    ]);
  }
  const after = { lossUsedFen, lossEntryKey: lossUsedFen > 0 ? key : null };
  await new ClaimStore(work).change(claim, after);
  work.record({
    subject: claimSubject(claim),
    related: [{ kind: 'loan', id: claim.loanId }],
    before: { lossUsedFen: claim.lossUsedFen, lossEntryKey: claim.lossEntryKey },
    after,
  });
}

/** Takes the fund's part of a recovery out of the bank's income and owes it to the fund; returns the entry's key. */
export async function outOfIncome(work: Work, row: FundRecovery): Promise<string> {
  const key = `riskfund.recovered/${row.id}/${row.version}`;
  const claim = { id: row.claimId, bankId: row.bankId, regionCode: row.regionCode };
  await post(work, claim, key, `核销后收回，应返还基金 ${yuan(row.fundPartFen)} 元`, [
    { account: 'RECOVERY_INCOME', amountFen: row.fundPartFen },
    { account: 'COMPENSATION_RECEIVED', sub: row.loanId, amountFen: minus(row.fundPartFen) },
  ]);
  return key;
}

/** Reverses what `outOfIncome` posted, where it did. */
export async function putBack(work: Work, { entryKey, claimId: id }: FundRecovery): Promise<void> {
  if (entryKey) await reverse(work, entryKey, { id });
}

type Place = Pick<FundClaim, 'id' | 'bankId' | 'regionCode'>;

async function post(
  work: Work,
  claim: Place,
  key: string,
  memo: string,
  lines: LineDraft[],
): Promise<void> {
  await postEntry(work, {
    ...{ key, memo, lines, on: work.today, event: key.split('/')[0]! },
    ...{ book: bankBook(claim.bankId), subject: claimSubject(claim), region: claim.regionCode },
  });
}

async function reverse(work: Work, correctsKey: string, { id }: { id: string }): Promise<void> {
  const key = `${correctsKey}/void`;
  await reverseEntry(work, { key, correctsKey, on: work.today, memo: `代偿申请 ${id} 更正` });
}
