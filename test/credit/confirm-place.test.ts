/** 复核信用村、信用乡镇: by another person, of exactly the figures that were judged. */
import { usePlaceEvidence } from '../../src/credit';
import { confirmPlace } from '../../src/credit/confirm-place';
import { judgePlace } from '../../src/credit/judge-place';
import { listPlaces } from '../../src/credit/place-award.queries';
import { fen } from '../../src/platform/money';
import { refusedByDatabase, VILLAGE } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aLine, countyman, openLines, refused } from './lines';

describeEachDatabase('Confirming a judgement', (open) => {
  let county: County;
  let awardId: string;
  let contentDigest: string;
  let year = 2017;
  beforeAll(async () => {
    county = await openLines(open);
    usePlaceEvidence({
      placeLoans: async () => ({
        borrowers: 1,
        cleanBorrowers: 1,
        balanceFen: fen(100),
        badBalanceFen: fen(0),
      }),
    });
    await aLine(county, { grade: 'A' });
  });
  const both = () =>
    county.actor({ permissions: ['credit.judge-place', 'credit.confirm-place', 'credit.read'] });
  let judge = both;
  beforeEach(async () => {
    county.clock.set('2025-12-31');
    const actor = both();
    judge = () => actor;
    // Another year for each test, because a place is judged once a year.
    year += 1;
    const input = { region: VILLAGE, year };
    ({ awardId, contentDigest } = await county.do(actor, judgePlace, input));
  });
  const confirm = (changes: object = {}, actor = both()) =>
    county.do(actor, confirmPlace, {
      awardId,
      decision: 'confirm',
      contentDigest,
      reason: '数据核对一致',
      ...changes,
    });

  test('confirmed, it stands in the list and is not decided again', async () => {
    expect(await confirm()).toMatchObject({ state: 'confirmed', version: 2 });
    expect(await refused(county, () => confirm())).toBe('credit.award-decided');
    const page = await county.ask(both(), listPlaces, { region: VILLAGE, year, level: 'village' });
    expect(page.items).toMatchObject([{ id: awardId, state: 'confirmed', awarded: true }]);
  });

  test('rejected, the place can be judged anew', async () => {
    expect(await confirm({ decision: 'reject' })).toMatchObject({ state: 'rejected' });
    const again = await county.do(judge(), judgePlace, { region: VILLAGE, year });
    expect(again.awardId).not.toBe(awardId);
  });

  test('who judged does not confirm, by the rule and by the database', async () => {
    expect(await refused(county, () => confirm({}, judge()))).toBe('credit.award-own');
    const written = county.system((work) =>
      work.tx.exec(
        `UPDATE credit_place_award SET state = 'confirmed', decided_by = judged_by
          WHERE id = :awardId`,
        { awardId },
      ),
    );
    expect(await refusedByDatabase(written)).toBe('check');
  });

  test('other figures than were seen are refused, and the frozen ones cannot be changed', async () => {
    const other = { contentDigest: '0'.repeat(64) };
    expect(await refused(county, () => confirm(other))).toBe('credit.content-changed');
    const written = county.system((work) =>
      work.tx.exec("UPDATE credit_place_content SET benefits = '[]' WHERE award_id = :awardId", {
        awardId,
      }),
    );
    expect(await refusedByDatabase(written)).toBe('append-only');
  });

  test('without permission, from another county, or for nothing it is refused', async () => {
    expect(await refused(county, () => confirm({}, countyman(county, 'credit.read')))).toBe(
      'platform.not-permitted',
    );
    const stranger = county.actor({
      permissions: ['credit.confirm-place'],
      region: '450226000000',
    });
    expect(await refused(county, () => confirm({}, stranger))).toBe('platform.absent');
    awardId = '0'.repeat(26);
    expect(await refused(county, () => confirm())).toBe('credit.award-absent');
  });
});
