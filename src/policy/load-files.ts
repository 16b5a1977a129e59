/**
 * The first load of the rules: the files of reference/policy go into the table at start, through an act of the
 * system, so that the audit shows when each row came. From then on the table is the truth. A row is known by its
 * id: loading again does nothing, a new release adds its new rows, and a file that rewrites a row already loaded
 * stops the start, because decisions point at that row. Where a county has put a row of its own in force for the
 * same first day, the county's row stays and the file's yields.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineAct, perform } from '../platform/act';
import { SYSTEM_ACTOR } from '../platform/authority';
import { Problem } from '../platform/problems';
import { fromRoot } from '../platform/root';
import {
  answer,
  dateField,
  Joi,
  listOf,
  parse,
  regionField,
  shape,
  textField,
} from '../platform/shape';
import type { Platform } from '../platform/work';
import { standingRows } from './loaded.queries';
import { type AnyParameter, checkValue, declaredParameters, parameterField } from './parameter';
import { PolicyStore } from './policy.store';
import { contentDigest, inForceKey, type RowContent } from './policy-row';
import { P } from './problems';

/** A row as a file has it. */
export interface FileRow extends Omit<RowContent, 'parameter'> {
  id: string;
}

/** A parameter file. */
export interface PolicyFile {
  parameter: string;
  title: string;
  rows: FileRow[];
}

const rowField = shape<FileRow>({
  id: Joi.string().pattern(/^[a-z0-9][a-z0-9.-]{2,39}$/, '3–40 位小写字母、数字、. -'),
  region: regionField(),
  effectiveFrom: dateField(),
  effectiveTo: dateField().allow(null),
  source: textField(500).min(10),
  provisional: Joi.boolean(),
  value: Joi.object().unknown(true),
});

const fileShape = shape<PolicyFile>({
  parameter: parameterField(),
  title: textField(60),
  rows: listOf(rowField).min(1),
});

/** Adds rows of one file that are not there yet. Only the system may; no role holds the permission. */
export const loadFile = defineAct({
  name: 'policy.load-file',
  title: '载入政策文件',
  permission: 'policy.load-files',
  input: fileShape,
  answer: shape({ added: answer.count('新增条数'), yielded: listOf(answer.text('让位的规定')) }),
  locate: async () => ({ region: null }),
  run: async (work, { parameter, rows }) => {
    const store = new PolicyStore(work);
    // Another instance may have loaded the same file between our look and this transaction.
    const standing = await store.standing(rows.map((row) => row.id));
    const fresh = rows.filter((row) => !standing.has(row.id));
    const yielded: string[] = [];
    for (const region of new Set(fresh.map((row) => row.region))) {
      await store.keepLine(parameter, region);
      await store.holdLine(parameter, region);
      const taken = new Set((await store.inForce(parameter, region)).map((row) => row.inForceKey));
      for (const { id, ...row } of fresh.filter((one) => one.region === region)) {
        const content: RowContent = { parameter, ...row };
        if (taken.has(inForceKey(content))) {
          yielded.push(id);
          continue;
        }
        await store.addFromFile(id, content);
        const after = { contentDigest: contentDigest(content) };
        work.record({ subject: { kind: 'policy-row', id }, after });
      }
    }
    return { added: fresh.length - yielded.length, yielded };
  },
});

/** What loading did. */
export interface Loaded {
  added: number;
  standing: number;
  /** Ids of rows that yielded to a county's own row. */
  yielded: string[];
}

/** Where the files are and which parameters there may be; for tests. */
export interface LoadOptions {
  folder?: string;
  declared?: ReadonlyMap<string, AnyParameter>;
  /** Loads the files of these parameters only (tests of one module); every file when left out. */
  parameters?: readonly string[];
}

/**
 * Loads the parameter files. Harmless to repeat; the second time it reads and writes nothing.
 * @throws Problem policy.file-invalid (form, dates, value, a parameter that no module declares) or
 * policy.file-changed (a row already loaded was rewritten); nothing of that file is loaded then.
 */
