/** What happened to a loan after the risk fund had compensated its bank: the fund follows it, whatever is corrected. */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { listRows } from '../platform/db/store';
import { addFen, type Fen, ZERO_FEN } from '../platform/money';
import { factOf } from './history';
import { compareFacts } from './life';
import { LoanEvent } from './loan.entity';

/** Money that reached the loan: what of it paid principal and interest, owed or written off. */
export interface MoneyAfter {
  eventId: string;
  on: BusinessDate;
  /** Principal and interest, without penalty and what was too much. */
  recoveredFen: Fen;
  /** Of a subsidy: the quarter it was paid for, else null. */
  periodCode: string | null;
  /** Whether it came in after the loan was written off. */
  afterLoss: boolean;
}

/** What happened since. */
export interface AfterCompensation {
  /** All that was written off; 0 when nothing was. */
  writtenOffFen: Fen;
  /** In the order of the loan's life. */
  money: MoneyAfter[];
}

const MONEY: readonly LoanEvent['kind'][] = ['repayment', 'renewal', 'subsidy', 'recovery'];

/** What stands of a loan's history after its compensation; null when it was not compensated. */
export async function afterCompensation(
  sql: Sql,
  loanId: string,
): Promise<AfterCompensation | null> {
  const events = await listRows(sql, LoanEvent, { loanId, voidedBy: null });
  const compensation = events.find(({ kind }) => kind === 'compensation');
  if (!compensation) return null;
  const from = factOf(compensation);
  const later = events
    .filter((event) => compareFacts(factOf(event), from) > 0)
    .sort((a, b) => compareFacts(factOf(a), factOf(b)));
  const writeOff = later.find(({ kind }) => kind === 'write-off');
  const money = later
    .filter(({ kind }) => MONEY.includes(kind))
    .map((event) => ({
      ...{ eventId: event.originId, on: event.happenedOn },
      recoveredFen: addFen(event.principalFen, event.interestFen),
      periodCode: event.detail?.periodCode ?? null,
      afterLoss: event.kind === 'recovery',
    }));
  return { writtenOffFen: writeOff?.amountFen ?? ZERO_FEN, money };
}
