/** 村撤并: the households of a village go to another one, each with its story of places. */
import { householdChanging, placeOn } from '../../src/households';
import { remapTask } from '../../src/households/remap-task';
import { remapVillage } from '../../src/households/remap-village';
import type { Actor } from '../../src/platform/authority';
import { businessDate } from '../../src/platform/dates';
import { TaskRunner } from '../../src/platform/jobs/task-runner';
import { PlatformProblem } from '../../src/platform/problems';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aHousehold,
  editor,
  FOREIGN_VILLAGE,
  OTHER_VILLAGE,
  openRegister,
  refusedUnchanged,
  TOWNSHIP,
  VILLAGE,
} from './register';

describeEachDatabase('A merger of villages', (open) => {
  let county: County;
  let actor: Actor;
  const held = new Set<string>();
  beforeEach(async () => {
    county = await openRegister(open);
    actor = editor(county);
    county.platform.events.on(householdChanging, async (_, told) => {
      if (held.has(told.householdId)) throw PlatformProblem.stale();
    });
  });

  const form = (changes: object = {}) => ({
    ...{ fromRegion: VILLAGE, toRegion: OTHER_VILLAGE, fromOn: '2018-02-01' },
    ...{ source: '龙民发〔2018〕2号', ...changes },
  });
  const place = (id: string, date: string) =>
    placeOn(county.platform.db.reader(), id, businessDate(date));
  const run = () => new TaskRunner(county.platform, [remapTask], { holder: 'one' }).runWaiting();

  test('every household stands in the new village from that day on; one that is held stays', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1) ids.push((await aHousehold(county)).householdId);
    held.add(ids[2] as string);
    const { taskId } = await county.do(actor, remapVillage, form());
    await run();
    for (const id of ids) {
      expect(await place(id, '2018-01-31')).toBe(VILLAGE);
      expect(await place(id, '2018-02-01')).toBe(held.has(id) ? VILLAGE : OTHER_VILLAGE);
    }
    const [task] = await county.platform.db
      .reader()
      .rows('SELECT state, done_count, failed_count, note FROM task WHERE id = :taskId', {
        taskId,
      });
    expect(task).toMatchObject({ state: 'done', done_count: 3, failed_count: 1 });
    expect((task as { note: string }).note).toContain('1 户未能转入新村');
    held.clear();
    await county.do(actor, remapVillage, form());
    await run();
    expect(await place(ids[2] as string, '2018-02-01')).toBe(OTHER_VILLAGE);
    const edits = await county.platform.db
      .reader()
      .rows("SELECT task_id FROM household_edit WHERE act = 'households.remap-village'");
    expect(edits).toHaveLength(4);
  });

  test.each([
    ['into itself', { toRegion: VILLAGE }, 'households.place-unchanged'],
    ['into a township', { toRegion: TOWNSHIP }, 'identity.region-unknown'],
    ['into another county', { toRegion: FOREIGN_VILLAGE }, 'households.place-outside'],
    ['in the future', { fromOn: '2018-03-02' }, 'households.day-in-future'],
  ])('a merger %s is refused', async (_, changes, code) => {
    expect(await refusedUnchanged(county, actor, remapVillage, form(changes))).toBe(code);
  });

  test('without permission or from elsewhere it is refused', async () => {
    const nobody = county.actor({ permissions: ['households.edit'] });
    expect(await refusedUnchanged(county, nobody, remapVillage, form())).toBe(
      'platform.not-permitted',
    );
    const foreign = editor(county, '450226000000');
    expect(await refusedUnchanged(county, foreign, remapVillage, form())).toBe('platform.absent');
  });
});
