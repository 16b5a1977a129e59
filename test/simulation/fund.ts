/** Operations on the risk-compensation fund: money in, claims, three signatures, payment, and what comes back. */
import { daysBetween } from '../../src/platform/dates';
import {
  differs,
  fenOf,
  nothing,
  type Operation,
  operation,
  type Tried,
  yuanText,
} from './operation';
import { COUNTY, COUNTY_PLACE } from './people';
import { fundPart, RECORDS, TRIGGER_DAYS } from './rules';
import {
  type Claim,
  duesOn,
  type Loan,
  outstanding,
  pendingSubsidy,
  type Recovery,
  settleMissed,
  type World,
} from './world';

const contribute = operation<typeof COUNTY>({
  act: 'riskfund.contribute',
  weight: 1,
  roles: ['platform-company-officer', 'county-approver'],
  records: () => [COUNTY],
  due: (world) => world.fundBalance - world.fundReserved < 10_000_000,
  place: () => COUNTY_PLACE,
  input: (dice, county, world, wild) => ({
    county,
    source: dice.one(['CENTRAL', 'PROVINCE', 'CITY', 'COUNTY']),
    document: (wild ? dice.pick([...world.papers.fund]) : undefined) ?? `龙财农 ${world.next()}`,
    // Now and then so little that a claim finds the fund short.
    amount: yuanText(
      dice.percent(30) ? dice.int(wild ? 0 : 1, 3_000_000) : dice.int(5_000_000, 40_000_000),
    ),
  }),
  grounds: ({ world, input }) => [
    ['something is paid in', fenOf(input.amount) > 0],
    ['the document is new', !world.papers.fund.has(input.document)],
  ],
  learn: ({ world, input }, answer) => {
    world.papers.fund.add(input.document);
    world.fund.open = true;
    world.fund.contributed += fenOf(input.amount);
    return differs('balance of the fund', world.fundBalance, fenOf(answer.balance));
  },
});

/** What the fund is asked for: principal and normal interest owed, without what the county has undertaken to pay. */
function lossOf(world: World, loan: Loan) {
  const { interest, principal } = duesOn(loan, world.today);
  const claimed = Math.max(0, interest - pendingSubsidy(world, loan));
  return { principal, interest: claimed, amount: fundPart(principal + claimed) };
}

const overdueDays = (world: World, loan: Loan): number =>
  loan.state === 'running' && outstanding(loan) > 0 && world.today > loan.maturesOn
    ? daysBetween(loan.maturesOn, world.today)
    : 0;

const claimable = (world: World, loan: Loan): boolean =>
  overdueDays(world, loan) > TRIGGER_DAYS &&
  loan.counted >= RECORDS &&
  loan.useChecked &&
  !world.standingClaim(loan);

const claim = operation<Loan>({
  act: 'riskfund.claim-compensation',
  weight: 16,
  roles: ['bank-officer', 'bank-approver'],
  records: ({ loans }) => loans,
  due: (world, loan) =>
    claimable(world, loan) && lossOf(world, loan).amount <= world.fundBalance - world.fundReserved,
  place: ({ household, bank }) => ({ region: household.village, bank }),
  input: (_dice, { id }) => ({ loanId: id }),
  grounds: ({ world, record }) => {
    const { amount } = lossOf(world, record);
    return [
      ['it was not compensated', record.compensatedOn === null],
      ['it is more than 90 days overdue', overdueDays(world, record) > TRIGGER_DAYS],
      ['three records of collection count', record.counted >= RECORDS],
      ['the use was checked', record.useChecked],
      ['no claim stands', !world.standingClaim(record)],
      ['there is something to bear', amount > 0],
      ['the fund has it free', world.fund.open && amount <= world.fundBalance - world.fundReserved],
    ];
  },
  learn: ({ world, record, who }, answer) => {
    const loss = lossOf(world, record);
    world.claims.push({
      id: answer.id,
      loan: record,
      by: who,
      digest: answer.contentDigest,
      principalFen: loss.principal,
      interestFen: loss.interest,
      amountFen: loss.amount,
      state: 'submitted',
      seats: new Map(),
      dueBackFen: 0,
      leftOut: new Set(
        world.runs
          .filter(({ state, claims }) => state !== 'paid' && claims.has(record))
          .map(({ period }) => period),
      ),
    });
    return [
      ...differs('claimed principal', loss.principal, fenOf(answer.principal)),
      ...differs('claimed interest', loss.interest, fenOf(answer.interest)),
      ...differs('amount of the claim', loss.amount, fenOf(answer.amount)),
    ];
  },
});

