/** What an error means to a runner: what the log may say of it, and whether the record is to blame. */
import { Problem } from '../problems';

/** The code of a problem, else the name of the error: never its message. */
export function codeOf(error: unknown): string {
  if (error instanceof Problem) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}

/** The database is away or overloaded: not the record's fault, so the record must not be passed over. */
export function isOfTheDatabase(error: unknown): boolean {
  return (
    error instanceof Error && ['DatabaseAway', 'DatabaseBusy', 'CommitUnknown'].includes(error.name)
  );
}
