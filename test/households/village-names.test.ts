/** Finding villages by the words of lists: full and short names, codes, townships; doubt is told, never decided. */

import { VillageNames } from '../../src/households/village-names';
import type { RegionInfo } from '../../src/identity';

const REGIONS: RegionInfo[] = [
  { code: '450328000000', name: '龙胜各族自治县', level: 'county' },
  { code: '450328100000', name: '龙胜镇', level: 'township' },
  { code: '450328101000', name: '瓢里镇', level: 'township' },
  { code: '450328100001', name: '城南社区居委会', level: 'village' },
  { code: '450328100200', name: '城关村委会', level: 'village' },
  { code: '450328100210', name: '城关社区居委会', level: 'village' },
  { code: '450328100203', name: '都坪村委会', level: 'village' },
  { code: '450328101200', name: '都坪村委会', level: 'village' },
];

const names = new VillageNames(REGIONS, '450328000000');
const none = { county: '', township: '', village: '', villageCode: '' };

describe('A village', () => {
  const found: [what: string, words: object, code: string][] = [
    ['by its full name', { township: '龙胜镇', village: '都坪村委会' }, '450328100203'],
    ['by its everyday name', { township: '瓢里', village: '都坪村' }, '450328101200'],
    ['by its bare name', { township: '瓢里镇', village: '都坪' }, '450328101200'],
    ['of a community', { village: '城南社区' }, '450328100001'],
    ['by its code', { villageCode: '450328100203' }, '450328100203'],
    ['by code and name', { villageCode: '450328100203', village: '都坪村' }, '450328100203'],
    ['with the county as people write it', { county: '龙胜县', village: '城南' }, '450328100001'],
    ['with full-width blanks', { village: '　城南 社区' }, '450328100001'],
    [
      'by the full name where the short one fits two',
      { township: '龙胜镇', village: '城关村委会' },
      '450328100200',
    ],
  ];

  test.each(found)('is found %s', (_what, words, code) => {
    expect(names.find({ ...none, ...words })).toEqual({ ok: true, code });
  });

  const refused: [what: string, words: object, field: string, reason: string][] = [
    ['two of that name', { village: '都坪村' }, 'village', '龙胜镇都坪村委会、瓢里镇都坪村委会'],
    ['a village and a community of that name', { village: '城关' }, 'village', '2 个同名的村'],
    [
      'none of that name',
      { township: '龙胜镇', village: '都平村' },
      'village',
      '相近的有：龙胜镇都坪村委会',
    ],
    ['nothing near', { village: '伟江' }, 'village', '没有此村'],
    ['no name', {}, 'village', '为空'],
    ['an unknown township', { township: '泗水乡', village: '都坪' }, 'township', '龙胜镇、瓢里镇'],
    ['another county', { county: '融水县', village: '都坪' }, 'county', '不是您辖区内的县'],
    ['an unknown code', { villageCode: '450226100003' }, 'villageCode', '没有此代码'],
    ['a short code', { villageCode: '450328100' }, 'villageCode', '12 位'],
    ['code and name of two', { villageCode: '450328100203', village: '城南' }, 'village', '不符'],
  ];

  test.each(refused)('is refused: %s', (_what, words, field, reason) => {
    const answer = names.find({ ...none, ...words });
    expect(answer).toMatchObject({ ok: false, field, reason: expect.stringContaining(reason) });
  });
});
