/**
 * Grounds of veto (否决情形). One voice is no verdict: what an appraiser raises goes to the township, which finds it
 * true or not. The loan book and the register confirm two grounds by themselves, where the card lists them.
 */
import type { RepaymentRecord } from './evidence';
import type { AppraisalSheet, RaisedVeto, RatingInputs, Veto } from './rating-content';
import { AGE_OUT_OF_RANGE, type Scorecard, UNSETTLED_BAD_LOAN } from './scorecard';

/** Grounds that hold, in the order of the card. */
export function confirmedVetoes(
  card: Scorecard,
  { findings, register }: Pick<RatingInputs, 'findings' | 'register'>,
  evidence: RepaymentRecord,
): Veto[] {
  return card.vetoes.flatMap(({ code, name }): Veto[] => {
    if (code === UNSETTLED_BAD_LOAN && evidence.unsettledBad) {
      const reason = `贷款台账：不良贷款未结清，现逾期 ${evidence.overdueNowDays} 天`;
      return [{ code, name, reason, origin: 'LOANS' }];
    }
    if (code === AGE_OUT_OF_RANGE && register.adultsInAge === 0) {
      const { min, max } = card.borrowerAges;
      const reason = `户籍登记：没有年满 ${min} 至 ${max} 周岁的成员`;
      return [{ code, name, reason, origin: 'REGISTER' }];
    }
    const found = findings.find((finding) => finding.code === code && finding.confirmed);
    return found ? [{ code, name, reason: found.reason, origin: 'FINDING' }] : [];
  });
}

/** Grounds that counted sheets raise and that are neither found upon nor confirmed yet, in the order of the card. */
export function openVetoes(
  card: Scorecard,
  sheets: readonly AppraisalSheet[],
  settled: readonly { code: string }[],
): RaisedVeto[] {
  return card.vetoes.flatMap(({ code, name }) => {
    const reasons = sheets.flatMap(({ veto }) => (veto?.code === code ? [veto.reason] : []));
    const open = reasons.length > 0 && !settled.some((one) => one.code === code);
    return open ? [{ code, name, reasons }] : [];
  });
}
