/**
 * The borrower's own interest: what the county is not expected to pay. Laws:
 * - Before maturity the county bears its share of the interest on the principal up to the product's subsidised ceiling
 *   (policy facts §1.5, §4.1); all interest from maturity on, and all interest of days for which the subsidy is lost,
 *   is the borrower's. What the county has paid is never the borrower's, whatever was decided later.
 * - Own interest is due on the settlement day of its period, or at maturity when that is earlier; that of a lost
 *   subsidy not before the day on which the loss was decided. It is overdue from the day after (policy facts §1.7).
 * - What the borrower pays of interest covers own interest first, the oldest first; a subsidy never covers it. What is
 *   open of it is never more than the interest that the books say is due.
 * - The county's part is rounded once per period, from the exact product, as the subsidy itself is (§4.2).
 */
import {
  type BusinessDate,
  daysBetween,
  maxDate,
  minDate,
  settlementPeriod,
} from '../platform/dates';
import {
  addFen,
  type DayBasis,
  type Fen,
  interestOfSegments,
  maxFen,
  minFen,
  subFen,
  ZERO_FEN,
} from '../platform/money';
import type { Ppm } from '../platform/rate';
import type { InterestPart } from './interest';

/** Days on which the county is expected to pay one share of a product's interest; days in no stretch: nothing. */
export interface BorneStretch {
  fromOn: BusinessDate;
  /** First day not meant. */
  untilOn: BusinessDate;
  sharePpm: Ppm;
}

/** What the county is expected to pay of a loan's interest before maturity. */
export interface Borne {
  /** Principal above this is not subsidised. */
  ceilingFen: Fen;
  /** In order of days, without overlap. */
  stretches: readonly BorneStretch[];
}

/** The subsidy of these days on is lost; nobody owed it before it was decided. */
export interface LostSubsidy {
  fromOn: BusinessDate;
  decidedOn: BusinessDate;
}

/** Everything that tells what of a loan's interest is the borrower's and paid. */
export interface OwnCase {
  /** All parts that stand, in any order. */
  parts: readonly InterestPart[];
  ratePpm: Ppm;
  basis: DayBasis;
  maturesOn: BusinessDate;
  borne: Borne;
  lost: readonly LostSubsidy[];
  /** What the borrower's payments paid of the interest, in fen, in the order of their days. */
  paid: readonly { on: BusinessDate; interestFen: Fen }[];
  /** What the county has paid, by settlement period, in fen. */
  received: ReadonlyMap<string, Fen>;
  /** Interest booked and not paid by anybody. */
  interestDueFen: Fen;
}

/** Own interest that falls due on one day, in fen. */
export interface OwnDue {
  dueOn: BusinessDate;
  amountFen: Fen;
}

/** The own interest that is booked and not paid, by the day on which it fell or falls due, oldest first. */
export function unpaidOwn(asked: OwnCase): OwnDue[] {
  const paid = new Map<string, Fen>();
  const openOf = (due: NamedDue) =>
    maxFen(ZERO_FEN, subFen(due.amountFen, paid.get(due.name) ?? ZERO_FEN));
  for (const { on, interestFen } of asked.paid) {
    let leftFen = interestFen;
    // A payment books the interest of the days before it, so it can pay no other.
    for (const due of ownDues(asked, on)) {
      const takenFen = minFen(leftFen, openOf(due));
      paid.set(due.name, addFen(paid.get(due.name) ?? ZERO_FEN, takenFen));
      leftFen = subFen(leftFen, takenFen);
    }
  }
  const open = ownDues(asked, null).map((due) => ({ dueOn: due.dueOn, amountFen: openOf(due) }));
  return withinDues(open, asked.interestDueFen);
}

/** The day on which the oldest own interest that is not wholly paid fell or falls due; null when all is paid. */
export function oldestUnpaid(asked: OwnCase): BusinessDate | null {
  return unpaidOwn(asked)[0]?.dueOn ?? null;
}

