/** What a reminder says of a loan: names and amounts, never an ID number or a phone of a person. */
import { productTerms } from '../applications';
import { memberFor } from '../households';
import { organisationById } from '../identity';
import { currentPosition } from '../loans';
import { type BusinessDate, daysBetween, maxDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { addFen, yuan } from '../platform/money';
import type { CollectedLoan } from './collected-loan';
import type { MessageValues } from './reminder-ladder';

/** The register of organisations holds no telephone of a branch, so the message points to where it hangs out. */
const PHONE_AT_THE_BRANCH = '见网点公示';

/** The values for the placeholders of a message on a date. */
export async function messageValues(
  sql: Sql,
  loan: CollectedLoan,
  on: BusinessDate,
): Promise<MessageValues> {
  const borrower = await memberFor(sql, loan.memberId);
  const signing = { region: loan.regionCode, date: loan.signedOn };
  const product = await productTerms(sql, loan.productCode, signing);
  const bank = await organisationById(sql, loan.bankId);
  const { position } = await currentPosition(sql, loan.id, on);
  const { outstandingFen, interestToDateFen, penaltyToDateFen } = position;
  return {
    borrowerName: borrower.name,
    productName: product.value.name,
    contractNumber: loan.number,
    principalYuan: yuan(outstandingFen),
    interestYuan: yuan(addFen(interestToDateFen, penaltyToDateFen)),
    arrearsYuan: yuan(addFen(outstandingFen, interestToDateFen, penaltyToDateFen)),
    dueOn: loan.maturesOn,
    overdueDays: String(daysBetween(loan.maturesOn, maxDate(loan.maturesOn, on))),
    bankName: bank?.name ?? loan.bankId,
    bankPhone: PHONE_AT_THE_BRANCH,
  };
}
