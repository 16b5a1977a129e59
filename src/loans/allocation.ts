/**
 * What a repayment pays first. The order is policy frozen in the contract (`loans.bank-terms`: costs, penalty,
 * interest, principal; 民法典 art. 561, the place of the penalty [DP]). Laws: the parts and the rest sum to the
 * amount, no part exceeds what is due of it, and a later one receives nothing while an earlier one is unpaid.
 */
import { addFen, type Fen, minFen, subFen, ZERO_FEN } from '../platform/money';

/** What a repayment can pay. The product allows no fees, so nothing is ever due of `COST` today. */
export const DUE_KINDS = ['COST', 'PENALTY', 'INTEREST', 'PRINCIPAL'] as const;
export type DueKind = (typeof DUE_KINDS)[number];

/** Amounts by what they are for, in fen. */
export type Dues = Readonly<Record<DueKind, Fen>>;

/** The parts of a repayment, and what is left over because nothing more was due. */
export interface Allocation {
  paid: Dues;
  leftFen: Fen;
}

/** Shares an amount out over what is due, in the given order. */
export function allocate(amountFen: Fen, order: readonly DueKind[], due: Dues): Allocation {
  const paid: Record<DueKind, Fen> = {
    COST: ZERO_FEN,
    PENALTY: ZERO_FEN,
    INTEREST: ZERO_FEN,
    PRINCIPAL: ZERO_FEN,
  };
  let left = amountFen;
  for (const kind of order) {
    paid[kind] = minFen(left, due[kind]);
    left = subFen(left, paid[kind]);
  }
  return { paid, leftFen: left };
}

/** All that is due together: what must be paid to settle. */
export function totalDue(due: Dues): Fen {
  return addFen(...DUE_KINDS.map((kind) => due[kind]));
}
