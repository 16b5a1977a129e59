/** Operations on loans: contract, payout, repayments of every kind, visits and demands. */
import { addDays, daysBetween, maxDate, minDate } from '../../src/platform/dates';
import type { Answer } from './answer';
import type { Dice } from './dice';
import { recover } from './fund';
import {
  differs,
  fenOf,
  type Ground,
  type Operation,
  operation,
  type Tried,
  yuanText,
} from './operation';
import { eligibility, maturity, withinCap } from './rules';
import {
  type Application,
  duesOn,
  type Loan,
  outstanding,
  settleIfPaid,
  type World,
} from './world';

const RATES = ['2.0', '3.0', '4.35', '4.75', '4.7501', '6.0'] as const;

const ppmOf = (percent: string): number => Math.round(Number(percent) * 10_000);

function contract(dice: Dice, application: Application, world: World, wild: boolean) {
  const { amountFen, term } = application;
  const lawful = RATES.filter((rate) => withinCap(ppmOf(rate), term, world.today) === true);
  const number = wild && dice.percent(30) ? dice.pick(world.loans)?.number : undefined;
  const fen = dice.percent(60) ? amountFen : dice.int(Math.min(100, amountFen), amountFen);
  return {
    applicationId: application.id,
    contractNumber: number ?? `HT-${world.next()}`,
    amount: yuanText(wild && dice.percent(30) ? amountFen + 1 : fen),
    termMonths: wild && dice.percent(30) ? term + 1 : term,
    rate: wild ? dice.one(RATES) : (dice.pick(lawful.slice(-2)) ?? '2.0'),
    ...(dice.percent(30) ? { basis: wild && dice.percent(50) ? 364 : 365 } : {}),
  };
}

/** Days after its issue on which a certificate may be laid on the counter. */
const CERTIFICATE_DAYS = 90;

const present = operation<Application>({
  act: 'loans.present-certificate',
  weight: 40,
  roles: ['bank-officer'],
  records: ({ applications }) => applications,
  due: (_world, { state, presentedOn }) => state === 'certified' && presentedOn === null,
  place: ({ household, bank }) => ({ region: household.village, bank }),
  input: (_dice, { certificate }) => ({ certificateNumber: certificate ?? 'DKZ-NONE' }),
  grounds: ({ world, record }) => [
    ['there is a certificate', record.certificate !== null],
    ['it is not used', record.state === 'certified' || record.state === 'approved'],
    ['it is shown once', record.presentedOn === null],
    [
      'it has not expired',
      record.certifiedOn !== null && world.today <= addDays(record.certifiedOn, CERTIFICATE_DAYS),
    ],
    ...eligibility(world, record, record),
  ],
  learn: ({ world, record }) => {
    record.presentedOn = world.today;
    record.household.version += 1;
    return [];
  },
});

/** On a later day than that of the presentation all is asked again. */
const stillEligible = (world: World, application: Application): Ground[] =>
  application.presentedOn === world.today ? [] : eligibility(world, application, application);

const sign = operation<Application>({
  act: 'loans.sign-contract',
  weight: 14,
  roles: ['bank-officer'],
  records: ({ applications }) => applications,
  due: (_world, { state, presentedOn }) => state === 'approved' && presentedOn !== null,
  place: ({ household, bank }) => ({ region: household.village, bank }),
  input: contract,
  grounds: ({ world, record, who, input }) => [
    ['nobody has two parts in one application', !record.hands.includes(who)],
    ['the certificate lies on the counter', record.presentedOn !== null],
    ['the bank has approved', record.state === 'approved'],
    ['the amount was approved', fenOf(input.amount) > 0 && fenOf(input.amount) <= record.amountFen],
    ['the term was approved', input.termMonths <= record.term],
    ['the day basis is allowed', [undefined, 360, 365].includes(input.basis)],
    ['the product is lent on the day', withinProduct(record, world)],
    ['the rate is within the cap', withinCap(ppmOf(input.rate), input.termMonths, world.today)],
    [
      'the number is new in the bank',
      world.loans.every(
        ({ number, bank }) => number !== input.contractNumber || bank !== record.bank,
      ),
    ],
    ...stillEligible(world, record),
  ],
  learn: signed,
});

/** A contract needs a product in force; the rest of the eligibility was asked when the bank decided. */
const withinProduct = ({ product }: Application, { today }: World): boolean =>
  product === 'FPXD' ? today <= '2020-12-31' : today >= '2021-03-04' && today <= '2025-12-31';

function signed({ world, record, who, input }: Tried<Application>, answer: Answer): string[] {
  record.state = 'contracted';
  record.hands.push(who);
  record.version += 1;
  record.household.version += 1;
  world.loans.push({
    id: answer.id,
    number: input.contractNumber,
    application: record,
    household: record.household,
    bank: record.bank,
    product: record.product,
    principalFen: fenOf(input.amount),
    ratePpm: ppmOf(input.rate),
    basis: input.basis ?? 360,
    term: input.termMonths,
    signedBy: who,
    signedOn: world.today,
    state: 'signed',
    disbursedOn: world.today,
    maturesOn: world.today,
    principal: [],
    bookedUntil: world.today,
    interestPaid: 0,
    penaltyPaid: 0,
    principalPaid: 0,
    overpaid: 0,
    touchedOn: null,
    daysOverdue: 0,
    compensatedOn: null,
    counted: 0,
    useChecked: false,
    demands: new Set(),
    references: new Map(),
  });
  return [];
}

const place = ({ household, bank }: Loan) => ({ region: household.village, bank });
const running = (_world: World, { state }: Loan) => state === 'running';

