/** Reading organisations: for screens and for other modules. */
import { type OrganisationKind, regionPrefix, SELF } from '../platform/authority';
import type { Sql } from '../platform/db/database';
import { defineQuery } from '../platform/query';
import { answer, codeField, idField, listOf, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { ORGANISATION_KINDS, type OrganisationInfo } from './organisation';
import { P } from './problems';
import { chainCodes, type RegionLevel } from './region';
import { regionShape } from './region.queries';

/** An organisation, null when there is none of that id. */
export function organisationById(sql: Sql, id: string): Promise<OrganisationInfo | null> {
  return sql.one<OrganisationInfo>(
    `SELECT id, name, kind, root_id AS rootId, region_code AS regionCode
       FROM organisation WHERE id = :id`,
    { id },
  );
}

/**
 * The bank itself (not a branch) of that id, to which business is entrusted.
 * @throws Problem identity.bank-unknown, naming the field `bankId`
 */
export async function requireBank(work: Work, bankId: string): Promise<OrganisationInfo> {
  const bank = await organisationById(work.tx, bankId);
  if (bank?.kind === 'bank' && bank.rootId === bank.id) return bank;
  const reason = bank?.kind === 'bank' ? `${bank.name}是网点，请选择其总行` : '没有这家承贷银行';
  throw P.bankUnknown({ detail: reason, fields: [{ field: 'bankId', reason }] });
}

interface OrganisationRow extends OrganisationInfo {
  parentId: string | null;
  regionName: string;
  regionLevel: RegionLevel;
  version: number;
}

/**
 * The organisations that have to do with the actor's region: those above it and those below. Their names stand on
 * their doors, so the list has no further limits; a village worker must be able to name the bank.
 */
export const listOrganisations = defineQuery({
  name: 'identity.organisations',
  title: '机构列表',
  permission: SELF,
  input: shape<{ kind?: OrganisationKind }>({
    kind: codeField(ORGANISATION_KINDS, '机构类别').optional(),
  }),
  answer: shape({
    items: listOf(
      shape({
        id: idField(),
        name: answer.text('名称'),
        kind: codeField(ORGANISATION_KINDS, '机构类别'),
        parentId: idField('上级机构').allow(null),
        rootId: idField('总机构'),
        region: regionShape(),
        version: answer.count('版本号'),
      }),
    ),
  }),
  run: async (read, input) => {
    const { region } = read.actor;
    const prefix = regionPrefix(region);
    const rows = await read
      .unscoped('organisations above the actor lie outside the actor’s region')
      .rows<OrganisationRow>(
        `SELECT o.id, o.name, o.kind, o.parent_id AS parentId, o.root_id AS rootId,
                o.region_code AS regionCode, r.name AS regionName, r.level AS regionLevel, o.version
           FROM organisation o JOIN region r ON r.code = o.region_code
          WHERE (o.region_code IN (:above) OR SUBSTR(o.region_code, 1, :length) = :prefix)
            AND (:kind IS NULL OR o.kind = :kind)
          ORDER BY o.region_code, o.kind, o.name, o.id`,
        {
          above: chainCodes(region),
          length: prefix.length,
          prefix,
          kind: input.kind ?? null,
        },
      );
    return {
      items: rows.map(({ regionCode, regionName, regionLevel, ...row }) => ({
        ...row,
        region: { code: regionCode, name: regionName, level: regionLevel },
      })),
    };
  },
});
