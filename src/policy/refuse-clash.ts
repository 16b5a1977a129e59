/** The rule over several rows: no two of a parameter and region rule on one day. Asked on proposing and confirming. */

import type { PolicyStore } from './policy.store';
import type { RowContent } from './policy-row';
import { P } from './problems';
import { clashOf } from './timeline';

/** @throws Problem policy.dates-overlap naming the row that is in the way. */
export async function refuseClash(
  store: PolicyStore,
  content: Pick<RowContent, 'parameter' | 'region' | 'effectiveFrom' | 'effectiveTo'>,
): Promise<void> {
  const clash = clashOf(await store.inForce(content.parameter, content.region), content);
  if (!clash) return;
  const until = clash.effectiveTo ?? '下一条规定开始';
  throw P.datesOverlap({
    detail: `已有规定 ${clash.id}:${clash.effectiveFrom} 至 ${until}`,
    extra: { rowId: clash.id },
  });
}
