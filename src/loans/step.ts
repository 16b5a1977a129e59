/** What each kind of event does to a loan, and the one step that a life takes by it. */
import { check } from '../platform/check';
import { type BusinessDate, isSettlementDay, settlementPeriodOf } from '../platform/dates';
import { addFen, type Fen, minFen, subFen, ZERO_FEN } from '../platform/money';
import { allocate } from './allocation';
import {
  accrue,
  type Fact,
  Impossible,
  type Life,
  type LifeTerms,
  NO_PARTS,
  type Outcome,
  owesNothing,
  type Parts,
} from './life';

/**
 * Takes one step.
 * @throws Impossible when the event could not happen as the loan then stood.
 */
export function step(life: Life, fact: Fact, terms: LifeTerms): { life: Life; outcome: Outcome } {
  const until = interestUntil(fact);
  const { life: accrued, booked } = until ? accrue(life, until, terms) : { life, booked: [] };
  const done = { ...apply(accrued, fact, terms) };
  const after: Life = { ...done.life, lastBookingOn: fact.on };
  const settledOn = owesNothing(after) ? (life.settledOn ?? fact.on) : null;
  return {
    life: { ...after, settledOn },
    outcome: { ...done.parts, fact, booked, outstandingAfterFen: after.outstandingFen },
  };
}

/** To which day (not including it) an event books interest; null when it books none. */
function interestUntil({ kind, on }: Fact): BusinessDate | null {
  switch (kind) {
    case 'settlement':
      return settlementPeriodOf(on).untilExclusive;
    case 'repayment':
    case 'renewal':
    case 'termination':
    case 'write-off':
      return on;
    default:
      return null;
  }
}

type Applied = { life: Life; parts: Parts & { overpaidFen: Fen } };

const nothing = (life: Life): Applied => ({
  life,
  parts: { ...NO_PARTS, overpaidFen: ZERO_FEN },
});

function apply(life: Life, fact: Fact, terms: LifeTerms): Applied {
  switch (fact.kind) {
    case 'repayment':
    case 'renewal':
      return pay(life, fact, terms);
    case 'subsidy':
      return subsidise(life, fact);
    case 'refund':
      return refund(life, fact);
    case 'compensation':
      return nothing({ ...life, compensatedOn: fact.on });
    case 'extension':
      return extend(life, fact);
    case 'termination':
      return terminate(life, fact);
    case 'write-off':
      return writeOff(life, fact);
    case 'recovery':
      return recover(life, fact);
    case 'settlement':
      check(isSettlementDay(fact.on), 'Interest is settled on settlement days.');
      return nothing(life);
    case 'disbursal':
      throw new Impossible(fact, '贷款只放款一次');
  }
}

function pay(life: Life, { amountFen }: Fact, { allocationOrder }: LifeTerms): Applied {
  const { paid, leftFen } = allocate(amountFen, allocationOrder, {
    COST: ZERO_FEN,
    PENALTY: life.penaltyDueFen,
    INTEREST: life.interestDueFen,
    PRINCIPAL: life.outstandingFen,
  });
  return {
    life: {
      ...life,
      outstandingFen: subFen(life.outstandingFen, paid.PRINCIPAL),
      interestDueFen: subFen(life.interestDueFen, paid.INTEREST),
      penaltyDueFen: subFen(life.penaltyDueFen, paid.PENALTY),
      overpaidFen: addFen(life.overpaidFen, leftFen),
    },
    parts: {
      principalFen: paid.PRINCIPAL,
      interestFen: paid.INTEREST,
      penaltyFen: paid.PENALTY,
      overpaidFen: leftFen,
    },
  };
}

/** A subsidy pays interest only; what exceeds the interest due is the borrower's. */
function subsidise(life: Life, { amountFen }: Fact): Applied {
  const interestFen = minFen(life.interestDueFen, amountFen);
  const overpaidFen = subFen(amountFen, interestFen);
  return {
    life: {
      ...life,
      interestDueFen: subFen(life.interestDueFen, interestFen),
      overpaidFen: addFen(life.overpaidFen, overpaidFen),
    },
    parts: { ...NO_PARTS, interestFen, overpaidFen },
  };
}

