// Compiles src and migrations to dist, only when they have changed, so that the second start is quick.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { alone, digest, readIfThere, root, runNode, say } = require('./tool');

const STAMP = 'dist/.xinfu-built';
const FOLDERS = ['src', 'migrations'];
const SINGLE = ['ormconfig.ts', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];

/** A failure to compile; the compiler's own messages have been printed by then. */
class BuildFailed extends Error {}

/**
 * Makes dist match the sources.
 * @returns {Promise<void>}
 * @throws {BuildFailed} when the sources do not compile.
 */
async function ensureBuilt() {
  if (isFresh(sources())) return;
  await alone('build', async () => {
    const files = sources();
    if (!isFresh(files)) await build(files);
  });
}

function isFresh(files) {
  return recorded()?.digest === digestOf(files);
}

function recorded() {
  const text = readIfThere(STAMP);
  return text === null ? null : JSON.parse(text);
}

/** Every file that can change the build, in a fixed order. */
function sources() {
  return [
    ...FOLDERS.flatMap(walk),
    ...SINGLE.filter((file) => fs.existsSync(path.join(root, file))),
  ];
}

function walk(folder) {
  const at = path.join(root, folder);
  if (!fs.existsSync(at)) return [];
  return fs
    .readdirSync(at, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? walk(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
    );
}

function digestOf(files) {
  return digest(files.flatMap((file) => [file, fs.readFileSync(path.join(root, file))]));
}

async function build(files) {
  say('正在编译', 'compiling');
  const started = Date.now();
  const before = recorded();
  const made = digestOf(files);
  // A deleted source must not live on in dist, where a stale require would still find it.
  if (!before || before.files.some((file) => !files.includes(file))) {
    fs.rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  }
  fs.rmSync(path.join(root, STAMP), { force: true });
  const result = await runNode('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.build.json'], {
    output: 'stderr',
  });
  if (result.code !== 0) {
    say('编译失败，见上方错误', 'compilation failed, see the errors above');
    throw new BuildFailed('compilation failed');
  }
  copyAssets(files);
  fs.writeFileSync(path.join(root, STAMP), JSON.stringify({ digest: made, files }));
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  say(`编译完成（${seconds} 秒）`, `compiled (${seconds} s)`);
}

/** Files beside the code that are read at run time (the compiler copies only what is imported). */
function copyAssets(files) {
  for (const file of files) {
    if (!file.includes('/') || /\.(ts|md)$/.test(file)) continue;
    const target = path.join(root, 'dist', file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(path.join(root, file), target);
  }
}

module.exports = { BuildFailed, ensureBuilt };
