/** A renewal (续贷) as answers show it and as it is measured. */
import type { BusinessDate } from '../platform/dates';
import { type Fen, yuan } from '../platform/money';
import { type Ppm, percent } from '../platform/rate';
import { answer, Joi, listOf, shape, textField } from '../platform/shape';
import { digestOf } from './asked';
import { type AskedFace, askedAnswer, askedFace } from './asked-face';
import { C } from './change-problems';
import type { Loan } from './loan.entity';
import type { PaidOutLoan } from './loan-state';
import { P } from './problems';
import type { ConditionMet, RenewalRules } from './renewal-rules';

/** What a renewal has besides what every request has. */
export interface RenewalOwn {
  maturesOn: BusinessDate;
  productCode: string;
  amountFen: Fen;
  termMonths: number;
  ratePpm: Ppm;
  withoutRepaying: boolean;
  conditions: ConditionMet[];
  signedBy: string | null;
  signedOn: BusinessDate | null;
  newLoanId: string | null;
}

/** One condition with its answer. */
export const conditionShape = shape<ConditionMet>({
  code: Joi.string()
    .pattern(/^[A-Z_]{1,30}$/)
    .description('条件代码'),
  met: Joi.boolean().description('是否具备'),
  reason: textField(500, '判断依据'),
});

/** The fields of a renewal in an answer. */
export const renewalFields = {
  ...askedAnswer,
  maturesOn: answer.date('原贷款到期日'),
  productCode: answer.text('续贷产品'),
  amount: answer.yuan('续贷金额上限'),
  termMonths: answer.count('期限(月)'),
  rate: answer.percent('年利率'),
  withoutRepaying: answer.flag('无还本续贷'),
  conditions: listOf(conditionShape),
  signedBy: answer.text('签约人编号').allow(null),
  signedOn: answer.date('新合同签订日').allow(null),
  newLoanId: answer.text('新贷款编号').allow(null),
};
export const renewalShape = shape(renewalFields);

/** A renewal for an answer. */
export function renewalFace(renewal: AskedFace & RenewalOwn) {
  const { maturesOn, productCode, termMonths, withoutRepaying, conditions } = renewal;
  const { signedBy, signedOn, newLoanId } = renewal;
  return {
    ...askedFace(renewal),
    ...{ maturesOn, productCode, termMonths, withoutRepaying, conditions },
    ...{ amount: yuan(renewal.amountFen), rate: percent(renewal.ratePpm) },
    ...{ signedBy, signedOn, newLoanId },
  };
}

/** What is asked for. */
export type RenewalAsked = Pick<
  RenewalOwn,
  'productCode' | 'amountFen' | 'termMonths' | 'ratePpm' | 'withoutRepaying' | 'conditions'
> & { reason: string; evidence: string };

/** Digest of a renewal and of the old loan's terms; its principal may be repaid in part until the signing. */
export function renewalDigest(loan: Loan, asked: RenewalAsked): string {
  const { productCode, amountFen, termMonths, ratePpm, withoutRepaying, conditions } = asked;
  const { reason, evidence } = asked;
  const content = { productCode, amountFen, termMonths, ratePpm, withoutRepaying, conditions };
  return digestOf(loan, { renewal: { ...content, reason, evidence } }, 'terms');
}

/** A renewal is asked for, decided and signed before the old loan matures. @throws Problem loans.after-maturity */
export function requireBeforeMaturity({ maturesOn }: PaidOutLoan, today: BusinessDate): void {
  if (today >= maturesOn) throw C.afterMaturity({ detail: `到期日 ${maturesOn}` });
}

/**
 * A renewal lends no new money: without repaying it takes over the whole principal, else less than that.
 * @throws Problem loans.renewal-amount, loans.without-repaying
 */
export function requireAmount(
  rules: RenewalRules,
  { outstandingFen }: PaidOutLoan,
  { amountFen, withoutRepaying }: Pick<RenewalAsked, 'amountFen' | 'withoutRepaying'>,
): void {
  if (withoutRepaying && !rules.withoutRepaying) throw C.withoutRepaying();
  const right = withoutRepaying
    ? amountFen === outstandingFen
    : amountFen > 0 && amountFen < outstandingFen;
  if (!right) throw C.renewalAmount({ detail: `本金余额 ${yuan(outstandingFen)} 元` });
}

/** @throws Problem loans.rate-above-cap */
export function requireRate(ratePpm: Ppm, rateCapPpm: Ppm): void {
  if (ratePpm > 0 && ratePpm <= rateCapPpm) return;
  throw P.rateAboveCap({
    detail: `合同利率 ${percent(ratePpm)}%，上限 ${percent(rateCapPpm)}%`,
    extra: { rateCap: percent(rateCapPpm) },
  });
}
