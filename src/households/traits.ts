/**
 * What is known of a member as of a day: health, labour ability, skills, where the person works, whether on the
 * public payroll. Every part may be unknown, which is not the same as "no"; a change holds from a day on.
 *
 * The words are those of the national list (health and 劳动技能 of the 建档立卡 form).
 */
import { codeField, Joi, shape, textField } from '../platform/shape';

export const HEALTH = ['HEALTHY', 'CHRONIC', 'SERIOUS_ILLNESS', 'DISABLED'] as const;
export type Health = (typeof HEALTH)[number];

/** What officers call each state of health. */
export const HEALTH_NAMES: Readonly<Record<Health, string>> = {
  HEALTHY: '健康',
  CHRONIC: '长期慢性病',
  SERIOUS_ILLNESS: '患有大病',
  DISABLED: '残疾',
};

export const LABOUR = ['SKILLED', 'ORDINARY', 'WEAK', 'LOST', 'NONE'] as const;
export type Labour = (typeof LABOUR)[number];

/** What officers call each ability. NONE is who never had it to lose: children, the aged, pupils. */
export const LABOUR_NAMES: Readonly<Record<Labour, string>> = {
  SKILLED: '技能劳动力',
  ORDINARY: '普通劳动力',
  WEAK: '弱劳动力或半劳动力',
  LOST: '丧失劳动力',
  NONE: '无劳动力',
};

/** Abilities that count as an able worker (劳动力) in a rating; the weak are counted apart. */
export const ABLE_LABOUR: readonly Labour[] = ['SKILLED', 'ORDINARY'];

export const WORKING_AWAY = ['NO', 'IN_COUNTY', 'IN_PROVINCE', 'OUTSIDE'] as const;
export type WorkingAway = (typeof WORKING_AWAY)[number];

/** What officers call each. */
export const WORKING_AWAY_NAMES: Readonly<Record<WorkingAway, string>> = {
  NO: '未外出务工',
  IN_COUNTY: '县内务工',
  IN_PROVINCE: '省内县外务工',
  OUTSIDE: '省外务工',
};

/** Known of a member; null where not known. */
export interface Traits {
  health: Health | null;
  labour: Labour | null;
  skills: string | null;
  workingAway: WorkingAway | null;
  /** Where, in words: 广东佛山. */
  awayPlace: string | null;
  publicEmployee: boolean | null;
}

/** Nothing known yet. */
export const UNKNOWN_TRAITS: Readonly<Traits> = {
  health: null,
  labour: null,
  skills: null,
  workingAway: null,
  awayPlace: null,
  publicEmployee: null,
};

/** The parts by name. */
export const TRAIT_NAMES = Object.keys(UNKNOWN_TRAITS) as readonly (keyof Traits)[];

/** The fields of a form: what is left out stays as it is, null says that it is no longer known. */
export const traitFields = {
  health: codeField(HEALTH, '健康状况').allow(null).optional(),
  labour: codeField(LABOUR, '劳动能力').allow(null).optional(),
  skills: textField(100, '技能').allow(null).optional(),
  workingAway: codeField(WORKING_AWAY, '务工区域').allow(null).optional(),
  awayPlace: textField(60, '务工地点').allow(null).optional(),
  publicEmployee: Joi.boolean().strict().allow(null).description('是否财政供养人员').optional(),
};

/** The form of a member's traits. */
export const traitsField = shape<Partial<Traits>>(traitFields);

/** The parts of traits in a row or a form that holds more. */
export function traitsIn(holder: Readonly<Traits>): Traits;
export function traitsIn(holder: Readonly<Partial<Traits>>): Partial<Traits>;
export function traitsIn(holder: Readonly<Partial<Traits>>): Partial<Traits> {
  return Object.fromEntries(TRAIT_NAMES.map((name) => [name, holder[name]]));
}

/** What stands, with the parts of a form put in. */
export function withTraits(now: Readonly<Traits>, form: Partial<Traits>): Traits {
  const given = Object.entries(form).filter(([, value]) => value !== undefined);
  return { ...now, ...(Object.fromEntries(given) as Partial<Traits>) };
}

/** The parts in which two differ. */
export function traitsChanged(before: Readonly<Traits>, after: Readonly<Traits>) {
  return TRAIT_NAMES.filter((name) => before[name] !== after[name]);
}
