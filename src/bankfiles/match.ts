/**
 * What becomes of one payment of a file beside what the loan book knows. Pure: the side of the book is brought along.
 * Interest (利息实收) must go to interest and penalty alone: more than what is due of them would pay principal in the
 * contract's order, so it is left to a person.
 */
import type { NumberedLoan, ReferencedEvent } from '../loans';
import type { BusinessDate } from '../platform/dates';
import { type Fen, yuan } from '../platform/money';
import type { BankFileKind, Outcome, Remark } from './bank-file';
import { titleOf } from './columns';

/** A row that was read without a fault. */
export interface Payment {
  kind: BankFileKind;
  contract: string;
  name: string | null;
  paidOn: BusinessDate;
  amountFen: Fen;
  reference: string;
}

/** What the loan book and the earlier files know about a payment. */
export interface BookSide {
  /** The loan of the bank with this contract number, where the uploader covers it. */
  loan: NumberedLoan | null;
  /** The repayment that stands under this reference. */
  standing: ReferencedEvent | null;
  /** The loan's own payout. */
  payout: ReferencedEvent | null;
  /** Interest and penalty due on the day; null where it is not asked or cannot be told for that day. */
  interestDueFen: Fen | null;
}

/** What was found. */
export interface Match {
  outcome: Outcome;
  loanId: string | null;
  remarks: Remark[];
}

/** Matches one payment. */
export function matchPayment(payment: Payment, book: BookSide): Match {
  if (payment.kind === 'disbursals') return matchPayout(payment, book);
  const { loan, standing } = book;
  const loanId = loan?.id ?? null;
  if (standing) return matchStanding(payment, standing, loanId);
  if (!loan) return unknown(payment);
  const found = (outcome: Outcome, ...remarks: Remark[]): Match => ({ outcome, loanId, remarks });
  const about = (field: Parameters<typeof titleOf>[1], reason: string, remedy: string): Remark => ({
    ...{ column: titleOf(payment.kind, field), value: '', reason, remedy },
  });
  if (!sameName(payment.name, loan.borrowerName)) {
    const reason = '与台账登记的借款人不符';
    return found('ERROR', about('name', reason, '请核对合同号和借款人，改正后重新上传。'));
  }
  if (loan.state !== 'running' || loan.disbursedOn === null) {
    const reason = loan.state === 'settled' ? '该贷款已结清' : '该贷款尚未放款';
    return found('UNMATCHED', about('contract', reason, '请核对款项归属。'));
  }
  if (payment.paidOn < loan.disbursedOn) {
    const reason = `早于放款日 ${loan.disbursedOn}`;
    return found('ERROR', about('paidOn', reason, '请核对款项实际到账的日期。'));
  }
  const { interestDueFen: due } = book;
  if (payment.kind === 'interest' && due !== null && payment.amountFen > due) {
    return found('UNMATCHED', interestRemark(due));
  }
  return found('READY');
}

/** Why an amount of interest is left to a person. @param due interest and penalty due on the day, in fen. */
export function interestRemark(due: Fen): Remark {
  return {
    column: titleOf('interest', 'amount'),
    value: '',
    reason: `超过到账日应收利息和罚息合计 ${yuan(due)} 元，多出部分将冲减本金`,
    remedy: '请核对是否含本金；确认后由他人在待处理中按合同顺序入账。',
  };
}

function matchStanding(payment: Payment, standing: ReferencedEvent, loanId: string | null): Match {
  const same =
    (loanId === null || standing.loanId === loanId) &&
    standing.amountFen === payment.amountFen &&
    standing.happenedOn === payment.paidOn;
  // A row of an unknown contract may have been posted by a person, to the loan that they found for it.
  if (same) return { outcome: 'ALREADY', loanId: standing.loanId, remarks: [] };
  const { happenedOn, amountFen } = standing;
  const reason = `流水号已用于另一笔还款（${happenedOn}，${yuan(amountFen)} 元），内容不同`;
  const remedy = '请核对流水号、合同号、日期和金额；同一流水只入账一次。';
  const column = titleOf(payment.kind, 'reference');
  return { outcome: 'UNMATCHED', loanId, remarks: [{ column, value: '', reason, remedy }] };
}

function unknown({ kind }: Payment): Match {
  const column = titleOf(kind, 'contract');
  const reason = '本行在本辖区的贷款台账中没有此合同号';
  const remark = { column, value: '', reason, remedy: '请核对合同号；确属其他业务的，予以注销。' };
  return { outcome: 'UNMATCHED', loanId: null, remarks: [remark] };
}

/** A payout of the bank's file beside the loan's own; nothing is posted either way. */
function matchPayout(payment: Payment, { loan, payout }: BookSide): Match {
  if (!loan) return unknown(payment);
  const remarks: Remark[] = [];
  const differs = (field: Parameters<typeof titleOf>[1], reason: string) => {
    const remedy = '请核对银行回单与台账。';
    remarks.push({ column: titleOf('disbursals', field), value: '', reason, remedy });
  };
  const done = (outcome: Outcome): Match => ({ outcome, loanId: loan.id, remarks });
  if (loan.state === 'signed' || loan.disbursedOn === null) {
    differs('contract', '台账中该合同尚未放款，文件中已放款');
    return done('DIFFERS');
  }
  if (!sameName(payment.name, loan.borrowerName)) differs('name', '与台账登记的借款人不符');
  const amountFen = payout?.amountFen ?? loan.principalFen;
  if (payment.amountFen !== amountFen) differs('amount', `台账为 ${yuan(amountFen)} 元`);
  const on = payout?.happenedOn ?? loan.disbursedOn;
  if (payment.paidOn !== on) differs('paidOn', `台账为 ${on}`);
  if (payout && payout.reference !== payment.reference) {
    differs('reference', `台账为 ${payout.reference}`);
  }
  return done(remarks.length === 0 ? 'AGREES' : 'DIFFERS');
}

/** Whether a name of the file is the borrower's; one that the bank masked (韦*明) where its characters agree. */
export function sameName(written: string | null, borrower: string): boolean {
  if (written === null) return true;
  const plain = (text: string) => [...text.normalize('NFKC').replace(/[\s·•.]/g, '')];
  const [given, known] = [plain(written), plain(borrower)];
  return (
    given.length === known.length && given.every((one, at) => one === '*' || one === known[at])
  );
}
