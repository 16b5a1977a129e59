/**
 * The fund follows the loan book. Whatever pays principal or interest of a loan after the fund has compensated its bank
 * (the borrower, a subsidy that the claim did not leave out, money recovered after a write-off) is divided by the shares
 * of the claim; the fund's part is to come back within the working days the claim's terms give, never more than the fund
 * paid. Penalty is the bank's own, because the fund never bore any.
 *
 * What is to come back follows from what stands in the loan book, so every change of it is followed by the same step: a
 * part that is open is changed or voided, a part that grew after it was returned is supplemented, and a correction that
 * would take a returned part away is refused.
 */
import { type AfterCompensation, afterCompensation } from '../loans';
import { addFen, type Fen, maxFen, minFen, subFen, ZERO_FEN } from '../platform/money';
import type { Work } from '../platform/work';
import { ClaimStore } from './claim.store';
import { claimSubject, relatedOf } from './claim-answer';
import { partsOfRecovery } from './fund';
import type { FundClaim, FundRecovery } from './fund.entity';
import { followLoss, outOfIncome, putBack } from './loss';
import { P } from './problems';
import { returnDueOn } from './return-due';

/** A payment of which the fund has its share. */
interface Owed {
  eventId: string;
  on: FundRecovery['receivedOn'];
  recoveredFen: Fen;
  afterLoss: boolean;
}

/**
 * Listener of everything that changes what a compensated loan's bank owes the fund; it does nothing for other loans.
 * @throws Problem riskfund.part-returned
 */
export async function followLoan(work: Work, { loanId }: { loanId: string }): Promise<void> {
  const store = new ClaimStore(work);
  const claim = await store.standing(loanId);
  if (claim?.state !== 'paid') return;
  const since = await afterCompensation(work.tx, loanId);
  if (!since) return;
  const rows = await store.recoveries(claim.id);
  const owed = owedOf(claim, since);
  const plan = planOf(claim, owed, rows);
  for (const row of rows) {
    if (row.returnedOn === null && !plan.some(({ open }) => open?.id === row.id)) {
      await voidPart(work, store, claim, row);
    }
  }
  for (const one of plan) await settlePart(work, store, claim, one);
  const dueBackFen = addFen(
    ...plan.map(({ returnedFen, openFen }) => addFen(returnedFen, openFen)),
  );
  const noted = dueBackFen === claim.dueBackFen ? claim : await store.change(claim, { dueBackFen });
  const laterFen = addFen(
    ...plan
      .filter(({ afterLoss }) => afterLoss)
      .map(({ returnedFen, openFen }) => addFen(returnedFen, openFen)),
  );
  await followLoss(work, noted, since, subFen(dueBackFen, laterFen));
}

/** What paid principal or interest. A subsidy that the claim left out never was the fund's. */
function owedOf(claim: FundClaim, { money }: AfterCompensation): Owed[] {
  return money.filter(({ periodCode, recoveredFen }) => {
    if (recoveredFen === 0) return false;
    if (periodCode === null) return true;
    const leftOut = claim.subsidyPeriods?.includes(periodCode) ?? true;
    return !leftOut && claim.coveredInterestFen > 0;
  });
}

/** What is to stand of one payment: what was returned of it stays, the rest is open. */
interface Part extends Owed {
  returnedFen: Fen;
  /** What of the payment the returned rows stand for. */
  countedFen: Fen;
  openFen: Fen;
  /** The row that is open now, and the first that was returned. */
  open: FundRecovery | null;
  returned: FundRecovery | null;
}

