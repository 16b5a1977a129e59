/** Invented people by the thousand, from a seed: names of the area, well-formed ID numbers, no two alike. */
import { checkCharacter } from '../households';
import { type BusinessDate, dateOfEpochDay, epochDay } from '../platform/dates';
import type { Random } from '../platform/ids';

/** Surnames of northern Guangxi, the frequent ones several times. */
const SURNAMES = [
  ...'覃韦蒙潘石吴杨粟廖侯黄李陆莫罗蓝谭梁龙贲周邓唐苏银余龚陈胡赵覃韦潘石吴杨粟廖',
];
const MALE = [...'明国强志华勇军建平福生林辉云东海德胜家旺玉成文武光荣庆宝金山'];
const FEMALE = [...'秀兰英珍梅花芳桂香美玲凤丽娟燕春菊月娥小玉金莲翠红艳婷雪琴'];

export type SampleSex = 'male' | 'female';

/** Picks with a repeatable source of chance. */
export class Dice {
  constructor(private readonly random: Random) {}

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor(this.random() * count);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** True in `percent` of 100 cases. */
  in100(percent: number): boolean {
    return this.below(100) < percent;
  }
}

/** Makes people who differ in their ID numbers. */
export class SamplePeople {
  private readonly taken = new Set<string>();

  constructor(private readonly dice: Dice) {}

  surname(): string {
    return this.dice.pick(SURNAMES);
  }

  /** A given name of one or two characters. */
  given(sex: SampleSex): string {
    const characters = sex === 'male' ? MALE : FEMALE;
    const first = this.dice.pick(characters);
    return this.dice.in100(80) ? first + this.dice.pick(characters) : first;
  }

  /** An ID number of the county for somebody of this age in years on a day; odd sequences are men. */
  idNumber(sex: SampleSex, age: number, on: BusinessDate): string {
    for (;;) {
      const born = dateOfEpochDay(epochDay(on) - age * 365 - 91 - this.dice.below(365));
      const sequence = 2 * this.dice.below(500) + (sex === 'male' ? 1 : 0);
      const seventeen = `450328${born.replace(/-/g, '')}${String(sequence).padStart(3, '0')}`;
      if (this.taken.has(seventeen)) continue;
      this.taken.add(seventeen);
      return seventeen + checkCharacter(seventeen);
    }
  }

  phone(): string {
    return `13${this.dice.below(10)}${String(this.dice.below(100_000_000)).padStart(8, '0')}`;
  }

  account(): string {
    const digits = () => String(this.dice.below(10_000_000)).padStart(7, '0');
    return `62148${digits()}${digits()}`;
  }
}
