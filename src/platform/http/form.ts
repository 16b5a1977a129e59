/** The fields of an HTML form, and its file where it has one. */
import busboy from 'busboy';
import type { Request } from 'express';
import { FileProblem } from '../files/problems';
import { type SpooledFile, SpoolTooLarge, spool } from '../files/spool';
import { PlatformProblem } from '../problems';

/** Bounds of a form: a few fields, a long text, one photo. */
const FIELDS_MAX = 20;
const FIELD_BYTES = 16 * 1024;
const FILE_BYTES = 10 * 1024 * 1024;

/** What was filled in; fields left blank are left out. */
export interface Form {
  fields: Record<string, string>;
  /** Null when no file was chosen; the caller closes it. */
  file: SpooledFile | null;
}

/** Reads a form. @throws Problem platform.wrong-content-type, invalid-input, file-too-large, upload-broken */
export async function receiveForm(request: Request): Promise<Form> {
  const parser = parserOf(request);
  const fields: Record<string, string> = {};
  let filed: Promise<SpooledFile> | null = null;
  const done = new Promise<void>((resolve, reject) => {
    parser.on('field', (name, value, { valueTruncated }) => {
      if (valueTruncated) reject(tooMuch());
      if (value.trim() !== '') fields[name] = value.replace(/\r\n?|\n/g, ' ').trim();
    });
    parser.on('file', (_name, content) => {
      filed = spool(content, FILE_BYTES);
      // Told below; here it only must not count as unheard.
      filed.catch(() => content.resume());
    });
    parser.on('fieldsLimit', () => reject(tooMuch()));
    parser.on('filesLimit', () => reject(tooMuch()));
    parser.on('partsLimit', () => reject(tooMuch()));
    parser.on('error', () => reject(FileProblem.uploadBroken()));
    parser.on('close', resolve);
    request.on('aborted', () => reject(FileProblem.uploadBroken()));
  });
  request.pipe(parser);
  try {
    await done;
    return { fields, file: await chosen(filed) };
  } catch (error) {
    request.unpipe(parser);
    request.resume();
    await (filed as Promise<SpooledFile> | null)
      ?.then((file) => file.close())
      .catch(() => undefined);
    throw error instanceof SpoolTooLarge ? FileProblem.fileTooLarge() : error;
  }
}

/** Browsers send an empty file where none was chosen. */
async function chosen(filed: Promise<SpooledFile> | null): Promise<SpooledFile | null> {
  const file = await filed;
  if (!file || file.bytes > 0) return file;
  await file.close();
  return null;
}

function parserOf(request: Request): busboy.Busboy {
  const limits = { fields: FIELDS_MAX, fieldSize: FIELD_BYTES, files: 1, parts: FIELDS_MAX + 2 };
  try {
    return busboy({ headers: request.headers, limits, defParamCharset: 'utf8' });
  } catch {
    throw PlatformProblem.wrongContentType({ detail: '请用页面上的表单提交' });
  }
}

const tooMuch = () => PlatformProblem.invalidInput({ detail: '填写的内容过多' });
