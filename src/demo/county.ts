/**
 * A believable county, made of acts: households at every stage, a loan that is due, one that is overdue, one whose
 * claim waits for its signatures, one that is settled; fund, subsidies, visits, and the nights in between.
 */

import {
  addDays,
  addMonths,
  type BusinessDate,
  settlementDays,
  settlementPeriodOf,
} from '../platform/dates';
import { percent } from '../platform/rate';
import { lprOn } from '../policy';
import { type Chapter, daysTo, type StoryFacts, type StoryPlan, tell } from './household-story';
import { demoPerson } from './invented';
import { type Cast, settlePeople } from './people';
import { DEMO_PLACES } from './places';
import type { Happening, Stage } from './stage';

/** How far a household has come, as seen from the present. */
interface Outline {
  until: Chapter;
  /** For paid-out loans: days until maturity, negative when it lies behind. */
  maturesIn?: number;
  /** For the others: the day of the last step, days before the present. */
  daysAgo?: number;
  amount: string;
  months: number;
  fate?: 'settled' | 'collected' | 'claimed';
}

const OUTLINES: readonly Outline[] = [
  { until: 'disbursed', maturesIn: -150, amount: '30000.00', months: 12, fate: 'settled' },
  { until: 'disbursed', maturesIn: -95, amount: '50000.00', months: 12, fate: 'claimed' },
  { until: 'disbursed', maturesIn: -40, amount: '50000.00', months: 12, fate: 'collected' },
  { until: 'disbursed', maturesIn: 7, amount: '40000.00', months: 12 },
  { until: 'disbursed', maturesIn: 500, amount: '50000.00', months: 24 },
  { until: 'disbursed', maturesIn: 660, amount: '20000.00', months: 24 },
  { until: 'certified', daysAgo: 1, amount: '50000.00', months: 36 },
  { until: 'posted', daysAgo: 2, amount: '30000.00', months: 24 },
  // A neighbour on the same sheet: the two were passed on one day and hang on one.
  { until: 'posted', daysAgo: 2, amount: '20000.00', months: 12 },
  { until: 'township', daysAgo: 1, amount: '50000.00', months: 36 },
  { until: 'applied', daysAgo: 1, amount: '20000.00', months: 12 },
  { until: 'lined', daysAgo: 2, amount: '50000.00', months: 36 },
  { until: 'rated', daysAgo: 2, amount: '50000.00', months: 36 },
  { until: 'registered', daysAgo: 1, amount: '50000.00', months: 36 },
];

const USES = [
  ['CAMELLIA_OIL', '种植油茶二十亩'],
  ['LOCAL_CHICKEN', '林下养殖凤鸡五百羽'],
  ['SELENIUM_FRUIT', '种植百香果八亩'],
  ['QUALITY_RICE', '种植优质稻与稻田养鱼'],
] as const;

/** Between these days no product could be signed: the second had ended, the third had not begun. */
const GAP = { from: '2026-01-01', to: '2026-03-05', before: '2025-12-31' as BusinessDate };

/** The day itself, unless it or the application for it falls into the gap. */
const signable = (date: BusinessDate): BusinessDate => {
  const appliedOn = addDays(date, daysTo('applied') - daysTo('disbursed'));
  return date >= GAP.from && appliedOn <= GAP.to ? GAP.before : date;
};

const productOn = (date: BusinessDate): string => (date > GAP.to ? 'BFXD' : 'TPXD');

/** When the household is registered, so that its last step or its maturity falls where the outline wants it. */
function registrationDay(outline: Outline, present: BusinessDate): BusinessDate {
  if (outline.maturesIn === undefined) {
    return addDays(present, -(outline.daysAgo ?? 0) - daysTo(outline.until));
  }
  const signedOn = signable(addMonths(addDays(present, outline.maturesIn), -outline.months));
  return addDays(signedOn, -daysTo('disbursed'));
}

