/**
 * 按身份号码查找: by the full number, through its blind index. It is an act and not a query for two reasons: the
 * number must not stand in an address, and who searched for whom is worth keeping. What lies outside the
 * officer's region is not found at all, so that a search tells nothing about people elsewhere.
 */
import { defineAct } from '../platform/act';
import { covers } from '../platform/authority';
import { answer, idField, Joi, listOf, personal, shape } from '../platform/shape';
import { RELATION_NAMES } from './household-kind';
import { HouseholdStore } from './households.store';
import { readIdNumber } from './id-number';
import { HouseholdProblem } from './problems';

export const findByIdNumber = defineAct({
  name: 'households.find-by-id-number',
  title: '按身份号码查找农户',
  permission: 'households.read',
  input: shape<{ idNumber: string }>({
    idNumber: personal(Joi.string().max(40).description('公民身份号码(18 位)')),
  }),
  answer: shape({
    items: listOf(
      shape({
        householdId: idField(),
        householdCode: answer.text(),
        regionCode: answer.text(),
        memberId: idField(),
        name: answer.text(),
        relation: answer.text(),
        relationName: answer.text(),
        idMasked: answer.text(),
        leftOn: answer.date().allow(null),
      }),
    ).description('此人所在的农户，含已转出的'),
  }),
  // The search belongs to no one record: it stands where the searcher does, so that the region's inspector
  // sees it. What it may show is decided record by record below.
  locate: async (work) => ({ region: work.actor.region }),
  run: async (work, input) => {
    const reading = readIdNumber(input.idNumber, work.today);
    if (!reading.ok) {
      const fields = [{ field: 'idNumber', reason: reading.reason }];
      throw HouseholdProblem.idNumberInvalid({ fields, detail: reading.reason });
    }
    const store = new HouseholdStore(work);
    const items = [];
    for (const member of await store.byIdNumber(reading.idNumber)) {
      const household = await store.get(member.householdId);
      if (!covers(work.actor, { region: household.regionCode })) continue;
      work.record({
        subject: { kind: 'member', id: member.id },
        related: [{ kind: 'household', id: household.id }],
      });
      items.push({
        householdId: household.id,
        householdCode: household.code,
        regionCode: household.regionCode,
        memberId: member.id,
        name: member.name,
        relation: member.relation,
        relationName: RELATION_NAMES[member.relation],
        idMasked: member.idNumberMasked,
        leftOn: member.leftOn,
      });
    }
    return { items };
  },
});
