/** What a household asks for, as it is entered and as it is amended: the fields, and who may be borrower and witness. */
import { type HouseholdFace, type MemberFace, memberFor } from '../households';
import type { Fen } from '../platform/money';
import { idField, Joi, personal, shape, textField, yuanField } from '../platform/shape';
import type { Work } from '../platform/work';
import type { Consents } from './application.entity';
import { industryOn } from './industry';
import { P } from './problems';

/** The wish of a household; `amount` in fen. */
export interface Wish {
  memberId: string;
  amount: Fen;
  termMonths: number;
  useCode: string;
  useDetail: string;
  project?: string;
  industryCode?: string;
  repaymentSource: string;
  witnessName: string;
  consents: Consents;
}

const yes = (what: string) => Joi.boolean().valid(true).description(what);

const code = (what: string) =>
  Joi.string()
    .pattern(/^[A-Z][A-Z0-9_]{0,39}$/, what)
    .description(what);

/** What each consent is called. */
export const CONSENT_NAMES: Readonly<Record<keyof Consents, string>> = {
  creditInquiry: '同意征信查询',
  publicNotice: '同意县乡村三级公示',
  dataSharing: '同意资料在县扶贫部门与承贷银行之间共享',
};

/** The input fields of a wish. */
export const wishFields = {
  memberId: idField('借款人(家庭成员)编号'),
  amount: yuanField('申请金额(元)'),
  termMonths: Joi.number().integer().min(1).max(600).description('期限(月)'),
  useCode: code('用途代码'),
  useDetail: textField(500, '用途说明'),
  project: textField(200, '产业项目').optional(),
  industryCode: code('县域扶持产业代码').optional(),
  repaymentSource: textField(500, '还款来源'),
  witnessName: personal(textField(60, '见证人姓名')),
  consents: shape<Consents>({
    creditInquiry: yes(CONSENT_NAMES.creditInquiry),
    publicNotice: yes(CONSENT_NAMES.publicNotice),
    dataSharing: yes(CONSENT_NAMES.dataSharing),
  }).description('农户的同意事项'),
};

/**
 * The borrower, who belongs to the household; the witness is neither borrower nor whoever enters the wish.
 * @throws Problem applications.member-elsewhere, witness-unfit, industry-unknown; households.member-absent
 */
export async function requireFit(
  work: Work,
  household: HouseholdFace,
  wish: Wish,
): Promise<MemberFace> {
  const member = await memberFor(work.tx, wish.memberId);
  if (member.householdId !== household.id || member.leftOn !== null) {
    throw P.memberElsewhere({ fields: [{ field: 'memberId', reason: '不是该户的成员' }] });
  }
  if ([member.name, work.actor.name].includes(wish.witnessName.trim())) {
    throw P.witnessUnfit({ fields: [{ field: 'witnessName', reason: '不得为录入人或借款人' }] });
  }
  if (wish.industryCode !== undefined) {
    const asOf = { region: household.regionCode, date: work.today };
    await industryOn(work.tx, wish.industryCode, asOf);
  }
  return member;
}

/** The part of an application's content that a wish decides. */
export function wished(wish: Wish) {
  const { memberId, amount, termMonths, useCode, useDetail, project, industryCode } = wish;
  return {
    ...{ memberId, amountFen: amount, termMonths, useCode, useDetail },
    ...{ project: project ?? null, industryCode: industryCode ?? null },
    repaymentSource: wish.repaymentSource,
  };
}