async function planOf(
  stage: Stage,
  outline: Outline,
  at: number,
  present: BusinessDate,
): Promise<StoryPlan> {
  const registeredOn = registrationDay(outline, present);
  const signedOn = addDays(registeredOn, daysTo('disbursed'));
  const { value: rates } = await lprOn(
    stage.platform.db.reader(),
    signedOn < present ? signedOn : present,
  );
  const [useCode, useDetail] = USES[at % USES.length]!;
  const person = demoPerson(at);
  return {
    code: `${DEMO_PLACES.village}-${String(at + 1).padStart(4, '0')}`,
    ...person,
    incomeLevel: 'COVERS',
    registeredOn,
    until: outline.until,
    loan: {
      productCode: productOn(signedOn),
      amount: outline.amount,
      termMonths: outline.months,
      rate: percent(outline.months <= 12 ? rates.lpr1yPpm : rates.lpr5yPpm),
      useCode,
      useDetail,
    },
  };
}

/** Builds the county up to the evening before `present`. */
export async function buildCounty(stage: Stage, present: BusinessDate): Promise<void> {
  const plans = await Promise.all(
    OUTLINES.map((outline, at) => planOf(stage, outline, at, present)),
  );
  const first = plans.map((plan) => plan.registeredOn).sort()[0]!;
  await stage.play([{ on: addDays(first, -1), run: async () => undefined }]);
  const { cast, bankId } = await settlePeople(stage);
  const happenings: Happening[] = [{ on: addDays(first, -1), run: () => fund(stage, cast) }];
  for (const [at, plan] of plans.entries()) {
    const { facts, happenings: own } = tell(stage, cast, bankId, plan);
    happenings.push(...own, ...fateOf(stage, cast, OUTLINES[at]!, plan, facts));
    if (plan.until === 'disbursed') happenings.push(...ownInterest(stage, cast, plan, facts));
  }
  happenings.push(
    ...subsidies(stage, cast, first, present),
    ...nights(stage, plans, first, present),
  );
  await stage.play(happenings.filter((happening) => happening.on < present));
}

async function fund(stage: Stage, cast: Cast): Promise<void> {
  const { county } = DEMO_PLACES;
  // 1,571万 is what the county really held in 2018 (广西精准脱贫攻坚简报2018年第45期).
  const money = { county, source: 'COUNTY', document: '龙财农〔2018〕45号(演示)' };
  await stage.act(cast.company!, 'riskfund.contribute', { ...money, amount: '15710000.00' });
  await stage.act(cast.finance!, 'subsidies.appropriate', { ...money, amount: '200000.00' });
}

function fateOf(
  stage: Stage,
  cast: Cast,
  outline: Outline,
  plan: StoryPlan,
  facts: Partial<StoryFacts>,
): Happening[] {
  const signedOn = addDays(plan.registeredOn, daysTo('disbursed'));
  const maturesOn = addMonths(signedOn, outline.months);
  const after = (days: number, run: () => Promise<unknown>) => ({
    on: addDays(maturesOn, days),
    run,
  });
  if (outline.fate === 'settled') return [after(0, () => repayAll(stage, cast, facts, maturesOn))];
  if (!outline.fate) return [];
  const visit = (days: number) => ({
    loanId: facts.loanId,
    visitedOn: addDays(maturesOn, days),
    place: '借款人家中',
    metWith: '借款人本人',
    finding: '项目在，因收购价下跌暂时周转困难，承诺分期归还。',
    useChecked: true,
  });
  const demand = (kind: string, days: number) => ({
    loanId: facts.loanId,
    kind,
    heldOn: addDays(maturesOn, days),
    evidence: '会议纪要与送达回执存档(演示)',
  });
  return [
    after(15, () => stage.act(cast.village!, 'collections.record-visit', visit(15))),
    after(30, () =>
      stage.act(cast.township!, 'collections.record-demand', demand('TOWNSHIP_MEETING', 30)),
    ),
    ...(outline.fate === 'claimed' ? claim(stage, cast, facts, after, demand) : []),
  ];
}

