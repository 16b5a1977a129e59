/** The work list of checks (待办检查): which loans are to be checked by when, the late ones first. */
import { memberFor } from '../households';
import { regionName } from '../identity';
import { loanFor } from '../loans';
import { regionPrefix } from '../platform/authority';
import { addDays, type BusinessDate, daysBetween } from '../platform/dates';
import {
  defineQuery,
  type Page,
  pageFields,
  pageOf,
  type Reader,
  readPage,
} from '../platform/query';
import { answer, dateField, idField, Joi, listOf, regionField, shape } from '../platform/shape';
import { policyAsOf } from '../policy';
import { holdersOf } from './responsibility.queries';
import { useCheckRules } from './use-check-rules';

interface DueInput {
  until?: BusinessDate;
  late?: boolean;
  mine?: boolean;
  region?: string;
  bankId?: string;
  after?: string;
  size?: number;
}

interface DueRow {
  loanId: string;
  householdId: string;
  regionCode: string;
  bankId: string;
  disbursedOn: BusinessDate;
  lastVisitOn: BusinessDate | null;
  dueOn: BusinessDate;
  openFlag: 0 | 1;
}

interface DueItem {
  loanId: string;
  loanNumber: string;
  householdId: string;
  borrowerName: string;
  village: string;
  villageName: string;
  bankId: string;
  disbursedOn: string;
  lastVisitOn: string | null;
  dueOn: string;
  daysLeft: number;
  late: boolean;
  openFlag: boolean;
  holders: string[];
  holdersMissing: boolean;
}

/** How far ahead the list looks where nothing is asked, in days. */
const AHEAD_DAYS = 30;

/** Loans in use whose next check is due by a date. */
export const dueChecks = defineQuery<DueInput, Page<DueItem>>({
  name: 'monitoring.due-checks',
  title: '待办用途检查',
  permission: 'monitoring.read',
  input: shape<DueInput>({
    until: dateField('期限在此日及以前的，默认今后 30 天').optional(),
    late: Joi.boolean().description('只列逾期未查的').optional(),
    mine: Joi.boolean().description('只列本人担责的').optional(),
    region: regionField('只列此地的').optional(),
    bankId: idField('只列此银行的').optional(),
    ...pageFields,
  }),
  answer: pageOf(
    shape<DueItem>({
      loanId: idField('贷款编号'),
      loanNumber: answer.text('合同号'),
      householdId: idField('户编号'),
      borrowerName: answer.text('借款人'),
      village: regionField('村'),
      villageName: answer.text('村名'),
      bankId: answer.text('银行'),
      disbursedOn: answer.date('放款日'),
      lastVisitOn: answer.date('上次检查日').allow(null),
      dueOn: answer.date('检查期限'),
      daysLeft: answer.count('剩余天数；负数为已逾天数'),
      late: answer.flag('逾期未查'),
      openFlag: answer.flag('有待认定的用途预警'),
      holders: listOf(answer.text('管户责任人')),
      holdersMissing: answer.flag('应落实而未落实管户责任'),
    }),
  ),
  run: async (read, input) => {
    const { conditions, params } = filters(read, input);
    const page = await readPage<DueRow>(
      read,
      `SELECT p.loan_id AS loanId, p.household_id AS householdId, p.region_code AS regionCode,
              p.bank_id AS bankId, p.disbursed_on AS disbursedOn, p.last_visit_on AS lastVisitOn,
              p.due_on AS dueOn,
              EXISTS (SELECT 1 FROM monitoring_flag f
                WHERE f.standing_key = p.loan_id AND f.state = 'open') AS openFlag
         FROM use_check_plan p
        WHERE {scope:p.region_code,p.bank_id} AND p.state = 'open'
          AND ${conditions.join(' AND ')} AND {after}`,
      params,
      {
        keys: [
          { sql: 'p.due_on', field: 'dueOn' },
          { sql: 'p.loan_id', field: 'loanId' },
        ],
        direction: 'asc',
      },
      input,
    );
    const items: DueItem[] = [];
    for (const row of page.items) items.push(await shown(read, row));
    return { items, next: page.next };
  },
});

function filters(read: Reader, input: DueInput) {
  const until = input.late
    ? addDays(read.today, -1)
    : (input.until ?? addDays(read.today, AHEAD_DAYS));
  const conditions = ['p.due_on <= :until'];
  const params: Record<string, string> = { until };
  if (input.bankId !== undefined) {
    conditions.push('p.bank_id = :bankId');
    params.bankId = input.bankId;
  }
  const prefix = input.region === undefined ? '' : regionPrefix(input.region);
  if (prefix !== '') {
    // ':' follows '9', so it ends the range of the codes with the prefix.
    conditions.push('p.region_code >= :prefix AND p.region_code < :prefixEnd');
    Object.assign(params, { prefix, prefixEnd: `${prefix}:` });
  }
  if (input.mine) {
    conditions.push(
      `EXISTS (SELECT 1 FROM loan_responsibility r
                 JOIN loan_responsibility_share s ON s.responsibility_id = r.id
                WHERE r.open_key = p.loan_id AND s.user_id = :me)`,
    );
    params.me = read.actor.id;
  }
  return { conditions, params };
}

async function shown(read: Reader, row: DueRow): Promise<DueItem> {
  const sql = read.unscoped('loan, borrower and rules of a plan found within the limits');
  const { loanId, householdId, regionCode, bankId, disbursedOn, lastVisitOn, dueOn } = row;
  const loan = await loanFor(sql, loanId);
  const holders = (await holdersOf(sql, loanId)).map(({ userName }) => userName);
  const asOf = { region: regionCode, date: read.today };
  const { value: rules } = await policyAsOf(sql, useCheckRules, asOf);
  const daysLeft = daysBetween(read.today, dueOn);
  return {
    ...{ loanId, loanNumber: loan.number, householdId, bankId },
    borrowerName: (await memberFor(sql, loan.memberId)).name,
    ...{ village: regionCode, villageName: await regionName(sql, regionCode) },
    ...{ disbursedOn, lastVisitOn, dueOn, daysLeft, late: daysLeft < 0 },
    ...{ openFlag: row.openFlag === 1, holders },
    holdersMissing: rules.responsibility.required && holders.length === 0,
  };
}
