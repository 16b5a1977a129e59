/** Turning a proposed rule down: with a reason, once, and it never holds. */
import { confirmChange } from '../../src/policy/confirm-change';
import { proposeChange } from '../../src/policy/propose-change';
import { rejectChange } from '../../src/policy/reject-change';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { type Office, openOffice, proposal, TABLES } from './office';

describeEachDatabase('turning a rule down', (open) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(open);
  });
  const propose = (actor = office.drafter) => office.county.do(actor, proposeChange, proposal());
  const refused = async (input: object, actor = office.approver) => {
    const before = await office.county.snapshot(...TABLES);
    const code = await office.county.refusal(office.county.do(actor, rejectChange, input));
    expect(await office.county.snapshot(...TABLES)).toBe(before);
    return code;
  };

  test('keeps who did it and why, and the row can no longer be confirmed', async () => {
    const { rowId, contentDigest } = await propose();
    const reason = '文号有误';
    const done = await office.county.do(office.approver, rejectChange, { rowId, reason });
    expect(done).toEqual({ rowId, state: 'rejected' });
    const row = await office.county.platform.db
      .reader()
      .one('SELECT rejected_by, rejected_reason FROM policy_row WHERE id = :rowId', { rowId });
    expect(row).toEqual({ rejected_by: office.approver.id, rejected_reason: reason });
    const confirm = office.county.do(office.approver, confirmChange, { rowId, contentDigest });
    expect(await office.county.refusal(confirm)).toBe('policy.not-proposed');
    expect(await refused({ rowId, reason })).toBe('policy.not-proposed');
  });

  test('frees its days for another proposal', async () => {
    const { rowId } = await propose();
    await office.county.do(office.approver, rejectChange, { rowId, reason: '重提' });
    const { state } = await propose();
    expect(state).toBe('proposed');
  });

  test('is open to the proposer as a withdrawal', async () => {
    const { rowId } = await propose(office.approver);
    const done = await office.county.do(office.approver, rejectChange, { rowId, reason: '撤回' });
    expect(done.state).toBe('rejected');
  });

  test('is refused without a reason, without the permission, and from another county', async () => {
    const { rowId } = await propose();
    expect(await refused({ rowId, reason: ' ' })).toBe('platform.invalid-input');
    expect(await refused({ rowId, reason: '否' }, office.drafter)).toBe('platform.not-permitted');
    const permissions = ['policy.confirm'];
    const stranger = office.county.actor({ permissions, region: PLACES.otherCounty });
    expect(await refused({ rowId, reason: '否' }, stranger)).toBe('platform.absent');
    const unknown = { rowId: '01J00000000000000000000000', reason: '否' };
    expect(await refused(unknown)).toBe('policy.row-absent');
  });
});
