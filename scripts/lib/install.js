// Installs what is missing, so that a fresh clone needs one command. Nothing is done, in a few
// milliseconds, when node_modules already holds what package-lock.json names.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { alone, digest, readIfThere, root, runNpm, say } = require('./tool');

const STAMP = 'node_modules/.xinfu-installed';
const OTHER_PLATFORM = /android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|wasm|win32/;

/** A failure to install, already explained to the person at the terminal. */
class InstallFailed extends Error {}

/**
 * Makes node_modules match package-lock.json.
 * @returns {Promise<void>}
 * @throws {InstallFailed} when npm could not; what to do has been printed by then.
 */
async function ensureInstalled() {
  if (readIfThere(STAMP) === wanted()) return;
  await alone('install', async () => {
    if (readIfThere(STAMP) === wanted()) return;
    if (!matchesLock()) await install();
    await ensureDatabaseDriver();
    fs.writeFileSync(path.join(root, STAMP), wanted());
  });
}

/** What node_modules must have been made for: this lock, this Node (native modules depend on it). */
function wanted() {
  const lock = readIfThere('package-lock.json');
  if (lock === null)
    fail('缺少 package-lock.json，请恢复该文件', 'package-lock.json is missing; restore it');
  return digest([lock, process.platform, process.arch, process.versions.modules]);
}

/** Compares npm's own record of what it installed with the lock; a hand-made `npm install` counts. */
function matchesLock() {
  const record = readIfThere('node_modules/.package-lock.json');
  if (record === null) return false;
  const there = JSON.parse(record).packages;
  return Object.entries(JSON.parse(readIfThere('package-lock.json')).packages).every(
    ([name, entry]) =>
      name === '' ||
      (there[name] ? there[name].integrity === entry.integrity : entry.optional === true),
  );
}

async function install() {
  say(
    '正在安装依赖（首次约 1–3 分钟，其中 better-sqlite3 可能需要编译）',
    'installing dependencies (1–3 minutes the first time; better-sqlite3 may compile)',
  );
  const started = Date.now();
  const clean = await npm(['ci', '--include=dev']);
  if (clean.code !== 0) {
    if (!lacksOnlyOtherPlatforms(clean.text)) explain(clean.text);
    say(
      '锁文件缺少其他平台的可选包，改用 npm install（不改动锁文件）',
      'the lock lacks optional packages of other platforms; using npm install, lock untouched',
    );
    const plain = await npm(['install', '--include=dev', '--no-save']);
    if (plain.code !== 0) explain(plain.text);
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  say(`依赖已安装（${seconds} 秒）`, `dependencies installed (${seconds} s)`);
}

/** `--silent` on our own command must not silence an installation that fails. */
function npm(args) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  return runNpm([...args, ...quiet], { output: 'stderr' });
}

/**
 * Whether `npm ci` refused only because some registries do not carry every platform's binary, which
 * is harmless here. A lock that disagrees with package.json in any other way must be repaired.
 */
function lacksOnlyOtherPlatforms(text) {
  const complaints = text.match(/(Missing|Invalid): .*/g) ?? [];
  return (
    complaints.length > 0 &&
    complaints.every((line) => line.startsWith('Missing') && OTHER_PLATFORM.test(line))
  );
}

/** The embedded database is the one native module without which nothing starts, so it is tried. */
async function ensureDatabaseDriver() {
  if (driverLoads()) return;
  say('正在为本机编译 better-sqlite3', 'compiling better-sqlite3 for this machine');
  const rebuilt = await npm(['rebuild', 'better-sqlite3']);
  if (rebuilt.code !== 0 || !driverLoads()) explain(`better-sqlite3 ${rebuilt.text}`);
}

function driverLoads() {
  try {
    const folder = path.join(root, 'node_modules', 'better-sqlite3');
    for (const file of Object.keys(require.cache)) {
      if (file.startsWith(folder)) delete require.cache[file];
    }
    new (require(folder))(':memory:').close();
    return true;
  } catch {
    return false;
  }
}

/** Turns npm's long answer into what a person can do. */
function explain(text) {
  if (/better-sqlite3/.test(text) && /gyp|prebuild|bindings|\.node/.test(text)) {
    fail(
      '内嵌数据库驱动 better-sqlite3 未能编译：需要 python3、make、g++。Debian/Ubuntu 请执行 ' +
        'apt-get install -y python3 make g++；macOS 请执行 xcode-select --install；然后重试',
      'better-sqlite3 (the embedded database) could not be built: it needs python3, make and g++. ' +
        'Debian/Ubuntu: apt-get install -y python3 make g++; macOS: xcode-select --install; then ' +
        'run the command again',
    );
  }
  if (/EUSAGE|in sync/.test(text)) {
    fail(
      'package-lock.json 与 package.json 不一致：请执行 npm install 并提交锁文件',
      'package-lock.json does not match package.json: run npm install and commit the lock',
    );
  }
  fail(
    '依赖安装失败：请检查网络与 npm 源（npm ping），然后重试',
    'dependencies could not be installed: check the network and the registry (npm ping), then retry',
  );
}

function fail(chinese, english) {
  say(chinese, english);
  throw new InstallFailed(english);
}

module.exports = { InstallFailed, ensureInstalled, lacksOnlyOtherPlatforms };
