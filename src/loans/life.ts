import { type BusinessDate, quarterOf } from '../platform/dates';
import { addFen, type Fen, subFen, ZERO_FEN } from '../platform/money';
import type { Ppm } from '../platform/rate';
import { type DueKind } from './allocation';
import { type InterestPart, type InterestTerms, partsToBook, sumOfParts } from './interest';
import type { EventDetail, LoanEventKind } from './loan.entity';

/** Something that happened, before it is known what it does. */
export interface Fact {
  /** Ascends in the order of recording. */
  originId: string;
  kind: LoanEventKind;
  on: BusinessDate;
  /** The money of a disbursal, repayment, refund, subsidy, renewal or recovery in fen; else 0. */
  amountFen: Fen;
  detail?: EventDetail | null;
}

/** What the contract froze and no event changes. */
export interface LifeTerms {
  ratePpm: Ppm;
  basis: InterestTerms['basis'];
  allocationOrder: readonly DueKind[];
}

/** A loan between two events. Amounts in fen. */
export interface Life {
  outstandingFen: Fen;
  interestDueFen: Fen;
  penaltyDueFen: Fen;
  overpaidFen: Fen;
  /** Written off and not recovered yet, by what it was. */
  lost: Parts;
  writtenOffFen: Fen;
  recoveredFen: Fen;
  writtenOffOn: BusinessDate | null;
  compensatedOn: BusinessDate | null;
  terminatedOn: BusinessDate | null;
  /** Day on which the last of it was paid; null while something is owed. */
  settledOn: BusinessDate | null;
  maturesOn: BusinessDate;
  surchargePpm: Ppm;
  /** First day whose interest is not booked. */
  bookedUntil: BusinessDate;
  /** Business date of the last event. */
  lastBookingOn: BusinessDate;
  /** The parts booked of the period in which `bookedUntil` lies. */
  parts: readonly InterestPart[];
}

/** Principal, interest and penalty, in fen. */
export interface Parts {
  principalFen: Fen;
  interestFen: Fen;
  penaltyFen: Fen;
}

/** Nothing of each. */
export const NO_PARTS: Parts = {
  principalFen: ZERO_FEN,
  interestFen: ZERO_FEN,
  penaltyFen: ZERO_FEN,
};

/** What one event did. */
export interface Outcome extends Parts {
  fact: Fact;
  overpaidFen: Fen;
  /** The interest that was booked because of it, before it. */
  booked: InterestPart[];
  outstandingAfterFen: Fen;
}

/** An event that cannot have happened as the history then stood. */
export class Impossible extends Error {
  constructor(
    readonly fact: Fact,
    /** In Chinese, for the officer. */
    readonly reason: string,
  ) {
    super(`${fact.kind} on ${fact.on} is not possible`);
  }
}

/** The life of a loan that was paid out, before anything else happened. */
export function beginning(disbursal: {
  on: BusinessDate;
  amountFen: Fen;
  maturesOn: BusinessDate;
  surchargePpm: Ppm;
}): Life {
  return {
    outstandingFen: disbursal.amountFen,
    interestDueFen: ZERO_FEN,
    penaltyDueFen: ZERO_FEN,
    overpaidFen: ZERO_FEN,
    lost: NO_PARTS,
    writtenOffFen: ZERO_FEN,
    recoveredFen: ZERO_FEN,
    ...{ writtenOffOn: null, compensatedOn: null, terminatedOn: null, settledOn: null },
    maturesOn: disbursal.maturesOn,
    surchargePpm: disbursal.surchargePpm,
    ...{ bookedUntil: disbursal.on, lastBookingOn: disbursal.on, parts: [] },
  };
}

/** Whether something is owed, in the books or written off. */
export function owesNothing(life: Life): boolean {
  const { outstandingFen, interestDueFen, penaltyDueFen, writtenOffFen, recoveredFen } = life;
  return (
    addFen(outstandingFen, interestDueFen, penaltyDueFen, subFen(writtenOffFen, recoveredFen)) === 0
  );
}

const RANK: Partial<Record<LoanEventKind, number>> = { disbursal: 0, settlement: 2 };

/** Orders two events; see the laws above. */
export function compareFacts(a: Fact, b: Fact): number {
  if (a.on !== b.on) return a.on < b.on ? -1 : 1;
  const rank = (RANK[a.kind] ?? 1) - (RANK[b.kind] ?? 1);
  if (rank !== 0) return rank;
  if (a.originId === b.originId) return 0;
  return a.originId < b.originId ? -1 : 1;
}

/** Whether an event comes after everything that made this life what it is. */
export function comesLast(life: Life, { on }: Pick<Fact, 'on'>): boolean {
  // A settlement closes its day: then the interest is booked to the day after it.
  return on > life.lastBookingOn || (on === life.lastBookingOn && on >= life.bookedUntil);
}

/** Books interest and penalty up to a day. */
export function accrue(
  life: Life,
  until: BusinessDate,
  { ratePpm, basis }: Pick<LifeTerms, 'ratePpm' | 'basis'>,
): { life: Life; booked: InterestPart[] } {
  const { surchargePpm, outstandingFen, maturesOn, bookedUntil } = life;
  const booked = partsToBook({
    terms: { ratePpm, surchargePpm, basis },
    principalFen: outstandingFen,
    maturesOn,
    bookedUntil,
    until,
    booked: life.parts,
  });
  if (booked.length === 0) return { life, booked };
  const { interestFen, penaltyFen } = sumOfParts(booked);
  const inProgress = quarterOf(until);
  const parts = [...life.parts, ...booked].filter(({ periodCode }) => periodCode === inProgress);
  return {
    life: {
      ...life,
      interestDueFen: addFen(life.interestDueFen, interestFen),
      penaltyDueFen: addFen(life.penaltyDueFen, penaltyFen),
      bookedUntil: until,
      parts,
    },
    booked,
  };
}
