/**
 * Organisations: the bodies that take part. Laws: each kind stands at its own levels of the tree; only a bank has
 * branches, a branch lies within its bank's region, and `rootId` names the bank itself, by which a bank's people
 * are confined to their own bank's business.
 */
import type { OrganisationKind } from '../platform/authority';
import type { RegionLevel } from './region';

/** The kinds, as lists and shapes need them. */
export const ORGANISATION_KINDS: readonly OrganisationKind[] = [
  'poverty-office',
  'finance-bureau',
  'platform-company',
  'bank',
  'inspection',
  'village',
  'township',
  'administration',
];

/** What the kinds are called. */
export const ORGANISATION_NAMES: Readonly<Record<OrganisationKind, string>> = {
  'poverty-office': '扶贫办',
  'finance-bureau': '财政局',
  'platform-company': '平台公司',
  bank: '承贷银行',
  inspection: '纪检监察机关',
  village: '村',
  township: '乡镇',
  administration: '系统管理机构',
};

const COUNTY_UP: readonly RegionLevel[] = ['province', 'city', 'county'];

const LEVELS: Readonly<Record<OrganisationKind, readonly RegionLevel[]>> = {
  'poverty-office': COUNTY_UP,
  'finance-bureau': COUNTY_UP,
  'platform-company': COUNTY_UP,
  bank: [...COUNTY_UP, 'township'],
  inspection: [...COUNTY_UP, 'township'],
  village: ['village'],
  township: ['township'],
  administration: COUNTY_UP,
};

/** Whether a body of this kind stands at this level. */
export function standsAt(kind: OrganisationKind, level: RegionLevel): boolean {
  return LEVELS[kind].includes(level);
}

/** An organisation as other modules see it; for a bank's branch `rootId` is the bank. */
export interface OrganisationInfo {
  id: string;
  name: string;
  kind: OrganisationKind;
  rootId: string;
  regionCode: string;
}
