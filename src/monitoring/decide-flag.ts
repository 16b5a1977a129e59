/**
 * Deciding a flag (认定): the county's poverty office, by somebody who had no part in the checks behind it. Confirmed,
 * the subsidy is lost from the day that the rules name; dismissed, it is paid as if nothing had been. The line stays as it is
 * either way: lifting a freeze is the bank's own act.
 */
import { loseSubsidy, releaseSubsidy } from '../loans';
import { defineAct } from '../platform/act';
import { type BusinessDate, settlementPeriod } from '../platform/dates';
import { answer, codeField, idField, listOf, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { subsidiesOf } from '../subsidies';
import { holdCause, lineStateOf } from './failed-check';
import { FlagStore } from './flag.store';
import type { MonitoringFlag } from './monitoring.entity';
import { useDiverted } from './monitoring-events';
import { P } from './problems';
import { FLAG_STATES } from './use-check';
import { UseCheckStore } from './use-check.store';
import { useCheckRules } from './use-check-rules';

interface Input {
  flagId: string;
  outcome: 'confirmed' | 'dismissed';
  reason: string;
}

interface FlagAt {
  region: string;
  org: string;
  flag: MonitoringFlag;
}

interface DecisionAnswer {
  flagId: string;
  loanId: string;
  state: string;
  decidedOn: string;
  subsidyLostFrom: string | null;
  quartersHeld: string[];
  lineState: string | null;
  next: string;
}

export const decideFlag = defineAct<Input, FlagAt, DecisionAnswer>({
  name: 'monitoring.decide-flag',
  title: '认定用途预警',
  permission: 'monitoring.decide-flag',
  input: shape<Input>({
    flagId: idField('预警编号'),
    outcome: codeField(['confirmed', 'dismissed'], '成立或不成立'),
    reason: textField(500, '认定理由和依据，不写身份证号、电话'),
  }),
  answer: shape<DecisionAnswer>({
    flagId: idField('预警编号'),
    loanId: idField('贷款编号'),
    state: codeField(FLAG_STATES, '状态'),
    decidedOn: answer.date('认定日'),
    subsidyLostFrom: answer.date('自此日起不再贴息').allow(null),
    quartersHeld: listOf(answer.text('待认定期间已按暂不贴息编制的季度')),
    lineState: answer.text('授信额度状态；无额度时为空').allow(null),
    next: answer.text('后续事项'),
  }),
  locate: async (work, { flagId }) => {
    const flag = await new FlagStore(work).get(flagId);
    return { region: flag.regionCode, org: flag.bankId, flag };
  },
  duty: async (work, _input, { flag }) => {
    const { actor } = work;
    if (actor.organisation?.kind !== 'poverty-office') throw P.notPovertyOffice();
    const checked = await new UseCheckStore(work).checkedUnder(flag.id, actor.id);
    if (checked || flag.raisedBy === actor.id) throw P.ownFlag();
  },
  run: async (work, { outcome, reason }, { flag }) => {
    if (flag.state !== 'open') throw P.flagDecided({ detail: `认定日 ${flag.decidedOn}` });
    const decided = await new FlagStore(work).decide(flag, { state: outcome, reason });
    const { from, lostFrom } = await decideSubsidy(work, decided);
    const { id: flagId, kind, loanId, householdId } = decided;
    work.record({
      subject: { kind: 'flag', id: flagId },
      related: [
        { kind: 'loan', id: loanId },
        { kind: 'household', id: householdId },
        { kind: 'check', id: flag.checkId },
      ],
      before: { state: flag.state },
      after: { state: outcome, reason, subsidyLostFrom: lostFrom },
    });
    if (lostFrom !== null) {
      const decidedOn = work.today;
      await work.emit(useDiverted, { flagId, kind, loanId, householdId, decidedOn, lostFrom });
    }
    return {
      ...{ flagId, loanId, state: outcome, decidedOn: work.today, subsidyLostFrom: lostFrom },
      quartersHeld: await quartersSince(work, loanId, from, lostFrom),
      lineState: await lineStateOf(work, householdId),
      next: NEXT[outcome],
    };
  },
});

const NEXT: Readonly<Record<Input['outcome'], string>> = {
  confirmed: '停止贴息；授信额度的调减、取消和贷款的提前收回由承贷银行另行办理。',
  dismissed: '恢复贴息；授信额度仍为冻结的，由承贷银行的审批人办理解冻。',
};

/** The first day that was held, and the first for which the subsidy is lost (null: none). */
async function decideSubsidy(
  work: Work,
  flag: MonitoringFlag,
): Promise<{ from: BusinessDate; lostFrom: BusinessDate | null }> {
  const cause = holdCause(flag.id);
  if (flag.state === 'dismissed') {
    return { from: (await releaseSubsidy(work, cause)).fromOn, lostFrom: null };
  }
  const { value: rules } = await policyAsOf(work.tx, useCheckRules, {
    ...{ region: flag.regionCode, date: work.today },
  });
  const { visitedOn } = await new UseCheckStore(work).check(flag.checkId);
  const from = rules.subsidyLostFrom === 'VISIT' ? visitedOn : work.today;
  const hold = await loseSubsidy(work, { ...cause, from });
  return { from: hold.fromOn, lostFrom: hold.lostFromOn };
}

/** The quarters computed meanwhile that left out days which are not lost after all: what is still owed for. */
async function quartersSince(
  work: Work,
  loanId: string,
  from: BusinessDate,
  lostFrom: BusinessDate | null,
): Promise<string[]> {
  if (lostFrom !== null && lostFrom <= from) return [];
  const claims = await subsidiesOf(work.tx, loanId);
  return claims
    .map(({ periodCode }) => periodCode)
    .filter((periodCode) => {
      const period = settlementPeriod(periodCode);
      return period.untilExclusive > from && (lostFrom === null || period.from < lostFrom);
    });
}
