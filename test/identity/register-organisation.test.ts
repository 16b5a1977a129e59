/** Registering bodies: each kind at its levels, branches below banks only. */
import { organisationById, registerOrganisation, requireBank } from '../../src/identity';
import { describeEachDatabase } from '../support/databases';
import { AT, type Office, openOffice, TABLES } from './office';

jest.mock('@node-rs/argon2', () =>
  jest.requireActual<typeof import('./cheap-argon2')>('./cheap-argon2').cheapArgon2(),
);

describeEachDatabase('Registering an organisation', (open) => {
  let office: Office;
  let bankId: string;
  beforeAll(async () => {
    office = await openOffice(open);
    bankId = await office.body('bank', AT.county);
  });
  afterAll(() => office.close());

  const register = (input: object, actor = office.users) =>
    office.do(actor, registerOrganisation, { name: '某机构', region: AT.county, ...input });

  test('when a bank and its branch are registered, then the branch’s root is the bank', async () => {
    const branch = { name: '龙胜镇支行', kind: 'bank', region: AT.township, parentId: bankId };
    const { organisationId, rootId } = await register(branch);
    expect(rootId).toBe(bankId);
    const sql = office.platform.db.reader();
    expect(await organisationById(sql, organisationId)).toEqual({
      id: organisationId,
      name: '龙胜镇支行',
      kind: 'bank',
      rootId: bankId,
      regionCode: AT.township,
    });
    expect(await organisationById(sql, '01ARZ3NDEKTSV4RRFFQ69G5FAV')).toBeNull();
    await office.system(async (work) => {
      expect((await requireBank(work, bankId)).id).toBe(bankId);
      await expect(requireBank(work, organisationId)).rejects.toMatchObject({
        code: 'identity.bank-unknown',
        info: { fields: [{ field: 'bankId' }] },
      });
      const office0 = office.users.organisation?.id ?? '';
      await expect(requireBank(work, office0)).rejects.toThrow('不是承贷银行');
    });
  });

  const refused: [string, object, string][] = [
    ['a village body at the county', { kind: 'village' }, 'identity.organisation-level'],
    [
      'a finance bureau in a village',
      { kind: 'finance-bureau', region: AT.village },
      'identity.organisation-level',
    ],
    ['an unknown kind', { kind: 'club' }, 'platform.invalid-input'],
    [
      'an unknown parent',
      { kind: 'bank', parentId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' },
      'identity.organisation-absent',
    ],
    ['an unknown place', { kind: 'bank', region: '450328999000' }, 'identity.region-unknown'],
    ['a place of another county', { kind: 'bank', region: AT.otherCounty }, 'platform.absent'],
    [
      'a name that the place has',
      { kind: 'bank', name: `bank-${AT.county}` },
      'identity.organisation-taken',
    ],
  ];
  test.each(refused)('with %s it is refused and nothing is changed', async (_what, input, code) => {
    const before = await office.snapshot(...TABLES);
    expect(await office.refusal(register(input))).toBe(code);
    expect(await office.snapshot(...TABLES)).toBe(before);
  });

  test('a branch of what is no bank, or outside its bank’s region, is refused', async () => {
    const bureau = await office.body('finance-bureau', AT.county);
    const low = await office.body('bank', AT.township);
    for (const [kind, parentId] of [
      ['bank', bureau],
      ['finance-bureau', bankId],
      ['bank', low],
    ]) {
      const attempt = register({ name: '分支', kind, parentId });
      expect(await office.refusal(attempt)).toBe('identity.branch-misplaced');
    }
  });

  test('without the permission it is refused', async () => {
    expect(await office.refusal(register({ kind: 'bank' }, office.roles))).toBe(
      'platform.not-permitted',
    );
  });
});