/** Takes what the books say is paid all the same from the oldest, and leaves out what is nothing. */
function withinDues(open: readonly OwnDue[], interestDueFen: Fen): OwnDue[] {
  const wholeFen = addFen(ZERO_FEN, ...open.map(({ amountFen }) => amountFen));
  let beyondFen = maxFen(ZERO_FEN, subFen(wholeFen, interestDueFen));
  const left: OwnDue[] = [];
  for (const { dueOn, amountFen } of open) {
    const takenFen = minFen(beyondFen, amountFen);
    beyondFen = subFen(beyondFen, takenFen);
    if (takenFen < amountFen) left.push({ dueOn, amountFen: subFen(amountFen, takenFen) });
  }
  return left;
}

interface NamedDue extends OwnDue {
  /** The same interest has the same name, however much of it is booked. */
  name: string;
}

/** Own interest by period, as far as it is booked before `before` (null: all of it), by due day. */
function ownDues(asked: OwnCase, before: BusinessDate | null): NamedDue[] {
  const dues: NamedDue[] = [];
  for (const [name, parts] of periodsOf(asked.parts, before)) {
    const [first] = parts;
    if (!first) continue;
    const wholeFen = addFen(...parts.map(({ amountFen }) => amountFen));
    const { to } = settlementPeriod(first.periodCode);
    if (first.kind === 'OVERDUE') dues.push({ name, dueOn: to, amountFen: wholeFen });
    else dues.push(...normalDues(asked, name, parts, wholeFen, to));
  }
  return dues
    .filter(({ amountFen }) => amountFen > 0)
    .sort((a, b) =>
      a.dueOn === b.dueOn ? (a.name < b.name ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1,
    );
}

/** Interest before maturity: what was the borrower's from the beginning, and what became it when the subsidy was lost. */
function normalDues(
  asked: OwnCase,
  name: string,
  parts: readonly InterestPart[],
  wholeFen: Fen,
  settledOn: BusinessDate,
): NamedDue[] {
  const periodCode = parts[0]?.periodCode ?? '';
  const receivedFen = asked.received.get(periodCode) ?? ZERO_FEN;
  const borneUntil = (until: BusinessDate | null) =>
    minFen(wholeFen, maxFen(receivedFen, borneOf(asked, parts, until)));
  const dueOn = minDate(settledOn, asked.maturesOn);
  const expectedFen = borneUntil(null);
  const dues: NamedDue[] = [{ name, dueOn, amountFen: subFen(wholeFen, expectedFen) }];
  const [lost, ...others] = asked.lost;
  if (lost) {
    const fromOn = minDate(lost.fromOn, ...others.map((one) => one.fromOn));
    const decidedOn = minDate(lost.decidedOn, ...others.map((one) => one.decidedOn));
    dues.push({
      name: `${name}/lost`,
      dueOn: maxDate(dueOn, decidedOn),
      amountFen: subFen(expectedFen, borneUntil(fromOn)),
    });
  }
  return dues;
}

/** What the county bears of one period's interest before maturity, of the days before `until` (null: all days). */
function borneOf(
  { ratePpm, basis, borne }: OwnCase,
  parts: readonly InterestPart[],
  until: BusinessDate | null,
): Fen {
  const segments = parts.flatMap((part) =>
    borne.stretches.map((stretch) => {
      const end = minDate(part.untilOn, stretch.untilOn, ...(until === null ? [] : [until]));
      const from = maxDate(part.fromOn, stretch.fromOn);
      return {
        principalFen: minFen(part.principalFen, borne.ceilingFen),
        ratePpm,
        days: from < end ? daysBetween(from, end) : 0,
        sharePpm: stretch.sharePpm,
      };
    }),
  );
  return interestOfSegments(segments, basis);
}

/** The parts of interest by period and kind. Penalty is not among them: it follows the principal's arrears. */
function periodsOf(
  parts: readonly InterestPart[],
  before: BusinessDate | null,
): Map<string, InterestPart[]> {
  const periods = new Map<string, InterestPart[]>();
  for (const part of parts) {
    if (part.kind === 'PENALTY' || (before !== null && part.untilOn > before)) continue;
    const name = `${part.periodCode}/${part.kind}`;
    periods.set(name, [...(periods.get(name) ?? []), part]);
  }
  return periods;
}
