/**
 * The words that lists use for relations, statuses and facts, as our codes. A word that is not here is refused
 * with the words that would be understood: a near word is never guessed.
 */
import { type HouseholdKind, KIND_NAMES, RELATION_NAMES, type Relation } from './household-kind';
import {
  HEALTH_NAMES,
  type Health,
  LABOUR_NAMES,
  type Labour,
  WORKING_AWAY_NAMES,
  type WorkingAway,
} from './traits';

/** Words of one code, separated by blanks. */
type Words<C extends string> = Readonly<Record<C, string>>;

function dictionary<C extends string>(names: Words<C>, more: Words<C>): ReadonlyMap<string, C> {
  const map = new Map<string, C>();
  for (const [code, name] of Object.entries(names) as [C, string][]) {
    for (const word of [name, ...more[code].split(' ')]) {
      if (word !== '') map.set(plainWord(word), code);
    }
  }
  return map;
}

/** A word without width, blanks and the marks around it; a leading 之 (之子, 之女) says nothing more. */
export function plainWord(word: string): string {
  return word
    .normalize('NFKC')
    .replace(/[\s"'“”‘’()[\]【】、,;；,，。.\-_/]/g, '')
    .replace(/^之/, '');
}

/** 与户主关系: the words of GB/T 4761-2008 and of the national lists. Spouses of children count with the child. */
export const RELATION_WORDS = dictionary<Relation>(RELATION_NAMES, {
  HEAD: '本人 户主本人 本人或户主',
  SPOUSE: '妻 妻子 夫 丈夫 爱人 老婆 老公 妻或夫',
  SON: '儿子 独生子 长子 大儿子 次子 二儿子 二子 三子 四子 五子 养子 继子 养子或继子 儿媳 儿媳妇 长媳 次媳',
  DAUGHTER:
    '女儿 独生女 长女 大女儿 次女 二女儿 二女 三女 四女 五女 养女 继女 养女或继女 女婿 长婿',
  GRANDCHILD:
    '孙子 孙女 孙 外孙 外孙子 外孙女 孙子女 外孙子女 曾孙 曾孙子 曾孙女 曾外孙子 曾外孙女 孙媳 孙媳妇 孙女婿 外孙媳妇 外孙女婿',
  PARENT: '父 母 父亲 母亲 爸爸 妈妈 公公 婆婆 岳父 岳母 继父 继母 养父 养母',
  GRANDPARENT: '祖父 祖母 爷爷 奶奶 外祖父 外祖母 外公 外婆 曾祖父 曾祖母',
  SIBLING: '兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹 哥 兄弟 姐妹 嫂子 嫂 弟媳 弟妹 姐夫 妹夫',
  OTHER:
    '其他亲属 非亲属 其它 伯父 伯母 叔父 叔叔 婶母 舅父 舅母 姑父 姑母 姨父 姨母 侄子 侄儿 侄女 外甥 外甥女 堂兄弟 表兄弟',
});

/** 户类型 and 监测对象类别, present and former names. Leaving the list is done household by household, not by a list. */
export const KIND_WORDS = dictionary<HouseholdKind>(KIND_NAMES, {
  REGISTERED_POOR:
    '建档立卡户 建档立卡 贫困户 一般贫困户 一般农户贫困户 低保贫困户 五保贫困户 特困供养贫困户 未脱贫 未脱贫户 国定贫困户',
  OUT_OF_POVERTY: '脱贫 已脱贫 已脱贫户 稳定脱贫户 脱贫享受政策 脱贫享受政策户 建档立卡脱贫户',
  UNSTABLE: '脱贫不稳定 脱贫不稳户 脱贫监测户',
  MARGINAL: '边缘户 边缘易致贫',
  SUDDEN_HARDSHIP: '突发严重困难 突发困难户 严重困难户 突发严重困难农户',
  ASSISTED: '帮扶对象 帮扶户 帮扶需求户',
  REMOVED: '',
  MOVED_OUT: '',
});

/** 健康状况. */
export const HEALTH_WORDS = dictionary<Health>(HEALTH_NAMES, {
  HEALTHY: '良好 健康或良好 一般 正常',
  CHRONIC: '慢性病 患慢性病 患有慢性病 患有长期慢性病',
  SERIOUS_ILLNESS: '大病 患大病 重病 重大疾病 患有重大疾病',
  DISABLED: '残疾人 持证残疾 有残疾 患有残疾',
});

/** 劳动技能 and 劳动能力. */
export const LABOUR_WORDS = dictionary<Labour>(LABOUR_NAMES, {
  SKILLED: '技术劳动力 技能型劳动力',
  ORDINARY: '劳动力 有劳动力 有劳动能力 完全劳动力 普通劳力',
  WEAK: '弱劳动力 半劳动力 弱半劳动力 部分劳动力 部分丧失劳动力',
  LOST: '丧失劳动能力 完全丧失劳动力',
  NONE: '无劳动能力 无劳力',
});

/** 务工区域. 是否务工 with a bare 是 says not where, and is told as not known. */
export const AWAY_WORDS = dictionary<WorkingAway>(WORKING_AWAY_NAMES, {
  NO: '否 无 没有 未务工 不务工 在家 未外出',
  IN_COUNTY: '县内 乡内 乡镇内 村内 本县 乡镇外县内 乡(镇)内 乡(镇)外县内 县域内',
  IN_PROVINCE: '省内 县外省内 区内 自治区内 县外区内 市内 市外省内',
  OUTSIDE: '省外 区外 自治区外 外省 境外',
});

/** What says "no" to a kind of monitoring. */
const NO_KIND = new Set(['', '无', '否', '非监测对象', '不是', '无此项']);

/** Whether a word of 监测对象类别 says that the household is not monitored. */
export function saysNotMonitored(word: string): boolean {
  return NO_KIND.has(plainWord(word));
}

const YES = new Set(['是', '有', '√', '✓', '1', 'Y', 'YES', 'TRUE', '公职人员']);
const NO = new Set(['否', '无', '没有', '不是', '×', '✗', '0', 'N', 'NO', 'FALSE', '非公职人员']);

/** 是/否; null when the word says neither. */
export function yesOrNo(word: string): boolean | null {
  const plain = plainWord(word).toUpperCase();
  if (YES.has(plain)) return true;
  return NO.has(plain) ? false : null;
}

/** 男/女; null when the word says neither. */
export function sexOf(word: string): 'male' | 'female' | null {
  const plain = plainWord(word).toUpperCase();
  if (['男', '男性', 'M', '1'].includes(plain)) return 'male';
  return ['女', '女性', 'F', '2'].includes(plain) ? 'female' : null;
}
