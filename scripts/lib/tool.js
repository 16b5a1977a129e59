// The small tools every script in this folder shares. Plain JavaScript without dependencies, because
// these scripts run on a fresh clone, before anything is installed.
'use strict';

const { spawn } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** The folder of the repository; every script works there, from wherever it was called. */
const root = path.resolve(__dirname, '..', '..');

/** Speaks to the person at the terminal. On stderr, so that `xinfu … > file` holds only the answer. */
function say(chinese, english) {
  process.stderr.write(`[xinfu] ${chinese} · ${english}\n`);
}

/**
 * Runs a program to its end and hears everything it says.
 * @param {string} program @param {string[]} args
 * @param {{env?: object, output?: 'inherit' | 'stderr' | 'quiet'}} [options] `stderr` shows both
 *   streams on our stderr; `quiet` shows nothing; both return the text.
 * @returns {Promise<{code: number, text: string}>} code 127 when the program could not be started,
 *   128 + signal number when it was killed.
 */
function run(program, args, options = {}) {
  const output = options.output ?? 'inherit';
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...options.env },
      stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    const hear = (chunk) => {
      text += chunk;
      if (output === 'stderr') process.stderr.write(chunk);
    };
    child.stdout?.setEncoding('utf8').on('data', hear);
    child.stderr?.setEncoding('utf8').on('data', hear);
    const pass = passSignals(child);
    child.on('error', (error) => {
      pass.stop();
      resolve({ code: 127, text: `${text}${error.message}\n` });
    });
    child.on('close', (code, signal) => {
      pass.stop();
      resolve({ code: code ?? 128 + (os.constants.signals[signal] ?? 0), text });
    });
  });
}

/**
 * Hands a request to stop on to the child and lets the child decide when it has finished.
 * Ctrl-C reaches the whole process group by itself, so SIGINT is only kept from ending us first.
 */
function passSignals(child) {
  const forward = (signal) => child.kill(signal);
  const wait = () => {};
  process.on('SIGTERM', forward).on('SIGHUP', forward).on('SIGINT', wait);
  return {
    stop: () => process.off('SIGTERM', forward).off('SIGHUP', forward).off('SIGINT', wait),
  };
}

/** Runs a tool that lives in node_modules, by its script and with this very Node. */
function runNode(script, args, options) {
  return run(process.execPath, [path.join(root, script), ...args], options);
}

/** Runs npm, preferring the one that started us, since another may be first on the PATH. */
function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  return npm?.endsWith('.js')
    ? run(process.execPath, [npm, ...args], options)
    : run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}

/** SHA-256 in hex over names and contents, in the order given. */
function digest(parts) {
  const hash = crypto.createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** Reads a file, or null where there is none. */
function readIfThere(file) {
  try {
    return fs.readFileSync(path.resolve(root, file), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Lets one process at a time do `work` in this checkout: two terminals that start together must not
 * install or compile over each other. A lock whose owner has died is taken over.
 */
async function alone(name, work) {
  const lock = path.join(os.tmpdir(), `xinfu-${name}-${digest([root]).slice(0, 16)}.lock`);
  for (let said = false; !takeLock(lock); said = true) {
    if (!said) say(`等待另一个进程完成（${name}）`, `waiting for another process (${name})`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  try {
    return await work();
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

function takeLock(lock) {
  const own = `${lock}.${process.pid}`;
  fs.writeFileSync(own, String(process.pid));
  try {
    // A link appears with its content or not at all, so nobody ever reads a half-written owner.
    fs.linkSync(own, lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const owner = Number(readIfThere(lock));
    if (owner > 0 && !isAlive(owner)) fs.rmSync(lock, { force: true });
    return false;
  } finally {
    fs.rmSync(own, { force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

module.exports = { alone, digest, readIfThere, root, run, runNode, runNpm, say };
