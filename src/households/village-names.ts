/**
 * Finding a village by the words of a list. The 12-digit code decides where it is given; names are compared without
 * their endings (都坪村委会, 都坪村 and 都坪 are one) within the township that stands beside them. A name that fits
 * no village, or two, is explained with the names that are near and never guessed.
 */
import type { RegionInfo } from '../identity';
import { regionCovers } from '../platform/authority';

/** Where a row of the list says that the household lives; '' where the list does not say. */
export interface PlaceWords {
  county: string;
  township: string;
  village: string;
  villageCode: string;
}

/** What became of the words. `field` is the column to which the reason belongs. */
export type FoundVillage =
  | { ok: true; code: string }
  | { ok: false; field: keyof PlaceWords; reason: string; remedy: string };

const VILLAGE_ENDINGS = /(村民委员会|居民委员会|社区居委会|居委会|村委会|委会|社区|村)$/;
const TOWNSHIP_ENDINGS = /(街道办事处|街道|镇|乡)$/;
const NEAR = 3;

const narrow = (name: string) => name.normalize('NFKC').replace(/\s/g, '');

/** A name without its ending: 城南社区居委会 → 城南. The ending alone is no name and stays. */
function bare(name: string, endings: RegExp): string {
  let text = narrow(name);
  for (let next = text.replace(endings, ''); next !== text; next = text.replace(endings, '')) {
    if (next === '') break;
    text = next;
  }
  return text;
}

interface Village {
  info: RegionInfo;
  township: RegionInfo | undefined;
  bareName: string;
}

/** The villages of an importer's region, ready to be asked. */
export class VillageNames {
  private readonly villages: readonly Village[];
  private readonly byCode: ReadonlyMap<string, Village>;
  private readonly known = new Map<string, FoundVillage>();
  private readonly counties: readonly RegionInfo[];

  /** @param regions every place of the importer's region, of all levels, with those above it. */
  constructor(
    regions: readonly RegionInfo[],
    private readonly ownRegion: string,
  ) {
    const townships = new Map(
      regions.filter((one) => one.level === 'township').map((one) => [one.code.slice(0, 9), one]),
    );
    this.counties = regions.filter((one) => one.level === 'county');
    this.villages = regions
      .filter((one) => one.level === 'village' && regionCovers(ownRegion, one.code))
      .map((info) => ({
        info,
        township: townships.get(info.code.slice(0, 9)),
        bareName: bare(info.name, VILLAGE_ENDINGS),
      }));
    this.byCode = new Map(this.villages.map((village) => [village.info.code, village]));
  }

  /** The village of these words. Equal words are looked up once: a list repeats them on every row. */
  find(words: PlaceWords): FoundVillage {
    const key = JSON.stringify([words.villageCode, words.county, words.township, words.village]);
    let found = this.known.get(key);
    if (!found) {
      found = this.search(words);
      this.known.set(key, found);
    }
    return found;
  }

  private search(words: PlaceWords): FoundVillage {
    const county = this.checkCounty(words.county);
    if (county) return county;
    const code = narrow(words.villageCode);
    return code === '' ? this.byName(words) : this.byCodeAndName(code, words);
  }

  private checkCounty(name: string): FoundVillage | null {
    if (name === '' || this.counties.length === 0) return null;
    const text = narrow(name);
    // 龙胜县 is what everybody writes for 龙胜各族自治县.
    const short = text.replace(/(自治县|县|市|区)$/, '');
    const fits = this.counties.some(
      (one) => one.name === text || (short.length > 1 && one.name.startsWith(short)),
    );
    if (fits) return null;
    return refused(
      'county',
      `不是您辖区内的县（辖区：${this.counties.map((one) => one.name).join('、')}）`,
      '请核对县名；外县农户请由所在县导入。',
    );
  }

