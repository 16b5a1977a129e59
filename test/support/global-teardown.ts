/** After all tests: stops the private MariaDB and removes what the run left on disk. */
import { rmSync } from 'node:fs';
import './global-setup';

export default async function teardown(): Promise<void> {
  const run = globalThis.xinfuTestRun;
  if (!run) return;
  await run.server?.stop();
  rmSync(run.folder, { recursive: true, force: true });
}