const disburse = operation<Loan>({
  act: 'loans.disburse',
  weight: 14,
  roles: ['bank-officer', 'bank-approver'],
  records: ({ loans }) => loans,
  due: (_world, { state }) => state === 'signed',
  place,
  input: (dice, loan, world, wild) => ({
    loanId: loan.id,
    certificateNumber:
      (wild ? dice.pick(world.applications)?.certificate : null) ?? loan.application.certificate,
    bankReference: `FK-${world.next()}`,
    accountName: wild && dice.percent(20) ? '另一人' : loan.application.member.name,
    account: '6217003010001234567',
  }),
  grounds: ({ record, who, input }) => [
    ['nobody has two parts in one application', !record.application.hands.includes(who)],
    ['the account is the borrower’s', input.accountName === record.application.member.name],
    ['the contract is not paid out yet', record.state === 'signed'],
    [
      'the certificate is that of the loan',
      input.certificateNumber === record.application.certificate,
    ],
  ],
  learn: ({ world, record, who }, answer) => {
    record.state = 'running';
    record.application.hands.push(who);
    record.disbursedOn = world.today;
    record.maturesOn = maturity(world.today, record.term);
    record.bookedUntil = world.today;
    record.principal.push({ from: world.today, fen: record.principalFen });
    return differs('maturity', record.maturesOn, answer.maturesOn);
  },
});

/**
 * On which day, and how much: part, whole, too much, before the payout, dated ahead, or under a known reference. Days
 * before what is booked are left to the random lives of loans, which replay them.
 */
function payment(dice: Dice, loan: Loan, world: World, wild: boolean) {
  const settled = maxDate(loan.bookedUntil, loan.touchedOn ?? loan.bookedUntil);
  const oldest = minDate(settled, world.today);
  const back = dice.int(0, Math.max(0, daysBetween(oldest, world.today)));
  const shift = wild ? dice.int(-40, 2) : -(dice.percent(60) ? 0 : back);
  const asked = addDays(world.today, shift);
  const paidOn = asked >= loan.disbursedOn && asked < oldest ? oldest : asked;
  const { penalty, interest, principal } = duesOn(loan, paidOn);
  const whole = penalty + interest + principal;
  const part = dice.int(1, Math.max(1, Math.floor(whole / dice.int(1, 4))));
  const amount = dice.percent(wild ? 30 : 25) ? whole : part;
  const known = wild ? dice.pick([...loan.references]) : undefined;
  const anew = {
    amount: yuanText(wild && dice.percent(25) ? whole + dice.int(1, 500) : amount),
    paidOn,
  };
  if (!known || dice.percent(30)) {
    const reference = known?.[0] ?? `HK-${world.next()}`;
    return { loanId: loan.id, ...anew, bankReference: reference };
  }
  const [bankReference, { fen, on }] = known;
  return { loanId: loan.id, amount: yuanText(fen), paidOn: on, bankReference };
}

/** The repayment that stands under a bank's reference. */
const standing = ({ world, record, input }: Tried<Loan>) =>
  world.loans
    .filter(({ bank }) => bank === record.bank)
    .map((loan) => ({ loan, paid: loan.references.get(input.bankReference) }))
    .find(({ paid }) => paid !== undefined);

const repay = operation<Loan>({
  act: 'loans.repay',
  weight: 2,
  roles: ['bank-officer'],
  records: ({ loans }) => loans,
  due: running,
  place,
  input: payment,
  grounds: (tried) => {
    const { world, record, input } = tried;
    const fen = fenOf(input.amount);
    const known = standing(tried);
    if (known) {
      const { loan, paid } = known;
      return [
        [
          'one reference is one repayment',
          loan === record && paid?.fen === fen && paid.on === input.paidOn,
        ],
      ];
    }
    return [
      ['the loan runs', record.state === 'running'],
      ['something is paid', fen > 0],
      ['it is not dated ahead', input.paidOn <= world.today],
      ['it is not dated before the payout', input.paidOn >= record.disbursedOn],
    ];
  },
  learn: async (tried, answer, tell) => {
    const { world, record, input } = tried;
    if (standing(tried)) return differs('told as a repeat', true, answer.repeated);
    const found = paid(record, input);
    const told = [
      ...differs('penalty paid', found.penalty, fenOf(answer.penalty)),
      ...differs('interest paid', found.interest, fenOf(answer.interest)),
      ...differs('principal paid', found.principal, fenOf(answer.principal)),
      ...differs('held as overpaid', found.overpaid, fenOf(answer.overpaid)),
    ];
    const recovery = recover(world, record, found.principal + found.interest);
    if (recovery) {
      const sql = 'SELECT id FROM fund_recovery WHERE repayment_id = :repayment';
      recovery.id = await tell(sql, { repayment: answer.repaymentId });
    }
    return told;
  },
});

/** Penalty first, then interest, then principal; what is paid off bears nothing from that day on. */
function paid(loan: Loan, input: Answer) {
  const due = duesOn(loan, input.paidOn);
  let left = fenOf(input.amount);
  const take = (most: number): number => {
    const taken = Math.min(left, most);
    left -= taken;
    return taken;
  };
  const parts = {
    penalty: take(due.penalty),
    interest: take(due.interest),
    principal: take(due.principal),
    overpaid: 0,
  };
  parts.overpaid = left;
  loan.touchedOn = input.paidOn;
  loan.overpaid += left;
  if (input.paidOn > loan.bookedUntil) loan.bookedUntil = input.paidOn;
  loan.penaltyPaid += parts.penalty;
  loan.interestPaid += parts.interest;
  loan.principalPaid += parts.principal;
  if (parts.principal > 0) loan.principal.push({ from: input.paidOn, fen: outstanding(loan) });
  loan.references.set(input.bankReference, { fen: fenOf(input.amount), on: input.paidOn });
  settleIfPaid(loan);
  return parts;
}

export const loanOperations: readonly Operation[] = [present, sign, disburse, repay];
