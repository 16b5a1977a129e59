/** Operations on the interest subsidy: money appropriated, quarters proposed, approved and paid by three people. */
import { addDays, type BusinessDate, businessDate } from '../../src/platform/dates';
import type { Answer } from './answer';
import { recover } from './fund';
import { periodCode, periodEnd, subsidyOf } from './interest';
import {
  differs,
  fenOf,
  nothing,
  type Operation,
  operation,
  type Teller,
  type Tried,
  yuanText,
} from './operation';
import { COUNTY, COUNTY_PLACE } from './people';
import { productOn, shareOn } from './rules';
import {
  duesOn,
  kindOn,
  type Loan,
  type Run,
  settleIfPaid,
  settleMissed,
  type World,
} from './world';

const appropriate = operation<typeof COUNTY>({
  act: 'subsidies.appropriate',
  weight: 1,
  roles: ['finance-officer'],
  records: () => [COUNTY],
  due: (world) => world.countyBalance < 200_000,
  place: () => COUNTY_PLACE,
  input: (dice, county, world, wild) => ({
    county,
    source: dice.one(['CENTRAL', 'PROVINCE', 'CITY', 'COUNTY']),
    document: (wild ? dice.pick([...world.papers.county]) : undefined) ?? `龙财农 ${world.next()}`,
    amount: yuanText(dice.int(wild ? 0 : 1, dice.percent(40) ? 20_000 : 500_000)),
  }),
  grounds: ({ world, input }) => [
    ['something is appropriated', fenOf(input.amount) > 0],
    ['the document is new', !world.papers.county.has(input.document)],
  ],
  learn: ({ world, input }) => {
    world.papers.county.add(input.document);
    world.county.appropriated += fenOf(input.amount);
    return nothing();
  },
});

const FIRST_QUARTER = businessDate('2018-03-20');

/** The quarters from the beginning to the one in which today lies, by their last days. */
export function quarters(world: World): BusinessDate[] {
  const ends: BusinessDate[] = [];
  for (let end = FIRST_QUARTER; end <= periodEnd(world.today); end = periodEnd(addDays(end, 1))) {
    ends.push(end);
  }
  return ends;
}

const runOf = (world: World, end: BusinessDate): Run | undefined =>
  world.runs.find(({ period }) => period === periodCode(end));

const paidOut = (world: World): Loan[] => world.loans.filter(({ state }) => state !== 'signed');

/** What a loan bore in a quarter before maturity, as far as it is booked, and what the county pays of it. */
function owedFor(loan: Loan, end: BusinessDate) {
  const listed = wasListed(loan);
  const share = (day: BusinessDate) => (listed ? shareOn(loan.product, day) : 0);
  return subsidyOf(loan, periodCode(end), loan.bookedUntil, share);
}

/** Whether the household was on a list that the product serves on the lending day. */
function wasListed({ household, product, disbursedOn, signedOn }: Loan): boolean {
  const kinds = productOn(product, signedOn)?.kinds ?? [];
  return kinds.includes(kindOn(household, disbursedOn) ?? '');
}

/**
 * Every running loan's interest is in the books to the end of the quarter or of its term. Whether days after maturity
 * may be missing, which no county pays for, the rules do not say.
 */
function settled(world: World, end: BusinessDate): boolean | 'open' {
  const until = addDays(end, 1);
  const short = paidOut(world).filter(
    ({ state, disbursedOn, bookedUntil }) =>
      state === 'running' && disbursedOn <= end && bookedUntil < until,
  );
  if (short.some((loan) => loan.bookedUntil < loan.maturesOn)) return false;
  return short.length === 0 || 'open';
}

const bearing = (world: World, end: BusinessDate): Loan[] =>
  paidOut(world).filter((loan) => owedFor(loan, end).days > 0);