  private byCodeAndName(code: string, words: PlaceWords): FoundVillage {
    const village = this.byCode.get(code);
    if (!village) {
      return refused(
        'villageCode',
        /^\d{12}$/.test(code) ? '您辖区内没有此代码的行政村' : '应为 12 位行政村代码',
        '请填 12 位统计用区划代码，或删去此列改用乡镇、行政村名称。',
      );
    }
    const wanted = bare(words.village, VILLAGE_ENDINGS);
    if (wanted !== '' && wanted !== village.bareName) {
      return refused(
        'village',
        `与行政村代码不符：${code} 是${village.info.name}`,
        '请核对代码与村名，改正其中一项。',
      );
    }
    return { ok: true, code };
  }

  private byName(words: PlaceWords): FoundVillage {
    if (narrow(words.village) === '') {
      return refused('village', '为空', '请填行政村名称，或增加“行政村代码”列。');
    }
    const inTownship = this.ofTownship(words.township);
    if (!Array.isArray(inTownship)) return inTownship;
    const exact = inTownship.filter((one) => one.info.name === narrow(words.village));
    const wanted = bare(words.village, VILLAGE_ENDINGS);
    const fitting = exact.length > 0 ? exact : inTownship.filter((one) => one.bareName === wanted);
    if (fitting.length === 1) return { ok: true, code: (fitting[0] as Village).info.code };
    if (fitting.length > 1) {
      return refused(
        'village',
        `有 ${fitting.length} 个同名的村：${fitting.map(fullName).join('、')}`,
        '请写明乡镇和村名全称，或增加“行政村代码”列。',
      );
    }
    const near = nearest(narrow(words.village), inTownship);
    const hint = near.length > 0 ? `；相近的有：${near.map(fullName).join('、')}` : '';
    return refused(
      'village',
      `您辖区内没有此村${hint}`,
      '请按区划名称改正，或增加“行政村代码”列。',
    );
  }

  private ofTownship(name: string): Village[] | FoundVillage {
    if (narrow(name) === '') return [...this.villages];
    const exact = this.villages.filter((one) => one.township?.name === narrow(name));
    const wanted = bare(name, TOWNSHIP_ENDINGS);
    const fitting =
      exact.length > 0
        ? exact
        : this.villages.filter(
            (one) => one.township && bare(one.township.name, TOWNSHIP_ENDINGS) === wanted,
          );
    if (fitting.length > 0) return fitting;
    const names = [...new Set(this.villages.map((one) => one.township?.name ?? ''))];
    return refused(
      'township',
      `您辖区内没有此乡镇（辖区：${names.join('、')}）`,
      '请按区划名称改正；辖区外的农户请由所在乡镇导入。',
    );
  }

  /** Whether a code lies within the importer's region. */
  covers(code: string): boolean {
    return regionCovers(this.ownRegion, code);
  }

  /** The name of a village, its code where the name is not known. */
  nameOf(code: string): string {
    return this.byCode.get(code)?.info.name ?? code;
  }
}

const refused = (field: keyof PlaceWords, reason: string, remedy: string): FoundVillage => ({
  ok: false,
  field,
  reason,
  remedy,
});

const fullName = ({ township, info }: Village) => `${township?.name ?? ''}${info.name}`;

/** The villages whose names are most alike, at most `NEAR`; none that shares no character beside its ending. */
function nearest(name: string, villages: readonly Village[]): Village[] {
  const wanted = bare(name, VILLAGE_ENDINGS);
  const alike = ({ bareName, info }: Village) => {
    const own = sharedCharacters(wanted, bareName);
    // The kind of place (村, 社区) decides between names that are alike.
    return own === 0 ? 0 : 10 * own + sharedCharacters(name, info.name);
  };
  return villages
    .map((village) => ({ village, alike: alike(village) }))
    .filter((one) => one.alike > 0)
    .sort((one, other) => other.alike - one.alike)
    .slice(0, NEAR)
    .map(({ village }) => village);
}

function sharedCharacters(a: string, b: string): number {
  return [...new Set(a)].filter((character) => b.includes(character)).length;
}
