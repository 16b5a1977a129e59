/**
 * 农户迁移: from a day on the household stands in another village. Who moves it must cover both places. What other
 * modules hold open of the household (a rating, say) may stop the move; what was decided stays where it was.
 */
import { requireRegion } from '../identity';
import { defineAct } from '../platform/act';
import { covers } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import { codeField, dateField, regionField, shape } from '../platform/shape';
import { EditStore } from './edits.store';
import { householdChanging } from './household-events';
import { move } from './move';
import { type EditInput, editAnswer, editFields, locateHousehold } from './one-household';
import { HouseholdProblem } from './problems';

/** Causes an officer gives; a merger of villages has its own task. */
const CAUSES = ['MOVE', 'CORRECTION'] as const;

interface Input extends EditInput {
  regionCode: string;
  fromOn: BusinessDate;
  cause: (typeof CAUSES)[number];
}

export const moveHousehold = defineAct({
  name: 'households.move-household',
  title: '农户迁移',
  permission: 'households.move',
  input: shape<Input>({
    ...editFields,
    regionCode: regionField('迁入村代码(12 位)'),
    fromOn: dateField('在新村的首日'),
    cause: codeField(CAUSES, '原因'),
  }),
  answer: shape({ ...editAnswer, regionCode: regionField() }),
  locate: locateHousehold,
  run: async (work, input, { household }) => {
    const { regionCode, fromOn, cause, source } = input;
    await requireRegion(work, regionCode, 'village');
    if (!covers(work.actor, { region: regionCode })) throw HouseholdProblem.placeOutside();
    if (regionCode === household.regionCode) throw HouseholdProblem.placeUnchanged();
    await work.emit(householdChanging, { householdId: household.id, change: 'move' });
    const edits = new EditStore(work, 'households.move-household');
    const to = { regionCode, cause, fromOn, source };
    const version = await move(work, household, input.version, to, edits);
    return { householdId: household.id, version, regionCode };
  },
});
