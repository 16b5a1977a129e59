/**
 * `npm run bench [-- words] [--rounds N] [--loans N,N]`: the cases whose name holds all the words, one line for each.
 * `--loans`: sizes of the books that are settled.
 */
import os from 'node:os';
import { parseArgs } from 'node:util';
import { actCases } from './act';
import { auditCases } from './audit';
import { bankFileCases } from './bankfile';
import { type Case, measure, ratioLine } from './harness';
import { httpCases } from './http';
import { importCases } from './import';
import { pageCases } from './pages';
import { findPlaces, type Kind, leavePlaces } from './places';
import { ratingCases } from './rating';
import { registerCases } from './register';
import { replayCases } from './replay';
import { settlementCases } from './settlement';
import { sheetCases } from './sheets';

const casesOf = (kind: Kind, loans: readonly number[]): Case[] =>
  [
    actCases,
    httpCases,
    settlementCases,
    auditCases,
    pageCases,
    registerCases,
    ratingCases,
    sheetCases,
    importCases,
    bankFileCases,
    replayCases,
  ].flatMap((cases) => cases(kind, loans));

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      loans: { type: 'string', default: '100000' },
    },
    allowPositionals: true,
  });
  const rounds = Number(values.rounds);
  if (!Number.isSafeInteger(rounds) || rounds < 1)
    throw new Error('--rounds takes a number from 1');
  const loans = values.loans.split(',').map(Number);
  if (!loans.every((count) => Number.isSafeInteger(count) && count > 1))
    throw new Error('--loans takes numbers from 2, with commas between them');
  const kinds = await findPlaces();
  try {
    const cases = kinds.flatMap((kind) => casesOf(kind, loans));
    await measureAll(kinds, cases, positionals, rounds);
  } finally {
    await leavePlaces();
  }
}

async function measureAll(
  kinds: readonly Kind[],
  cases: readonly Case[],
  words: readonly string[],
  rounds: number,
): Promise<void> {
  const chosen = cases.filter(({ name }) => words.every((word) => name.includes(word)));
  if (chosen.length === 0) {
    throw new Error(`No case is named so; there are:\n${cases.map(({ name }) => name).join('\n')}`);
  }
  const cpus = os.cpus();
  console.log(
    `node ${process.version}, ${cpus.length} × ${cpus[0]?.model}, ${rounds} rounds, medians`,
  );
  if (!kinds.includes('mariadb')) console.log('no MariaDB on this machine: its cases are left out');
  for (const one of chosen) {
    const bench = await one.open();
    try {
      console.log(ratioLine(await measure(bench, one, rounds), bench));
    } finally {
      await bench.close();
    }
  }
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
