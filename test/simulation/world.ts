/**
 * The model: what the county looks like by the rules, built from what was done and answered, never from the tables.
 * The generator chooses from it, the operations judge by it, and after each act the system must agree with it.
 * Amounts in fen as plain numbers.
 */
import { addDays, type BusinessDate } from '../../src/platform/dates';
import { accrued, type Bearing, type Principal, periodEnd } from './interest';
import type { Cast, Person } from './people';

export type Level = 'county' | 'township' | 'village';
export const LEVELS: readonly Level[] = ['county', 'township', 'village'];

/** The file of a rating while it is collected and signed. */
export interface RatingFile {
  id: string;
  household: Household;
  version: number;
  state: 'collecting' | 'computed' | 'closed';
  collected: boolean;
  sheets: Set<string>;
}

export interface Rating {
  id: string;
  file: RatingFile;
  household: Household;
  /** Who took a step, in order; the first computed it. */
  hands: Person[];
  digest: string;
  lineFen: number;
  state: 'proposed' | 'confirmed' | 'rejected';
  stage: 'computed' | 'village' | 'township';
}

export interface Household {
  id: string;
  code: string;
  village: string;
  members: { id: string; name: string; born: BusinessDate }[];
  version: number;
  kinds: { kind: string; from: BusinessDate }[];
  /** `frozen`: an arrear of more than 30 days has frozen it, and nobody here unfreezes. */
  line: { fen: number; from: BusinessDate; until: BusinessDate; frozen: boolean } | null;
}

export interface Objection {
  id: string;
  level: Level;
  raisedOn: BusinessDate;
  /** Whether the township has written down what it found. */
  checked: boolean;
  state: 'open' | 'upheld' | 'dismissed';
}

/** An application's item on its village's sheet; items of one sheet have its id, and its boards in common. */
export interface Notice {
  id: string;
  itemId: string;
  announcedBy: Person;
  boards: Partial<Record<Level, { by: Person; on: BusinessDate; photo: boolean }>>;
  /** The item is off the sheet; the others go on. */
  stopped: boolean;
  objections: Objection[];
}

export type ApplicationState =
  | 'submitted'
  | 'village-reviewed'
  | 'township-checked'
  | 'county-checked'
  | 'certified'
  | 'approved'
  | 'contracted'
  | 'settled'
  | 'refused'
  | 'withdrawn';

export interface Application {
  id: string;
  household: Household;
  member: Household['members'][number];
  bank: string;
  product: string;
  amountFen: number;
  term: number;
  use: string;
  enteredOn: BusinessDate;
  state: ApplicationState;
  version: number;
  /** Who took a step, in order. */
  hands: Person[];
  decidedBy: Person | null;
  notice: Notice | null;
  certificate: string | null;
  certifiedOn: BusinessDate | null;
  /** The day on which the certificate was laid on the counter. */
  presentedOn: BusinessDate | null;
}

export interface Loan extends Bearing {
  id: string;
  number: string;
  application: Application;
  household: Household;
  bank: string;
  product: string;
  principalFen: number;
  term: number;
  signedBy: Person;
  signedOn: BusinessDate;
  state: 'signed' | 'running' | 'settled';
  principal: Principal[];
  /** Interest is in the books for the days before this one. */
  bookedUntil: BusinessDate;
  /** Interest and penalty that anybody has paid. */
  interestPaid: number;
  penaltyPaid: number;
  principalPaid: number;
  overpaid: number;
  /** Day of the last subsidy or repayment: what is dated before it replays the loan. */
  touchedOn: BusinessDate | null;
  daysOverdue: number;
  compensatedOn: BusinessDate | null;
  /** Records of collection that count, and whether the use was checked. */
  counted: number;
  useChecked: boolean;
  demands: Set<string>;
  references: Map<string, { fen: number; on: BusinessDate }>;
}

export interface Claim {
  id: string;
  loan: Loan;
  by: Person;
  digest: string;
  principalFen: number;
  interestFen: number;
  amountFen: number;
  state: 'submitted' | 'signed' | 'paid' | 'refused';
  seats: Map<string, Person>;
  dueBackFen: number;
  /** Quarters whose subsidy was promised and not paid when the claim was made: not claimed. */
  leftOut: Set<string>;
}

export interface Recovery {
  id: string;
  claim: Claim;
  partFen: number;
  returned: boolean;
}

