/**
 * Computing the claims of a quarter: every loan of the county that bore interest in it, page by page in the order
 * of their ids, so that memory does not grow with the county and the digest is always the same.
 */
import { productTerms } from '../applications';
import { statusOn } from '../households';
import {
  type HeldFrom,
  type InterestRow,
  interestRows,
  loanFor,
  settleInterestStep,
  subsidyHoldsOf,
} from '../loans';
import { regionCovers } from '../platform/authority';
import { check } from '../platform/check';
import type { SettlementPeriod } from '../platform/dates';
import { addFen, type Fen, fen, yuan } from '../platform/money';
import type { Work } from '../platform/work';
import { policySpans } from '../policy';
import { subsidyShare } from './parameters';
import { P } from './problems';
import { addToDigest, openDigest } from './quarter';
import { type ShareStretch, type SubsidyOwed, subsidyOwed } from './subsidy';
import type { SubsidyRun } from './subsidy.entity';
import type { NewClaim, SubsidyStore } from './subsidy.store';

/** Loans that are read and judged at once. */
const PAGE = 500;

/** What a quarter's claims sum to. `loanIds` tells whose story the quarter belongs to. */
export interface RunTotals {
  claimCount: number;
  interestFen: Fen;
  subsidisedFen: Fen;
  excludedFen: Fen;
  contentDigest: string;
  loanIds: string[];
}

/** Everything that is the same for all loans of the run. */
interface Context {
  pageSize: number;
  work: Work;
  run: SubsidyRun;
  period: SettlementPeriod;
  shares: ShareStretch[];
}

/**
 * Computes and saves all claims of an opened run. `pageSize` in loans; it changes nothing of the result.
 * @throws Problem subsidies.not-settled, subsidies.books-differ naming the first loan in question.
 */
export async function computeClaims(
  work: Work,
  store: SubsidyStore,
  run: SubsidyRun,
  period: SettlementPeriod,
  pageSize = PAGE,
): Promise<RunTotals> {
  const shares = await sharesOf(work, run, period);
  const context: Context = { work, run, period, shares, pageSize };
  await checkSettled(context);
  const totals: RunTotals = {
    claimCount: 0,
    interestFen: fen(0),
    subsidisedFen: fen(0),
    excludedFen: fen(0),
    contentDigest: openDigest(run.regionCode, run.periodCode),
    loanIds: [],
  };
  let after: string | undefined;
  do {
    const { loans, next } = await pageOfLoans(context, after);
    const claims: NewClaim[] = [];
    const ids = loans.flatMap(([first]) => (first ? [first.loanId] : []));
    const holds = await subsidyHoldsOf(work.tx, ids, period);
    for (const rows of loans) claims.push(await claimOf(context, rows, holds));
    await store.add(claims);
    for (const { claim } of claims) addClaim(totals, claim);
    after = next;
  } while (after !== undefined);
  return totals;
}

function addClaim(totals: RunTotals, claim: NewClaim['claim']): void {
  totals.claimCount += 1;
  totals.interestFen = addFen(totals.interestFen, claim.interestFen);
  totals.subsidisedFen = addFen(totals.subsidisedFen, claim.subsidisedFen);
  totals.excludedFen = addFen(totals.excludedFen, claim.excludedFen);
  totals.contentDigest = addToDigest(totals.contentDigest, claim);
  totals.loanIds.push(claim.loanId);
}

/** The rows of the share over the period, for the county. @throws Problem policy.no-row-in-force */
async function sharesOf(
  work: Work,
  { regionCode: region }: SubsidyRun,
  { from, untilExclusive }: SettlementPeriod,
): Promise<ShareStretch[]> {
  const spans = await policySpans(work.tx, subsidyShare, { region, from, untilExclusive });
  return spans.map(({ row, ...days }) => ({
    fromOn: days.from,
    untilOn: days.untilExclusive,
    rowId: row.rowId,
    sharePpm: row.value.sharePpm,
  }));
}

