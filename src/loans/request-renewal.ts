/**
 * A bank officer asks for the renewal (续贷) of a normal loan before it matures: how much of its principal a new loan
 * is to take over, for how long, at what rate, and how each condition of the dated rule is met (金规〔2024〕13号).
 * Another person decides, a third one signs.
 */
import { PRODUCT_CODES } from '../applications';
import { defineAct } from '../platform/act';
import type { Fen } from '../platform/money';
import type { Ppm } from '../platform/rate';
import { codeField, Joi, listOf, percentField, shape, yuanField } from '../platform/shape';
import { askFields, locateLoan } from './asked';
import { AskedStore } from './asked.store';
import { relatedOf } from './loan';
import type { Loan } from './loan.entity';
import { requireToRenew } from './renewable';
import {
  conditionShape,
  type RenewalAsked,
  renewalDigest,
  renewalFace,
  renewalShape,
  requireAmount,
} from './renewal';
import { Renewal } from './renewal.entity';
import type { ConditionMet } from './renewal-rules';

interface Input {
  loanId: string;
  productCode?: string;
  amount: Fen;
  termMonths: number;
  rate: Ppm;
  withoutRepaying: boolean;
  conditions: ConditionMet[];
  reason: string;
  evidence: string;
}

export const requestRenewal = defineAct<
  Input,
  { region: string; org: string; loan: Loan },
  ReturnType<typeof renewalFace>
>({
  name: 'loans.request-renewal',
  title: '申请续贷',
  permission: 'loans.request-renewal',
  input: shape<Input>({
    ...askFields,
    productCode: codeField(PRODUCT_CODES, '续贷产品；不填同原贷款').optional(),
    amount: yuanField('续贷金额(元)，不超过原贷款本金余额'),
    termMonths: Joi.number().integer().min(1).max(120).description('期限(月)'),
    rate: percentField('年利率(%)'),
    withoutRepaying: Joi.boolean().description('无还本续贷'),
    conditions: listOf(conditionShape).min(1).max(20).description('逐项条件'),
  }),
  answer: renewalShape,
  locate: locateLoan,
  run: async (work, input, { loan }) => {
    const { termMonths, withoutRepaying, conditions, reason, evidence } = input;
    const asked: RenewalAsked = {
      ...{ productCode: input.productCode ?? loan.productCode, amountFen: input.amount },
      ...{ termMonths, ratePpm: input.rate, withoutRepaying, conditions, reason, evidence },
    };
    const { loan: running, rules, rowId, findings } = await requireToRenew(work, loan, asked);
    requireAmount(rules, running, asked);
    const contentDigest = renewalDigest(loan, asked);
    const renewal = await new AskedStore(work, Renewal).ask(loan, {
      ...asked,
      ...{ maturesOn: running.maturesOn, findings, policyRowId: rowId, contentDigest },
      ...{ signedBy: null, signedOn: null, signedAt: null, newLoanId: null },
    });
    work.record({
      subject: { kind: 'renewal', id: renewal.id },
      related: [{ kind: 'loan', id: loan.id }, ...relatedOf(loan)],
      after: { ...asked, maturesOn: running.maturesOn, policyRowId: rowId, contentDigest },
    });
    return renewalFace(renewal);
  },
});
