/**
 * The source tree as the house rules see it: every file parsed once, with what it imports. Rules are
 * pure functions over a tree, so that each can be tried on a small bad tree written as strings.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The folder of the repository. */
export const ROOT = path.resolve(__dirname, '../..');

/** One import, export-from, require or import type of a file. Types count: they bind as hard as values. */
export interface Import {
  /** As written, e.g. `../money` or `typeorm`. */
  readonly wanted: string;
  /** The file of the tree it means, or null for a package or a file that is not there. */
  readonly file: string | null;
  /** The package, e.g. `@node-rs/argon2` or `node:fs`; null for relative imports. */
  readonly pack: string | null;
  readonly line: number;
}

/** One source file; `path` is relative to the repository, with `/`. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly ast: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** Sources by path, and the paths of all other files (README.md, JSON). */
export interface Tree {
  readonly sources: ReadonlyMap<string, Source>;
  readonly others: ReadonlySet<string>;
}

/** One breach of a rule, at one place. `line` is 0 when it concerns the whole file or a missing file. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

/** A rule of the house; `because` is the sentence that a failing build shows. */
export interface Rule {
  readonly name: string;
  readonly because: string;
  readonly find: (tree: Tree) => Finding[];
}

/** Puts the findings of a rule into a message a person can act on; empty when there are none. */
export function report(rule: Rule, tree: Tree): string {
  const findings = rule.find(tree);
  if (findings.length === 0) return '';
  const lines = findings.map(
    ({ path: at, line, what }) => `  ${line ? `${at}:${line}` : at} ${what}`,
  );
  return `${rule.name}: ${rule.because}\n${lines.join('\n')}\n`;
}

/** Builds a tree from file texts by path; files that are not .ts or .js are known by name only. */
export function treeOf(files: Readonly<Record<string, string>>): Tree {
  const paths = new Set(Object.keys(files));
  const sources = new Map<string, Source>();
  for (const [at, text] of Object.entries(files)) {
    if (/\.[jt]s$/.test(at)) sources.set(at, sourceOf(at, text, paths));
  }
  return { sources, others: new Set([...paths].filter((at) => !sources.has(at))) };
}

/** Reads the real tree from the disk. */
export function realTree(): Tree {
  const folders = ['src', 'migrations', 'test', 'bench', 'scripts'];
  const paths = [
    ...folders.flatMap(walk),
    'ormconfig.ts',
    'jest.config.js',
    'jest.faults.config.js',
  ];
  const files: Record<string, string> = {};
  for (const at of paths) files[at] = readIfThere(at) ?? '';
  return treeOf(files);
}

/** Every file below a folder of the repository; none when the folder is not there. */
function walk(folder: string): string[] {
  try {
    return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? walk(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The text of a file of the repository, or null where there is none. */
export function readIfThere(at: string): string | null {
  try {
    return readFileSync(path.join(ROOT, at), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function sourceOf(at: string, text: string, paths: ReadonlySet<string>): Source {
  const ast = ts.createSourceFile(at, text, ts.ScriptTarget.ES2022, true);
  const imports: Import[] = [];
  visit(ast, (node) => {
    const wanted = wantedBy(node);
    if (wanted === null) return;
    const relative = wanted.startsWith('.');
    imports.push({
      wanted,
      file: relative ? resolve(at, wanted, paths) : null,
      pack: relative ? null : packageOf(wanted),
      line: lineOf(ast, node),
    });
  });
  return { path: at, text, ast, imports };
}

/** What a node imports, in any of the ways the language has; null when it imports nothing. */
function wantedBy(node: ts.Node): string | null {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return textOf(node.moduleSpecifier);
  }
  if (ts.isExternalModuleReference(node)) return textOf(node.expression);
  if (ts.isImportTypeNode(node)) {
    return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : null;
  }
  if (!ts.isCallExpression(node)) return null;
  const { expression } = node;
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === 'require') ||
    expression.getText() === 'require.resolve';
  return loads ? textOf(node.arguments[0]) : null;
}

function textOf(node: ts.Node | undefined): string | null {
  return node && ts.isStringLiteralLike(node) ? node.text : null;
}

function packageOf(wanted: string): string {
  const parts = wanted.split('/');
  return wanted.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? wanted);
}

function resolve(from: string, wanted: string, paths: ReadonlySet<string>): string | null {
  const base = path.posix.join(path.posix.dirname(from), wanted);
  const candidates = [base, `${base}.ts`, `${base}.js`, `${base}/index.ts`];
  return candidates.find((candidate) => paths.has(candidate)) ?? null;
}

/** Calls `see` for a node and everything below it. */
export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

/** The line, from 1, on which a node begins (comments before it left out). */
export function lineOf(ast: ts.SourceFile, node: ts.Node): number {
  return ast.getLineAndCharacterOfPosition(node.getStart(ast)).line + 1;
}
