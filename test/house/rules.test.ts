/**
 * The house rules, tried on small trees written as strings: each is broken once and must say so, and is
 * kept once and must be silent. A rule that cannot fail would be a decoration.
 */
import type { Route } from '../../src/platform/http/routes';
import { Joi } from '../../src/platform/shape';
import { allowedArrows, knownFolders, noCycles, noOrphans, productionPackages } from './arrows';
import { callsAtHome, packagesAtHome } from './homes';
import {
  actsHaveTests,
  moduleFiles,
  modulesStand,
  namesOfModule,
  natures,
  problemsOfModule,
  sizes,
} from './modules';
import { routeFaults } from './routes';
import { LATER, ROWS } from './rows';
import { forbiddenTexts, missingWords } from './texts';
import { type Rule, report, treeOf } from './tree';

type Files = Record<string, string>;

const lines = (count: number) => Array.from({ length: count }, (_, n) => `void ${n};`).join('\n');

/** Texts that the rules would find in this very file if they stood here in one piece. */
const joined = (...parts: string[]) => parts.join('');

const cases: [what: string, rule: Rule, bad: Files, expected: string, good: Files][] = [
  [
    'a module imports a higher row',
    allowedArrows,
    { 'src/credit/rate.ts': "import '../loans';", 'src/loans/index.ts': '' },
    'calls go down, events go up',
    { 'src/loans/sign.ts': "import '../credit';", 'src/credit/index.ts': '' },
  ],
  [
    'a module imports its own row',
    allowedArrows,
    { 'src/ledger/post.ts': "import type { A } from '../policy';", 'src/policy/index.ts': '' },
    'modules of one row never import each other',
    { 'src/ledger/post.ts': "import './entry';", 'src/ledger/entry.ts': '' },
  ],
  [
    'a module reaches behind the face of another',
    allowedArrows,
    { 'src/loans/sign.ts': "export { L } from '../credit/line';", 'src/credit/line.ts': '' },
    'only index.ts of a module may be imported',
    { 'test/loans/sign.test.ts': "import '../../src/credit/line';", 'src/credit/line.ts': '' },
  ],
  [
    'even the composition root reaches behind a face',
    allowedArrows,
    { 'src/app.ts': "import './credit/line';", 'src/credit/line.ts': '' },
    'only index.ts of a module may be imported',
    { 'src/app.ts': "import './credit';", 'src/credit/index.ts': '' },
  ],
  [
    'the platform imports a module by an import type',
    allowedArrows,
    { 'src/platform/act.ts': "type U = import('../identity').User;", 'src/identity/index.ts': '' },
    'the platform knows nothing of lending',
    { 'src/identity/user.ts': "import '../platform/act';", 'src/platform/act.ts': '' },
  ],
  [
    'a migration imports the code of today',
    allowedArrows,
    { 'migrations/loans.ts': "require('../src/platform/money');", 'src/platform/money.ts': '' },
    'a migration is history',
    { 'migrations/loans.ts': "import './schema';", 'migrations/schema.ts': '' },
  ],
  [
    'a module imports the composition root',
    allowedArrows,
    { 'src/loans/sign.ts': "await import('../app');", 'src/app.ts': '' },
    'a module that knows who assembles it',
    { 'src/main.ts': "import './app';", 'src/app.ts': '' },
  ],
  [
    'the service imports a test helper',
    allowedArrows,
    { 'src/demo/county.ts': "import '../../test/support/county';", 'test/support/county.ts': '' },
    'put the parts together',
    { 'bench/index.ts': "import '../test/support/county';", 'test/support/county.ts': '' },
  ],
  [
    'a folder of src that the design does not know',
    knownFolders,
    { 'src/utils/text.ts': '' },
    'in no row of the design',
    { 'src/platform/text.ts': '' },
  ],
  [
    'files import each other, only types',
    noCycles,
    {
      'src/loans/a.ts': "import type { B } from './b';",
      'src/loans/b.ts': "import './c';",
      'src/loans/c.ts': "import { type A } from './a';",
    },
    'src/loans/a.ts → src/loans/b.ts → src/loans/c.ts → src/loans/a.ts',
    {
      'src/loans/a.ts': "import './b'; import './c';",
      'src/loans/b.ts': "import './c';",
      'src/loans/c.ts': '',
    },
  ],
  [
    'a file is used by its test only',
    noOrphans,
    {
      'src/main.ts': '',
      'src/loans/lost.ts': '',
      'test/loans/lost.test.ts': "import '../../src/loans/lost';",
    },
    'src/loans/lost.ts is imported by nobody',
    { 'src/main.ts': "import './loans';", 'src/loans/index.ts': '' },
  ],
  [
    'two files use each other and nobody uses them',
    noOrphans,
    { 'src/main.ts': '', 'src/a.ts': "import './b';", 'src/b.ts': "import './a';" },
    'src/b.ts is imported by nobody',
    { 'test/a.test.ts': "import './support/x';", 'test/support/x.ts': '' },
  ],
  [
    'a migration is not registered',
    noOrphans,
    {
      'migrations/index.ts': "import './loans';",
      'migrations/loans.ts': '',
      'migrations/new.ts': '',
    },
    'migrations/new.ts is imported by nobody',
    { 'migrations/index.ts': "import './loans';", 'migrations/loans.ts': '' },
  ],
  [
    'the service uses a package of development',
    productionPackages(['typeorm']),
    { 'src/platform/check.ts': "import { z } from 'fast-check';" },
    'imports fast-check, which is not among the dependencies',
    { 'src/platform/check.ts': "import 'typeorm'; import 'node:path';" },
  ],
  [
    'the system clock is read outside clock.ts',
    callsAtHome,
    { 'src/loans/sign.ts': 'const t = Date.now();' },
    'time comes from platform/clock.ts',
    { 'src/platform/clock.ts': 'const t = Date.now();' },
  ],
  [
    'the clock is passed on without being called',
    callsAtHome,
    { 'src/loans/sign.ts': "const f = globalThis.Date['now'];" },
    'uses Date.now',
    { 'src/loans/sign.ts': 'const now = work.now;' },
  ],
  [
    'the present by new Date()',
    callsAtHome,
    { 'src/loans/sign.ts': 'const t = new Date;' },
    'uses new Date()',
    { 'src/loans/sign.ts': 'const t = new Date(instant); interface A { at: Date }' },
  ],
  [
    'the present by Date()',
    callsAtHome,
    { 'migrations/loans.ts': 'const t = Date();' },
    'uses new Date()',
    { 'test/a.test.ts': 'const t = Date();' },
  ],
  [
    'a fast clock outside clock.ts',
    callsAtHome,
    { 'src/loans/sign.ts': 'performance.now();' },
    'uses performance.now',
    { 'bench/index.ts': 'performance.now();' },
  ],
  [
    'chance outside its home',
    callsAtHome,
    { 'src/loans/sign.ts': 'Math.random();' },
    'chance comes from platform/ids.ts',
    { 'src/platform/ids.ts': 'Math.random();' },
  ],
  [
    'chance from node:crypto outside its home',
    callsAtHome,
    { 'src/loans/sign.ts': "import { randomBytes } from 'node:crypto'; randomBytes(8);" },
    'uses randomness of node:crypto',
    { 'src/platform/crypto/keys.ts': "import c from 'node:crypto'; c.randomBytes(8);" },
  ],
  [
    'a float is parsed',
    callsAtHome,
    { 'src/loans/sign.ts': "Number.parseFloat('1.1');" },
    'money and rates are integers',
    { 'src/platform/rate.ts': "parseFloat('1.1');" },
  ],
  [
    'a float is printed',
    callsAtHome,
    { 'src/loans/sign.ts': '(1.005).toFixed(2);' },
    'uses toFixed',
    { 'src/platform/money.ts': 'amount.toFixed(2);' },
  ],
  [
    'the environment is read outside config.ts',
    callsAtHome,
    { 'src/main.ts': "import { env } from 'node:process';" },
    'the environment is read and checked once',
    { 'src/platform/config.ts': 'process.env.PORT;' },
  ],
  [
    'a timer outside its home',
    callsAtHome,
    { 'src/loans/sign.ts': 'setTimeout(go, 10);' },
    'timers live where they are stopped on shutdown',
    { 'src/platform/jobs/runner.ts': 'setInterval(go, 10);' },
  ],
  [
    'a timer by promise outside its home',
    callsAtHome,
    { 'src/loans/sign.ts': "import { setTimeout as wait } from 'node:timers/promises';" },
    'uses setTimeout or setInterval',
    { 'src/loans/sign.ts': 'interface Timers { setTimeout: number }' },
  ],
  [
    'a module opens its own transaction',
    callsAtHome,
    { 'src/loans/sign.ts': 'await db.inTransaction(go);' },
    'transactions open in the act pipeline',
    { 'src/platform/act.ts': 'await db.inTransaction(go);' },
  ],
  [
    'a module opens its own connection',
    callsAtHome,
    { 'src/loans/sign.ts': 'source.createQueryRunner();' },
    'uses createQueryRunner',
    { 'src/platform/db/pool.ts': 'source.createQueryRunner();' },
  ],
  [
    'a module speaks to the terminal',
    callsAtHome,
    { 'src/loans/sign.ts': 'console.log(household);' },
    'the log is structured',
    { 'src/cli.ts': 'console.log(answer);' },
  ],
  [
    'express outside platform/http',
    packagesAtHome,
    { 'src/loans/loans.routes.ts': "import type { Request } from 'express';" },
    'only platform/http knows HTTP',
    { 'src/platform/http/server.ts': "import express from 'express';" },
  ],
  [
    'typeorm in an act',
    packagesAtHome,
    { 'src/loans/sign.ts': "import { In } from 'typeorm';" },
    'the mapper stays in platform/db',
    { 'src/loans/loan.entity.ts': "import { Entity } from 'typeorm';" },
  ],
  [
    'a database driver in the runner of jobs',
    packagesAtHome,
    { 'src/platform/jobs/lease.ts': "import mysql from 'mysql2/promise';" },
    'only platform/db knows which database',
    { 'src/platform/db/mysql.ts': "import mysql from 'mysql2/promise';" },
  ],
  [
    'cron in a module',
    packagesAtHome,
    { 'src/nightly.ts': "import cron from 'node-cron';" },
    'cron only wakes the job runner',
    { 'src/platform/jobs/scheduler.ts': "import cron from 'node-cron';" },
  ],
  [
    'a rule reads files',
    packagesAtHome,
    { 'src/loans/terms.ts': "import fs from 'node:fs/promises';" },
    'business rules touch no files',
    { 'src/policy/load-rows.ts': "import fs from 'node:fs';" },
  ],
  [
    'a long file',
    sizes,
    { 'src/loans/sign.ts': lines(301) },
    'has 301 lines',
    { 'src/loans/sign.ts': `${lines(300)}\n`, 'test/loans/sign.test.ts': lines(400) },
  ],
  [
    'a long function',
    sizes,
    { 'test/support/county.ts': `const build = async () => {\n${lines(69)}\n};` },
    'has 71 lines',
    { 'test/support/county.ts': `const build = async () => {\n${lines(68)}\n};` },
  ],
  [
    'a module without a face, a page or errors',
    moduleFiles,
    { 'src/loans/sign.ts': '', 'src/loans/index.ts': '', 'src/loans/problems.ts': '' },
    'src/loans/README.md is missing',
    { 'src/loans/index.ts': '', 'src/loans/problems.ts': '', 'src/loans/README.md': '' },
  ],
  [
    'a module of the design is not there',
    modulesStand,
    { 'src/loans/index.ts': '' },
    'src/riskfund is missing',
    Object.fromEntries(
      ROWS.flat().flatMap((name) => (LATER.includes(name) ? [] : [[`src/${name}/index.ts`, '']])),
    ),
  ],
  [
    'a table map uses a store',
    natures,
    { 'src/loans/loan.entity.ts': "import './loan.store';", 'src/loans/loan.store.ts': '' },
    'an entity is a map of a table',
    { 'src/loans/loan.store.ts': "import './loan.entity';", 'src/loans/loan.entity.ts': '' },
  ],
  [
    'a route passes the pipeline by',
    natures,
    { 'src/loans/loans.routes.ts': "import './loan.store';", 'src/loans/loan.store.ts': '' },
    'a route table names acts and queries',
    { 'src/loans/loans.routes.ts': "import './sign';", 'src/loans/sign.ts': '' },
  ],
  [
    'an act without a test of its name',
    actsHaveTests,
    { 'src/loans/sign.ts': 'export const sign = defineAct({});', 'test/loans/other.test.ts': '' },
    'holds an act and has no test/loans/sign.test.ts',
    { 'src/loans/sign.ts': 'export const sign = defineAct({});', 'test/loans/sign.test.ts': '' },
  ],
  [
    'an act under the name of another module',
    namesOfModule,
    { 'src/loans/sign.ts': "defineAct({ name: 'credit.sign' });" },
    'is named credit.sign, not loans.…',
    { 'src/loans/sign.ts': "defineAct({ name: 'loans.sign' });" },
  ],
  [
    'two queries of one name',
    namesOfModule,
    {
      'src/loans/a.ts': "defineQuery({ name: 'loans.list' }); defineQuery({ name: 'loans.list' });",
    },
    'has the name loans.list of src/loans/a.ts',
    {
      'src/loans/a.ts': "defineQuery({ name: 'loans.list' }); defineQuery({ name: 'loans.one' });",
    },
  ],
  [
    'problems under the name of another module',
    problemsOfModule,
    { 'src/loans/problems.ts': "export const P = catalogue('credit', {});" },
    "has no catalogue('loans', …)",
    { 'src/loans/problems.ts': "export const P = catalogue('loans', {});" },
  ],
];

