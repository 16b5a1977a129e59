/**
 * 应贷未贷: households that asked, were eligible when they asked (or the entry would have been refused), and have no
 * loan of it; each with the reason. The last application of a household speaks for it.
 */
import { type BusinessDate, daysBetween } from '../platform/dates';
import { type Fen, yuan } from '../platform/money';
import { defineQuery, pageFields, pageOf, readPage } from '../platform/query';
import { answer, codeField, idField, regionField, shape } from '../platform/shape';
import { nextInWords, STEP_TITLES, STEPS, type State, type Step } from './chain';

/** Why there is no loan. */
export const NOT_LENT = ['WAITING', 'RETURNED', 'EXPIRED', 'REFUSED', 'WITHDRAWN'] as const;
export type NotLent = (typeof NOT_LENT)[number];

interface Row {
  id: string;
  number: string;
  region: string;
  householdId: string;
  householdCode: string;
  headName: string;
  bankId: string;
  amountFen: Fen;
  enteredOn: BusinessDate;
  closedOn: BusinessDate | null;
  state: State;
  awaitsApplicant: number;
  stepDueOn: BusinessDate | null;
  expiresOn: BusinessDate | null;
  refusedAt: Step | null;
  closeReason: string | null;
  why: NotLent;
}

/** The reason, told by the rows alone, so that the list can be asked for one of them. */
const WHY = `CASE WHEN a.state = 'withdrawn' THEN 'WITHDRAWN' WHEN a.state = 'refused' THEN 'REFUSED'
  WHEN a.awaits_applicant = 1 THEN 'RETURNED' WHEN c.expires_on < :today THEN 'EXPIRED' ELSE 'WAITING' END`;

function reasonOf(row: Row): string {
  const { why, closeReason } = row;
  if (why === 'REFUSED') {
    return `${row.refusedAt ? STEP_TITLES[row.refusedAt] : '办理中'}不予通过：${closeReason}`;
  }
  if (why === 'WITHDRAWN') return `农户撤回：${closeReason}`;
  if (why === 'EXPIRED') return `贷款证 ${row.expiresOn} 到期未用`;
  return nextInWords({ state: row.state, awaitsApplicant: why === 'RETURNED' });
}

/** 应贷未贷名单, newest application first. */
export const listNotLent = defineQuery({
  name: 'applications.not-lent',
  title: '应贷未贷名单',
  permission: 'applications.read',
  input: shape<{ why?: NotLent; after?: string; size?: number }>({
    why: codeField(NOT_LENT, '原因').optional(),
    ...pageFields,
  }),
  answer: pageOf(
    shape({
      id: idField('申请编号'),
      number: answer.text('申请号'),
      region: regionField(),
      householdId: idField(),
      householdCode: answer.text(),
      headName: answer.text('户主'),
      bankId: answer.text(),
      amount: answer.yuan(),
      enteredOn: answer.date(),
      days: answer.count('自申请起的天数；已办结的到办结日'),
      why: codeField(NOT_LENT),
      refusedAt: codeField(STEPS, '不予通过的环节').allow(null),
      reason: answer.text('原因说明'),
      late: answer.flag('下一步已逾期限'),
    }),
  ),
  run: async (read, input) => {
    const { today } = read;
    const page = await readPage<Row>(
      read,
      `SELECT a.id AS id, a.number AS number, a.region_code AS region, a.household_id AS householdId,
              h.code AS householdCode, h.head_name AS headName, a.bank_id AS bankId,
              a.amount_fen AS amountFen, a.entered_on AS enteredOn, a.closed_on AS closedOn,
              a.state AS state, a.awaits_applicant AS awaitsApplicant, a.step_due_on AS stepDueOn,
              c.expires_on AS expiresOn, s.step AS refusedAt, a.close_reason AS closeReason,
              ${WHY} AS why
         FROM application a JOIN household h ON h.id = a.household_id
              LEFT JOIN certificate c ON c.application_id = a.id
              LEFT JOIN application_step s ON s.application_id = a.id AND s.outcome = 'refused'
        WHERE {scope:a.region_code,a.bank_id} AND a.state NOT IN ('contracted', 'settled')
          AND NOT EXISTS (SELECT 1 FROM application n
                           WHERE n.household_id = a.household_id AND n.id > a.id)
          AND (:why IS NULL OR ${WHY} = :why) AND {after}`,
      { why: input.why ?? null, today },
      { keys: [{ sql: 'a.id', field: 'id' }], direction: 'desc' },
      input,
    );
    const items = page.items.map((row) => {
      const { id, number, region, householdId, householdCode, headName, bankId, enteredOn } = row;
      return {
        ...{ id, number, region, householdId, householdCode, headName, bankId, enteredOn },
        amount: yuan(row.amountFen),
        days: daysBetween(enteredOn, row.closedOn ?? today),
        ...{ why: row.why, refusedAt: row.refusedAt, reason: reasonOf(row) },
        late: row.stepDueOn !== null && today > row.stepDueOn,
      };
    });
    return { items, next: page.next };
  },
});
