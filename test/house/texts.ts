/** Rules about texts: what is never written into the repository, and the words that must be explained. */
import { execFileSync } from 'node:child_process';
import { type Finding, ROOT, type Rule, readIfThere } from './tree';

interface Ban {
  readonly what: string;
  readonly pattern: RegExp;
  readonly in: RegExp;
  readonly because: string;
}

const CODE = /^(src|migrations|test|bench|scripts)\/.*\.[jt]s$|^[^/]+\.[jt]s$/;

// Written in pieces, because this file is itself one of those that are searched.
const bans: readonly Ban[] = [
  {
    what: 'a path of one machine',
    pattern: /(^|[\s'"`(=:,;])\/(work|root|home\/\w+|Users\/\w+)\//m,
    in: /./,
    because: 'a clone on another machine has no such path',
  },
  {
    what: 'a path outside the repository',
    pattern: new RegExp(`(\\.\\./)+${'shared'}/`),
    in: /./,
    because: 'everything the service and its tests need is in the repository',
  },
  {
    what: 'an unfinished place',
    pattern: new RegExp(`\\b(${'TO'}${'DO'}|${'FIX'}${'ME'})\\b`),
    in: CODE,
    because: 'what is not done is an issue, not a comment',
  },
  {
    what: 'a type check switched off',
    pattern: new RegExp(`@ts-${'(ignore|nocheck|expect-error)'}|\\bas ${'any'}\\b`),
    in: CODE,
    because: 'a type that does not fit tells of a defect',
  },
  {
    what: 'a skipped or singled-out test',
    pattern: new RegExp(
      `\\b(it|test|describe)\\.(${'skip'}|${'only'}|todo)\\b|\\bx(it|describe)\\(`,
    ),
    in: /^test\/(?!house\/|support\/databases\.ts$)/,
    because:
      'a test that does not run proves nothing; parts for one database go through test/support',
  },
  {
    what: 'rows inserted by the demonstration',
    pattern: /\binsert\s+into\b|\binsertRows?\(/i,
    in: /^src\/demo\//,
    because: 'the demonstration county is built by acts, so that it is lawful and audited',
  },
  {
    what: 'SQL in a route or a rule',
    pattern: /`\s*(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s)/,
    in: /^src\/(?!platform\/|[\w-]+\/[\w-]+\.(store|queries|job)\.ts$)/,
    because: 'SQL stands in stores, queries and nightly steps, where it is tried on both databases',
  },
];

/** What is never written, for files given as path → text. */
export function forbiddenTexts(files: Readonly<Record<string, string>>): Finding[] {
  return Object.entries(files).flatMap(([path, text]) =>
    bans.flatMap((ban) => {
      const match = ban.in.test(path) ? ban.pattern.exec(text) : null;
      if (!match) return [];
      const line = text.slice(0, match.index + 1).split('\n').length;
      return [{ path, line, what: `holds ${ban.what} («${match[0].trim()}»): ${ban.because}` }];
    }),
  );
}

/** The words of the design that everybody must find in the glossary. */
const WORDS =
  '户 建档立卡 监测对象 评级授信 增信 民主评议 公示 异议 贷款证 放款 展期 续贷 五级分类 贴息 应贴尽贴 ' +
  '风险补偿金 代偿 追偿 放大倍数 熔断 户贷企用 台账 销号';

/** What the glossary lacks; `text` null when it is not there at all. */
export function missingWords(text: string | null): Finding[] {
  const path = 'docs/GLOSSARY.md';
  if (text === null)
    return [{ path, line: 0, what: 'is missing: it names each term once, in English' }];
  return WORDS.split(' ')
    .filter((word) => !text.includes(word))
    .map((word) => ({ path, line: 0, what: `does not explain ${word}` }));
}

/** The glossary as a rule over the real repository. */
export const glossary: Rule = {
  name: 'glossary',
  because: 'one term has one English name in code, tables, API and screens',
  find: () => missingWords(readIfThere('docs/GLOSSARY.md')),
};

/** The texts of the real repository: tracked files and those about to be. Big data files are left out. */
export const texts: Rule = {
  name: 'texts',
  because: 'some things are never written into the repository',
  find: () => {
    const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const paths = execFileSync('git', list, { cwd: ROOT, encoding: 'utf8' }).split('\0');
    const files: Record<string, string> = {};
    for (const path of paths) {
      if (path === '' || /\.(csv|png|jpg|ico|woff2?|ttf|gz|pdf|xlsx)$/.test(path)) continue;
      files[path] = readIfThere(path) ?? '';
    }
    return forbiddenTexts(files);
  },
};
