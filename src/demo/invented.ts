/** Invented people with well-formed ID numbers of the county; any likeness to a real person is chance. */
import { checkCharacter } from '../households';

const HEADS = [
  '覃大明',
  '韦秀兰',
  '粟建国',
  '潘玉成',
  '石老三',
  '吴美珍',
  '蒙志高',
  '杨胜利',
  '侯春花',
  '廖家旺',
  '黄金秀',
  '李长青',
  '陆小妹',
  '蓝凤英',
];
const SPOUSES = [
  '罗桂英',
  '莫振华',
  '周小琴',
  '贲丽',
  '龙秀芝',
  '谭有福',
  '梁美玲',
  '蓝月娥',
  '韦保生',
  '苏二妹',
  '赵国强',
  '邓翠花',
  '唐文亮',
  '韦德胜',
];

const idNumber = (birth: string, sequence: number): string => {
  const body = `450328${birth}${String(sequence).padStart(3, '0')}`;
  return `${body}${checkCharacter(body)}`;
};

/** The n-th household's head and spouse (n from 0). */
export function demoPerson(n: number) {
  const month = String((n % 12) + 1).padStart(2, '0');
  return {
    head: {
      name: HEADS[n % HEADS.length]!,
      idNumber: idNumber(`${1970 + (n % 15)}${month}18`, 101 + 2 * n),
      phone: `1387834${String(5600 + n)}`,
    },
    spouse: {
      name: SPOUSES[n % SPOUSES.length]!,
      idNumber: idNumber(`${1972 + (n % 15)}${month}09`, 102 + 2 * n),
    },
  };
}
