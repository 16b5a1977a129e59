/** Adding photos to an objection, by its receipt code. */
import { addEvidence } from '../../src/notices/add-evidence';
import { decideObjection } from '../../src/notices/decide-objection';
import { EVIDENCE_MAX } from '../../src/notices/objection';
import { raiseObjection } from '../../src/notices/raise-objection';
import { oneNotice } from '../../src/notices/screens.queries';
import { PUBLIC_ACTOR } from '../../src/platform/authority';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aNotice, openBoards, postAll, TABLES, uploaded } from './board';
import { jpeg } from './pictures';

describeEachDatabase('Adding evidence', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBoards(open);
  });
  beforeEach(() => county.clock.set('2018-03-01'));

  async function refused(code: string, attempt: () => Promise<unknown>) {
    const before = await county.snapshot(...TABLES);
    expect(await county.refusal(attempt())).toBe(code);
    expect(await county.snapshot(...TABLES)).toBe(before);
  }

  async function objected() {
    const { noticeId } = await aNotice(county);
    const by = await postAll(county, noticeId);
    const { receiptCode } = await county.do(PUBLIC_ACTOR, raiseObjection, {
      noticeId,
      level: 'village',
      content: '该户已在县城购房',
    });
    return { noticeId, by, receiptCode };
  }

  const add = async (receiptCode: string, data: string) =>
    county.do(PUBLIC_ACTOR, addEvidence, { receiptCode, file: await uploaded(jpeg({ data })) });

  test('When photos are added, then so many are taken, each once', async () => {
    const { receiptCode } = await objected();
    expect(await add(receiptCode, 'first')).toEqual({ photos: 1 });
    await refused('notices.same-evidence', () => add(receiptCode, 'first'));
    for (let n = 2; n <= EVIDENCE_MAX; n += 1) await add(receiptCode, `photo ${n}`);
    await refused('notices.too-much-evidence', () => add(receiptCode, 'one more'));
    const kept = await county.snapshot('objection_evidence', 'stored_file', 'audit_entry');
    expect(kept).not.toContain(receiptCode);
  });

  test('When the code is wrong, the file is no photo or the objection is decided, then it is refused', async () => {
    const { noticeId, by, receiptCode } = await objected();
    await refused('notices.objection-absent', () => add('2222-2222-2222-2222-2222', 'x'));
    const file = await uploaded(Buffer.from('<script>'));
    await refused('notices.not-a-photo', () =>
      county.do(PUBLIC_ACTOR, addEvidence, { receiptCode, file }),
    );
    const { objections } = await county.ask(by.county, oneNotice, { noticeId });
    await county.do(by.judge, decideObjection, {
      objectionId: objections[0]?.id,
      outcome: 'dismissed',
      answerText: '经核实不属实',
    });
    await refused('notices.already-decided', () => add(receiptCode, 'late'));
  });
});