describe('A rule of the house', () => {
  test.each(cases)('finds it when %s', (_what, rule, bad, expected, good) => {
    const message = report(rule, treeOf(bad));
    expect(message).toContain(expected);
    expect(message).toContain(rule.because);
    expect(report(rule, treeOf(good))).toBe('');
  });

  test('names the line', () => {
    const tree = treeOf({ 'src/loans/sign.ts': '// why\n\nconst now = Date.now();\n' });
    expect(callsAtHome.find(tree)).toMatchObject([{ path: 'src/loans/sign.ts', line: 3 }]);
  });
});

describe('A text that is never written', () => {
  const texts: [what: string, path: string, bad: string, good: string][] = [
    ['a path of one machine', 'docs/A.md', joined('see /wo', 'rk/main/'), 'see GET /api/v1/work/x'],
    ['a home folder', 'README.md', joined('cd "/ho', 'me/li/xinfu"'), 'cd ~/xinfu'],
    ['a path outside', 'src/app.ts', joined("'../../sha", "red/data'"), "'../platform/data'"],
    ['an unfinished place', 'src/app.ts', joined('// TO', 'DO later'), '// done'],
    ['a switched-off check', 'src/app.ts', joined('// @ts-', 'ignore'), '// checked'],
    ['a cast to anything', 'test/a.ts', joined('x as a', 'ny'), 'x as unknown'],
    ['a skipped test', 'test/a.test.ts', joined('it.sk', "ip('a')"), "it('a')"],
    [
      'a row inserted by the demonstration',
      'src/demo/a.ts',
      'insertRow(tx, Loan)',
      'perform(sign)',
    ],
    ['SQL in an act', 'src/loans/sign.ts', '`SELECT 1 FROM loan`', '`SELECTED`'],
  ];

  test.each(texts)('is found: %s', (_what, path, bad, good) => {
    expect(forbiddenTexts({ [path]: `first line\n${bad}` })).toMatchObject([{ path, line: 2 }]);
    expect(forbiddenTexts({ [path]: good })).toEqual([]);
  });

  test('may stand where it belongs', () => {
    expect(forbiddenTexts({ 'src/loans/loan.queries.ts': '`SELECT 1 FROM loan`' })).toEqual([]);
  });
});

