/** What the counter asks before money moves: the payoff figure of a loan, and the trial calculator. */
import type { BusinessDate } from '../platform/dates';
import { addFen, type DayBasis, type Fen, yuan } from '../platform/money';
import { defineQuery } from '../platform/query';
import type { Ppm } from '../platform/rate';
import { answer, dateField, idField, Joi, percentField, shape, yuanField } from '../platform/shape';
import { interestTrial } from './interest';
import { positionOn } from './loan-faces.queries';
import { loanWithin } from './loans.queries';
import { P } from './problems';

interface Payoff {
  on: string;
  principal: string;
  interest: string;
  penalty: string;
  total: string;
}

/** What must be paid on a day to settle the loan. */
export const payoffQuote = defineQuery<{ loanId: string; on?: BusinessDate }, Payoff>({
  name: 'loans.payoff',
  title: '结清金额查询',
  permission: 'loans.read',
  input: shape<{ loanId: string; on?: BusinessDate }>({
    loanId: idField('贷款编号'),
    on: dateField('结清日；不填为今日').optional(),
  }),
  answer: shape<Payoff>({
    on: answer.date('结清日'),
    principal: answer.yuan('本金'),
    interest: answer.yuan('利息'),
    penalty: answer.yuan('罚息'),
    total: answer.yuan('合计'),
  }),
  run: async (read, { loanId, on = read.today }) => {
    const loan = await loanWithin(read, loanId);
    if (loan.state !== 'running') throw P.notRunning();
    const sql = read.unscoped('the loan was found within the reader’s limits');
    const { outstandingFen, interestToDateFen, penaltyToDateFen } = await positionOn(
      sql,
      loanId,
      on,
    );
    return {
      on,
      principal: yuan(outstandingFen),
      interest: yuan(interestToDateFen),
      penalty: yuan(penaltyToDateFen),
      total: yuan(addFen(outstandingFen, interestToDateFen, penaltyToDateFen)),
    };
  },
});

interface TrialInput {
  principal: Fen;
  rate: Ppm;
  from: BusinessDate;
  to: BusinessDate;
  basis: DayBasis;
}

/** The trial calculator (试算): interest of one principal over some days, first day in, last day out. */
export const interestTrialQuery = defineQuery<TrialInput, { days: number; interest: string }>({
  name: 'loans.interest-trial',
  title: '利息试算',
  permission: 'loans.read',
  input: shape<TrialInput>({
    principal: yuanField('本金(元)'),
    rate: percentField('年利率(%)'),
    from: dateField('起息日(计入)'),
    to: dateField('止息日(不计入)'),
    basis: Joi.number().valid(360, 364, 365).default(360).optional().description('年天数'),
  }),
  answer: shape<{ days: number; interest: string }>({
    days: answer.count('天数'),
    interest: answer.yuan('利息'),
  }),
  run: async (_read, { principal, rate, from, to, basis }) => {
    if (to < from) throw P.wrongWay({ fields: [{ field: 'to', reason: `不得早于 ${from}` }] });
    const trial = { principalFen: principal, ratePpm: rate, from, to, basis };
    const { days, interestFen } = interestTrial(trial);
    return { days, interest: yuan(interestFen) };
  },
});
