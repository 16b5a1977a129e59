/**
 * What a loan will have to pay if nothing else happens: the interest of each settlement day that is to come and, at
 * maturity, the principal with the interest of the broken last period. For the default product (按季结息、到期还本).
 */
import type { BusinessDate } from '../platform/dates';
import { type Fen, ZERO_FEN } from '../platform/money';
import { sumOfParts } from './interest';
import { accrue, type Life, type LifeTerms } from './life';
import { settleUpTo } from './replay';

/** One payment to come. Amounts in fen. */
export interface PaymentToCome {
  on: BusinessDate;
  /** Days whose interest is asked for on this day. */
  days: number;
  interestFen: Fen;
  principalFen: Fen;
  /** Principal left after it. */
  balanceFen: Fen;
}

/** The payments to come, in order; none when the loan has matured or owes no principal. */
export function outlookOf(life: Life, terms: LifeTerms): PaymentToCome[] {
  const { maturesOn, outstandingFen } = life;
  if (outstandingFen === 0 || life.bookedUntil >= maturesOn) return [];
  const settled = settleUpTo(life, maturesOn, terms);
  const payments = settled.outcomes.map(({ fact, booked }): PaymentToCome => {
    const { interestFen } = sumOfParts(booked);
    const days = booked.reduce((sum, part) => sum + part.days, 0);
    return { on: fact.on, days, interestFen, principalFen: ZERO_FEN, balanceFen: outstandingFen };
  });
  const { booked } = accrue(settled.life, maturesOn, terms);
  const { interestFen } = sumOfParts(booked);
  const days = booked.reduce((sum, part) => sum + part.days, 0);
  const last = { on: maturesOn, days, interestFen, principalFen: outstandingFen };
  return [...payments, { ...last, balanceFen: ZERO_FEN }];
}