describe('The glossary', () => {
  test('is missing, or lacks a word', () => {
    expect(missingWords(null)).toHaveLength(1);
    const words = missingWords('').map(({ what }) => what.replace(/.* /, ''));
    expect(words).toContain('贴息');
    expect(missingWords(words.join(' '))).toEqual([]);
  });
});

describe('A mounted route', () => {
  const input = Joi.object({ id: Joi.string() });
  const query = (change: object = {}) => ({
    permission: 'loans.read',
    title: '台账',
    input,
    ...change,
  });
  const route = (path: string, declared: object | undefined) =>
    ({ method: 'get', path, query: declared }) as unknown as Route;
  const faults = (...routes: Route[]) => routeFaults(routes).map(({ what }) => what);

  test('is silent when it has a permission, a title and a strict shape', () => {
    expect(faults(route('/loans/:id', query()), route('/loans', query()))).toEqual([]);
  });

  test.each<[string, Route, string]>([
    ['permission', route('/loans', query({ permission: '' })), 'permission'],
    ['title', route('/loans', query({ title: 'loans' })), 'Chinese title'],
    ['shape', route('/loans', query({ input: Joi.any() })), 'no shape'],
    ['strictness', route('/loans', query({ input: input.unknown() })), 'unknown fields'],
    ['path parameter in its shape', route('/loans/:loanId', query()), ':loanId'],
    ['act or query', route('/loans', undefined), 'leads to no act or query'],
  ])('is found when it lacks its %s', (_what, bad, expected) => {
    expect(faults(bad)).toEqual([expect.stringContaining(expected)]);
  });

  test('is found when it is mounted twice', () => {
    expect(faults(route('/loans/:id', query()), route('/loans/:id', query()))).toEqual([
      'is mounted twice',
    ]);
  });
});
