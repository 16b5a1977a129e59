/**
 * Inputs made from the shapes themselves, so that a new route is tried without anybody writing a form for it. Each
 * field takes the first of a list of plain values that its own schema accepts.
 */
import { SpooledFile } from '../../src/platform/files/spool';
import { Joi } from '../../src/platform/shape';

interface Described {
  type?: string;
  flags?: { only?: boolean; presence?: string };
  allow?: unknown[];
  keys?: Record<string, Described>;
  items?: Described[];
  rules?: { name: string; args?: { limit?: number } }[];
  /** Which of several optional fields are asked for together or in each other's place. */
  dependencies?: { rel: string; peers: string[] }[];
}

/** Plain values, the more particular first: a field of free text accepts all of them, a digest only its own. */
const PLAIN: readonly unknown[] = [
  '7ZZZZZZZZZZZZZZZZZZZZZZZZZ',
  'a'.repeat(64),
  '2018-06-20',
  '450328000000',
  '1.00',
  '4.75',
  '2018Q2',
  '450328198003151233',
  '13878345678',
  'sample-1',
  'SAMPLE-1',
  'SAMPLE',
  'sample.one',
  'bank:sample',
  'loan',
  '08:30',
  '样本文字',
  '样本文字,用于逐个岗位核对权限。',
  1,
  0,
  2017,
  true,
  {},
  Object.create(SpooledFile.prototype),
];

function sampleOfField(schema: Joi.Schema, told: Described): unknown {
  const choices = told.flags?.only ? (told.allow ?? []) : [];
  const fits = (value: unknown) => schema.validate(value, { convert: false }).error === undefined;
  if (told.type === 'array') return sampleOfList(schema, told);
  if (told.type === 'object' && told.keys) return sampleOf(schema as Joi.ObjectSchema, {}, false);
  return [...choices, ...PLAIN].find(fits);
}

function sampleOfList(schema: Joi.Schema, told: Described): unknown[] {
  const item = (schema as unknown as { $_terms: { items: Joi.Schema[] } }).$_terms.items[0];
  const least = told.rules?.find((rule) => rule.name === 'min')?.args?.limit ?? 0;
  if (!item) return [];
  return Array.from({ length: least }, () => sampleOfField(item, item.describe() as Described));
}

/**
 * An input of this shape: what is in `known` by field name, else made up; optional fields are left out.
 * @param demanding whether a field for which nothing fits is an error (else it is left out).
 */
export function sampleOf(
  shape: Joi.ObjectSchema,
  known: Readonly<Record<string, unknown>>,
  demanding = true,
): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  const { keys = {}, dependencies = [] } = shape.describe() as Described;
  for (const [name, told] of Object.entries(keys)) {
    const field = shape.extract(name);
    const given = known[name];
    const usable =
      given !== undefined && field.validate(given, { convert: true }).error === undefined;
    if (usable) made[name] = given;
    else if (told.flags?.presence === 'required') made[name] = sampleOfField(field, told);
    if (demanding && name in made && made[name] === undefined) {
      throw new Error(`No sample value fits the field ${name}`);
    }
  }
  for (const { rel, peers } of dependencies) {
    const [first] = peers;
    if (rel !== 'or' || first === undefined || peers.some((peer) => peer in made)) continue;
    made[first] = sampleOfField(shape.extract(first), keys[first] as Described);
  }
  return made;
}
