/**
 * Searching by the beginning of a text: as a range, because both databases order texts by code point and then use
 * the index; signs that mean something to LIKE mean nothing here.
 */
import { Joi } from '../platform/shape';

/** Comes after every character, so that a beginning and this end the range of the texts that begin so. */
const LAST = '\u{10ffff}';

/** A piece of a WHERE, beginning with AND, with its parameters. */
export type Condition = readonly [text: string, params: Record<string, string>];

/** A column that begins with a text. `name` is the name of the parameter. */
export function prefixed(column: string, name: string, beginning: string): Condition {
  const text = ` AND ${column} >= :${name} AND ${column} < :${name}End`;
  return [text, { [name]: beginning, [`${name}End`]: `${beginning}${LAST}` }];
}

/** Conditions joined; what is not asked is passed over. */
export function conditions(list: readonly (Condition | '' | false | undefined)[]) {
  const asked = list.filter((one): one is Condition => Array.isArray(one));
  return {
    text: asked.map(([text]) => text).join(''),
    params: Object.assign({}, ...asked.map(([, params]) => params)) as Record<string, string>,
  };
}

/** 拼音首字母 of a search: letters in either case. */
export const initialsField = (description: string) =>
  Joi.string()
    .max(40)
    .lowercase()
    .pattern(/^[a-z]+$/, '拼音首字母')
    .description(description);