function refund(life: Life, fact: Fact): Applied {
  if (fact.amountFen > life.overpaidFen) throw new Impossible(fact, '退还金额超过当时的多收金额');
  return {
    life: { ...life, overpaidFen: subFen(life.overpaidFen, fact.amountFen) },
    parts: { ...NO_PARTS, overpaidFen: fact.amountFen },
  };
}

function extend(life: Life, fact: Fact): Applied {
  const maturesOn = fact.detail?.maturesOn;
  check(maturesOn, 'An extension has a new maturity.');
  if (fact.on > life.maturesOn) throw new Impossible(fact, '展期须在到期之前办理');
  if (maturesOn <= life.maturesOn) throw new Impossible(fact, '展期后的到期日须晚于原到期日');
  return nothing({ ...life, maturesOn });
}

function terminate(life: Life, fact: Fact): Applied {
  const surchargePpm = fact.detail?.surchargePpm;
  check(surchargePpm !== undefined, 'A termination has its surcharge.');
  if (fact.on >= life.maturesOn) throw new Impossible(fact, '贷款已到期，不能提前终止');
  return nothing({ ...life, maturesOn: fact.on, terminatedOn: fact.on, surchargePpm });
}

function writeOff(life: Life, fact: Fact): Applied {
  const lost: Parts = {
    principalFen: life.outstandingFen,
    interestFen: life.interestDueFen,
    penaltyFen: life.penaltyDueFen,
  };
  const writtenOffFen = addFen(lost.principalFen, lost.interestFen, lost.penaltyFen);
  if (life.writtenOffOn) throw new Impossible(fact, '贷款只核销一次');
  if (writtenOffFen === 0) throw new Impossible(fact, '没有可核销的金额');
  if (writtenOffFen > (fact.detail?.limitFen ?? writtenOffFen)) {
    throw new Impossible(fact, '核销金额超过批准的金额，须先冲正核销，再重新报批');
  }
  return {
    life: {
      ...life,
      ...{ outstandingFen: ZERO_FEN, interestDueFen: ZERO_FEN, penaltyDueFen: ZERO_FEN },
      ...{ lost, writtenOffFen, writtenOffOn: fact.on },
    },
    parts: { ...lost, overpaidFen: ZERO_FEN },
  };
}

/**
 * Money that comes in after the write-off: principal first, then interest, then penalty; the rest is overpaid. A
 * subsidy that comes in then recovers interest only.
 */
function recover(life: Life, fact: Fact): Applied {
  if (!life.writtenOffOn) throw new Impossible(fact, '贷款没有核销');
  const { lost } = life;
  const subsidy = fact.detail?.periodCode !== undefined;
  const { paid, leftFen } = allocate(fact.amountFen, ['PRINCIPAL', 'INTEREST', 'PENALTY', 'COST'], {
    COST: ZERO_FEN,
    PRINCIPAL: subsidy ? ZERO_FEN : lost.principalFen,
    INTEREST: lost.interestFen,
    PENALTY: subsidy ? ZERO_FEN : lost.penaltyFen,
  });
  return {
    life: {
      ...life,
      lost: {
        principalFen: subFen(lost.principalFen, paid.PRINCIPAL),
        interestFen: subFen(lost.interestFen, paid.INTEREST),
        penaltyFen: subFen(lost.penaltyFen, paid.PENALTY),
      },
      recoveredFen: addFen(life.recoveredFen, subFen(fact.amountFen, leftFen)),
      overpaidFen: addFen(life.overpaidFen, leftFen),
    },
    parts: {
      principalFen: paid.PRINCIPAL,
      interestFen: paid.INTEREST,
      penaltyFen: paid.PENALTY,
      overpaidFen: leftFen,
    },
  };
}
