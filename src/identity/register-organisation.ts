/** Registering a body that takes part: an office, a company, a bank or a bank's branch. */
import { defineAct } from '../platform/act';
import { type OrganisationKind, regionCovers } from '../platform/authority';
import { answer, codeField, idField, regionField, shape, textField } from '../platform/shape';
import { ORGANISATION_KINDS, ORGANISATION_NAMES, standsAt } from './organisation';
import type { Organisation } from './organisation.entity';
import { OrganisationStore } from './organisation.store';
import { P } from './problems';
import { LEVEL_NAMES, type RegionInfo } from './region';
import { requireRegion } from './region.queries';

interface Input {
  name: string;
  kind: OrganisationKind;
  region: string;
  parentId?: string;
}

/** Registers an organisation. The region is the parent: who registers must cover it. */
export const registerOrganisation = defineAct({
  name: 'identity.register-organisation',
  title: '登记机构',
  permission: 'identity.manage-organisations',
  input: shape<Input>({
    name: textField(60, '机构名称'),
    kind: codeField(ORGANISATION_KINDS, '机构类别'),
    region: regionField('机构所在区划'),
    parentId: idField('上级银行(仅网点填写)').optional(),
  }),
  answer: shape({ organisationId: idField(), rootId: idField(), version: answer.count() }),
  locate: async (work, input) => ({
    region: input.region,
    place: await requireRegion(work, input.region),
  }),
  run: async (work, input, at) => {
    refuseWrongLevel(input.kind, at.place);
    const store = new OrganisationStore(work);
    const parent = input.parentId ? await store.nameable(input.parentId) : null;
    if (parent) refuseWrongParent(input, parent);
    const id = work.newId();
    const organisation = await store.add({
      id,
      name: input.name,
      kind: input.kind,
      parentId: parent?.id ?? null,
      rootId: parent?.rootId ?? id,
      regionCode: input.region,
    });
    work.record({ subject: { kind: 'organisation', id }, after: organisation });
    return { organisationId: id, rootId: organisation.rootId, version: organisation.version };
  },
});

function refuseWrongLevel(kind: OrganisationKind, place: RegionInfo): void {
  if (standsAt(kind, place.level)) return;
  const detail = `${ORGANISATION_NAMES[kind]}不设在${LEVEL_NAMES[place.level]}(${place.name})`;
  throw P.organisationLevel({ detail });
}

function refuseWrongParent(input: Input, parent: Organisation): void {
  if (input.kind !== 'bank' || parent.kind !== 'bank') {
    throw P.branchMisplaced({ detail: '只有银行可以登记上级机构' });
  }
  if (!regionCovers(parent.regionCode, input.region)) {
    throw P.branchMisplaced({ detail: `${parent.name}的辖区不含该区划` });
  }
}
