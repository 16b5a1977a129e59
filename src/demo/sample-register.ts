/**
 * A person list of Longsheng county as the national register would export it: its real villages, invented
 * households. Repeatable by its seed; rows are made one by one, so that a list of any length takes no memory.
 * With faults, known rows are spoiled in known ways (`sample-faults.ts`), for training and for tests.
 */
import { readFileSync } from 'node:fs';
import { LIST_COLUMNS } from '../households';
import { parseRegions } from '../identity';
import { type BusinessDate, businessDate, yearsOld } from '../platform/dates';
import { seededRandom } from '../platform/ids';
import { fromRoot } from '../platform/root';
import { DEMO_PLACES } from './places';
import { type SampleFault, type SampleRow, spoil } from './sample-faults';
import { Dice, SamplePeople, type SampleSex } from './sample-people';

/** What list is wanted. */
export interface SampleWanted {
  households: number;
  seed?: number;
  /** The day of the list; it decides which kinds of households there are. */
  on?: BusinessDate;
  faults?: boolean;
}

/** From this day the transition period knows monitored households instead of registered poor ones. */
const TRANSITION = '2021-01-01';

/** A row as cells, in the order of the titles. */
export function sampleCells(row: SampleRow): string[] {
  return LIST_COLUMNS.map((column) => row[column.field] ?? '');
}

/** The rows of the list. `spoiled` is told each fault that was put in, with the number of its row. */
export function* sampleRegister(
  wanted: SampleWanted,
  spoiled: (fault: SampleFault & { row: number }) => void = () => undefined,
): Generator<SampleRow> {
  const { households, seed = 450328, on = businessDate('2018-03-01') } = wanted;
  const dice = new Dice(seededRandom(seed));
  const maker = new HouseholdMaker(dice, on);
  const villages = countyVillages();
  // The header is row 1.
  let next = 2;
  for (let n = 0; n < households; n += 1) {
    const village = villages[n % villages.length] as VillageWords;
    const rows = maker.household(village, Math.floor(n / villages.length) + 1);
    const fault = wanted.faults ? spoil(rows, n) : null;
    if (fault) spoiled({ ...fault, row: next + fault.member });
    next += rows.length;
    yield* rows;
  }
}

interface VillageWords {
  code: string;
  county: string;
  township: string;
  village: string;
}

function countyVillages(): VillageWords[] {
  const { county } = DEMO_PLACES;
  const file = fromRoot('reference', 'regions', `${county.slice(0, 6)}.csv`);
  const regions = parseRegions(readFileSync(file, 'utf8'));
  const names = new Map(regions.map((region) => [region.code, region.name]));
  return regions
    .filter((region) => region.level === 'village')
    .map(({ code, name, parentCode }) => ({
      code,
      county: names.get(county) as string,
      township: names.get(parentCode as string) as string,
      village: name,
    }));
}

class HouseholdMaker {
  private readonly people: SamplePeople;

  constructor(
    private readonly dice: Dice,
    private readonly on: BusinessDate,
  ) {
    this.people = new SamplePeople(dice);
  }

  /** The rows of one household: head, spouse, children, an old parent. */
  household({ code, county, township, village }: VillageWords, number: number): SampleRow[] {
    const { dice } = this;
    const headSex: SampleSex = dice.in100(85) ? 'male' : 'female';
    const headAge = 28 + dice.below(40);
    const surname = this.people.surname();
    const other = headSex === 'male' ? 'female' : 'male';
    const head = this.person('户主', headSex, headAge, surname);
    const members = [head];
    if (dice.in100(80)) members.push(this.person('配偶', other, headAge, this.people.surname()));
    for (let n = dice.below(4); n > 0; n -= 1) {
      const sex = dice.in100(52) ? 'male' : 'female';
      const age = Math.max(0, headAge - 21 - 2 * n - dice.below(3));
      members.push(this.person(sex === 'male' ? '之子' : '之女', sex, age, surname));
    }
    if (dice.in100(25))
      members.push(this.person('之母', 'female', headAge + 22, this.people.surname()));
    head.phone = this.people.phone();
    head.account = this.people.account();
    const shared: SampleRow = {
      county,
      township,
      village,
      code: `${code}${String(number).padStart(4, '0')}`,
      headName: head.name ?? '',
      ...this.status(),
    };
    return members.map((member) => ({ ...shared, ...member }));
  }

  private person(relation: string, sex: SampleSex, age: number, surname: string): SampleRow {
    const idNumber = this.people.idNumber(sex, age, this.on);
    const birthDate = `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`;
    return {
      name: surname + this.people.given(sex),
      idNumber,
      relation,
      sex: sex === 'male' ? '男' : '女',
      birthDate,
      ...this.traits(yearsOld(birthDate as BusinessDate, this.on)),
    };
  }

  private traits(age: number): SampleRow {
    const { dice } = this;
    const health = dice.in100(82) ? '健康' : dice.pick(['长期慢性病', '患有大病', '残疾']);
    if (age < 16) return { health, labour: '无劳动力', publicEmployee: '否' };
    if (age > 65) return { health, labour: '弱劳动力或半劳动力', publicEmployee: '否' };
    if (health === '残疾') return { health, labour: '丧失劳动力', publicEmployee: '否' };
    const skilled = dice.in100(15);
    return {
      health,
      labour: skilled ? '技能劳动力' : '普通劳动力',
      skills: skilled ? dice.pick(['电工', '泥瓦工', '厨师', '养殖', '刺绣']) : '',
      away: dice.in100(40) ? dice.pick(['省外', '县外省内', '县内']) : '',
      publicEmployee: '否',
    };
  }

  private status(): SampleRow {
    const { dice } = this;
    if (this.on < TRANSITION) {
      return dice.in100(50)
        ? { kind: '建档立卡贫困户', kindFrom: '2015-12-31', source: '国开办发〔2014〕24号' }
        : { kind: '脱贫户', kindFrom: '2016-12-31', source: '桂政办发〔2016〕10号' };
    }
    const source = '国开发〔2020〕6号';
    if (dice.in100(88)) return { kind: '脱贫户', kindFrom: '2020-12-31', source };
    const monitored = dice.pick(['脱贫不稳定户', '边缘易致贫户', '突发严重困难户']);
    const kind = monitored === '脱贫不稳定户' ? '脱贫户' : '';
    return { kind, monitored, kindFrom: '2021-05-20', source };
  }
}
