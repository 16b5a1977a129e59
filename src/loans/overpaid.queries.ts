/** The work list of money that borrowers paid too much and that waits to be returned. */
import type { BusinessDate } from '../platform/dates';
import { type Fen, yuan } from '../platform/money';
import { defineQuery, type Page, pageFields, pageOf, readPage } from '../platform/query';
import { answer, idField, regionField, shape } from '../platform/shape';
import { STATE_NAMES } from './loan';
import type { LoanState } from './loan.entity';

interface OverpaidRow {
  id: string;
  number: string;
  householdId: string;
  regionCode: string;
  bankId: string;
  borrowerName: string;
  state: LoanState;
  overpaidFen: Fen;
  lastOn: BusinessDate | null;
}

interface OverpaidAnswer extends Omit<OverpaidRow, 'id' | 'overpaidFen'> {
  loanId: string;
  stateName: string;
  overpaid: string;
}

/** Loans on which money is held that must go back, settled ones too, newest first. */
export const loansOverpaid = defineQuery<{ after?: string; size?: number }, Page<OverpaidAnswer>>({
  name: 'loans.overpaid',
  title: '多收待退清单',
  permission: 'loans.read',
  input: shape<{ after?: string; size?: number }>(pageFields),
  answer: pageOf(
    shape<OverpaidAnswer>({
      loanId: idField('贷款编号'),
      number: answer.text('合同号'),
      householdId: idField('户编号'),
      regionCode: regionField('村'),
      bankId: answer.text('承贷银行'),
      borrowerName: answer.text('借款人'),
      state: answer.text('状态'),
      stateName: answer.text('状态名称'),
      overpaid: answer.yuan('多收待退'),
      lastOn: answer.date('最近一次多收的业务日').allow(null),
    }),
  ),
  run: async (read, page) => {
    const { items, next } = await readPage<OverpaidRow>(
      read,
      `SELECT l.id AS id, l.number AS number, l.household_id AS householdId,
              l.region_code AS regionCode, l.bank_id AS bankId, m.name AS borrowerName,
              l.state AS state, l.overpaid_fen AS overpaidFen,
              (SELECT MAX(e.happened_on) FROM loan_event e
                WHERE e.loan_id = l.id AND e.voided_by IS NULL AND e.overpaid_fen > 0
                  AND e.kind <> 'refund') AS lastOn
         FROM loan l JOIN household_member m ON m.id = l.member_id
        WHERE l.overpaid_fen > 0 AND {scope:l.region_code,l.bank_id} AND {after}`,
      {},
      { keys: [{ sql: 'l.id', field: 'id' }], direction: 'desc' },
      page,
    );
    return {
      items: items.map(({ id: loanId, overpaidFen, ...row }) => ({
        ...{ loanId, ...row, stateName: STATE_NAMES[row.state], overpaid: yuan(overpaidFen) },
      })),
      next,
    };
  },
});