export interface Run {
  period: string;
  digest: string;
  state: 'proposed' | 'approved' | 'paid';
  hands: Person[];
  claims: Map<Loan, { interest: number; subsidised: number }>;
}

export class World {
  today: BusinessDate;
  readonly households: Household[] = [];
  readonly files: RatingFile[] = [];
  readonly ratings: Rating[] = [];
  readonly applications: Application[] = [];
  readonly loans: Loan[] = [];
  readonly claims: Claim[] = [];
  readonly recoveries: Recovery[] = [];
  readonly runs: Run[] = [];
  /** Documents by which money came, each good once: of the fund, of the subsidy account. */
  readonly papers = { fund: new Set<string>(), county: new Set<string>() };
  readonly fund = { open: false, contributed: 0, paid: 0, returned: 0 };
  readonly county = { open: false, appropriated: 0, paid: 0 };
  private serials = 0;

  constructor(
    readonly cast: Cast,
    start: BusinessDate,
  ) {
    this.today = start;
  }

  /** A number that was not used before. */
  next(): number {
    this.serials += 1;
    return this.serials;
  }

  get fundBalance(): number {
    return this.fund.contributed - this.fund.paid + this.fund.returned;
  }

  get fundReserved(): number {
    return this.claims
      .filter(({ state }) => state === 'submitted' || state === 'signed')
      .reduce((sum, { amountFen }) => sum + amountFen, 0);
  }

  get countyBalance(): number {
    return this.county.appropriated - this.county.paid;
  }

  /** The application or loan that takes a household, undefined when it is free. */
  takenBy(household: Household, except?: Application): Application | undefined {
    return this.applications.find(
      (one) =>
        one.household === household &&
        one !== except &&
        !['settled', 'refused', 'withdrawn'].includes(one.state),
    );
  }

  loanOf(application: Application): Loan | undefined {
    return this.loans.find((loan) => loan.application === application);
  }

  standingClaim(loan: Loan): Claim | undefined {
    return this.claims.find((claim) => claim.loan === loan && claim.state !== 'refused');
  }
}

/** The kind of a household on a day, undefined when the register is silent. */
export function kindOn(household: Household, day: BusinessDate): string | undefined {
  return household.kinds.filter(({ from }) => from <= day).at(-1)?.kind;
}

/** What is left of the principal. */
export const outstanding = (loan: Loan): number =>
  loan.state === 'signed' ? 0 : loan.principalFen - loan.principalPaid;

/** What is due of each kind before a day, the days not booked yet included. */
export function duesOn(loan: Loan, day: BusinessDate) {
  if (loan.state !== 'running') return { penalty: 0, interest: 0, principal: 0 };
  const borne = accrued(loan, day > loan.bookedUntil ? day : loan.bookedUntil);
  return {
    penalty: borne.penalty - loan.penaltyPaid,
    interest: borne.interest - loan.interestPaid,
    principal: outstanding(loan),
  };
}

/** The interest of a loan that no run has claimed and paid. */
export function pendingSubsidy(world: World, loan: Loan): number {
  return world.runs
    .filter(({ state }) => state !== 'paid')
    .reduce((sum, run) => sum + (run.claims.get(loan)?.subsidised ?? 0), 0);
}

/** Notes that a loan which owes nothing is settled; its household is free. */
export function settleIfPaid(loan: Loan): void {
  const { penalty, interest, principal } = duesOn(loan, loan.bookedUntil);
  if (loan.state !== 'running') return;
  if (principal === 0) loan.daysOverdue = 0;
  if (penalty + interest + principal > 0) return;
  loan.state = 'settled';
  loan.application.state = 'settled';
  loan.application.version += 1;
}

/** What the night of a settlement day does to every running loan. */
export function settleQuarter(world: World, day: BusinessDate): void {
  const until = addDays(day, 1);
  for (const loan of world.loans) {
    if (loan.state !== 'running' || loan.disbursedOn > day) continue;
    if (loan.bookedUntil < until) loan.bookedUntil = until;
  }
}

/** What happens to a loan while nights are missing settles first the settlement days that were missed before it. */
export function settleMissed(loan: Loan, today: BusinessDate): void {
  if (loan.state !== 'running' || outstanding(loan) === 0) return;
  for (let end = periodEnd(loan.bookedUntil); end < today; end = periodEnd(loan.bookedUntil)) {
    loan.bookedUntil = addDays(end, 1);
  }
}
