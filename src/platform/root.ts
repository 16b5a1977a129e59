/** Where the service's own files lie (reference data, documents): the folder of its package.json. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

function findRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** The absolute path of a file that ships with the service, e.g. `fromRoot('reference', 'policy')`. */
export function fromRoot(...parts: string[]): string {
  return join(findRoot(), ...parts);
}
