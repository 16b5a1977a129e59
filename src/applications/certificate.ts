/** The loan certificate (贷款证) as a rule: for how long it holds, and how it stands on a day. Pure but for the parameter. */
import type { BusinessDate } from '../platform/dates';
import { Joi } from '../platform/shape';
import { defineParameter } from '../policy';
import type { State } from './chain';

/** The value of `applications.certificate`. */
export interface CertificateTerms {
  /** Days after the issue on which it may be presented, the last included. */
  validDays: number;
}

/** How long a certificate holds, by county. */
export const certificateTerms = defineParameter<CertificateTerms>({
  key: 'applications.certificate',
  title: '贷款证有效期',
  schema: Joi.object<CertificateTerms>({
    validDays: Joi.number().integer().min(1).max(365).required(),
  }),
});

export const CERTIFICATE_STATES = ['valid', 'used', 'revoked', 'expired'] as const;
export type CertificateState = (typeof CERTIFICATE_STATES)[number];

/** How each is shown. */
export const CERTIFICATE_STATE_NAMES: Readonly<Record<CertificateState, string>> = {
  valid: '有效',
  used: '已使用',
  revoked: '已撤销或失效',
  expired: '已过有效期',
};

/**
 * How a certificate stands on a day: used once the contract is signed, revoked by an act or by the end of its
 * application, expired after its last day.
 */
export function certificateState(
  certificate: { state: State; revoked: boolean; expiresOn: BusinessDate | null },
  on: BusinessDate,
): CertificateState {
  const { state, revoked, expiresOn } = certificate;
  if (revoked || state === 'refused' || state === 'withdrawn') return 'revoked';
  if (state === 'contracted' || state === 'settled') return 'used';
  return expiresOn !== null && on > expiresOn ? 'expired' : 'valid';
}
