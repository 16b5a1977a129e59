/**
 * Shapes: what an act or a query takes and answers, as Joi schemas. The same schemas check the input, make the
 * OpenAPI description and mark personal data, so the three cannot drift apart.
 */
import Joi from 'joi';
import { businessDate } from './dates';
import { parseYuan } from './money';
import { type FieldProblem, PlatformProblem } from './problems';
import { parsePercent } from './rate';

export { Joi };

/** An object with exactly these fields; unknown ones are refused. All fields are required unless `.optional()`. */
export function shape<T>(fields: Record<string, Joi.Schema>): Joi.ObjectSchema<T> {
  // Each field carries its own mark, because Joi leaves a presence given as an option out of JSON Schema.
  const marked = Object.entries(fields).map(([name, field]) => {
    const { flags } = field.describe() as { flags?: { presence?: string } };
    return [name, flags?.presence ? field : field.required()];
  });
  return Joi.object<T>(Object.fromEntries(marked));
}

/** A list whose items have this shape. */
export function listOf(item: Joi.Schema): Joi.ArraySchema {
  return Joi.array().items(item);
}

/** An id made by the system: 26 characters. */
export function idField(description = '编号'): Joi.StringSchema {
  return Joi.string()
    .pattern(/^[0-9A-HJKMNP-TV-Z]{26}$/, '26 位编号')
    .description(description);
}

/** A 12-digit region code. */
export function regionField(description = '行政区划代码(12 位)'): Joi.StringSchema {
  return Joi.string()
    .pattern(/^\d{12}$/, '12 位行政区划代码')
    .description(description);
}

/** Text without control characters, not blank. `max` in characters. */
export function textField(max: number, description = '文字'): Joi.StringSchema {
  return Joi.string()
    .max(max)
    .pattern(/^(?=.*\S)[^\p{Cc}]*$/u, '不含控制字符的文字')
    .description(description);
}

/** A code from a fixed list. */
export function codeField(codes: readonly string[], description = '代码'): Joi.StringSchema {
  return Joi.string()
    .valid(...codes)
    .description(description);
}

/** An amount of yuan as decimal text, e.g. "50000.00"; the act receives it in fen. Not negative. */
export function yuanField(description = '金额(元)'): Joi.StringSchema {
  return Joi.string()
    .pattern(/^\d{1,13}(\.\d{1,2})?$/, '金额，如 50000.00')
    .custom((text: string) => parseYuan(text))
    .description(description);
}

/** A percentage as decimal text, e.g. "4.75"; the act receives parts per million. */
export function percentField(description = '百分比'): Joi.StringSchema {
  return Joi.string()
    .pattern(/^\d{1,3}(\.\d{1,4})?$/, '百分数，如 4.75')
    .custom((text: string) => parsePercent(text))
    .description(description);
}

/** A business date YYYY-MM-DD that exists in the calendar. */
export function dateField(description = '日期'): Joi.StringSchema {
  return Joi.string()
    .pattern(/^\d{4}-\d{2}-\d{2}$/, '日期，如 2018-06-21')
    .custom((text: string, helpers) => {
      try {
        return businessDate(text);
      } catch {
        return helpers.error('date.unreal');
      }
    })
    .description(description);
}

/** Marks a field as personal data: the audit keeps it hidden, logs never see it. */
export function personal<S extends Joi.Schema>(field: S): S {
  return field.meta({ personal: true }) as S;
}

/** The version of the record the officer saw, for optimistic changes. */
export function versionField(): Joi.NumberSchema {
  return Joi.number().integer().min(0).description('所见记录的版本号');
}

/** Fields of answers: what the API prints (they are checked, not converted). */
export const answer = {
  yuan: (description = '金额(元)') =>
    Joi.string()
      .pattern(/^-?\d+\.\d{2}$/)
      .description(description),
  percent: (description = '百分比') =>
    Joi.string()
      .pattern(/^-?\d+(\.\d+)?$/)
      .description(description),
  date: (description = '日期') =>
    Joi.string()
      .pattern(/^\d{4}-\d{2}-\d{2}$/)
      .description(description),
  instant: (description = '时刻') =>
    Joi.string()
      .pattern(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}\+08:00$/)
      .description(description),
  text: (description = '文字') => Joi.string().allow('').description(description),
  count: (description = '数目') => Joi.number().integer().description(description),
  flag: (description = '是否') => Joi.boolean().description(description),
};

const MESSAGES: Record<string, string> = {
  'any.required': '必填',
  'any.only': '只能是:{#valids}',
  'any.invalid': '不允许的值',
  'any.unknown': '此处不允许填写',
  'any.custom': '格式不正确',
  'array.base': '须为列表',
  'array.min': '至少 {#limit} 项',
  'array.max': '至多 {#limit} 项',
  'array.unique': '有重复项',
  'boolean.base': '须为 true 或 false',
  'date.unreal': '日历上没有这一天',
  'number.base': '须为数字',
  'number.integer': '须为整数',
  'number.min': '不得小于 {#limit}',
  'number.max': '不得大于 {#limit}',
  'number.unsafe': '数字过大',
  'object.base': '须为对象',
  'object.unknown': '不认识的字段',
  'string.base': '须为文字',
  'string.empty': '不能为空',
  'string.length': '须为 {#limit} 个字符',
  'string.max': '不得超过 {#limit} 个字符',
  'string.min': '至少 {#limit} 个字符',
  'string.pattern.base': '格式不正确',
  'string.pattern.name': '格式不正确，应为{#name}',
};

/**
 * Turns Joi's findings into field problems in Chinese, the first of each field: a later check of a field that
 * has already failed says less. The offending value is never repeated.
 */
export function fieldProblems(error: Joi.ValidationError): FieldProblem[] {
  const reasons = new Map<string, string>();
  for (const detail of error.details) {
    const field = detail.path.join('.') || '(正文)';
    if (!reasons.has(field)) reasons.set(field, detail.message);
  }
  return [...reasons].map(([field, reason]) => ({ field, reason }));
}

/**
 * Checks input against a shape. Text is never coerced to numbers except in addresses (`convert`).
 * @throws Problem platform.invalid-input naming each field.
 */
export function parse<T>(schema: Joi.ObjectSchema<T>, input: unknown, convert = false): T {
  const { value, error } = schema.validate(input, {
    abortEarly: false,
    allowUnknown: false,
    convert,
    messages: MESSAGES,
    errors: { wrap: { label: false, array: false } },
  });
  if (error) {
    const fields = fieldProblems(error);
    const detail = fields.map((field) => `${field.field}:${field.reason}`).join(';');
    throw PlatformProblem.invalidInput({ fields, detail });
  }
  return value;
}

interface Described {
  type?: string;
  metas?: { personal?: boolean }[];
  keys?: Record<string, Described>;
  items?: Described[];
}

const HIDDEN = '〔已隐去〕';

function hide(description: Described | undefined, value: unknown): unknown {
  if (description?.metas?.some((meta) => meta.personal) && value !== null && value !== undefined) {
    return HIDDEN;
  }
  if (Array.isArray(value)) return value.map((item) => hide(description?.items?.[0], item));
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(
      entries.map(([key, item]) => [key, hide(description?.keys?.[key], item)]),
    );
  }
  return value;
}

/** Descriptions by schema: making one takes most of a millisecond, and every act asks for its own. */
const described = new WeakMap<Joi.Schema, Described>();

/** A copy of the value in which everything that the shape marks as personal is hidden. */
export function withoutPersonal(schema: Joi.Schema, value: unknown): unknown {
  const description = described.get(schema) ?? (schema.describe() as Described);
  described.set(schema, description);
  return hide(description, value);
}
