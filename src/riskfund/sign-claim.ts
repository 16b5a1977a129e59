/**
 * One of the three seats signs a claim: poverty office, finance bureau, platform company, in any order. Laws: each
 * seat once, by a person of that body; no two by one person; never the claimant; the signature stands under the
 * very content that was seen. The signature that completes the three makes the claim ready to be paid.
 */
import { defineAct } from '../platform/act';
import { check } from '../platform/check';
import { sameDigest } from '../platform/crypto/digest';
import { idField, shape } from '../platform/shape';
import { CLAIM_STATE_NAMES, claimDigest } from './claim';
import { ClaimStore } from './claim.store';
import {
  type ClaimAnswer,
  claimAnswer,
  claimShape,
  claimSubject,
  digestField,
  relatedOf,
} from './claim-answer';
import type { FundClaim } from './fund.entity';
import { P } from './problems';
import { requireSeat } from './seat';
import { SEAT_NAMES, type Seat } from './terms';

interface Input {
  claimId: string;
  contentDigest: string;
}

interface At {
  region: string;
  org: string;
  claim: FundClaim;
}

export const signClaim = defineAct<Input, At, ClaimAnswer>({
  name: 'riskfund.sign-claim',
  title: '签署代偿申请',
  permission: 'riskfund.sign',
  input: shape<Input>({ claimId: idField('申请编号'), contentDigest: digestField() }),
  answer: claimShape,
  locate: async (work, { claimId }) => {
    const claim = await new ClaimStore(work).get(claimId);
    return { region: claim.regionCode, org: claim.bankId, claim };
  },
  duty: async (work, _input, { claim }) => {
    if (claim.claimedBy === work.actor.id) throw P.claimantSigns();
    requireSeat(claim, work.actor.organisation?.kind);
  },
  run: async (work, { contentDigest }, { claim }) => {
    const seat = requireSeat(claim, work.actor.organisation?.kind);
    if (!sameDigest(contentDigest, claim.contentDigest)) {
      throw P.contentChanged({ extra: { currentDigest: claim.contentDigest } });
    }
    const store = new ClaimStore(work);
    const counted = await store.countSignature(claim);
    const before = await store.signatures(claim.id);
    refuseSecond(before, seat, work.actor.id);
    check(
      claimDigest(counted) === contentDigest,
      'A claim still says what it said when it was made.',
    );
    const signature = {
      ...{ claimId: claim.id, seat, actorId: work.actor.id, claimedBy: claim.claimedBy },
      actorName: work.actor.name,
      contentDigest,
      signedOn: work.today,
      signedAt: work.now,
    };
    await store.addSignature(signature);
    const told = claimAnswer(counted, [...before, { seat }]);
    work.record({
      subject: claimSubject(claim),
      related: relatedOf(claim),
      before: { signatures: before, state: CLAIM_STATE_NAMES[claim.state] },
      after: { signature, claim: told },
    });
    return told;
  },
});

function refuseSecond(
  signatures: readonly { seat: Seat; actorId: string }[],
  seat: Seat,
  actorId: string,
): void {
  if (signatures.some((one) => one.actorId === actorId)) throw P.signedAlready();
  if (signatures.some((one) => one.seat === seat)) {
    throw P.seatTaken({ detail: SEAT_NAMES[seat] });
  }
}