/** On the day after each settlement before maturity the household pays its own part of the interest. */
function ownInterest(
  stage: Stage,
  cast: Cast,
  plan: StoryPlan,
  facts: Partial<StoryFacts>,
): Happening[] {
  const paidOutOn = addDays(plan.registeredOn, daysTo('disbursed'));
  const last = addDays(addMonths(paidOutOn, plan.loan.termMonths), -2);
  return settlementDays(paidOutOn, last).map((day) => ({
    on: addDays(day, 1),
    run: async () => {
      const { loanId } = facts;
      const { position } = await stage.ask<{ position: { ownInterestDue: string } }>(
        cast.bank!,
        'loans.get',
        { loanId },
      );
      if (position.ownInterestDue === '0.00') return;
      await stage.act(cast.bank!, 'loans.repay', {
        ...{ loanId, amount: position.ownInterestDue, paidOn: addDays(day, 1) },
        bankReference: `ZF-${plan.code}-${day}`,
      });
    },
  }));
}

function claim(
  stage: Stage,
  cast: Cast,
  facts: Partial<StoryFacts>,
  after: (days: number, run: () => Promise<unknown>) => Happening,
  demand: (kind: string, days: number) => object,
): Happening[] {
  return [
    after(60, () =>
      stage.act(cast.bank!, 'collections.record-demand', demand('FORMAL_DEMAND', 60)),
    ),
    after(93, async () => {
      const made = await stage.act<{ id: string; contentDigest: string }>(
        cast.bank!,
        'riskfund.claim-compensation',
        { loanId: facts.loanId },
      );
      const seen = { claimId: made.id, contentDigest: made.contentDigest };
      await stage.act(cast.county2!, 'riskfund.sign-claim', seen);
    }),
  ];
}

async function repayAll(
  stage: Stage,
  cast: Cast,
  facts: Partial<StoryFacts>,
  on: BusinessDate,
): Promise<void> {
  const { loanId } = facts;
  const { total: amount } = await stage.ask<{ total: string }>(cast.bank!, 'loans.payoff', {
    loanId,
  });
  const bankReference = `HK-${on}`;
  await stage.act(cast.bank!, 'loans.repay', { loanId, amount, paidOn: on, bankReference });
}

/** Each settled quarter is proposed, approved and paid; the newest waits for its approval. */
function subsidies(
  stage: Stage,
  cast: Cast,
  first: BusinessDate,
  present: BusinessDate,
): Happening[] {
  const { county } = DEMO_PLACES;
  const days = settlementDays(addDays(first, daysTo('disbursed') + 1), addDays(present, -2));
  return days.map((day, at) => ({
    on: addDays(day, 1),
    run: async () => {
      const quarter = { county, periodCode: settlementPeriodOf(day).code };
      const { contentDigest } = await stage.act<{ contentDigest: string }>(
        cast.county!,
        'subsidies.propose-quarter',
        quarter,
      );
      if (at === days.length - 1) return;
      await stage.act(cast.approver!, 'subsidies.approve-quarter', { ...quarter, contentDigest });
      const payment = { ...quarter, contentDigest, voucher: `PZ-${quarter.periodCode}` };
      await stage.act(cast.finance!, 'subsidies.pay-quarter', payment);
    },
  }));
}

/** Nights that have something to do: settlement days, the days of the reminder ladder, and the last ones. */
function nights(
  stage: Stage,
  plans: readonly StoryPlan[],
  first: BusinessDate,
  present: BusinessDate,
): Happening[] {
  const ladder = [-30, -7, 1, 15, 30, 60, 90];
  const matures = plans
    .filter((plan) => plan.until === 'disbursed')
    .map((plan) =>
      addMonths(addDays(plan.registeredOn, daysTo('disbursed')), plan.loan.termMonths),
    );
  const days = new Set<BusinessDate>([
    ...settlementDays(first, addDays(present, -1)),
    ...matures.flatMap((date) => ladder.map((offset) => addDays(date, offset))),
    ...[-3, -2, -1].map((offset) => addDays(present, offset)),
  ]);
  return [...days].sort().map((date) => ({ on: date, run: () => stage.night(date) }));
}
