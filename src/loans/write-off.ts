/**
 * Writing a loan off (核销): the bank takes what it cannot get for lost, keeps the case and goes on collecting (账销案存).
 * Laws:
 * - Only of a loan that is overdue, on one of the grounds of the policy row of the day, with the evidence that the
 *   ground asks for; a ground may ask for a grade, which the table of the day or a judgement gave.
 * - The fund is asked first, and has decided.
 * - Two people: one proposes, an approver decides on exactly what was proposed.
 */
import { canonical } from '../platform/crypto/canonical';
import { sm3Hex } from '../platform/crypto/digest';
import { addFen, type Fen, yuan } from '../platform/money';
import { Joi } from '../platform/shape';
import { defineParameter } from '../policy';
import { GRADE_CODES, type GradeCode } from './classification';
import type { FundStanding } from './fund-standing';
import { P } from './problems';

/** How far a proposal has come; reversed: approved, and taken back afterwards. */
export const WRITE_OFF_STATES = ['proposed', 'approved', 'refused', 'reversed'] as const;
export type WriteOffState = (typeof WRITE_OFF_STATES)[number];

/** The states as officers call them. */
export const WRITE_OFF_STATE_NAMES: Readonly<Record<WriteOffState, string>> = {
  proposed: '待审批',
  approved: '已核销',
  refused: '未批准',
  reversed: '已冲正',
};

/** A ground on which a loan may be written off. */
export interface WriteOffGround {
  code: string;
  name: string;
  /** The grade it needs at least; null: the event itself is enough (death, disaster). */
  gradeAtLeast: GradeCode | null;
  /** It needs MORE days overdue than this. */
  overdueDaysOver: number;
  /** Kinds of evidence that must be there. */
  evidence: string[];
}

/** The rules of one day. */
export interface WriteOffRules {
  grounds: WriteOffGround[];
  evidenceKinds: { code: string; name: string }[];
  /** True: the fund must have paid or refused; false: only a claim that is not decided yet stands in the way. */
  fundFirst: boolean;
  /** Who decides: an approver of the bank itself, or of any of its branches as well. */
  approver: 'HEAD_OFFICE' | 'BANK';
}

const codeOf = () => Joi.string().pattern(/^[A-Z][A-Z_]{1,29}$/);
const named = { code: codeOf().required(), name: Joi.string().max(100).required() };

/** The rules as policy holds them. */
export const writeOffRules = defineParameter<WriteOffRules>({
  key: 'loans.write-off',
  title: '贷款核销',
  schema: Joi.object<WriteOffRules>({
    grounds: Joi.array()
      .items(
        Joi.object({
          ...named,
          gradeAtLeast: Joi.string()
            .valid(...GRADE_CODES, null)
            .required(),
          overdueDaysOver: Joi.number().integer().min(0).required(),
          evidence: Joi.array().items(codeOf()).min(1).unique().required(),
        }),
      )
      .min(1)
      .unique('code')
      .required(),
    evidenceKinds: Joi.array().items(Joi.object(named)).min(1).unique('code').required(),
    fundFirst: Joi.boolean().required(),
    approver: Joi.string().valid('HEAD_OFFICE', 'BANK').required(),
  }),
  fits: ({ grounds, evidenceKinds }) => {
    const known = evidenceKinds.map(({ code }) => code);
    const stray = grounds.flatMap(({ evidence }) => evidence).find((one) => !known.includes(one));
    return stray === undefined ? null : `证据种类 ${stray} 没有列出`;
  },
});

/** One piece of evidence: what it is, and where it is kept. */
export interface Evidence {
  kind: string;
  /** Number or place of the paper; no personal data. */
  reference: string;
}

/** What a loan looks like when it is to be written off. */
export interface WriteOffGrounds {
  daysOverdue: number;
  classCode: GradeCode;
  fund: FundStanding;
  evidence: readonly Evidence[];
}

/**
 * Whether the loan may be written off on this ground.
 * @returns the ground
 * @throws Problem loans.write-off-ground, write-off-evidence, write-off-too-soon, fund-undecided
 */
