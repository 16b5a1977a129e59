/** After all tests: stops the private MariaDB and removes what the run left on disk. */
import { rmSync } from 'node:fs';
import './global-setup';

export default async function teardown(): Promise<void> {
  const run = globalThis.xinfuTestRun;
  if (!run) return;
  rmSync(run.folder, { recursive: true, force: true });
  await run.server?.stop();
}
