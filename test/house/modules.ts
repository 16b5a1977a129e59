/** Rules about the inside of modules: their files, sizes, acts with tests, and what each kind may use. */
import ts from 'typescript';
import { LATER, placeOf, ROWS } from './rows';
import { type Finding, lineOf, type Rule, type Source, type Tree, visit } from './tree';

const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 70;

export const sizes: Rule = {
  name: 'sizes',
  because: `files of at most ${MAX_FILE_LINES} lines and functions of at most ${MAX_FUNCTION_LINES} can be read at once; the long ones rot`,
  find: (tree) =>
    [...tree.sources.values()]
      .filter(({ path }) => !path.endsWith('.test.ts'))
      .flatMap((source) => [...longFile(source), ...longFunctions(source)]),
};

function longFile({ path, text }: Source): Finding[] {
  const lines = text.trimEnd().split('\n').length;
  return lines > MAX_FILE_LINES ? [{ path, line: 0, what: `has ${lines} lines` }] : [];
}

function longFunctions({ path, ast }: Source): Finding[] {
  const findings: Finding[] = [];
  visit(ast, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return;
    const line = lineOf(ast, node);
    const lines = ast.getLineAndCharacterOfPosition(node.end).line + 2 - line;
    if (lines <= MAX_FUNCTION_LINES) return;
    const name = node.name?.getText(ast) ?? 'a function';
    findings.push({ path, line, what: `${name} has ${lines} lines` });
  });
  return findings;
}

/** The modules that have at least one source file. */
function modulesOf(tree: Tree): string[] {
  const names = [...tree.sources.keys()].map((at) => placeOf(at).module);
  return [...new Set(names.filter((name) => name !== null))].sort();
}

export const moduleFiles: Rule = {
  name: 'module files',
  because:
    'a module has a face (index.ts), a page that explains it (README.md) and its errors (problems.ts)',
  find: (tree) =>
    modulesOf(tree).flatMap((name) =>
      ['index.ts', 'README.md', 'problems.ts']
        .map((file) => `src/${name}/${file}`)
        .filter((file) => !tree.sources.has(file) && !tree.others.has(file))
        .map((path) => ({ path, line: 0, what: 'is missing' })),
    ),
};

export const modulesStand: Rule = {
  name: 'modules stand',
  because: 'every module of the design stands, except those that later work builds',
  find: (tree) => {
    const there = modulesOf(tree);
    return ROWS.flat()
      .filter((name) => !there.includes(name) && !LATER.includes(name))
      .map((name) => ({ path: `src/${name}`, line: 0, what: 'is missing' }));
  },
};

/** Calls of `defineAct` and the like, with their object literal. */
function declarations(source: Source, maker: string): ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  visit(source.ast, (node) => {
    if (ts.isCallExpression(node) && node.expression.getText(source.ast) === maker)
      found.push(node);
  });
  return found;
}

/** The text of a property of a declaration's object literal, e.g. its name. */
function textProperty(call: ts.CallExpression, name: string): string | null {
  const [spec] = call.arguments;
  if (!spec || !ts.isObjectLiteralExpression(spec)) return null;
  for (const member of spec.properties) {
    if (!ts.isPropertyAssignment(member) || member.name.getText() !== name) continue;
    return ts.isStringLiteralLike(member.initializer) ? member.initializer.text : null;
  }
  return null;
}

export const actsHaveTests: Rule = {
  name: 'acts have tests',
  because: 'what an act allows, refuses and leaves unchanged is told by a test of its name',
  find: (tree) =>
    [...tree.sources.values()].flatMap((source) => {
      const { module } = placeOf(source.path);
      if (module === null || declarations(source, 'defineAct').length === 0) return [];
      const test = source.path.replace(/^src\//, 'test/').replace(/\.ts$/, '.test.ts');
      if (tree.sources.has(test)) return [];
      return [{ path: source.path, line: 0, what: `holds an act and has no ${test}` }];
    }),
};

export const namesOfModule: Rule = {
  name: 'names carry their module',
  because:
    'the audit, the permissions and the metrics know an act or a query by <module>.<name>, once',
  find: (tree) => {
    const seen = new Map<string, string>();
    const findings: Finding[] = [];
    for (const source of tree.sources.values()) {
      const { module } = placeOf(source.path);
      if (module === null) continue;
      for (const call of [
        ...declarations(source, 'defineAct'),
        ...declarations(source, 'defineQuery'),
      ]) {
        const name = textProperty(call, 'name');
        const at = { path: source.path, line: lineOf(source.ast, call) };
        if (!name?.startsWith(`${module}.`)) {
          findings.push({ ...at, what: `is named ${name ?? 'nothing'}, not ${module}.…` });
        } else if (seen.has(name)) {
          findings.push({ ...at, what: `has the name ${name} of ${seen.get(name)}` });
        } else seen.set(name, source.path);
      }
    }
    return findings;
  },
};

export const problemsOfModule: Rule = {
  name: 'problems carry their module',
  because: 'the code of a problem begins with its module, so that its meaning can be looked up',
  find: (tree) =>
    modulesOf(tree).flatMap((name) => {
      const source = tree.sources.get(`src/${name}/problems.ts`);
      if (!source) return [];
      const named = declarations(source, 'catalogue').some((call) => {
        const [first] = call.arguments;
        return first && ts.isStringLiteralLike(first) && first.text === name;
      });
      return named ? [] : [{ path: source.path, line: 0, what: `has no catalogue('${name}', …)` }];
    }),
};

/** The nature of a file of a module, told by its name. */
type Nature = 'entity' | 'store' | 'queries' | 'routes' | 'job' | 'other';

function natureOf(at: string): Nature {
  const match = /\.(entity|store|queries|routes|job)\.ts$/.exec(at);
  return (match?.[1] as Nature | undefined) ?? 'other';
}

/** What a file of each nature leaves alone inside its module. */
const LEAVES: Readonly<Record<Nature, { out: readonly Nature[]; because: string }>> = {
  entity: {
    out: ['store', 'queries', 'routes', 'job'],
    because: 'an entity is a map of a table and nothing more',
  },
  store: {
    out: ['routes', 'job', 'queries'],
    because: 'a store loads and saves what acts need; screens read through queries',
  },
  queries: { out: ['store', 'routes', 'job'], because: 'a query reads and never saves' },
  routes: {
    out: ['store', 'entity', 'job'],
    because: 'a route table names acts and queries; the pipeline does the rest',
  },
  job: { out: ['routes'], because: 'a nightly step finds what is due and performs acts' },
  other: { out: ['routes', 'job'], because: 'acts and rules do not know who calls them' },
};

export const natures: Rule = {
  name: 'natures',
  because: 'the name of a file tells what it is and what it may use',
  find: (tree) => {
    const findings: Finding[] = [];
    for (const source of tree.sources.values()) {
      const { module } = placeOf(source.path);
      if (module === null || source.path.endsWith('/index.ts')) continue;
      const { out, because } = LEAVES[natureOf(source.path)];
      for (const { file, line } of source.imports) {
        if (file === null || placeOf(file).module !== module || !out.includes(natureOf(file)))
          continue;
        findings.push({ path: source.path, line, what: `imports ${file}: ${because}` });
      }
    }
    return findings;
  },
};
