/**
 * The industries that a county backs (龙胜“5+2”产业), as a dated row: a project that belongs to one is counted with it.
 */
import type { Sql } from '../platform/db/database';
import { Joi } from '../platform/shape';
import { defineParameter, policyAsOf } from '../policy';
import { P } from './problems';
import type { AsOf } from './product';

/** One backed industry; `group` as the county names its groups. */
export interface Industry {
  code: string;
  name: string;
  group: string;
}

/** The value of `applications.industries`; a county that backs none has an empty list. */
export interface Industries {
  industries: Industry[];
}

/** The industries of a county. */
export const industries = defineParameter<Industries>({
  key: 'applications.industries',
  title: '县域扶持产业',
  schema: Joi.object<Industries>({
    industries: Joi.array()
      .items(
        Joi.object({
          code: Joi.string()
            .pattern(/^[A-Z][A-Z0-9_]{0,39}$/)
            .required(),
          name: Joi.string().required(),
          group: Joi.string().required(),
        }),
      )
      .unique('code')
      .required(),
  }),
});

/**
 * The backed industry of this code for a place on a date.
 * @throws Problem applications.industry-unknown, policy.no-row-in-force
 */
export async function industryOn(sql: Sql, code: string, asOf: AsOf): Promise<Industry> {
  const { value } = await policyAsOf(sql, industries, asOf);
  const found = value.industries.find((industry) => industry.code === code);
  if (found) return found;
  const known = value.industries.map(({ name }) => name).join('、');
  throw P.industryUnknown({
    fields: [{ field: 'industryCode', reason: known ? `本县扶持产业：${known}` : '本县没有登记' }],
  });
}
