/** Ids for rows that a statement makes of other rows, without their passing through the process. */
import { check } from '../check';
import type { NewId } from '../ids';
import type { DialectTools } from './dialect';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Last digits of an id that are counted by the statement. */
const COUNTED = 4;
const MOST = DIGITS.length ** COUNTED;

/** Consecutive ids that nobody else gets: the common beginning, and the number of the first. */
export interface ReservedIds {
  stem: string;
  from: number;
}

/** Takes so many ids, 500,000 at most. Ids of one millisecond follow each other, so those between are ours. */
export function reserveIds(newId: NewId, count: number): ReservedIds {
  check(count > 0 && count <= MOST / 2, 'So many ids cannot be counted by a statement.');
  for (;;) {
    const first = newId();
    for (let taken = 1; taken < count; taken += 1) newId();
    const digits = first.slice(-COUNTED);
    const from = [...digits].reduce((sum, digit) => sum * DIGITS.length + DIGITS.indexOf(digit), 0);
    if (from + count <= MOST) return { stem: first.slice(0, -COUNTED), from };
  }
}

/** The id of a stem with this number; ids stand in the order of their numbers. */
export function idOfStem(dialect: DialectTools, stemSql: string, numberSql: string): string {
  const digits = Array.from({ length: COUNTED }, (_, at) => {
    const place = dialect.div(numberSql, String(DIGITS.length ** (COUNTED - 1 - at)));
    return `SUBSTR('${DIGITS}', 1 + ${place} % ${DIGITS.length}, 1)`;
  });
  return dialect.concat(stemSql, ...digits);
}
