/**
 * Rules about calls and packages that have a home: what is dangerous everywhere (the system's clock,
 * chance, floats, the environment, timers, raw databases) is done well in one place and nowhere else.
 */
import ts from 'typescript';
import { type Finding, lineOf, type Rule, type Source, visit } from './tree';

interface Home {
  readonly what: string;
  readonly matches: (node: ts.Node) => boolean;
  /** Files in which it may stand. */
  readonly homes: readonly RegExp[];
  readonly because: string;
}

const CLOCK = [/^src\/platform\/clock\.ts$/];
const CHANCE = [/^src\/platform\/ids\.ts$/, /^src\/platform\/crypto\//];
const NUMBERS = [/^src\/platform\/(money|rate)\.ts$/];
const TIMERS = [/^src\/platform\/(jobs|db|audit)\//, /^src\/main\.ts$/];

const clockReason =
  'time comes from platform/clock.ts (work.now, work.today): tests and nights set it';
const chanceReason =
  'chance comes from platform/ids.ts or platform/crypto: tests must be repeatable';
const floatReason =
  'money and rates are integers; text becomes numbers in money.ts and rate.ts only';
const timerReason =
  'timers live where they are stopped on shutdown: platform/jobs, platform/db, platform/audit, main';
const transactionReason = 'transactions open in the act pipeline and the job runner only';

/** `object.name`, `global.object.name` or `object['name']`. */
function member(object: string, name: string): (node: ts.Node) => boolean {
  return (node) => {
    const owner =
      ts.isPropertyAccessExpression(node) && node.name.text === name
        ? node.expression
        : ts.isElementAccessExpression(node) && literal(node.argumentExpression) === name
          ? node.expression
          : null;
    return owner !== null && new RegExp(`(^|\\.)${object}$`).test(owner.getText());
  };
}

function literal(node: ts.Node): string | null {
  return ts.isStringLiteralLike(node) ? node.text : null;
}

/** Any `.name` whatever it belongs to. */
function property(name: string): (node: ts.Node) => boolean {
  return (node) => ts.isPropertyAccessExpression(node) && node.name.text === name;
}

/** A use of a global function, called or passed on; members and declarations of that name are not it. */
function global(name: string): (node: ts.Node) => boolean {
  return (node) => {
    if (!ts.isIdentifier(node) || node.text !== name) return false;
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
      return /^(globalThis|global|Number)$/.test(parent.expression.getText());
    }
    return !('name' in parent && parent.name === node);
  };
}

function imports(...packages: string[]): (node: ts.Node) => boolean {
  return (node) =>
    ts.isImportDeclaration(node) && packages.includes(literal(node.moduleSpecifier) ?? '');
}

const either =
  (...tests: ((node: ts.Node) => boolean)[]) =>
  (node: ts.Node) =>
    tests.some((test) => test(node));

/** `new Date()` and `Date()`: the present. `new Date(instant)` only converts and is allowed. */
const present = (node: ts.Node): boolean =>
  (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
  node.expression.getText() === 'Date' &&
  (ts.isCallExpression(node) || (node.arguments?.length ?? 0) === 0);

const RANDOM = ['randomUUID', 'randomBytes', 'randomInt', 'getRandomValues'];

const CALLS: readonly Home[] = [
  { what: 'Date.now', matches: member('Date', 'now'), homes: CLOCK, because: clockReason },
  { what: 'new Date()', matches: present, homes: CLOCK, because: clockReason },
  {
    what: 'performance.now or process.hrtime',
    matches: either(member('performance', 'now'), member('process', 'hrtime')),
    homes: CLOCK,
    because: clockReason,
  },
  { what: 'Math.random', matches: member('Math', 'random'), homes: CHANCE, because: chanceReason },
  {
    what: 'randomness of node:crypto',
    matches: (node) => RANDOM.some((name) => property(name)(node) || global(name)(node)),
    homes: CHANCE,
    because: chanceReason,
  },
  { what: 'parseFloat', matches: global('parseFloat'), homes: NUMBERS, because: floatReason },
  { what: 'toFixed', matches: property('toFixed'), homes: NUMBERS, because: floatReason },
  {
    what: 'process.env',
    matches: either(member('process', 'env'), imports('node:process', 'process')),
    homes: [/^src\/platform\/config\.ts$/],
    because: 'the environment is read and checked once, in platform/config.ts',
  },
  {
    what: 'setTimeout or setInterval',
    matches: either(
      global('setTimeout'),
      global('setInterval'),
      imports('node:timers', 'node:timers/promises'),
    ),
    homes: TIMERS,
    because: timerReason,
  },
  {
    what: 'inTransaction',
    matches: property('inTransaction'),
    // identity/authority notes the last use of a session, which is no act of anybody.
    homes: [/^src\/platform\//, /^src\/identity\/authority\.ts$/],
    because: transactionReason,
  },
  {
    what: 'createQueryRunner',
    matches: property('createQueryRunner'),
    homes: [/^src\/platform\/db\//],
    because: transactionReason,
  },
  {
    what: 'console',
    matches: (node) =>
      ts.isPropertyAccessExpression(node) && node.expression.getText() === 'console',
    homes: [/^src\/(main|cli)\.ts$/, /^src\/(cli|demo)\//],
    because:
      'the log is structured and free of personal data (platform/log); only the terminal is spoken to',
  },
];

function usesOutside(source: Source, home: Home): Finding[] {
  if (home.homes.some((pattern) => pattern.test(source.path))) return [];
  const lines = new Set<number>();
  visit(source.ast, (node) => {
    if (home.matches(node)) lines.add(lineOf(source.ast, node));
  });
  const what = `uses ${home.what}: ${home.because}`;
  return [...lines].map((line) => ({ path: source.path, line, what }));
}

export const callsAtHome: Rule = {
  name: 'calls at home',
  because: 'what is dangerous everywhere is done well in one place',
  find: (tree) =>
    [...tree.sources.values()]
      .filter((source) => /^(src|migrations)\//.test(source.path))
      .flatMap((source) => CALLS.flatMap((home) => usesOutside(source, home))),
};

const DATABASE = [/^src\/platform\/db\//];

const PACKAGES: readonly { packages: string[]; homes: RegExp[]; because: string }[] = [
  {
    packages: ['express', 'helmet', 'compression', 'express-rate-limit', 'pino-http'],
    homes: [/^src\/platform\/http\//],
    because: 'only platform/http knows HTTP; a module gives route tables',
  },
  {
    packages: ['typeorm'],
    homes: [...DATABASE, /\.(entity|store|queries)\.ts$/, /^migrations\//, /^ormconfig\.ts$/],
    because: 'the mapper stays in platform/db, entities, stores, queries and migrations',
  },
  {
    packages: ['better-sqlite3', 'mysql2'],
    homes: DATABASE,
    because: 'only platform/db knows which database it speaks to',
  },
  {
    packages: ['node-cron'],
    homes: [/^src\/platform\/jobs\//],
    because: 'cron only wakes the job runner, which holds the lease',
  },
  {
    packages: ['node:fs', 'fs', 'node:fs/promises', 'fs/promises'],
    homes: [
      /^src\/(platform|demo|cli)\//,
      /^src\/cli\.ts$/,
      /^src\/(policy|identity)\/load-[\w-]+\.ts$/,
    ],
    because:
      'business rules touch no files; files are read by platform, demo, cli and the loaders of policy rows, regions and roles',
  },
];

export const packagesAtHome: Rule = {
  name: 'packages at home',
  because: 'a library that is everywhere can never be replaced or guarded',
  find: (tree) => {
    const findings: Finding[] = [];
    for (const source of tree.sources.values()) {
      if (!/^(src|migrations)\//.test(source.path) && source.path !== 'ormconfig.ts') continue;
      for (const { wanted, pack, line } of source.imports) {
        const rule = PACKAGES.find(
          ({ packages }) => packages.includes(pack ?? '') || packages.includes(wanted),
        );
        if (!rule || rule.homes.some((home) => home.test(source.path))) continue;
        findings.push({ path: source.path, line, what: `imports ${wanted}: ${rule.because}` });
      }
    }
    return findings;
  },
};
