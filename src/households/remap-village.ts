/**
 * 村撤并: from a day on all households of a village stand in another one. They may be thousands, so the act only writes
 * the merger down and starts the task that moves them.
 */
import { requireRegion } from '../identity';
import { defineAct } from '../platform/act';
import { covers } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import { insertRow } from '../platform/db/store';
import { startTask } from '../platform/jobs/task';
import { dateField, idField, regionField, shape, textField } from '../platform/shape';
import { VillageMerger } from './household.entity';
import { requireArrived } from './periods.store';
import { HouseholdProblem } from './problems';
import { remapTask } from './remap-task';

interface Input {
  fromRegion: string;
  toRegion: string;
  fromOn: BusinessDate;
  source: string;
}

export const remapVillage = defineAct({
  name: 'households.remap-village',
  title: '村撤并转户',
  permission: 'households.move',
  input: shape<Input>({
    fromRegion: regionField('撤销的村代码(12 位)'),
    toRegion: regionField('并入的村代码(12 位)'),
    fromOn: dateField('并入首日'),
    source: textField(200, '撤并文件'),
  }),
  answer: shape({ mergerId: idField(), taskId: idField('任务编号') }),
  locate: async (work, input) => {
    const village = await requireRegion(work, input.fromRegion, 'village');
    return { region: input.fromRegion, village };
  },
  run: async (work, input, { village }) => {
    const { fromRegion: fromCode, toRegion: toCode, fromOn, source } = input;
    const target = await requireRegion(work, toCode, 'village');
    if (!covers(work.actor, { region: toCode })) throw HouseholdProblem.placeOutside();
    if (fromCode === toCode) throw HouseholdProblem.placeUnchanged();
    requireArrived(work, fromOn);
    const mergerId = work.newId();
    await insertRow(work.tx, VillageMerger, {
      ...{ id: mergerId, fromCode, toCode, fromOn, source },
      askedBy: work.actor.id,
      askedAt: work.now,
    });
    const subject = { kind: 'village-merger', id: mergerId };
    work.record({ subject, after: { fromCode, toCode, fromOn, source } });
    const title = `${village.name}并入${target.name}`;
    const taskId = await startTask(work, remapTask, { subject, region: fromCode, title });
    return { mergerId, taskId };
  },
});
