/**
 * Personal values of a member, sealed: bound to their row and column, beside their blind index and mask. Nothing
 * else in the module handles them in the clear for longer than a call.
 */
import type { FieldCrypto } from '../platform/crypto/field-crypto';
import { maskAccount, maskIdNumber, maskPhone } from '../platform/crypto/mask';
import type { HouseholdMember } from './household.entity';

/** Personal fields in the clear; they leave only through the act that records who looked and why. */
export interface ClearFields {
  idNumber: string;
  phone: string | null;
  account: string | null;
}

const TABLE = 'household_member';

/** The blind index of an ID number. */
export function idIndex(crypto: FieldCrypto, idNumber: string): string {
  return crypto.index(`${TABLE}.id_number`, 'idNumber', idNumber);
}

/** The blind index of a phone number. */
export function phoneIndex(crypto: FieldCrypto, phone: string): string {
  return crypto.index(`${TABLE}.phone`, 'phone', phone);
}

/** The blind index of an account. */
export function accountIndex(crypto: FieldCrypto, account: string): string {
  return crypto.index(`${TABLE}.account`, 'account', account);
}

const seal = (crypto: FieldCrypto, id: string, column: string, value: string) =>
  crypto.seal(value, { table: TABLE, column, id });

/** The columns of an ID number for the row `id`. */
export function sealIdNumber(crypto: FieldCrypto, id: string, idNumber: string) {
  return {
    idNumberSealed: seal(crypto, id, 'id_number_sealed', idNumber),
    idNumberIndex: idIndex(crypto, idNumber),
    idNumberMasked: maskIdNumber(idNumber, 'office'),
  };
}

/** The columns of a phone number, all null without one. */
export function sealPhone(crypto: FieldCrypto, id: string, phone: string | null) {
  return {
    phoneSealed: phone && seal(crypto, id, 'phone_sealed', phone),
    phoneIndex: phone && phoneIndex(crypto, phone),
    phoneMasked: phone && maskPhone(phone),
  };
}

/** The columns of an account, all null without one. */
export function sealAccount(crypto: FieldCrypto, id: string, account: string | null) {
  return {
    accountSealed: account && seal(crypto, id, 'account_sealed', account),
    accountIndex: account && accountIndex(crypto, account),
    accountMasked: account && maskAccount(account),
  };
}

/** A row with its envelopes. */
export type SealedFields = Pick<
  HouseholdMember,
  'id' | 'idNumberSealed' | 'phoneSealed' | 'accountSealed'
>;

/** Opens the envelopes of a row. */
export function openFields(crypto: FieldCrypto, member: SealedFields): ClearFields {
  const open = (envelope: string | null, column: string) =>
    envelope === null ? null : crypto.open(envelope, { table: TABLE, column, id: member.id });
  return {
    idNumber: open(member.idNumberSealed, 'id_number_sealed') as string,
    phone: open(member.phoneSealed, 'phone_sealed'),
    account: open(member.accountSealed, 'account_sealed'),
  };
}
