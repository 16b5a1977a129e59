/** A household of the register as rows of a list, in the titles and words that the import understands. */
import type { BusinessDate } from '../platform/dates';
import type { OutRow } from '../platform/sheets/write-sheet';
import { type HouseholdKind, KIND_NAMES, RELATION_NAMES } from './household-kind';
import { LIST_COLUMNS, type ListField } from './list-columns';
import type { MemberOn } from './members.queries';
import { HEALTH_NAMES, LABOUR_NAMES, WORKING_AWAY_NAMES } from './traits';

/** What stands in the columns of ID number, phone and account: masked, or whole. */
export interface ShownNumbers {
  idNumber: string;
  phone: string | null;
  account: string | null;
}

/** A household as of the day of the export. */
export interface ExportedHousehold {
  code: string;
  place: { county: string; township: string; village: string; villageCode: string };
  status: { status: HouseholdKind; fromOn: BusinessDate; source: string } | null;
  /** Who belonged to it that day, the head first, each with the numbers as they may be shown. */
  members: readonly (MemberOn & { numbers: ShownNumbers })[];
}

/** One row for each member. */
export function exportRows({ code, place, status, members }: ExportedHousehold): OutRow[] {
  const shared: Partial<Record<ListField, string | null>> = {
    ...place,
    code,
    headName: members[0]?.name ?? null,
    kind: status && KIND_NAMES[status.status],
    kindFrom: status?.fromOn ?? null,
    source: status?.source ?? null,
  };
  return members.map((member) => {
    const row = { ...shared, ...personOf(member) };
    return LIST_COLUMNS.map(({ field }) => row[field] ?? null);
  });
}

function personOf(
  member: MemberOn & { numbers: ShownNumbers },
): Partial<Record<ListField, string | null>> {
  const { health, labour, workingAway, publicEmployee } = member;
  return {
    name: member.name,
    ...member.numbers,
    relation: RELATION_NAMES[member.relation],
    sex: member.sex === 'male' ? '男' : '女',
    birthDate: member.birthDate,
    health: health && HEALTH_NAMES[health],
    labour: labour && LABOUR_NAMES[labour],
    skills: member.skills,
    away: workingAway && WORKING_AWAY_NAMES[workingAway],
    awayPlace: member.awayPlace,
    publicEmployee: publicEmployee === null ? null : publicEmployee ? '是' : '否',
  };
}
