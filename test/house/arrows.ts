/** Rules about who imports whom: rows, faces, cycles, files nobody uses, packages of production. */
import { ARROWS, type Place, placeOf } from './rows';
import { type Finding, type Import, type Rule, readIfThere, type Source, type Tree } from './tree';

/** The sentence that forbids an arrow, or null when it is allowed. */
function refusal(from: Place, to: Place, target: string): string | null {
  if (!ARROWS[from.area].to.includes(to.area)) return ARROWS[from.area].because;
  if (to.area !== 'module' || from.module === to.module) return null;
  if (from.area === 'module' && from.row === to.row) {
    return 'modules of one row never import each other: raise an event, or move the question down';
  }
  if (from.area === 'module' && from.row > to.row) {
    return 'calls go down, events go up: emit an event and let app.ts connect the listener';
  }
  const restricted = from.area === 'module' || from.area === 'top';
  return restricted && !target.endsWith('/index.ts')
    ? 'only index.ts of a module may be imported from outside: what is not on its face may change'
    : null;
}

function* arrows(tree: Tree): Generator<{ source: Source; imported: Import; file: string }> {
  for (const source of tree.sources.values()) {
    for (const imported of source.imports) {
      if (imported.file !== null) yield { source, imported, file: imported.file };
    }
  }
}

export const allowedArrows: Rule = {
  name: 'arrows',
  because: 'the design lets calls go down the rows only, through index.ts',
  find: (tree) => {
    const findings: Finding[] = [];
    for (const { source, imported, file } of arrows(tree)) {
      const why = refusal(placeOf(source.path), placeOf(file), file);
      if (why) {
        findings.push({ path: source.path, line: imported.line, what: `imports ${file}: ${why}` });
      }
    }
    return findings;
  },
};

export const knownFolders: Rule = {
  name: 'known folders',
  because: ARROWS.unknown.because,
  find: (tree) =>
    [...tree.sources.keys()]
      .filter((at) => placeOf(at).area === 'unknown')
      .map((path) => ({ path, line: 0, what: 'is in no row of the design (test/house/rows.ts)' })),
};

export const noCycles: Rule = {
  name: 'cycles',
  because:
    'files that import each other, be it only types, can only be read, tested and moved together',
  find: (tree) =>
    cyclesOf(tree).map((cycle) => ({
      path: cycle[0] ?? '',
      line: 0,
      what: `is in a cycle: ${[...cycle, cycle[0]].join(' → ')}`,
    })),
};

/** The shortest cycle through each knot of files that import each other. */
function cyclesOf(tree: Tree): string[][] {
  const cycles: string[][] = [];
  const told = new Set<string>();
  for (const start of [...tree.sources.keys()].sort()) {
    if (told.has(start)) continue;
    const cycle = wayBack(tree, start);
    if (!cycle) continue;
    for (const file of cycle) told.add(file);
    cycles.push(cycle);
  }
  return cycles;
}

/** Breadth first from a file back to itself. */
function wayBack(tree: Tree, start: string): string[] | null {
  const came = new Map<string, string>();
  const queue = [start];
  for (const at of queue) {
    for (const { file } of tree.sources.get(at)?.imports ?? []) {
      if (file === start) return pathTo(came, start, at);
      if (file === null || came.has(file)) continue;
      came.set(file, at);
      queue.push(file);
    }
  }
  return null;
}

function pathTo(came: ReadonlyMap<string, string>, start: string, end: string): string[] {
  const way = [end];
  for (let at = end; at !== start; ) {
    at = came.get(at) ?? start;
    way.unshift(at);
  }
  return way;
}

/** Files that run without being imported: entry points, tests and what jest or TypeORM name themselves. */
const STARTS =
  /^(src\/(main|cli)\.ts|ormconfig\.ts|migrations\/index\.ts|bench\/index\.ts|test\/support\/global-\w+\.ts|test\/.*\.test\.ts|scripts\/[\w-]+\.js|scripts\/lib\/jest-summary\.js|jest\.[\w.]*config\.js)$/;

export const noOrphans: Rule = {
  name: 'orphans',
  because:
    'a file that nothing reaches from an entry point is not part of the service: connect or delete it',
  find: (tree) => {
    const used = new Set<string>();
    const starts = [...tree.sources.keys()].filter((at) => STARTS.test(at));
    // What only a test imports is not used by the service, so tests vouch for test helpers alone.
    reach(
      tree,
      starts.filter((at) => !isTest(at)),
      used,
    );
    const byTests = new Set<string>();
    reach(tree, starts.filter(isTest), byTests);
    return [...tree.sources.keys()]
      .filter((at) => !used.has(at) && !(isTest(at) && byTests.has(at)))
      .map((path) => ({ path, line: 0, what: 'is imported by nobody' }));
  },
};

function isTest(at: string): boolean {
  return placeOf(at).area === 'test';
}

function reach(tree: Tree, from: readonly string[], used: Set<string>): void {
  for (const at of from) {
    if (used.has(at)) continue;
    used.add(at);
    const next = tree.sources.get(at)?.imports.flatMap(({ file }) => (file ? [file] : [])) ?? [];
    reach(tree, next, used);
  }
}

/** Packages of production are those of package.json's `dependencies`; the rest is not there then. */
export function productionPackages(dependencies: readonly string[]): Rule {
  return {
    name: 'production packages',
    because: 'a package outside `dependencies` is missing in production',
    find: (tree) => {
      const findings: Finding[] = [];
      for (const source of tree.sources.values()) {
        if (!/^(src|migrations)\//.test(source.path)) continue;
        for (const { pack, line } of source.imports) {
          if (pack === null || pack.startsWith('node:') || dependencies.includes(pack)) continue;
          const what = `imports ${pack}, which is not among the dependencies (Node's own: node:…)`;
          findings.push({ path: source.path, line, what });
        }
      }
      return findings;
    },
  };
}

/** The names of package.json's `dependencies`. */
export function dependencies(): string[] {
  return Object.keys(JSON.parse(readIfThere('package.json') ?? '{}').dependencies ?? {});
}