export function checkGrounds(
  rules: WriteOffRules,
  groundCode: string,
  { daysOverdue, classCode, fund, evidence }: WriteOffGrounds,
): WriteOffGround {
  const ground = rules.grounds.find(({ code }) => code === groundCode);
  if (!ground) {
    const codes = rules.grounds.map(({ code }) => code).join(', ');
    throw P.writeOffGround({ fields: [{ field: 'ground', reason: `只能是：${codes}` }] });
  }
  const { overdueDaysOver, gradeAtLeast } = ground;
  if (daysOverdue <= overdueDaysOver) {
    throw P.writeOffTooSoon({ detail: `逾期 ${daysOverdue} 天，须超过 ${overdueDaysOver} 天` });
  }
  if (gradeAtLeast && GRADE_CODES.indexOf(classCode) < GRADE_CODES.indexOf(gradeAtLeast)) {
    throw P.writeOffTooSoon({ detail: `五级分类为 ${classCode}，须为 ${gradeAtLeast}` });
  }
  checkEvidence(rules, ground, evidence);
  if (fund.state === 'open') throw P.fundUndecided({ detail: '代偿申请在办' });
  if (rules.fundFirst && fund.state === 'none') throw P.fundUndecided({ detail: '还没有申请代偿' });
  return ground;
}

function checkEvidence(
  { evidenceKinds }: WriteOffRules,
  ground: WriteOffGround,
  evidence: readonly Evidence[],
): void {
  const nameOf = (kind: string) => evidenceKinds.find(({ code }) => code === kind)?.name ?? kind;
  const unknown = evidence.find(({ kind }) => !evidenceKinds.some(({ code }) => code === kind));
  if (unknown) {
    const reason = `不认识的证据种类 ${unknown.kind}`;
    throw P.writeOffEvidence({ fields: [{ field: 'evidence', reason }] });
  }
  const missing = ground.evidence.filter((kind) => !evidence.some((one) => one.kind === kind));
  if (missing.length > 0) {
    const reason = `还缺：${missing.map(nameOf).join('、')}`;
    throw P.writeOffEvidence({ detail: reason, fields: [{ field: 'evidence', reason }] });
  }
}

/** The worse of two grades. */
export function worseGrade(one: string, other: GradeCode): GradeCode {
  const at = Math.max(GRADE_CODES.indexOf(one as GradeCode), GRADE_CODES.indexOf(other));
  return GRADE_CODES[at] ?? other;
}

/** What the approver's decision stands under. Amounts in fen, to the day of the proposal. */
export interface WriteOffContent {
  id: string;
  loanId: string;
  groundCode: string;
  reason: string;
  evidence: readonly Evidence[];
  principalFen: Fen;
  interestFen: Fen;
  penaltyFen: Fen;
  compensationFen: Fen;
  fundState: string;
  daysOverdue: number;
  classCode: string;
  policyRowId: string;
  proposedBy: string;
  proposedOn: string;
}

/** The SM3 digest of what a proposal says. */
export function writeOffDigest(content: WriteOffContent): string {
  const { id, loanId, groundCode, reason, principalFen, interestFen, penaltyFen } = content;
  const { compensationFen, fundState, daysOverdue, classCode, policyRowId } = content;
  const { proposedBy, proposedOn } = content;
  return sm3Hex(
    canonical({
      ...{ id, loanId, groundCode, reason, principalFen, interestFen, penaltyFen },
      ...{ compensationFen, fundState, daysOverdue, classCode, policyRowId },
      ...{ proposedBy, proposedOn },
      evidence: content.evidence.map(({ kind, reference }) => ({ kind, reference })),
    }),
  );
}

/** All that is owed, in yuan, for a message. */
export function owedText(
  amounts: Pick<WriteOffContent, 'principalFen' | 'interestFen' | 'penaltyFen'>,
) {
  return yuan(addFen(amounts.principalFen, amounts.interestFen, amounts.penaltyFen));
}
