/**
 * A bank officer asks to end a loan early because its use was diverted (挪用、转借): from a day on everything is due,
 * with the surcharge for diversion of the contract's own terms. Until another person has decided, the county holds the
 * subsidy from that day.
 */
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { ppm } from '../platform/rate';
import { dateField, shape } from '../platform/shape';
import { policyRow } from '../policy';
import { askFields, locateLoan, requireOnCourse } from './asked';
import { AskedStore } from './asked.store';
import { bankTerms } from './bank-terms';
import { relatedOf } from './loan';
import type { Loan } from './loan.entity';
import { holdSubsidy } from './subsidy-hold';
import {
  holdCause,
  requireEndsWithin,
  terminationDigest,
  terminationFace,
  terminationShape,
} from './termination';
import { Termination } from './termination.entity';

interface Input {
  loanId: string;
  endsOn: BusinessDate;
  reason: string;
  evidence: string;
}

export const requestTermination = defineAct<
  Input,
  { region: string; org: string; loan: Loan },
  ReturnType<typeof terminationFace>
>({
  name: 'loans.request-termination',
  title: '申请提前终止',
  permission: 'loans.request-termination',
  input: shape<Input>({
    ...askFields,
    endsOn: dateField('终止日，如挪用之日；不晚于今日'),
  }),
  answer: terminationShape,
  locate: locateLoan,
  run: async (work, { loanId, endsOn, reason, evidence }, { loan }) => {
    const running = requireOnCourse(loan);
    requireEndsWithin(running, endsOn, work.today);
    // A loan keeps the terms of the day it was signed, those for diversion too.
    const { value, rowId } = await policyRow(work.tx, bankTerms, loan.terms.bankTermsRowId);
    const surchargePpm = ppm(value.diversionSurchargePpm);
    const asked = { endsOn, surchargePpm, reason, evidence };
    const contentDigest = terminationDigest(loan, asked);
    const own = { ...asked, policyRowId: rowId, contentDigest, eventId: null };
    const termination = await new AskedStore(work, Termination).ask(loan, own);
    await holdSubsidy(work, { loanId, from: endsOn, ...holdCause(termination.id) });
    work.record({
      subject: { kind: 'termination', id: termination.id },
      related: [{ kind: 'loan', id: loan.id }, ...relatedOf(loan)],
      after: { ...asked, policyRowId: rowId, contentDigest, subsidyHeldFrom: endsOn },
    });
    return terminationFace(termination);
  },
});
