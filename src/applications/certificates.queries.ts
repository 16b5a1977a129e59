/** What is asked of certificates: by the bank that is shown one, by the printer, and by anybody who reads its code. */
import { regionName } from '../identity';
import { PUBLIC } from '../platform/authority';
import { maskName } from '../platform/crypto/mask';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { type Fen, yuan } from '../platform/money';
import { defineQuery } from '../platform/query';
import { answer, codeField, shape, textField } from '../platform/shape';
import { CERTIFICATE_STATES, type CertificateState, certificateState } from './certificate';
import type { State } from './chain';
import { P } from './problems';

interface Row {
  number: string;
  applicationId: string;
  region: string;
  borrower: string;
  idMasked: string;
  headName: string;
  householdCode: string;
  amountFen: Fen;
  termMonths: number;
  bankName: string;
  issuedOn: BusinessDate;
  expiresOn: BusinessDate | null;
  code: string | null;
  state: State;
  revocation: string | null;
}

const SELECT = `SELECT c.number AS number, a.id AS applicationId, a.region_code AS region, m.name AS borrower,
    m.id_number_masked AS idMasked, h.head_name AS headName, h.code AS householdCode,
    a.amount_fen AS amountFen, a.term_months AS termMonths, o.name AS bankName,
    c.issued_on AS issuedOn, c.expires_on AS expiresOn, c.code AS code, a.state AS state,
    r.reason AS revocation
  FROM certificate c JOIN application a ON a.id = c.application_id
    JOIN household h ON h.id = a.household_id JOIN household_member m ON m.id = a.member_id
    LEFT JOIN organisation o ON o.id = a.bank_id
    LEFT JOIN certificate_revocation r ON r.number = c.number`;

const stateOf = (row: Row, on: BusinessDate): CertificateState =>
  certificateState({ ...row, revoked: row.revocation !== null }, on);

/**
 * The application of a certificate that holds on a day.
 * @throws Problem applications.certificate-absent, certificate-revoked, certificate-expired
 */
export async function certifiedBy(
  sql: Sql,
  number: string,
): Promise<{ applicationId: string; requireValid(on: BusinessDate): void }> {
  const row = await sql.one<Row>(`${SELECT} WHERE c.number = :number`, { number });
  if (!row) throw P.certificateAbsent();
  return {
    applicationId: row.applicationId,
    requireValid: (on) => {
      const state = stateOf(row, on);
      if (state === 'expired') throw P.certificateExpired({ detail: `有效期至 ${row.expiresOn}` });
      if (state === 'revoked') throw P.certificateRevoked();
    },
  };
}

const shownFields = {
  state: codeField(CERTIFICATE_STATES),
  number: answer.text('贷款证编号'),
  village: answer.text(),
  amount: answer.yuan(),
  expiresOn: answer.date('有效期末日').allow(null),
};

/**
 * Whether a certificate holds, for anybody who has its code. The code is random, so nobody comes upon another's;
 * an unknown one is answered like any other question.
 */
export const verifyCertificate = defineQuery({
  name: 'applications.verify-certificate',
  title: '查验贷款证',
  permission: PUBLIC,
  input: shape<{ code: string }>({ code: textField(64, '查验码') }),
  answer: shape({
    certificate: shape({ ...shownFields, name: answer.text('借款人(脱敏)') }).allow(null),
  }),
  run: async (read, { code }) => {
    const row = await read.one<Row>(`${SELECT} WHERE {scope:a.region_code} AND c.code = :code`, {
      code,
    });
    if (!row) return { certificate: null };
    const sql = read.unscoped('names of places are no secret');
    return {
      certificate: {
        ...{ state: stateOf(row, read.today), number: row.number, expiresOn: row.expiresOn },
        ...{ name: maskName(row.borrower), amount: yuan(row.amountFen) },
        village: await regionName(sql, row.region),
      },
    };
  },
});

/** The certificate as it is printed for the household. */
export const printedCertificate = defineQuery({
  name: 'applications.certificate',
  title: '贷款证',
  permission: 'applications.read',
  input: shape<{ number: string }>({ number: textField(40, '贷款证编号') }),
  answer: shape({
    ...shownFields,
    amountFen: answer.count('金额(分)'),
    borrower: answer.text(),
    idMasked: answer.text('证件号(脱敏)'),
    headName: answer.text('户主'),
    householdCode: answer.text('户编号'),
    termMonths: answer.count(),
    bankName: answer.text(),
    issuedOn: answer.date(),
    code: answer.text('查验码').allow(null),
    revocation: answer.text('撤销原因').allow(null),
  }),
  run: async (read, { number }) => {
    const row = await read.one<Row>(
      `${SELECT} WHERE {scope:a.region_code,a.bank_id} AND c.number = :number`,
      { number },
    );
    if (!row) throw P.certificateAbsent();
    const { applicationId: _, region, ...shown } = row;
    const sql = read.unscoped('names of places are no secret');
    return {
      ...{ ...shown, bankName: row.bankName ?? '' },
      ...{ state: stateOf(row, read.today), amount: yuan(row.amountFen) },
      village: await regionName(sql, region),
    };
  },
});
