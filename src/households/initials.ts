/**
 * 拼音首字母: the letters by which people are searched, 覃秀英 as `qxy`. The first character is read as a surname
 * (单 Shan, 解 Xie, 区 Ou, 仇 Qiu, 曾 Zeng, 覃 Qin; compound ones such as 尉迟 Yuchi too), where its common
 * reading would differ. Characters without a known reading and signs leave no letter.
 */
import { pinyin } from 'pinyin-pro';

/** Longest form kept. */
const LONGEST = 40;

/** The initials of a name in lower-case letters a–z, at most 40; '' when none of its characters is known. */
export function initialsOf(name: string): string {
  const letters = pinyin(name, {
    pattern: 'first',
    toneType: 'none',
    type: 'array',
    surname: 'head',
  });
  return letters
    .join('')
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .slice(0, LONGEST);
}
