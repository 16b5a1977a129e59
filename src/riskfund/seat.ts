/** Whose seat somebody holds under a claim. */
import { seatOf } from './claim';
import type { FundClaim } from './fund.entity';
import { P } from './problems';
import type { Seat } from './terms';

/** The seat of somebody's body under this claim. @throws Problem riskfund.no-seat */
export function requireSeat(claim: FundClaim, organisationKind: string | undefined): Seat {
  const seat = seatOf(organisationKind);
  if (!seat || !claim.seats.includes(seat)) throw P.noSeat();
  return seat;
}
