/** Rounds in tests: opening one and letting its tasks run, the people besides those of a rating, and trials of cards. */
import { creditTasks } from '../../src/credit';
import { collect } from '../../src/credit/collect';
import { enterAppraisal } from '../../src/credit/enter-appraisal';
import { openRound } from '../../src/credit/open-round';
import type { Rating } from '../../src/credit/rating.entity';
import { RatingCase } from '../../src/credit/rating-case.entity';
import type { RatingInputs } from '../../src/credit/rating-content';
import { simulateCard } from '../../src/credit/simulate-card';
import type { Actor } from '../../src/platform/authority';
import { findRow } from '../../src/platform/db/store';
import { findTask, viewOf } from '../../src/platform/jobs/task-row';
import { TaskRunner } from '../../src/platform/jobs/task-runner';
import { TOWNSHIP } from '../households/register';
import { type County, PLACES } from '../support/county';
import { answers, TABLES as CREDIT_TABLES, inputsOf, type People, paper, people } from './bank';

/** What a refused act on a round leaves alone. */
export const TABLES = [
  ...CREDIT_TABLES,
  'rating_round',
  'rating_round_skip',
  'round_run',
  'round_run_item',
  'task',
];

/** Who opens rounds, here. */
export function chief(county: County, region: string = PLACES.county): Actor {
  return county.actor({ permissions: ['credit.open-round'], region, name: '县经办' });
}

/** Runs the tasks that wait to their end. */
export async function runTasks(county: County): Promise<number> {
  // A task is due from the instant after its start.
  county.clock.stepMs(1);
  return new TaskRunner(county.platform, creditTasks, { holder: 'test' }).runWaiting();
}

/** A task as screens see it. */
export async function taskOf(county: County, taskId: string) {
  const row = await findTask(county.platform.db.reader(), taskId);
  if (!row) throw new Error(`no task ${taskId}`);
  return viewOf(row);
}

/** Opens a round and lets it open its files. */
export async function aRound(
  county: County,
  wanted: { region?: string; dueOn?: string; includeValid?: boolean; by?: Actor } = {},
) {
  const { by = chief(county), region = TOWNSHIP, dueOn = '2018-12-31', ...rest } = wanted;
  const input = { region, title: '2018 年评级', dueOn, ...rest };
  const round = await county.do(by, openRound, input);
  await runTasks(county);
  return round;
}

/** The open file of a household. */
export async function fileOf(county: County, householdId: string): Promise<RatingCase> {
  const file = await findRow(county.platform.db.reader(), RatingCase, { openKey: householdId });
  if (!file) throw new Error(`household ${householdId} has no open file`);
  return file;
}

/** Fills in the open file of a household and enters its sheets. */
export async function fillIn(
  county: County,
  householdId: string,
  spec: { by?: People; inputs?: RatingInputs } = {},
): Promise<RatingCase> {
  const { by = people(county), inputs = inputsOf() } = spec;
  const { id, version } = await fileOf(county, householdId);
  await county.do(by.collector, collect, answers(id, version, inputs));
  for (const sheet of inputs.appraisals) {
    await county.do(by.collector, enterAppraisal, paper(id, sheet));
  }
  return fileOf(county, householdId);
}

/** The ratings of a round by household code. */
export function ratingsOf(county: County, roundId: string) {
  return county.platform.db
    .reader()
    .rows<{ id: string; code: string; state: Rating['state']; stage: Rating['stage'] }>(
      `SELECT id, household_code AS code, state, stage FROM rating WHERE round_id = :roundId
        ORDER BY household_code, id`,
      { roundId },
    );
}

/** Tries a proposed scorecard on the ratings in force. */
export async function simulated(county: County, rowId: string): Promise<void> {
  await county.do(county.actor({ permissions: ['credit.simulate-card'] }), simulateCard, { rowId });
  await runTasks(county);
}

/** Refused with this code, and nothing of credit or its rounds changed. */
export async function refused(
  county: County,
  code: string,
  attempt: () => Promise<unknown>,
): Promise<void> {
  const before = await county.snapshot(...TABLES);
  expect(await county.refusal(attempt())).toBe(code);
  expect(await county.snapshot(...TABLES)).toBe(before);
}
