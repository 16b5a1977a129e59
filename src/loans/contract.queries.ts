/** What stands on the paper of a contract. */
import { organisationById, regionName } from '../identity';
import type { BusinessDate } from '../platform/dates';
import { type Fen, yuan } from '../platform/money';
import { defineQuery } from '../platform/query';
import { type Ppm, percent } from '../platform/rate';
import { answer, idField, shape } from '../platform/shape';
import { P } from './problems';

interface Row {
  number: string;
  region: string;
  bankId: string;
  borrower: string;
  idMasked: string;
  certificateNumber: string | null;
  renewsNumber: string | null;
  useDetail: string;
  repaymentSource: string;
  amountFen: Fen;
  termMonths: number;
  ratePpm: Ppm;
  surchargePpm: Ppm;
  basis: number;
  signedOn: BusinessDate;
}

/** The contract as it is printed. */
export const printedContract = defineQuery({
  name: 'loans.contract',
  title: '借款合同',
  permission: 'loans.read',
  input: shape<{ loanId: string }>({ loanId: idField('贷款编号') }),
  answer: shape({
    number: answer.text('合同号'),
    bankName: answer.text('贷款人'),
    borrower: answer.text('借款人'),
    idMasked: answer.text('证件号(脱敏)'),
    village: answer.text(),
    certificateNumber: answer.text('贷款证编号；续贷的为批准编号').allow(null),
    renewsNumber: answer.text('所续贷的原合同号').allow(null),
    useDetail: answer.text('用途'),
    repaymentSource: answer.text('还款来源'),
    amountFen: answer.count('金额(分)'),
    amount: answer.yuan(),
    termMonths: answer.count(),
    rate: answer.percent(),
    surcharge: answer.percent('逾期加收，占合同利率'),
    basis: answer.count('年天数'),
    signedOn: answer.date(),
  }),
  run: async (read, { loanId }) => {
    const row = await read.one<Row>(
      `SELECT l.number AS number, l.region_code AS region, l.bank_id AS bankId, m.name AS borrower,
              m.id_number_masked AS idMasked, a.certificate_number AS certificateNumber,
              o.number AS renewsNumber, a.use_detail AS useDetail, a.repayment_source AS repaymentSource,
              l.principal_fen AS amountFen, l.term_months AS termMonths, l.rate_ppm AS ratePpm,
              l.surcharge_ppm AS surchargePpm, l.basis AS basis, l.signed_on AS signedOn
         FROM loan l JOIN household_member m ON m.id = l.member_id
              JOIN application a ON a.id = l.application_id
              LEFT JOIN loan o ON o.id = l.renews_loan_id
        WHERE l.id = :loanId AND {scope:l.region_code,l.bank_id}`,
      { loanId },
    );
    if (!row) throw P.absent();
    const sql = read.unscoped('names of bodies and places are no secret');
    const { region, bankId, ratePpm, surchargePpm, ...shown } = row;
    return {
      ...{ ...shown, amount: yuan(row.amountFen), rate: percent(ratePpm) },
      surcharge: percent(surchargePpm),
      bankName: (await organisationById(sql, bankId))?.name ?? '',
      village: await regionName(sql, region),
    };
  },
});
