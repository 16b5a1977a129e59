/** The proof that the claims of a quarter are still those that were proposed and seen. */
import { check } from '../platform/check';
import { sameDigest } from '../platform/crypto/digest';
import { P } from './problems';
import { addToDigest, openDigest } from './quarter';
import type { SubsidyClaim, SubsidyRun } from './subsidy.entity';
import type { SubsidyStore } from './subsidy.store';

const PAGE = 500;

/** Hands over every claim of a quarter, in the order of loans. */
export async function eachClaim(
  store: SubsidyStore,
  run: SubsidyRun,
  take: (claim: SubsidyClaim) => Promise<void>,
): Promise<void> {
  let after = '';
  for (;;) {
    const page = await store.claims(run, after, PAGE);
    for (const claim of page) await take(claim);
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.loanId;
  }
}

/**
 * Compares the digest an officer saw with the run, and the run with its claims.
 * @returns the loans of the quarter, ascending.
 * @throws Problem subsidies.content-changed; CheckFailed when the claims are not those that were proposed.
 */
export async function checkContent(
  store: SubsidyStore,
  run: SubsidyRun,
  seenDigest: string,
): Promise<string[]> {
  if (!sameDigest(seenDigest, run.contentDigest)) {
    throw P.contentChanged({ extra: { currentDigest: run.contentDigest } });
  }
  let digest = openDigest(run.regionCode, run.periodCode);
  const loanIds: string[] = [];
  await eachClaim(store, run, async (claim) => {
    digest = addToDigest(digest, claim);
    loanIds.push(claim.loanId);
  });
  check(digest === run.contentDigest, 'The claims of a quarter are those that were proposed.');
  return loanIds;
}