const propose = operation<BusinessDate>({
  act: 'subsidies.propose-quarter',
  weight: 4,
  roles: ['county-officer'],
  records: quarters,
  due: (world, end) =>
    world.today > end &&
    !runOf(world, end) &&
    settled(world, end) === true &&
    bearing(world, end).length > 0,
  place: () => COUNTY_PLACE,
  input: (_dice, end) => ({ county: COUNTY, periodCode: periodCode(end) }),
  grounds: ({ world, record: end }) => [
    ['the quarter is over', world.today > end],
    ['it was not proposed', !runOf(world, end)],
    ['every running loan is settled to its end', settled(world, end)],
    ['some loan bore interest in it', bearing(world, end).length > 0],
  ],
  learn: ({ world, record: end, who, input }, answer) => {
    const claims: Run['claims'] = new Map();
    for (const loan of bearing(world, end)) {
      const { interest, subsidised } = owedFor(loan, end);
      claims.set(loan, { interest, subsidised });
    }
    const { periodCode: period } = input;
    world.runs.push({
      period,
      digest: answer.contentDigest,
      state: 'proposed',
      hands: [who],
      claims,
    });
    const sum = (of: 'interest' | 'subsidised') =>
      [...claims.values()].reduce((whole, claim) => whole + claim[of], 0);
    return [
      ...differs('claims of the quarter', claims.size, answer.claimCount),
      ...differs('interest of the quarter', sum('interest'), fenOf(answer.interest)),
      ...differs('subsidy of the quarter', sum('subsidised'), fenOf(answer.subsidised)),
    ];
  },
});

const ofRun = {
  records: ({ runs }: World) => runs,
  place: () => COUNTY_PLACE,
};

const seen = (run: Run, wrong: boolean) => ({
  county: COUNTY,
  periodCode: run.period,
  contentDigest: wrong ? 'c'.repeat(64) : run.digest,
});

const approve = operation<Run>({
  ...ofRun,
  act: 'subsidies.approve-quarter',
  weight: 10,
  roles: ['county-approver'],
  due: (_world, { state }) => state === 'proposed',
  input: (dice, run, _world, wild) => seen(run, wild && dice.percent(50)),
  grounds: ({ record, who, input }) => [
    ['another person approves', !record.hands.includes(who)],
    ['the quarter is proposed', record.state === 'proposed'],
    ['the content was seen', input.contentDigest === record.digest],
  ],
  learn: ({ record, who }) => {
    record.state = 'approved';
    record.hands.push(who);
    return nothing();
  },
});

const costOf = (run: Run): number =>
  [...run.claims.values()].reduce((sum, { subsidised }) => sum + subsidised, 0);

const pay = operation<Run>({
  ...ofRun,
  act: 'subsidies.pay-quarter',
  weight: 10,
  roles: ['finance-officer'],
  due: (world, run) => run.state === 'approved' && costOf(run) <= world.countyBalance,
  input: (dice, run, world, wild) => ({
    ...seen(run, wild && dice.percent(50)),
    voucher: `PZ-${world.next()}`,
  }),
  grounds: ({ world, record, who, input }) => [
    ['a third person pays', !record.hands.includes(who)],
    ['the quarter is approved', record.state === 'approved'],
    ['the content was seen', input.contentDigest === record.digest],
    ['it was appropriated', costOf(record) <= world.countyBalance],
  ],
  learn: paidQuarter,
});

/**
 * The subsidy pays interest that stands due; what exceeds it is owed to the borrower. Of interest that the fund had
 * borne the fund gets its share back.
 */
async function paidQuarter(
  { world, record, who }: Tried<Run>,
  _answer: Answer,
  tell: Teller,
): Promise<string[]> {
  record.state = 'paid';
  record.hands.push(who);
  world.county.paid += costOf(record);
  for (const [loan, { subsidised }] of record.claims) {
    if (subsidised > 0) settleMissed(loan, world.today);
    const due = loan.state === 'running' ? duesOn(loan, loan.bookedUntil).interest : 0;
    const interest = Math.min(due, subsidised);
    loan.interestPaid += interest;
    loan.overpaid += subsidised - interest;
    loan.touchedOn = world.today;
    settleIfPaid(loan);
    const claim = world.standingClaim(loan);
    const borne = claim && claim.interestFen > 0 && !claim.leftOut.has(record.period);
    const recovery = borne ? recover(world, loan, interest) : null;
    if (!recovery) continue;
    const sql = `SELECT r.id AS id FROM fund_recovery r JOIN loan_event e ON e.origin_id = r.repayment_id
                  WHERE e.natural_key = :key`;
    const key = `subsidy/subsidies.receive/${record.period}/${loan.id}`;
    recovery.id = await tell(sql, { key });
  }
  return [];
}

export const subsidyOperations: readonly Operation[] = [appropriate, propose, approve, pay];
