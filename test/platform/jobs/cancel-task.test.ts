/** Who may cancel a long task, and which: refusals change nothing. On both databases. */
import type { Actor } from '../../../src/platform/authority';
import { cancelTask } from '../../../src/platform/jobs/cancel-task';
import { defineTask, startTask } from '../../../src/platform/jobs/task';
import { TaskRunner } from '../../../src/platform/jobs/task-runner';
import { openWork } from '../../../src/platform/work';
import { type County, openCounty } from '../../support/county';
import { describeEachDatabase } from '../../support/databases';

const TOWNSHIP = '450328100000';
const BANK = { id: 'bank-a', kind: 'bank' } as const;

const idle = defineTask({ name: 'toys.idle', title: '空任务', run: async () => null });

describeEachDatabase('Cancelling a task', (open) => {
  let county: County;
  let subjects = 0;
  beforeAll(async () => {
    county = await openCounty(open);
  });
  afterAll(() => county.close());

  const officer = (spec: Partial<Parameters<County['actor']>[0]> = {}) =>
    county.actor({ permissions: ['tasks.cancel'], ...spec });
  const startedBy = (actor: Actor) =>
    county.platform.db.inTransaction((tx) => {
      subjects += 1;
      return startTask(openWork(county.platform, tx, actor, 'test'), idle, {
        subject: { kind: 'list', id: String(subjects) },
        region: TOWNSHIP,
        title: '空任务',
      });
    });
  const cancelled = async (actor: Actor, taskId: string) =>
    (await county.do(actor, cancelTask, { taskId })).state;

  test('when the starter or anybody above cancels it, then it ends and the audit says who', async () => {
    const starter = officer({ region: TOWNSHIP });
    expect(await cancelled(starter, await startedBy(starter))).toBe('cancelled');
    const id = await startedBy(starter);
    const chief = officer({ name: '罗股长' });
    expect(await cancelled(chief, id)).toBe('cancelled');
    const entries = await county.platform.db
      .reader()
      .rows(
        `SELECT actor_name, outcome FROM audit_entry WHERE act = 'platform.cancel-task' AND subject_id = :id`,
        { id },
      );
    expect(entries).toEqual([{ actor_name: '罗股长', outcome: 'done' }]);
  });

  test("when it is the bank's, then the bank may cancel it, another bank may not, the county may", async () => {
    const banker = officer({ org: BANK });
    const id = await startedBy(banker);
    const rival = officer({ org: { id: 'bank-b', kind: 'bank' } });
    expect(await county.refusal(cancelled(rival, id))).toBe('platform.absent');
    expect(await cancelled(officer({ org: { ...BANK, id: 'branch', rootId: 'bank-a' } }), id)).toBe(
      'cancelled',
    );
    expect(await cancelled(officer(), await startedBy(banker))).toBe('cancelled');
  });

  const refused: [string, () => Actor, string][] = [
    ['has no permission', () => county.actor({ permissions: [] }), 'platform.not-permitted'],
    ['is of another township', () => officer({ region: '450328101000' }), 'platform.absent'],
    ['is of a bank, and the task is not', () => officer({ org: BANK }), 'platform.absent'],
  ];
  test.each(refused)('when whoever asks %s, then nothing changes', async (_, who, problem) => {
    const id = await startedBy(officer());
    const before = await county.snapshot('task');
    expect(await county.refusal(cancelled(who(), id))).toBe(problem);
    expect(await county.snapshot('task')).toBe(before);
  });

  test('when there is no such task, or it has ended, then it is refused', async () => {
    const starter = officer();
    expect(await county.refusal(cancelled(starter, county.platform.newId()))).toBe(
      'platform.absent',
    );
    const id = await startedBy(starter);
    county.clock.stepMs(1);
    await new TaskRunner(county.platform, [idle], { holder: 'one' }).runWaiting();
    const before = await county.snapshot('task', 'audit_entry');
    expect(await county.refusal(cancelled(starter, id))).toBe('platform.task-ended');
    expect(await county.snapshot('task', 'audit_entry')).toBe(before);
  });

  test('when it is tried dry, then it goes on waiting', async () => {
    const starter = officer();
    const taskId = await startedBy(starter);
    const before = await county.snapshot('task');
    await county.do(starter, cancelTask, { taskId }, { dryRun: true });
    expect(await county.snapshot('task')).toBe(before);
  });
});
