/** A new scorecard comes into force only after it was tried on the present register, and by two people. */
import { CardSimulation } from '../../src/credit/card-simulation.entity';
import { keepSimulation } from '../../src/credit/card-simulation.store';
import { scorecardParameter } from '../../src/credit/scorecard-parameter';
import type { Actor } from '../../src/platform/authority';
import { businessDate } from '../../src/platform/dates';
import { findRow } from '../../src/platform/db/store';
import { loadPolicyFiles, policyAsOf } from '../../src/policy';
import { confirmChange } from '../../src/policy/confirm-change';
import { proposeChange } from '../../src/policy/propose-change';
import { openRegister, refusedByDatabase } from '../households/register';
import { type County, PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { defaultCard } from './cards';
import { simulated } from './rounds';

describeEachDatabase('A new scorecard', (open) => {
  let county: County;
  let drafter: Actor;
  let approver: Actor;
  beforeAll(async () => {
    county = await openRegister(open);
    await loadPolicyFiles(county.platform, { parameters: ['credit.scorecard'] });
    drafter = county.actor({ permissions: ['policy.propose'] });
    approver = county.actor({ permissions: ['policy.propose', 'policy.confirm'] });
  });
  afterAll(() => county.close());

  const proposed = (effectiveFrom: string, value: object = defaultCard(), by = drafter) =>
    county.do(by, proposeChange, {
      ...{ parameter: 'credit.scorecard', region: PLACES.county, effectiveFrom, effectiveTo: null },
      ...{ source: '龙胜县评级授信评分表（2018年修订）', provisional: false, value },
    });
  const bound = ({ rowId, contentDigest }: { rowId: string; contentDigest: string }) => ({
    rowId,
    contentDigest,
  });
  const refused = async (input: object, actor = approver) => {
    const before = await county.snapshot('policy_row', 'policy_line');
    const code = await county.refusal(county.do(actor, confirmChange, input));
    expect(await county.snapshot('policy_row', 'policy_line')).toBe(before);
    return code;
  };

  test('is refused before it was simulated, and nothing changes', async () => {
    const made = await proposed('2018-04-01');
    expect(await refused(bound(made))).toBe('credit.card-not-simulated');
  });

  test('is refused when another draft, or this one with other content, was simulated', async () => {
    const first = await proposed('2018-05-01');
    await simulated(county, first.rowId);
    // The draft is changed: whoever drafts proposes it anew.
    const changed = await proposed('2018-05-01', { ...defaultCard(), validityMonths: 18 });
    expect(await refused(bound(changed))).toBe('credit.card-not-simulated');
    const trial = await findRow(county.platform.db.reader(), CardSimulation, {
      policyRowId: first.rowId,
    });
    await county.system((work) =>
      keepSimulation(work, {
        ...(trial as CardSimulation),
        ...{ id: work.newId(), policyRowId: changed.rowId },
      }),
    );
    expect(await refused(bound(changed))).toBe('credit.card-not-simulated');
  });

  test('is confirmed by another person once it was simulated, and holds from its day', async () => {
    const card = { ...defaultCard(), validityMonths: 12 };
    const made = await proposed('2018-06-01', card, approver);
    await simulated(county, made.rowId);
    expect(await refused(bound(made))).toBe('policy.same-person');
    const second = county.actor({ permissions: ['policy.confirm'] });
    await county.do(second, confirmChange, bound(made));
    const asked = (date: string) =>
      policyAsOf(county.platform.db.reader(), scorecardParameter, {
        ...{ region: PLACES.county, date: businessDate(date) },
      });
    expect(await asked('2018-06-01')).toMatchObject({ rowId: made.rowId, value: card });
    expect((await asked('2018-05-31')).rowId).toBe('scorecard-default');
  });

  test('a trial stays as it was found', async () => {
    const change = county.system((work) =>
      work.tx.exec('UPDATE card_simulation SET upgraded = 0, unchanged = households'),
    );
    expect(await refusedByDatabase(change)).toBe('append-only');
  });

  test('that breaks a law cannot even be proposed', async () => {
    const card = defaultCard();
    const house = card.blocks[3]?.items[0];
    if (house) house.maxPoints = 1;
    const code = await county.refusal(proposed('2018-07-01', card));
    expect(code).toBe('platform.invalid-input');
  });
});
