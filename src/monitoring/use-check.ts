/** What a check of use can find, and what a failed one is called. Pure. */

/** 用途: as agreed, spent on something else, lent on, lying idle, or not to be told. */
export const USES = ['as-agreed', 'diverted', 'lent-on', 'idle', 'cannot-tell'] as const;
export type Use = (typeof USES)[number];

/** The findings as officers call them. */
export const USE_NAMES: Readonly<Record<Use, string>> = {
  'as-agreed': '按约定用途使用',
  diverted: '挪作他用',
  'lent-on': '转借他人或企业',
  idle: '闲置未用',
  'cannot-tell': '未能查明',
};

/** What is flagged: money used for something else, or by somebody else. */
export const FLAG_KINDS = ['USE_DIVERTED', 'USE_LENT_ON'] as const;
export type FlagKind = (typeof FLAG_KINDS)[number];

export const FLAG_STATES = ['open', 'confirmed', 'dismissed'] as const;
export type FlagState = (typeof FLAG_STATES)[number];

/** The flag that a finding raises, or null: idle money and a check that could not tell are no breach of contract. */
export function flagKindOf(use: Use): FlagKind | null {
  if (use === 'diverted') return 'USE_DIVERTED';
  return use === 'lent-on' ? 'USE_LENT_ON' : null;
}
