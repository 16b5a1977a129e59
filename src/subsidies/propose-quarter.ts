/**
 * A county officer proposes the subsidy of a quarter, after its settlement day: every loan of the county that
 * bore interest gets its claim, subsidised or not, with the reason. A quarter is proposed once; what it says is
 * bound by a digest that approval and payment repeat.
 */
import { requireRegion } from '../identity';
import { defineAct } from '../platform/act';
import type { SettlementPeriod } from '../platform/dates';
import { ZERO_FEN } from '../platform/money';
import { regionField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { computeClaims } from './compute-claims';
import { subsidyCycle } from './parameters';
import { P } from './problems';
import { closedPeriod, openDigest, runSubject } from './quarter';
import { periodField, type RunAnswer, runAnswer, runShape } from './run-answer';
import type { SubsidyRun } from './subsidy.entity';
import { SubsidyStore } from './subsidy.store';

interface Input {
  county: string;
  periodCode: string;
}

export const proposeQuarter = defineAct<Input, { region: string }, RunAnswer>({
  name: 'subsidies.propose-quarter',
  title: '提出季度贴息',
  permission: 'subsidies.propose',
  input: shape<Input>({ county: regionField('县'), periodCode: periodField() }),
  answer: runShape,
  locate: async (work, { county }) => {
    await requireRegion(work, county, 'county');
    return { region: county };
  },
  run: async (work, { county, periodCode }) => {
    const period = closedPeriod(periodCode, work.today);
    const store = new SubsidyStore(work);
    const opened = await newRun(work, county, period);
    await store.open(opened);
    const { loanIds, ...totals } = await computeClaims(work, store, opened, period);
    if (totals.claimCount === 0) throw P.nothingToSubsidise({ detail: periodCode });
    const run = await store.change(opened, totals);
    const told = runAnswer(run);
    work.record({
      subject: runSubject(county, periodCode),
      related: loanIds.map((id) => ({ kind: 'loan', id })),
      after: told,
    });
    return told;
  },
});

async function newRun(work: Work, county: string, period: SettlementPeriod): Promise<SubsidyRun> {
  const place = { region: county, date: period.to };
  const cycle = await policyAsOf(work.tx, subsidyCycle, place);
  return {
    regionCode: county,
    periodCode: period.code,
    fromOn: period.from,
    toOn: period.to,
    state: 'proposed',
    payee: cycle.value.payeeDefault,
    cycleRowId: cycle.rowId,
    claimCount: 0,
    interestFen: ZERO_FEN,
    subsidisedFen: ZERO_FEN,
    excludedFen: ZERO_FEN,
    contentDigest: openDigest(county, period.code),
    proposedBy: work.actor.id,
    proposedOn: work.today,
    proposedAt: work.now,
    approvedBy: null,
    approvedOn: null,
    approvedAt: null,
    paidBy: null,
    paidOn: null,
    paidAt: null,
    voucher: null,
    version: 1,
  };
}
