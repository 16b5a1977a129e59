/** The screens of long tasks: whose they are, newest first, by kind and state. On both databases. */
import type { Actor } from '../../../src/platform/authority';
import { cancelTask } from '../../../src/platform/jobs/cancel-task';
import { defineTask, startTask } from '../../../src/platform/jobs/task';
import { listTasks, showTask } from '../../../src/platform/jobs/tasks.queries';
import { openWork } from '../../../src/platform/work';
import { type County, openCounty } from '../../support/county';
import { describeEachDatabase } from '../../support/databases';

const TOWNSHIP = '450328100000';
const listImport = defineTask({ name: 'toys.import', title: '导入', run: async () => null });
const round = defineTask({ name: 'toys.round', title: '评级', run: async () => null });

describeEachDatabase('The screens of long tasks', (open) => {
  let county: County;
  let imported: string;
  let rated: string;
  let ofBank: string;

  const start = (actor: Actor, kind: typeof round, subject: string, region: string) =>
    county.platform.db.inTransaction((tx) =>
      startTask(openWork(county.platform, tx, actor, 'test'), kind, {
        subject: { kind: 'list', id: subject },
        region,
        title: kind.title,
        total: 40,
      }),
    );
  const reader = (spec: Partial<Parameters<County['actor']>[0]> = {}) =>
    county.actor({ permissions: ['tasks.read'], ...spec });
  const seen = async (actor: Actor, input = {}) =>
    (await county.ask(actor, listTasks, input)).items.map(({ id }) => id);

  beforeAll(async () => {
    county = await openCounty(open);
    const officer = county.actor({ permissions: ['tasks.cancel'], name: '韦经办' });
    const banker = county.actor({ permissions: [], org: { id: 'bank-a', kind: 'bank' } });
    imported = await start(officer, listImport, 'a', TOWNSHIP);
    county.clock.stepMs(1000);
    rated = await start(officer, round, 'b', '450328101000');
    ofBank = await start(banker, round, 'c', TOWNSHIP);
    await county.do(officer, cancelTask, { taskId: rated });
  });
  afterAll(() => county.close());

  test('the county sees all of them, newest first, page by page', async () => {
    expect(await seen(reader())).toEqual([ofBank, rated, imported]);
    const first = await county.ask(reader(), listTasks, { size: 2 });
    expect(first.items).toHaveLength(2);
    expect(await seen(reader(), { size: 2, after: first.next })).toEqual([imported]);
  });

  test('a township sees its own, a bank its own, another county none', async () => {
    expect(await seen(reader({ region: TOWNSHIP }))).toEqual([ofBank, imported]);
    expect(await seen(reader({ org: { id: 'bank-a', kind: 'bank' } }))).toEqual([ofBank]);
    expect(await seen(reader({ org: { id: 'bank-b', kind: 'bank' } }))).toEqual([]);
    expect(await seen(reader({ region: '450226000000' }))).toEqual([]);
  });

  test('kind and state narrow the list', async () => {
    expect(await seen(reader(), { kind: 'toys.round' })).toEqual([ofBank, rated]);
    expect(await seen(reader(), { state: 'waiting' })).toEqual([ofBank, imported]);
    expect(await seen(reader(), { kind: 'toys.import', state: 'cancelled' })).toEqual([]);
    const unknown = county.ask(reader(), listTasks, { state: 'asleep' });
    expect(await county.refusal(unknown)).toBe('platform.invalid-input');
  });

  test('one task shows its progress and its story', async () => {
    expect(await county.ask(reader(), showTask, { taskId: rated })).toEqual({
      id: rated,
      kind: 'toys.round',
      title: '评级',
      subject: { kind: 'list', id: 'b' },
      region: '450328101000',
      state: 'cancelled',
      cancelAsked: true,
      total: 40,
      done: 0,
      failed: 0,
      note: '由韦经办取消；已办理的部分保留。',
      startedBy: expect.any(String),
      startedByName: '韦经办',
      createdAt: '2018-03-01T09:00:01.000+08:00',
      endedAt: '2018-03-01T09:00:01.000+08:00',
    });
  });

  test('a task elsewhere is as absent as one that never was; without the permission nothing is shown', async () => {
    const elsewhere = reader({ region: TOWNSHIP });
    const nowhere = county.platform.newId();
    for (const taskId of [rated, nowhere]) {
      expect(await county.refusal(county.ask(elsewhere, showTask, { taskId }))).toBe(
        'platform.absent',
      );
    }
    const nobody = county.actor({ permissions: [] });
    expect(await county.refusal(county.ask(nobody, listTasks))).toBe('platform.not-permitted');
  });
});
