/**
 * The bank of an overdue loan asks the fund to bear its share. Laws: more days overdue than the terms say; enough
 * records of collection, and the use checked; one standing claim a loan, none once compensated; the amount is
 * reserved in the fund at once, so that two claims can never count on the same money.
 */
import { collectionRecordsOf } from '../collections';
import { type LoanFace, type LoanPosition, loanFor, positionOn } from '../loans';
import { defineAct } from '../platform/act';
import { addFen, fen, maxFen, subFen, ZERO_FEN } from '../platform/money';
import { ppm } from '../platform/rate';
import { idField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import type { InForce } from '../policy';
import { subsidiesOf } from '../subsidies';
import { checkAmount, checkClaimable, claimDigest } from './claim';
import { ClaimStore } from './claim.store';
import { type ClaimAnswer, claimAnswer, claimShape, claimSubject, relatedOf } from './claim-answer';
import { countyOf, coverOf } from './fund';
import type { FundClaim } from './fund.entity';
import { FundStore } from './fund.store';
import { P } from './problems';
import { type FundTerms, termsOn } from './terms';

interface Input {
  loanId: string;
}

interface At {
  region: string;
  org: string;
  loan: LoanFace;
}

export const claimCompensation = defineAct<Input, At, ClaimAnswer>({
  name: 'riskfund.claim-compensation',
  title: '申请风险补偿金代偿',
  permission: 'riskfund.claim',
  input: shape<Input>({ loanId: idField('贷款编号') }),
  answer: claimShape,
  locate: async (work, { loanId }) => {
    const loan = await loanFor(work.tx, loanId);
    return { region: loan.regionCode, org: loan.bankId, loan };
  },
  duty: async (work, _input, { loan }) => {
    const { organisation } = work.actor;
    if (organisation?.kind !== 'bank' || organisation.rootId !== loan.bankId) {
      throw P.claimantIsNoBank();
    }
  },
  run: async (work, _input, { loan }) => {
    const terms = await termsOn(work.tx, loan.regionCode, work.today);
    const position = await positionOn(work.tx, loan.id, work.today);
    const { counted, useChecked } = await collectionRecordsOf(work.tx, loan.id);
    const { daysOverdue } = position;
    const { compensatedOn } = loan;
    checkClaimable({ daysOverdue, compensatedOn, counted, useChecked }, terms.value);
    const claim = await newClaim(work, loan, position, terms);
    checkAmount(claim.amountFen);
    if (!(await new FundStore(work).find(claim.fundRegionCode))) throw P.fundAbsent();
    await new ClaimStore(work).add(claim);
    await new FundStore(work).move(claim.fundRegionCode, {
      kind: 'reserve',
      of: claim.id,
      reservedFen: claim.amountFen,
      claimId: claim.id,
    });
    const told = claimAnswer(claim, []);
    work.record({
      subject: claimSubject(claim),
      related: [...relatedOf(claim), { kind: 'application', id: loan.applicationId }],
      after: told,
    });
    return told;
  },
});

/** Interest that the county has undertaken to pay and has not paid yet is no loss of the bank. */
async function pendingSubsidyOf(work: Work, loanId: string) {
  const quarters = await subsidiesOf(work.tx, loanId);
  const pending = quarters.filter(({ state }) => state !== 'paid');
  return {
    pendingFen: addFen(...pending.map((one) => fen(one.subsidisedFen))),
    subsidyPeriods: pending.map(({ periodCode }) => periodCode),
  };
}

async function newClaim(
  work: Work,
  loan: LoanFace,
  position: LoanPosition,
  { value: terms, rowId }: InForce<FundTerms>,
): Promise<FundClaim> {
  const { pendingFen, subsidyPeriods } = await pendingSubsidyOf(work, loan.id);
  const principalFen = position.outstandingFen;
  const interestFen = maxFen(ZERO_FEN, subFen(position.interestToDateFen, pendingFen));
  const sharePpm = ppm(terms.fundSharePpm);
  const cover = coverOf({
    ...{ principalFen, interestFen, sharePpm },
    ceilingFen: fen(terms.coveredPrincipalCeilingFen),
    coversInterest: terms.coversInterest,
  });
  const content = {
    id: work.newId(),
    loanId: loan.id,
    householdId: loan.householdId,
    regionCode: loan.regionCode,
    bankId: loan.bankId,
    ...{ principalFen, interestFen, sharePpm, ...cover },
    overdueDays: position.daysOverdue,
    cutOffOn: work.today,
    termsRowId: rowId,
    claimedBy: work.actor.id,
  };
  return {
    ...content,
    fundRegionCode: countyOf(loan.regionCode),
    standingLoanId: loan.id,
    seats: [...terms.seats],
    returnWorkingDays: terms.returnWorkingDays,
    ...{ subsidyPeriods, contentDigest: claimDigest(content) },
    state: 'submitted',
    signatureCount: 0,
    claimedOn: work.today,
    claimedAt: work.now,
    ...untouched,
    version: 1,
  };
}

/** A claim that nobody has decided on yet. */
const untouched = {
  paidBy: null,
  paidOn: null,
  refusedBy: null,
  refusedSeat: null,
  refusedOn: null,
  refusalCode: null,
  refusalNote: null,
  dueBackFen: ZERO_FEN,
  lossUsedFen: ZERO_FEN,
  lossEntryKey: null,
} as const;
