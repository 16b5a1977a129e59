/**
 * Parameters: what may be laid down by dated rows. Each module declares its own, with the shape of a row's value,
 * in the file that uses it; nothing that a document can change is a constant in code. A value is checked against
 * this shape when a file is loaded, when a change is proposed and confirmed, and when a row is read.
 */
import { CheckFailed } from '../platform/check';
import type { BusinessDate } from '../platform/dates';
import { type FieldProblem, Problem } from '../platform/problems';
import { Joi, parse, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { P } from './problems';

/** For which days and which place a row is meant. */
export interface RowFrame {
  /** 12-digit region code. */
  region: string;
  effectiveFrom: BusinessDate;
  /** Last day, inclusive; null until a later row of the same parameter and region starts. */
  effectiveTo: BusinessDate | null;
}

/** A proposed row as the module of its parameter sees it. */
export interface ProposedRow<T> extends RowFrame {
  id: string;
  /** SM3 of the content that is confirmed. */
  contentDigest: string;
  value: T;
}

/** A parameter as its module declares it. `T` is the value of one row. */
export interface Parameter<T> {
  /** `<module>.<what>`, the name of its file in reference/policy. */
  readonly key: string;
  /** What an officer calls it. */
  readonly title: string;
  readonly schema: Joi.ObjectSchema<T>;
  /** Says in Chinese why a value does not go with its dates or place; null when it does. */
  fits?(value: T, frame: RowFrame): string | null;
  /** What must have been done before a proposed row comes into force; throws the module's own problem. */
  beforeConfirm?(work: Work, row: ProposedRow<T>): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: a table of parameters holds values of every shape.
export type AnyParameter = Parameter<any>;

const declared = new Map<string, AnyParameter>();

/** A parameter's key. */
export const parameterField = () =>
  Joi.string()
    .pattern(/^[a-z]+\.[A-Za-z0-9.-]+$/, '政策参数代码，如 loans.uses')
    .max(60)
    .description('政策参数');

/** Declares a parameter. @throws Error when the key is declared twice. */
export function defineParameter<T>(parameter: Parameter<T>): Parameter<T> {
  if (declared.has(parameter.key)) {
    throw new Error(`Parameter ${parameter.key} is declared twice`);
  }
  declared.set(parameter.key, parameter);
  return parameter;
}

/** All parameters that the loaded modules declare, by key. */
export function declaredParameters(): ReadonlyMap<string, AnyParameter> {
  return declared;
}

/** The parameter of this key. @throws Problem policy.parameter-unknown */
export function parameterOf(key: string): AnyParameter {
  const parameter = declared.get(key);
  if (!parameter) throw P.parameterUnknown({ detail: key });
  return parameter;
}

/**
 * Checks the value of a row, and that it goes with the row's dates and place.
 * @throws Problem platform.invalid-input naming each field as `value.…`, or policy.does-not-fit.
 */
export function checkValue<T>(parameter: Parameter<T>, value: unknown, frame: RowFrame): T {
  const checked = parse(shape<{ value: T }>({ value: parameter.schema }), { value }).value;
  const reason = parameter.fits?.(checked, frame) ?? null;
  if (reason !== null) {
    const fields: FieldProblem[] = [{ field: 'value', reason }];
    throw P.doesNotFit({ detail: `${parameter.title}:${reason}`, fields });
  }
  return checked;
}

/**
 * The value of a row that is in force, as its module knows it. Such a row was checked before it was kept, so one
 * that does not pass now is a corrupt record or a release whose shape no longer takes its own past.
 * @throws CheckFailed
 */
export function readValue<T>(
  parameter: Parameter<T>,
  value: unknown,
  rowId: string,
  frame: RowFrame,
) {
  try {
    return checkValue(parameter, value, frame);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new CheckFailed(
      `Policy row ${rowId} of ${parameter.key} cannot be read: ${error.message}`,
    );
  }
}