function planOf(claim: FundClaim, owed: readonly Owed[], rows: readonly FundRecovery[]): Part[] {
  const baseOf = new Map(rows.map((row) => [row.id, row]));
  const paymentOf = (row: FundRecovery) =>
    (row.supplementsId ? baseOf.get(row.supplementsId) : row)?.repaymentId;
  const returned = rows.filter(({ returnedOn }) => returnedOn !== null);
  const gone = returned.find((row) => !owed.some(({ eventId }) => eventId === paymentOf(row)));
  if (gone) throw partReturned(gone);
  let backFen = addFen(...returned.map(({ fundPartFen }) => fundPartFen));
  return owed.map((one) => {
    const own = rows.filter((row) => paymentOf(row) === one.eventId);
    const back = own.filter(({ returnedOn }) => returnedOn !== null);
    const returnedFen = addFen(...back.map(({ fundPartFen }) => fundPartFen));
    const countedFen = addFen(...back.map(({ recoveredFen }) => recoveredFen));
    const { sharePpm, amountFen: paidFen } = claim;
    const whole = partsOfRecovery({
      ...{ recoveredFen: one.recoveredFen, sharePpm, paidFen, backFen: ZERO_FEN },
    }).fundPartFen;
    if (whole < returnedFen) throw partReturned(back[0]!);
    const openFen = minFen(subFen(whole, returnedFen), subFen(paidFen, backFen));
    backFen = addFen(backFen, openFen);
    const open = openFen > 0 ? (own.find(({ returnedOn }) => returnedOn === null) ?? null) : null;
    return { ...one, returnedFen, countedFen, openFen, open, returned: back[0] ?? null };
  });
}

const partReturned = ({ returnedOn, receivedOn }: FundRecovery) =>
  P.partReturned({ detail: `到账日 ${receivedOn}，返还日 ${returnedOn}` });

/** Makes or changes the open row of a payment. */
async function settlePart(
  work: Work,
  store: ClaimStore,
  claim: FundClaim,
  part: Part,
): Promise<void> {
  const { openFen, open, returned } = part;
  if (openFen === 0) return;
  // Of a payment that was shared out anew the part may grow by more than what it recovers.
  const recoveredFen = maxFen(openFen, subFen(part.recoveredFen, part.countedFen));
  if (open?.fundPartFen === openFen && open.recoveredFen === recoveredFen) return;
  const figures = { recoveredFen, fundPartFen: openFen };
  const before = open ?? (returned ? null : await store.recoveryOf(part.eventId));
  if (before) {
    await putBack(work, before);
    const entryKey = part.afterLoss
      ? await outOfIncome(work, { ...before, ...figures, version: before.version + 1 })
      : null;
    const changed = await store.changeRecovery(before, { ...figures, entryKey, voidedOn: null });
    return tell(work, claim, changed, before);
  }
  const id = work.newId();
  const row: FundRecovery = {
    ...{ id, claimId: claim.id, loanId: claim.loanId, householdId: claim.householdId },
    ...{ regionCode: claim.regionCode, bankId: claim.bankId, ...figures, receivedOn: part.on },
    ...{ repaymentId: returned ? id : part.eventId, supplementsId: returned?.id ?? null },
    dueOn: await returnDueOn(work.tx, returned ? work.today : part.on, claim.returnWorkingDays),
    ...{ returnedOn: null, returnedBy: null, voidedOn: null, entryKey: null, version: 1 },
  };
  if (part.afterLoss) row.entryKey = await outOfIncome(work, row);
  await store.addRecovery(row);
  tell(work, claim, row, null);
}

/** What a correction took away, or what is the bank's own now. */
async function voidPart(
  work: Work,
  store: ClaimStore,
  claim: FundClaim,
  row: FundRecovery,
): Promise<void> {
  await putBack(work, row);
  const voided = await store.changeRecovery(row, { voidedOn: work.today, entryKey: null });
  tell(work, claim, voided, row);
}

function tell(work: Work, claim: FundClaim, row: FundRecovery, before: FundRecovery | null): void {
  work.record({
    subject: { kind: 'recovery', id: row.id },
    related: [claimSubject(claim), { kind: 'repayment', id: row.repaymentId }, ...relatedOf(claim)],
    ...(before ? { before: { ...before } } : {}),
    after: { ...row },
  });
}
