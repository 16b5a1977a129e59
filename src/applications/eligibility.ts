/**
 * Whether a household may have this loan: every rule with its outcome, its source and the day it was asked for.
 * Pure; `assess.ts` gathers the facts. Laws: `unknown` is said where the register is silent, never guessed
 * as a pass; the same list is asked again at every gate, because lines, lists and rules change on the way.
 */
import { addMonths, type BusinessDate, yearsOld } from '../platform/dates';
import { type Fen, subFen, yuan } from '../platform/money';
import { answer, codeField, shape } from '../platform/shape';
import type { LoanUses, ProductTerms } from './product';

export const OUTCOMES = ['pass', 'fail', 'unknown'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The answer to one rule. */
export interface Finding {
  code: string;
  title: string;
  outcome: Outcome;
  /** One sentence on this very case. */
  reason: string;
  /** The document, or the register that was asked. */
  source: string;
  /** The policy row, rating or other record that was used; null when there was none. */
  sourceRow: string | null;
  asOf: BusinessDate;
}

/** A rule that came out otherwise than at the former gate. */
export interface FindingChange {
  code: string;
  title: string;
  /** Null: the rule was not asked then. */
  was: Outcome | null;
  is: Outcome;
  reasonBefore: string | null;
  reason: string;
}

/** The shape of a change in an answer. */
export const findingChange = shape<FindingChange>({
  code: answer.text(),
  title: answer.text(),
  was: codeField(OUTCOMES, '上一环节').allow(null),
  is: codeField(OUTCOMES, '本环节'),
  reasonBefore: answer.text().allow(null),
  reason: answer.text(),
});

/** What changed from one gate to the next: another outcome, or the same for another reason. */
export function findingChanges(
  before: readonly Finding[],
  now: readonly Finding[],
): FindingChange[] {
  if (before.length === 0) return [];
  return now.flatMap(({ code, title, outcome, reason }) => {
    const former = before.find((one) => one.code === code);
    if (former?.outcome === outcome && former.reason === reason) return [];
    return [
      {
        ...{ code, title, is: outcome, reason },
        was: former?.outcome ?? null,
        reasonBefore: former?.reason ?? null,
      },
    ];
  });
}

/** A policy row as far as findings need it. */
export interface RowFact<T> {
  value: T;
  rowId: string;
  source: string;
}

/** What is known on the day. */
export interface Facts {
  on: BusinessDate;
  amountFen: Fen;
  termMonths: number;
  useCode: string;
  /** Null: no row of the product is in force on the day. */
  product: RowFact<ProductTerms> | null;
  uses: RowFact<LoanUses> | null;
  borrower: { birthDate: BusinessDate; inHousehold: boolean };
  /** Null: the register does not say how the household stood. */
  status: { status: string; name: string } | null;
  /** Null: no line holds on the day. `availableFen` is what is left of it, 0 while it is frozen. */
  line: {
    ratingId: string;
    gradeName: string;
    state: 'in-force' | 'frozen';
    totalFen: Fen;
    availableFen: Fen;
  } | null;
  /** Another application or running loan of the household, by its number. */
  other: { number: string; stateTitle: string } | null;
  bank: { name: string } | null;
}

const REGISTER = '农户台账';

type Said = [outcome: Outcome, reason: string];

/** All rules in the order in which an officer reads them. */
export function findingsOf(facts: Facts): Finding[] {
  const { product, on } = facts;
  const policy = product?.source ?? '产品政策';
  const row = product?.rowId ?? null;
  const terms = product?.value ?? null;
  const byTerms = (rule: (terms: ProductTerms) => Said): Said =>
    terms ? rule(terms) : ['unknown', '该日没有有效的产品政策，无从核对'];
  const finding = (
    code: string,
    title: string,
    [outcome, reason]: Said,
    source: string,
    sourceRow: string | null,
  ): Finding => ({ code, title, outcome, reason, source, sourceRow, asOf: on });
  return [
    finding('PRODUCT', '产品在办理期内', productRule(facts), policy, row),
    finding('MEMBER', '借款人是该户成员', memberRule(facts), REGISTER, null),
    finding(
      'AGE',
      '借款人年龄',
      byTerms((t) => ageRule(facts, t)),
      policy,
      row,
    ),
    finding(
      'HOUSEHOLD_KIND',
      '农户类别',
      byTerms((t) => kindRule(facts, t)),
      policy,
      row,
    ),
    finding(
      'CEILING',
      '金额不超过产品上限',
      byTerms((t) => ceilingRule(facts, t)),
      policy,
      row,
    ),
    finding(
      'TERM',
      '期限不超过产品上限',
      byTerms((t) => termRule(facts, t)),
      policy,
      row,
    ),
    finding('USE', '用途', useRule(facts), facts.uses?.source ?? policy, facts.uses?.rowId ?? row),
    finding('LINE', '授信额度', lineRule(facts), '评级授信', facts.line?.ratingId ?? null),
    finding('ONE_LOAN', '一户一笔', otherRule(facts), '申请与贷款台账', null),
    finding('BANK', '承贷银行', bankRule(facts), '机构登记', null),
  ];
}

function productRule({ product, on }: Facts): Said {
  return product
    ? ['pass', `${product.value.name}在办理期内`]
    : ['fail', `${on} 没有该产品的有效政策`];
}

function memberRule({ borrower }: Facts): Said {
  return borrower.inHousehold ? ['pass', '借款人在该户名下'] : ['fail', '借款人已不在该户名下'];
}

function ageRule({ borrower, on, termMonths }: Facts, terms: ProductTerms): Said {
  if (borrower.birthDate > on) return ['fail', '出生日期晚于办理日'];
  const age = yearsOld(borrower.birthDate, on);
  const range = `${terms.ageMin}–${terms.ageMax} 周岁`;
  if (age < terms.ageMin || age > terms.ageMax) return ['fail', `${age} 周岁，应为 ${range}`];
  const atMaturity = yearsOld(borrower.birthDate, addMonths(on, termMonths));
  const note = atMaturity > terms.ageMaxAtMaturityWarn ? `;到期时 ${atMaturity} 周岁，请关注` : '';
  return ['pass', `${age} 周岁，在 ${range} 之内${note}`];
}

function kindRule({ status, on }: Facts, terms: ProductTerms): Said {
  if (!status) return ['unknown', `台账没有该户 ${on} 的类别`];
  const served = (terms.householdKinds as readonly string[]).includes(status.status);
  return served
    ? ['pass', `${status.name},属于支持对象`]
    : ['fail', `${status.name},不属于${terms.name}的支持对象`];
}

/** The part of an amount above what is subsidised, and above what the fund covers; 0 for most. */
export function beyond(
  amountFen: Fen,
  terms: Pick<ProductTerms, 'subsidisedCeilingFen' | 'coveredCeilingFen'>,
): { unsubsidisedFen: Fen; uncoveredFen: Fen } {
  const above = (ceiling: Fen) => subFen(amountFen, amountFen < ceiling ? amountFen : ceiling);
  return {
    unsubsidisedFen: above(terms.subsidisedCeilingFen),
    uncoveredFen: above(terms.coveredCeilingFen),
  };
}

function ceilingRule({ amountFen }: Facts, terms: ProductTerms): Said {
  const asked = `${yuan(amountFen)} 元`;
  if (amountFen <= 0) return ['fail', '金额须大于零'];
  if (amountFen <= terms.ceilingFen) {
    return ['pass', `${asked}，上限 ${yuan(terms.ceilingFen)} 元`];
  }
  if (amountFen > terms.topUpCeilingFen) {
    return ['fail', `${asked}，超过上限 ${yuan(terms.topUpCeilingFen)} 元`];
  }
  const { unsubsidisedFen, uncoveredFen } = beyond(amountFen, terms);
  return [
    'pass',
    `${asked}，在追加后上限 ${yuan(terms.topUpCeilingFen)} 元之内；其中 ${yuan(unsubsidisedFen)} 元不贴息，` +
      `${yuan(uncoveredFen)} 元不纳入风险补偿`,
  ];
}

function termRule({ termMonths }: Facts, terms: ProductTerms): Said {
  const within = termMonths >= 1 && termMonths <= terms.termMonthsMax;
  return [within ? 'pass' : 'fail', `${termMonths} 个月，上限 ${terms.termMonthsMax} 个月`];
}

function useRule({ product, uses, useCode }: Facts): Said {
  const forbidden = product?.value.forbiddenUses.find(({ code }) => code === useCode);
  if (forbidden) return ['fail', `${forbidden.name}属于禁止用途`];
  if (!uses) return ['unknown', '该日没有有效的用途目录，无从核对'];
  const use = uses.value.uses.find(({ code }) => code === useCode);
  return use ? ['pass', `${use.name},在允许用途之内`] : ['fail', `${useCode} 不在允许用途之内`];
}

function lineRule({ line, amountFen }: Facts): Said {
  if (!line) return ['fail', '没有有效的评级授信，请先评级'];
  if (line.state === 'frozen') return ['fail', `${line.gradeName}，授信已冻结，请先核实解冻`];
  const { totalFen, availableFen } = line;
  const left = availableFen === totalFen ? '' : `，可用 ${yuan(availableFen)} 元`;
  const shown = `${line.gradeName},授信 ${yuan(totalFen)} 元${left}`;
  return amountFen <= availableFen
    ? ['pass', shown]
    : ['fail', `${shown},申请 ${yuan(amountFen)} 元超过${left === '' ? '授信' : '可用额度'}`];
}

function otherRule({ other }: Facts): Said {
  return other
    ? ['fail', `该户已有 ${other.number}(${other.stateTitle})`]
    : ['pass', '该户没有在办的申请和未结清的贷款'];
}

function bankRule({ bank }: Facts): Said {
  return bank ? ['pass', bank.name] : ['fail', '没有这家承贷银行'];
}

/**
 * The findings that bar a step. At the village's entry only what is known to be wrong bars; from the township on
 * what is not known bars too, since a check that could not be made was not made.
 */
export function barring(findings: readonly Finding[], strict: boolean): Finding[] {
  return findings.filter(({ outcome }) => outcome === 'fail' || (strict && outcome === 'unknown'));
}
