// What every command does first: install what is missing and, where asked, compile what has changed.
'use strict';

const { BuildFailed, ensureBuilt } = require('./build');
const { InstallFailed, ensureInstalled } = require('./install');

/**
 * @param {{build?: boolean}} [options]
 * @returns {Promise<boolean>} false when it failed and the reason has been printed.
 */
async function prepare(options = {}) {
  try {
    await ensureInstalled();
    if (options.build) await ensureBuilt();
    return true;
  } catch (error) {
    if (error instanceof InstallFailed || error instanceof BuildFailed) return false;
    throw error;
  }
}

module.exports = { prepare };
