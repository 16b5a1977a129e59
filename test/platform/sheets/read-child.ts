/** Reads a sheet in a process of its own: `read-child.ts <file>` prints rows and the most memory it held, in MB. */
import { createReadStream } from 'node:fs';
import { readSheet } from '../../../src/platform/sheets/read-sheet';

/** What it prints. */
export interface ReadReport {
  rows: number;
  megabytes: number;
}

async function main(path = ''): Promise<void> {
  let rows = 0;
  const content: AsyncIterable<Buffer> = createReadStream(path);
  for await (const { cells } of readSheet(content, { name: path, maxRows: 1_000_000 })) {
    if (cells.length === 10) rows += 1;
  }
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  const report: ReadReport = { rows, megabytes };
  process.stdout.write(JSON.stringify(report));
}

void main(process.argv[2]);