const SEATS = ['poverty-office', 'finance-bureau', 'platform-company'];
const SIGNERS = [
  'county-officer',
  'county-approver',
  'finance-officer',
  'platform-company-officer',
] as const;

const ofClaim = {
  records: ({ claims }: World) => claims,
  place: ({ loan }: Claim) => ({ region: loan.household.village, bank: loan.bank }),
};

const sign = operation<Claim>({
  ...ofClaim,
  act: 'riskfund.sign-claim',
  weight: 18,
  roles: SIGNERS,
  due: (_world, { state }) => state === 'submitted',
  input: (dice, { id, digest }, _world, wild) => ({
    claimId: id,
    contentDigest: wild && dice.percent(50) ? 'b'.repeat(64) : digest,
  }),
  grounds: ({ record, who, input }) => [
    ['the claimant does not sign', record.by !== who],
    ['the body has a seat', SEATS.includes(who.body)],
    ['the content was seen', input.contentDigest === record.digest],
    ['the claim waits for signatures', record.state === 'submitted'],
    ['nobody signs twice', ![...record.seats.values()].includes(who)],
    ['the seat is empty', !record.seats.has(who.body)],
  ],
  learn: ({ record, who }, answer) => {
    record.seats.set(who.body, who);
    if (record.seats.size === 3) record.state = 'signed';
    return differs('state of the claim', record.state, answer.state);
  },
});

const refuse = operation<Claim>({
  ...ofClaim,
  act: 'riskfund.refuse-claim',
  weight: 1,
  roles: SIGNERS,
  due: (_world, { state }) => state === 'submitted' || state === 'signed',
  input: (dice, { id }, _world, wild) => ({
    claimId: id,
    reason: wild && dice.percent(50) ? 'NO_SUCH_REASON' : dice.one(['OUTDATED', 'FALSE_DATA']),
    note: '资料须补正',
  }),
  grounds: ({ record, input }) => [
    ['the claim is not paid or refused', record.state === 'submitted' || record.state === 'signed'],
    ['the reason is known', input.reason !== 'NO_SUCH_REASON'],
  ],
  learn: ({ record }) => {
    record.state = 'refused';
    return nothing();
  },
});

/** Paid only while the borrower still owes what was claimed. */
function stillOwed({ world, record }: Tried<Claim>): boolean {
  const { interest, principal } = duesOn(record.loan, world.today);
  return principal === record.principalFen && interest >= record.interestFen;
}

const pay = operation<Claim>({
  ...ofClaim,
  act: 'riskfund.pay-compensation',
  weight: 18,
  roles: ['finance-officer', 'platform-company-officer'],
  due: (world, record) =>
    record.state === 'signed' &&
    record.loan.state === 'running' &&
    stillOwed({ world, record } as Tried<Claim>),
  input: (_dice, { id }) => ({ claimId: id }),
  grounds: (tried) => [
    ['all three have signed', tried.record.state === 'signed'],
    ['the loan runs', tried.record.loan.state === 'running'],
    ['what was claimed is still owed', stillOwed(tried)],
  ],
  learn: ({ world, record }) => {
    record.state = 'paid';
    settleMissed(record.loan, world.today);
    record.loan.compensatedOn = world.today;
    world.fund.paid += record.amountFen;
    return nothing();
  },
});

const giveBack = operation<Recovery>({
  act: 'riskfund.return-recovery',
  weight: 10,
  roles: ['bank-officer'],
  records: ({ recoveries }) => recoveries,
  due: (_world, { returned }) => !returned,
  place: ({ claim: { loan } }) => ({ region: loan.household.village, bank: loan.bank }),
  input: (_dice, { id }) => ({ recoveryId: id }),
  grounds: ({ record }) => [['it is not back yet', !record.returned]],
  learn: ({ world, record }, answer) => {
    record.returned = true;
    world.fund.returned += record.partFen;
    return differs('part of the fund', record.partFen, fenOf(answer.fundPart));
  },
});

/** Four fifths of what comes in after the fund has paid is the fund's, never more than it paid. */
export function recover(world: World, loan: Loan, fen: number): Recovery | null {
  const claim = world.standingClaim(loan);
  if (claim?.state !== 'paid') return null;
  const part = Math.min(fundPart(fen), claim.amountFen - claim.dueBackFen);
  if (part === 0) return null;
  claim.dueBackFen += part;
  const recovery = { id: '', claim, partFen: part, returned: false };
  world.recoveries.push(recovery);
  return recovery;
}

export const fundOperations: readonly Operation[] = [
  contribute,
  claim,
  sign,
  refuse,
  pay,
  giveBack,
];
