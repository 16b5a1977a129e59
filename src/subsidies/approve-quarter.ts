/**
 * The county approver approves a proposed quarter: another person than who proposed it, and the very list that
 * was seen, named by its digest.
 */
import { defineAct } from '../platform/act';
import { regionField, shape } from '../platform/shape';
import { checkContent } from './check-content';
import { P } from './problems';
import { RUN_STATE_NAMES, runSubject } from './quarter';
import { digestField, periodField, type RunAnswer, runAnswer, runShape } from './run-answer';
import type { SubsidyRun } from './subsidy.entity';
import { SubsidyStore } from './subsidy.store';

interface Input {
  county: string;
  periodCode: string;
  contentDigest: string;
}

export const approveQuarter = defineAct<Input, { region: string; run: SubsidyRun }, RunAnswer>({
  name: 'subsidies.approve-quarter',
  title: '审批季度贴息',
  permission: 'subsidies.approve',
  input: shape<Input>({
    county: regionField('县'),
    periodCode: periodField(),
    contentDigest: digestField(),
  }),
  answer: runShape,
  locate: async (work, { county, periodCode }) => {
    const run = await new SubsidyStore(work).run(county, periodCode);
    return { region: run.regionCode, run };
  },
  duty: async (work, _input, { run }) => {
    if (run.proposedBy === work.actor.id) throw P.proposerApproves();
  },
  run: async (work, { contentDigest }, { run }) => {
    if (run.state !== 'proposed') throw P.notProposed({ detail: RUN_STATE_NAMES[run.state] });
    const store = new SubsidyStore(work);
    const loanIds = await checkContent(store, run, contentDigest);
    const approved = await store.change(run, {
      state: 'approved',
      approvedBy: work.actor.id,
      approvedOn: work.today,
      approvedAt: work.now,
    });
    const told = runAnswer(approved);
    work.record({
      subject: runSubject(run.regionCode, run.periodCode),
      related: loanIds.map((id) => ({ kind: 'loan', id })),
      before: runAnswer(run),
      after: told,
    });
    return told;
  },
});
