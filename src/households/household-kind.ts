/**
 * The words of the register: in which status a household stands, and how a member is related to its head.
 *
 * Which statuses a product serves is policy (`householdKinds` in loans.product.*), not written here: these are
 * only the codes that policy speaks in. REMOVED and MOVED_OUT belong to no product, so a household that left
 * the list keeps its story and can be lent nothing.
 */

/** Statuses under which a household is on a list; the codes of `householdKinds` in loans.product.*. */
export const LISTED_KINDS = [
  'REGISTERED_POOR',
  'OUT_OF_POVERTY',
  'UNSTABLE',
  'MARGINAL',
  'SUDDEN_HARDSHIP',
  'ASSISTED',
] as const;

/** All statuses, with those that end a household's time on the list. */
export const HOUSEHOLD_KINDS = [...LISTED_KINDS, 'REMOVED', 'MOVED_OUT'] as const;

/** The status of a household in one period. */
export type HouseholdKind = (typeof HOUSEHOLD_KINDS)[number];

/** What officers call each status. */
export const KIND_NAMES: Readonly<Record<HouseholdKind, string>> = {
  REGISTERED_POOR: '建档立卡贫困户',
  OUT_OF_POVERTY: '脱贫户',
  UNSTABLE: '脱贫不稳定户',
  MARGINAL: '边缘易致贫户',
  SUDDEN_HARDSHIP: '突发严重困难户',
  ASSISTED: '帮扶对象户',
  REMOVED: '已移出名单',
  MOVED_OUT: '已迁出本县',
};

/**
 * Relations to the head, the first digit of GB/T 4761-2008. A daughter-in-law counts under SON and a
 * son-in-law under DAUGHTER there (codes 28 and 38), so the relation does not tell a person's sex.
 */
export const RELATIONS = [
  'HEAD',
  'SPOUSE',
  'SON',
  'DAUGHTER',
  'GRANDCHILD',
  'PARENT',
  'GRANDPARENT',
  'SIBLING',
  'OTHER',
] as const;

/** How a member is related to the head of the household. */
export type Relation = (typeof RELATIONS)[number];

/** What officers call each relation. */
export const RELATION_NAMES: Readonly<Record<Relation, string>> = {
  HEAD: '户主',
  SPOUSE: '配偶',
  SON: '子',
  DAUGHTER: '女',
  GRANDCHILD: '孙子女或外孙子女',
  PARENT: '父母',
  GRANDPARENT: '祖父母或外祖父母',
  SIBLING: '兄弟姐妹',
  OTHER: '其他',
};

/** Sex as in the ID number: odd sequence male, even female. */
export const SEXES = ['male', 'female'] as const;
export type Sex = (typeof SEXES)[number];

/** Why a person is no longer in a household. */
export const LEFT_REASONS = [
  'MOVED',
  'MARRIED',
  'DIVORCED',
  'DIED',
  'SPLIT',
  'MERGED',
  'OTHER',
] as const;
export type LeftReason = (typeof LEFT_REASONS)[number];

/** What officers call each reason. */
export const LEFT_REASON_NAMES: Readonly<Record<LeftReason, string>> = {
  MOVED: '迁出',
  MARRIED: '婚嫁',
  DIVORCED: '离婚',
  DIED: '死亡',
  SPLIT: '分户',
  MERGED: '并户',
  OTHER: '其他',
};

/** Why a household stands in a village. */
export const PLACE_CAUSES = ['REGISTERED', 'MOVE', 'MERGER', 'CORRECTION'] as const;
export type PlaceCause = (typeof PLACE_CAUSES)[number];

/** What officers call each cause. */
export const PLACE_CAUSE_NAMES: Readonly<Record<PlaceCause, string>> = {
  REGISTERED: '登记',
  MOVE: '户迁移',
  MERGER: '村撤并',
  CORRECTION: '更正',
};
