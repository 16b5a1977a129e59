/**
 * The facts of a person as a list tells them (health, labour ability, skills, working away, public payroll). A
 * blank cell and a missing column say nothing; a word that is not known is refused.
 */
import type { ListField } from './list-columns';
import { AWAY_WORDS, HEALTH_WORDS, LABOUR_WORDS, plainWord, yesOrNo } from './list-words';
import type { Health, Traits } from './traits';

/** What a list says of a person; what it does not say is left out. */
export type ListTraits = Partial<Traits>;

type Words = (field: ListField) => string;
type Fault = (field: ListField, reason: string, remedy: string) => void;

/** Reads the facts of a row through `words`, which gives the text of a column, '' where there is none. */
export function readTraitWords(words: Words, fault: Fault): ListTraits {
  const traits: ListTraits = {};
  const health = words('health');
  if (health !== '') traits.health = healthOf(health, fault);
  const labour = words('labour');
  if (labour !== '') {
    traits.labour = LABOUR_WORDS.get(plainWord(labour));
    if (!traits.labour) fault('labour', '不认识的劳动能力', `请填：${KNOWN_LABOUR}。`);
  }
  const away = words('away');
  // A bare 是 tells that the person works away and not where.
  if (away !== '' && yesOrNo(away) !== true) {
    traits.workingAway = AWAY_WORDS.get(plainWord(away));
    if (!traits.workingAway)
      fault('away', '不认识的务工区域', '请填：县内、县外省内、省外，或“否”。');
  }
  limited('skills', 100, words, fault, (text) => {
    traits.skills = text;
  });
  limited('awayPlace', 60, words, fault, (text) => {
    traits.awayPlace = text;
  });
  const employee = words('publicEmployee');
  if (employee !== '') {
    traits.publicEmployee = yesOrNo(employee) ?? undefined;
    if (traits.publicEmployee === undefined) {
      fault('publicEmployee', '不认识的内容', '请填“是”或“否”。');
    }
  }
  return withoutUndefined(traits);
}

const KNOWN_LABOUR = '普通劳动力、技能劳动力、弱劳动力或半劳动力、丧失劳动力、无劳动力';

/** Of several states (长期慢性病，残疾) the register keeps one: a serious illness before a disability before the rest. */
const GRAVEST: readonly Health[] = ['SERIOUS_ILLNESS', 'DISABLED', 'CHRONIC', 'HEALTHY'];

function healthOf(words: string, fault: Fault): Health | undefined {
  const states = words
    .normalize('NFKC')
    .split(/[,、;+/\s]/)
    .filter((word) => word.trim() !== '')
    .map((word) => HEALTH_WORDS.get(plainWord(word)));
  if (states.length === 0 || states.includes(undefined)) {
    fault('health', '不认识的健康状况', '请填：健康、长期慢性病、患有大病、残疾。');
    return undefined;
  }
  return GRAVEST.find((state) => states.includes(state));
}

function limited(
  field: 'skills' | 'awayPlace',
  max: number,
  words: Words,
  fault: Fault,
  take: (text: string) => void,
): void {
  const text = words(field);
  if ([...text].length > max) fault(field, `超过 ${max} 个字`, '请缩短后再上传。');
  else if (text !== '') take(text);
}

function withoutUndefined(traits: ListTraits): ListTraits {
  return Object.fromEntries(Object.entries(traits).filter(([, value]) => value !== undefined));
}
