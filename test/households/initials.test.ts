/** 拼音首字母: surnames in their own reading, and names that are not Han characters. */
import { initialsOf } from '../../src/households/initials';

describe('The initials of a name', () => {
  test.each([
    ['单雄信', 'sxx'],
    ['解晓东', 'xxd'],
    ['区大明', 'odm'],
    ['仇英', 'qy'],
    ['曾国', 'zg'],
    ['查良镛', 'zly'],
    ['覃秀英', 'qxy'],
    ['韦大明', 'wdm'],
    ['欧阳锋', 'oyf'],
    ['尉迟恭', 'ycg'],
    ['长孙无忌', 'zswj'],
    ['吕布', 'lb'],
    ['买买提·艾力', 'mmtal'],
    ['A大明', 'adm'],
    ['𠮷田', 't'],
    ['', ''],
  ])('%s is found by %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  test('a long name is cut to what the column holds', () => {
    expect(initialsOf('韦'.repeat(60))).toHaveLength(40);
  });
});
