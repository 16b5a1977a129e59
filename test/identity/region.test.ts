/** Codes of places: levels, parents, and which place covers which. */

import { countiesOnFile, readRegionFile } from '../../src/identity/load-files';
import { chainCodes, levelOf, parentOf, parseRegions } from '../../src/identity/region';
import { NATIONAL, regionCovers } from '../../src/platform/authority';

describe('The level of a code', () => {
  const cases: [string, string | null, string | null][] = [
    ['450000000000', 'province', null],
    ['450300000000', 'city', '450000000000'],
    ['450328000000', 'county', '450300000000'],
    ['450328100000', 'township', '450328000000'],
    ['450328100001', 'village', '450328100000'],
    [NATIONAL, null, null],
  ];
  test.each(cases)('%s is %s below %s', (code, level, parent) => {
    expect(levelOf(code)).toBe(level);
    expect(parentOf(code)).toBe(parent);
  });

  test('gives the chain from the province down', () => {
    const chain = ['450000000000', '450300000000', '450328000000', '450328100000'];
    expect(chainCodes('450328100000')).toEqual(chain);
    expect(chainCodes(NATIONAL)).toEqual([]);
  });
});

describe('A place', () => {
  const cases: [outer: string, inner: string, covers: boolean][] = [
    [NATIONAL, '450328100001', true],
    ['450328000000', '450328000000', true],
    ['450328000000', '450328100001', true],
    ['450328000000', '450300000000', false],
    ['450328000000', '450226000000', false],
    ['450328100000', '450328101001', false],
    ['450328100001', '450328100002', false],
    ['450000000000', '450328100001', true],
    ['450000000000', '460000000000', false],
  ];
  test.each(cases)('%s covers %s: %s', (outer, inner, covers) => {
    expect(regionCovers(outer, inner)).toBe(covers);
  });
});

describe('A county file', () => {
  test('holds Longsheng with its 10 townships and 128 villages, parents first', () => {
    const rows = readRegionFile('450328');
    const levels = (level: string) => rows.filter((row) => row.level === level).length;
    expect([levels('county'), levels('township'), levels('village')]).toEqual([1, 10, 128]);
    expect(rows.find((row) => row.level === 'county')?.name).toBe('龙胜各族自治县');
    const seen = new Set<string>();
    for (const row of rows) {
      expect(row.parentCode === null || seen.has(row.parentCode)).toBe(true);
      seen.add(row.code);
    }
  });

  test('is there for more than one county', () => {
    expect(countiesOnFile()).toEqual(expect.arrayContaining(['450226', '450328']));
  });

  const HEAD = 'code,name,level,parent_code\n';
  const wrong: [string, string][] = [
    ['a code too short', '45032810000,龙胜镇,township,450328000000'],
    ['the country', '000000000000,中国,province,'],
    ['no name', '450328100000,,township,450328000000'],
    ['a level that is not its code’s', '450328100000,龙胜镇,county,450328000000'],
    ['a parent that is not its code’s', '450328100000,龙胜镇,township,450226000000'],
  ];
  test.each(wrong)('is refused with %s', (_what, row) => {
    expect(() => parseRegions(HEAD + row)).toThrow('Line 2');
  });

  test('that is not there is told', () => {
    expect(() => readRegionFile('999999')).toThrow('行政区划代码不存在');
  });
});
