/** Loading places: any county, again and again. */
import {
  loadReferenceRegions,
  loadRegions,
  regionChain,
  regionName,
  requireRegion,
} from '../../src/identity';
import { readRegionFile } from '../../src/identity/load-files';
import { loadCountyRegions } from '../../src/identity/load-regions';
import { NATIONAL, SYSTEM_ACTOR } from '../../src/platform/authority';
import { describeEachDatabase } from '../support/databases';
import { AT, type Office, openOffice } from './office';

jest.mock('@node-rs/argon2', () =>
  jest.requireActual<typeof import('./cheap-argon2')>('./cheap-argon2').cheapArgon2(),
);

describeEachDatabase('Loading places', (open) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(open);
  });
  afterAll(() => office.close());

  test('two counties stand beside each other below one province', async () => {
    const rows = new Set(
      ['450328', '450226'].flatMap((county) => readRegionFile(county).map((row) => row.code)),
    );
    expect(await office.count('region')).toBe(rows.size);
  });

  test('when they are loaded again, then nothing is written', async () => {
    const before = await office.count('audit_entry');
    expect(await loadReferenceRegions(office.platform)).toEqual([]);
    expect(await office.count('audit_entry')).toBe(before);
    const input = { county: '450328' };
    expect(await office.do(SYSTEM_ACTOR, loadCountyRegions, input)).toEqual({
      added: 0,
      renamed: 0,
    });
  });

  test('a place is known by its name and its chain', async () => {
    const sql = office.platform.db.reader();
    expect(await regionName(sql, AT.county)).toBe('龙胜各族自治县');
    expect(await regionName(sql, NATIONAL)).toBe('全国');
    expect(await office.refusal(regionName(sql, '450328999000'))).toBe('identity.region-unknown');
    const chain = await regionChain(sql, AT.township);
    expect(chain.map((one) => one.level)).toEqual(['province', 'city', 'county', 'township']);
    expect(await regionChain(sql, '450328999000')).toEqual([]);
    expect(await regionChain(sql, NATIONAL)).toEqual([]);
  });

  test('a place of the wrong level is refused by its field', async () => {
    await office.system(async (work) => {
      expect((await requireRegion(work, AT.village, 'village')).level).toBe('village');
      expect((await requireRegion(work, AT.county)).name).toBe('龙胜各族自治县');
      await expect(requireRegion(work, AT.county, 'township', 'village')).rejects.toMatchObject({
        code: 'identity.region-unknown',
        info: { fields: [{ field: 'region', reason: '龙胜各族自治县不是乡镇级或村级区划' }] },
      });
    });
  });

  test('a new name is taken over, a new parent is refused', async () => {
    const row = readRegionFile('450328').find((one) => one.code === AT.village)!;
    const renamed = await office.system((work) => loadRegions(work, [{ ...row, name: '新村' }]));
    expect(renamed).toEqual({ added: 0, renamed: 1 });
    expect(await regionName(office.platform.db.reader(), AT.village)).toBe('新村');
    const moved = { ...row, parentCode: '450328101000' };
    const attempt = office.system((work) => loadRegions(work, [moved]));
    expect(await office.refusal(attempt)).toBe('identity.region-moved');
    expect(await loadReferenceRegions(office.platform)).toEqual(['450328']);
  });

  test('no person may, and an unknown county is refused', async () => {
    const load = (actor = SYSTEM_ACTOR, county = '450328') =>
      office.refusal(office.do(actor, loadCountyRegions, { county }));
    expect(await load(office.users)).toBe('platform.not-permitted');
    expect(await load(SYSTEM_ACTOR, '999999')).toBe('identity.region-unknown');
    expect(await load(SYSTEM_ACTOR, '../../x')).toBe('platform.invalid-input');
  });
});
