/** Who complained: opened by the inspection alone, with a reason, on record. */
import { raiseObjection } from '../../src/notices/raise-objection';
import { revealObjector } from '../../src/notices/reveal-objector';
import { oneNotice } from '../../src/notices/screens.queries';
import { PUBLIC_ACTOR } from '../../src/platform/authority';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aNotice, FOREIGN_COUNTY, openBoards, postAll, TABLES } from './board';

describeEachDatabase('Opening who complained', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBoards(open);
  });

  async function objected(who: object) {
    const { noticeId } = await aNotice(county);
    const by = await postAll(county, noticeId);
    const objection = { noticeId, level: 'village', content: '不实', ...who };
    await county.do(PUBLIC_ACTOR, raiseObjection, objection);
    const { objections } = await county.ask(by.county, oneNotice, { noticeId });
    return { by, objectionId: objections[0]?.id as string };
  }

  test('When the inspection asks with a reason, then it learns who, and the audit knows that it asked', async () => {
    const who = { complainantName: '石有福', complainantPhone: '13907732222' };
    const { by, objectionId } = await objected(who);
    const input = { objectionId, reason: '核实打击报复线索' };
    const opened = await county.do(by.inspector, revealObjector, input);
    expect(opened).toEqual({ objectionId, name: '石有福', phone: '13907732222' });
    const kept = await county.snapshot('audit_entry', 'idempotency');
    expect(kept).toContain('notices.reveal-objector');
    expect(kept).toContain('核实打击报复线索');
    expect(kept).not.toContain('石有福');
    expect(kept).not.toContain('13907732222');
  });

  test('When nobody was named, then nobody is told', async () => {
    const { by, objectionId } = await objected({});
    const input = { objectionId, reason: '核实线索' };
    const opened = await county.do(by.inspector, revealObjector, input);
    expect(opened).toEqual({ objectionId, name: null, phone: null });
  });

  test('When an officer, another county or somebody without a reason asks, then it is refused', async () => {
    const { by, objectionId } = await objected({ complainantName: '石有福' });
    const input = { objectionId, reason: '核查' };
    const far = county.actor({
      permissions: ['notices.reveal-objector'],
      region: FOREIGN_COUNTY,
    });
    const before = await county.snapshot(...TABLES);
    const codes = [
      await county.refusal(county.do(by.judge, revealObjector, input)),
      await county.refusal(county.do(by.checker, revealObjector, input)),
      await county.refusal(county.do(far, revealObjector, input)),
      await county.refusal(county.do(by.inspector, revealObjector, { objectionId })),
    ];
    expect(codes).toEqual([
      'platform.not-permitted',
      'platform.not-permitted',
      'platform.absent',
      'platform.invalid-input',
    ]);
    expect(await county.snapshot(...TABLES)).toBe(before);
  });
});
