/** Renewals on screens (续贷): those that wait for a decision, and those of the loan that is renewed. */
import type { Sql } from '../platform/db/database';
import { defineQuery, type Page, pageOf } from '../platform/query';
import { shape } from '../platform/shape';
import {
  type AskedList,
  askedListFields,
  type Named,
  namedFields,
  readAsked,
} from './asked.queries';
import type { AskedFace } from './asked-face';
import { type RenewalOwn, renewalFace, renewalFields } from './renewal';
import type { ConditionMet } from './renewal-rules';

/** As it is read: JSON and flags are text and number in the database. */
type Row = AskedFace &
  Omit<RenewalOwn, 'conditions' | 'withoutRepaying'> & {
    conditions: string;
    withoutRepaying: number;
  };
type Item = ReturnType<typeof renewalFace> & Named;

const COLUMNS = `c.matures_on AS maturesOn, c.product_code AS productCode, c.amount_fen AS amountFen,
  c.term_months AS termMonths, c.rate_ppm AS ratePpm, c.without_repaying AS withoutRepaying,
  c.conditions AS conditions, c.signed_by AS signedBy, c.signed_on AS signedOn,
  c.new_loan_id AS newLoanId`;

/** The loan that renews this one, or null. */
export async function renewedBy(sql: Sql, loanId: string): Promise<string | null> {
  const found = await sql.one<{ id: string }>(
    'SELECT id FROM loan WHERE renews_loan_id = :loanId',
    { loanId },
  );
  return found?.id ?? null;
}

/** Renewals, waiting ones where neither loan nor state is asked for, the oldest first. */
export const listRenewals = defineQuery<AskedList, Page<Item>>({
  name: 'loans.renewals',
  title: '续贷清单',
  permission: 'loans.read',
  input: shape<AskedList>(askedListFields),
  answer: pageOf(shape<Item>({ ...renewalFields, ...namedFields })),
  run: async (read, input) => {
    const { items, next } = await readAsked<Row>(read, 'loan_renewal', COLUMNS, input);
    const shown = items.map((row) => {
      const { loanNumber, borrowerName } = row;
      const conditions = JSON.parse(row.conditions) as ConditionMet[];
      const renewal = { ...row, conditions, withoutRepaying: row.withoutRepaying === 1 };
      return { ...renewalFace(renewal), loanNumber, borrowerName };
    });
    return { items: shown, next };
  },
});
