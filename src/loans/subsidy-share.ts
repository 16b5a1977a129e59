/**
 * What share of a loan's interest the county pays, as a dated policy row (reference/policy/subsidies.share.json). It
 * belongs to the subsidies above, but what the county is expected to pay is no arrears of the borrower, so it is
 * declared here and the subsidies read it from here.
 */
import { Joi } from '../platform/shape';
import { defineParameter } from '../policy';

/** Share of the interest that the county pays, by product code, in ppm. A product that is missing is not subsidised. */
export interface SubsidyShare {
  sharePpm: Record<string, number>;
}

export const subsidyShare = defineParameter<SubsidyShare>({
  key: 'subsidies.share',
  title: '贴息比例(按利息产生日)',
  schema: Joi.object<SubsidyShare>({
    sharePpm: Joi.object()
      .pattern(/^[A-Z][A-Z0-9_]*$/, Joi.number().integer().min(0).max(1_000_000))
      .required(),
  }),
});