export async function loadPolicyFiles(
  platform: Platform,
  options: LoadOptions = {},
): Promise<Loaded> {
  const { folder = fromRoot('reference', 'policy'), declared = declaredParameters() } = options;
  const { byId, byKey } = await standingRows(platform.db.reader());
  const loaded: Loaded = { added: 0, standing: 0, yielded: [] };
  const files = readFiles(folder, declared, options.parameters);
  for (const file of files) refuseRewritten(file, byId);
  for (const file of files) {
    const fresh = file.rows.filter((row) => !byId.has(row.id));
    const free = fresh.filter((row) => !byKey.has(keyOf(file, row)));
    loaded.standing += file.rows.length - fresh.length;
    loaded.yielded.push(...fresh.filter((row) => !free.includes(row)).map((row) => row.id));
    if (free.length === 0) continue;
    const { answer: done } = await perform(platform, loadFile, {
      actor: SYSTEM_ACTOR,
      input: { ...file, rows: free },
      requestId: `policy/${file.parameter}`,
    });
    loaded.added += done.added;
    loaded.yielded.push(...done.yielded);
  }
  if (loaded.yielded.length > 0) {
    platform.log.warn(
      { rows: loaded.yielded },
      'policy rows of files yield to rows put in force here',
    );
  }
  return loaded;
}

function keyOf({ parameter }: PolicyFile, row: FileRow): string {
  return inForceKey({ ...row, parameter });
}

function refuseRewritten(file: PolicyFile, digests: ReadonlyMap<string, string>): void {
  for (const { id, ...row } of file.rows) {
    const digest = digests.get(id);
    if (digest !== undefined && digest !== contentDigest({ ...row, parameter: file.parameter })) {
      throw P.fileChanged({ detail: `${file.parameter}.json 中的 ${id}` });
    }
  }
}

/** Reads and checks every file before the first row is written. */
function readFiles(
  folder: string,
  declared: ReadonlyMap<string, AnyParameter>,
  wanted?: readonly string[],
): PolicyFile[] {
  const owners = new Map<string, string>();
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .filter((name) => !wanted || wanted.includes(name.slice(0, -'.json'.length)))
    .sort()
    .map((name) => {
      const file = faithful(name, () => readFile(join(folder, name), name, declared));
      for (const { id } of file.rows) {
        const owner = owners.get(id);
        if (owner) throw P.fileInvalid({ detail: `${name}:编号 ${id} 在 ${owner} 中已使用` });
        owners.set(id, name);
      }
      return file;
    });
}

function readFile(
  path: string,
  name: string,
  declared: ReadonlyMap<string, AnyParameter>,
): PolicyFile {
  const file = parse(fileShape, JSON.parse(readFileSync(path, 'utf8')));
  const parameter = declared.get(file.parameter);
  if (!parameter) throw P.parameterUnknown({ detail: `没有模块声明 ${file.parameter}` });
  if (`${file.parameter}.json` !== name) {
    throw P.fileInvalid({ detail: `文件名应为 ${file.parameter}.json` });
  }
  for (const row of file.rows) faithful(row.id, () => checkFileRow(parameter, row));
  const keys = new Set(file.rows.map((row) => keyOf(file, row)));
  if (keys.size < file.rows.length) {
    throw P.fileInvalid({ detail: '同一地区有两行自同一天起生效' });
  }
  return file;
}

function checkFileRow(parameter: AnyParameter, row: FileRow): void {
  if (row.effectiveTo !== null && row.effectiveTo < row.effectiveFrom) throw P.endsBeforeStart();
  checkValue(parameter, row.value, row);
}

/** Names the file or row in whatever is wrong with it. */
function faithful<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Problem || error instanceof SyntaxError)) throw error;
    const inner = error instanceof Problem && error.code === 'policy.file-invalid';
    const detail = inner ? error.info.detail : error.message;
    throw P.fileInvalid({ detail: `${where}:${detail}` });
  }
}
