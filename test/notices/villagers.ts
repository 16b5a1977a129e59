/** Villagers made up by the thousand: names of every form, valid ID numbers, phones and accounts, and careless texts. */
import type { Random } from '../../src/platform/ids';

/** A household as an officer might type it into a notice. */
export interface Villager {
  /** What must never be seen: ID number, phone, account, address, birth date, health. */
  secrets: string[];
  name: string;
  content: Record<string, string>;
}

const SURNAMES = '韦 石 粟 吴 廖 蒙 潘 王 李 欧阳 司马 上官 诸葛 𠮷'.split(' ');
const GIVEN = '大明 有福 秀英 小妹 桂花 建国 明 㐂 老三 阿妹'.split(' ');
const PARTED = ['阿卜杜拉·买买提', '买买提·吐尔逊·艾合买提', '古丽•努尔', 'Li Ming', '卓玛·次仁'];
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const FULL_WIDTH = '０１２３４５６７８９';
const HAN = '〇一二三四五六七八九';

/** The last character of an ID number (GB 11643). */
export function idCheck(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(first17[at]), 0);
  return '10X98765432'[sum % 11] as string;
}

/** Whether a number passes the check of bank cards (ISO/IEC 7812). */
export function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** A maker of villagers, repeatable by its randomness. */
export function villagers(random: Random): () => Villager {
  const below = (n: number) => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]) => list[below(list.length)] as T;
  const digits = (n: number) => Array.from({ length: n }, () => below(10)).join('');
  const two = (n: number) => String(n).padStart(2, '0');
  const account = () => {
    const body = `62${digits(13 + below(4))}`;
    const last = Array.from({ length: 10 }, (_, n) => `${body}${n}`).find(passesLuhn);
    return last as string;
  };
  /** A number as people write it. */
  const written = (number: string) =>
    pick([
      (text: string) => text,
      (text: string) => text.replace(/(.{4})(?=.)/g, '$1 '),
      (text: string) => text.replace(/(.{3})(?=.)/g, '$1-'),
      (text: string) => text.replace(/(.{4})(?=.)/g, '$1·'),
      (text: string) => text.replace(/(.{6})(?=.)/g, '$1\u200b'),
      (text: string) => text.replace(/\d/g, (digit) => FULL_WIDTH[Number(digit)] as string),
      (text: string) => text.replace(/\d/g, (digit) => HAN[Number(digit)] as string),
      (text: string) => text.replace(/(.{3})(?=.{3})/g, '$1.'),
      (text: string) => text.toLowerCase(),
    ])(number);
  return () => {
    const [year, month, day] = [1953 + below(47), 1 + below(12), 1 + below(28)];
    const born = `${year}${two(month)}${two(day)}`;
    const first17 = `450328${born}${digits(3)}`;
    const id = random() < 0.8 ? first17 + idCheck(first17) : `450328${born.slice(2)}${digits(3)}`;
    const phone = `1${pick(['38', '39', '50', '77', '86', '99'])}${digits(8)}`;
    const card = account();
    const address = `城关村${pick(['一', '三', '7'])}组${1 + below(300)}号`;
    const birthDate = `${year}年${month}月${day}日`;
    const health = pick(['慢性肾病', '二级肢体残疾', '尿毒症']);
    const name = random() < 0.2 ? pick(PARTED) : pick(SURNAMES) + pick(GIVEN);
    const slip = written(pick([id, phone, card]));
    const use = pick([
      `养鸡 300 羽，联系 ${slip}`,
      `罗汉果 5 亩（账号${slip}）`,
      `${address}养殖场，${birthDate}出生`,
      `证件${slip}种植业`,
      '地方特色品种鸡',
    ]);
    return {
      secrets: [id, phone, card, address, birthDate, `${year}-${two(month)}-${two(day)}`, health],
      name,
      content: {
        borrowerName: name,
        village: '城关村',
        amount: `${10_000 + below(40_000)}.00 元`,
        use,
        term: `${12 + below(25)} 个月`,
        bank: '龙胜农商行',
        idNumber: id,
        phone,
        bankAccount: card,
        address,
        birthDate,
        health,
        minors: '一子读小学',
        remark: `${id} ${phone}`,
      },
    };
  };
}