/** A page of loans with all their rows; `next` is the last loan of a full page. */
async function pageOfLoans(
  { work, run, pageSize }: Context,
  after: string | undefined,
): Promise<{ loans: InterestRow[][]; next: string | undefined }> {
  const { periodCode, regionCode: countyRegion } = run;
  const rows = await interestRows(work.tx, { periodCode, countyRegion, after, limit: pageSize });
  const loans = grouped(rows);
  return { loans, next: loans.length < pageSize ? undefined : rows.at(-1)?.loanId };
}

function grouped(rows: readonly InterestRow[]): InterestRow[][] {
  const groups: InterestRow[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.[0]?.loanId === row.loanId) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

async function claimOf(
  context: Context,
  rows: InterestRow[],
  holds: ReadonlyMap<string, HeldFrom[]>,
): Promise<NewClaim> {
  const [first] = rows;
  check(first, 'A loan without interest has no claim.');
  const owed = await owedFor(context, rows, first, holds.get(first.loanId) ?? []);
  const { periodCode, regionCode: runRegionCode } = context.run;
  const { loanId, regionCode, bankId, householdId, productCode } = first;
  return {
    claim: {
      ...{ periodCode, loanId, runRegionCode, regionCode, bankId, householdId, productCode },
      interestFen: owed.interestFen,
      subsidisedFen: owed.subsidisedFen,
      excludedFen: owed.excludedFen,
      basis: owed.basis,
      parts: owed.parts,
      shareRows: [...new Set(owed.parts.map(({ shareRowId }) => shareRowId))],
    },
    exclusions: owed.excluded.map((one) => ({ periodCode, loanId, ...one })),
  };
}

type Owed = SubsidyOwed & { basis: NewClaim['claim']['basis'] };

async function owedFor(
  context: Context,
  rows: InterestRow[],
  first: InterestRow,
  holds: readonly HeldFrom[],
): Promise<Owed> {
  const { tx } = context.work;
  const loan = await loanFor(tx, first.loanId);
  const place = { region: loan.regionCode, date: loan.signedOn };
  const product = (await productTerms(tx, loan.productCode, place)).value;
  // Interest arises after disbursal only, so a loan with interest has its lending day.
  const lentOn = loan.disbursedOn ?? loan.signedOn;
  const status = await statusOn(tx, loan.householdId, lentOn);
  const owed = subsidyOwed({
    stretches: rows.map(({ fromOn, untilOn, principalFen }) => ({
      ...{ fromOn, untilOn, principalFen },
      ratePpm: loan.ratePpm,
    })),
    basis: loan.basis,
    productCode: loan.productCode,
    onList: status !== null && product.householdKinds.includes(status.status),
    maturesOn: loan.maturesOn,
    holds: holds.map(({ fromOn, state }) => ({
      fromOn,
      reason: state === 'lost' ? 'USE_DIVERTED' : 'USE_CHECK_HELD',
    })),
    ceilingFen: product.subsidisedCeilingFen,
    shares: context.shares,
  });
  const booked = addFen(...rows.map(({ interestFen }) => interestFen));
  if (booked !== owed.interestFen) {
    const detail = `合同 ${loan.number}:已计 ${yuan(booked)} 元，应计 ${yuan(owed.interestFen)} 元`;
    throw P.booksDiffer({ detail });
  }
  return { ...owed, basis: loan.basis };
}

/**
 * Every loan that may be subsidised must have its interest booked to the end of the quarter, or it would be left
 * out and nobody would notice. The nightly step itself is asked which loans it still has to settle.
 */
async function checkSettled({ work, run, period, pageSize }: Context): Promise<void> {
  let after: string | null = null;
  for (;;) {
    const due: string[] = await settleInterestStep.due(work.tx, period.to, after, pageSize);
    for (const id of due) {
      const loan = await loanFor(work.tx, id);
      if (!regionCovers(run.regionCode, loan.regionCode) || loan.outstandingFen === 0) continue;
      if (loan.maturesOn !== null && loan.maturesOn <= period.from) continue;
      throw P.notSettled({ detail: `合同 ${loan.number} 的利息未结至 ${period.to}` });
    }
    const last = due.at(-1);
    if (due.length < pageSize || last === undefined) return;
    after = last;
  }
}
