/**
 * The structured log. It holds ids, codes, counts and times, and no personal data: request bodies, query strings
 * and answers are never given to it, and what looks like an ID number, a phone or an account is struck out of
 * error texts before they are written.
 */
import pino from 'pino';
import { Problem } from './problems';

/** The few ways in which the service logs. */
export type Log = Pick<pino.Logger, 'info' | 'warn' | 'error' | 'debug' | 'fatal'>;

/** Strikes out every run of 7 or more digits (ID numbers, phones, accounts), a closing X, and full-width digits. */
export function withoutNumbers(text: string): string {
  return text.replace(/[\d\uFF10-\uFF19](?:[\s-]?[\d\uFF10-\uFF19]){6,}[Xx\uFF38]?/g, '〔号码〕');
}

interface LoggedError {
  type: string;
  code?: string;
  message?: string;
  stack?: string;
}

/** An error as the log shows it. Statements with their values, which drivers attach, are left out. */
function loggedError(error: unknown): LoggedError {
  if (error instanceof Problem) return { type: 'Problem', code: error.code };
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    code,
    message: 'query' in error ? undefined : withoutNumbers(error.message),
    stack: frames.slice(0, 12).join('\n'),
  };
}

/** Opens the log. `destination` is standard output unless a test passes its own. */
export function openLog(level: string, destination?: pino.DestinationStream): pino.Logger {
  const options: pino.LoggerOptions = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: loggedError, error: loggedError },
  };
  return destination ? pino(options, destination) : pino(options);
}
