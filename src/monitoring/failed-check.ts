/**
 * What follows from a failed check, in its own transaction: a flag for the county to judge, the credit line down as the
 * line rules of the day say, and the subsidy held from the day of the visit. One standing flag a loan: a further failed
 * check joins it.
 */
import { lineOn, reportLineTrigger } from '../credit';
import { holdSubsidy } from '../loans';
import type { Work } from '../platform/work';
import { FlagStore } from './flag.store';
import type { MonitoringFlag, UseCheck } from './monitoring.entity';
import { type FlagKind, USE_NAMES } from './use-check';

/** The cause under which the loan book holds the subsidy. */
export const holdCause = (flagId: string) => ({ causeKind: 'monitoring-flag', causeId: flagId });

/** What a failed check brought about. */
export interface Consequences {
  flag: MonitoringFlag;
  /** Null: the household has no line. */
  lineState: string | null;
}

/**
 * Raises the flag of a check that has been added.
 * @param standing the flag that the loan has already, or null.
 */
export async function followFailedCheck(
  work: Work,
  check: UseCheck,
  { kind, standing }: { kind: FlagKind; standing: MonitoringFlag | null },
): Promise<Consequences> {
  const { householdId, loanId, visitedOn } = check;
  const flag =
    standing ?? (await new FlagStore(work).raise(check.flagId ?? work.newId(), kind, check));
  await reportLineTrigger(work, {
    householdId,
    trigger: 'USE_CHECK_FAILED',
    evidence: `${visitedOn} 用途检查：${USE_NAMES[check.useFound]}（检查编号 ${check.id}）`,
  });
  if (flag.state === 'open') {
    await holdSubsidy(work, { loanId, from: visitedOn, ...holdCause(flag.id) });
  }
  return { flag, lineState: await lineStateOf(work, householdId) };
}

/** The state of a household's line today, or null when it has none. */
export async function lineStateOf(work: Work, householdId: string): Promise<string | null> {
  return (await lineOn(work.tx, householdId, work.today))?.state ?? null;
}
