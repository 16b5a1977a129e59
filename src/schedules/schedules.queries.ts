/** The trial calculator of repayment schedules (还款计划试算). It reads nothing. */
import { defineQuery } from '../platform/query';
import {
  answer,
  codeField,
  dateField,
  Joi,
  listOf,
  percentField,
  shape,
  yuanField,
} from '../platform/shape';
import { P } from './problems';
import { ScheduleError } from './schedule-error';
import { METHODS, UNITS } from './terms';
import { type TrialAnswer, type TrialInput, type TrialRow, trialField, trialOf } from './trial';

const DAY_COUNTS = ['30/360', 'ACT/360', 'ACT/364', 'ACT/365', 'ACT/ACT'] as const;

const count = (from: number, to: number, description: string) =>
  Joi.number().integer().min(from).max(to).description(description);

const trialShape = shape<TrialInput>({
  principal: yuanField('本金（元）'),
  rate: percentField('年利率（%）'),
  startDate: dateField('起息日'),
  months: count(1, 600, '期限（月）'),
  method: codeField(METHODS, '还款方式；不填为按季结息到期还本')
    .default('settlementDayBullet')
    .optional(),
  every: count(1, 365, '每隔几个单位还款').default(1).optional(),
  unit: codeField(UNITS, '还款间隔的单位').default('months').optional(),
  dayCount: codeField(DAY_COUNTS, '计息基础').default('ACT/360').optional(),
  rounding: codeField(['HALF_UP', 'HALF_EVEN'], '四舍五入或四舍六入五成双')
    .default('HALF_UP')
    .optional(),
  graceOnPrincipal: count(0, 600, '只付息不还本的期数').default(0).optional(),
  graceOnInterest: count(0, 600, '利息推迟收取的期数').default(0).optional(),
  multiplesOf: count(1, 10_000, '每期还款额取整到几元').optional(),
  firstDueDate: dateField('首次还款日；不填为起息日后一个间隔').optional(),
  installment: yuanField('每期固定还款额（元）').optional(),
  plan: Joi.string()
    .pattern(/^\d{1,13}(\.\d{1,2})?(,\d{1,13}(\.\d{1,2})?){0,599}$/, '金额，以逗号分隔')
    .description('自定义还款计划：各期本金（元），以逗号分隔')
    .optional(),
});

const rowShape = shape<TrialRow>({
  period: answer.count('期次'),
  from: answer.date('起息日'),
  date: answer.date('还款日'),
  principal: answer.yuan('应还本金'),
  interest: answer.yuan('应付利息'),
  total: answer.yuan('合计'),
  balance: answer.yuan('还款后本金余额'),
});

/** What a loan on these terms would be repaid with; nothing is stored. */
export const trialQuery = defineQuery<TrialInput, TrialAnswer>({
  name: 'schedules.trial',
  title: '还款计划试算',
  permission: 'loans.read',
  input: trialShape,
  answer: shape<TrialAnswer>({
    maturesOn: answer.date('到期日'),
    rows: listOf(rowShape),
    totals: shape<TrialAnswer['totals']>({
      principal: answer.yuan('本金合计'),
      interest: answer.yuan('利息合计'),
      total: answer.yuan('还款合计'),
    }),
    flat: shape<TrialAnswer['flat']>({
      interest: answer.yuan('按全额本金计息的利息'),
      dearerBy: answer.yuan('比上述还款方式多付的利息'),
    }),
  }),
  run: async (_read, input) => {
    try {
      return trialOf(input);
    } catch (error) {
      if (!(error instanceof ScheduleError)) throw error;
      const fields = [{ field: trialField(error), reason: error.chinese }];
      const problem = error.kind === 'malformed' ? P.termsInvalid : P.notOffered;
      throw problem({ fields, detail: `${fields[0]!.field}：${error.chinese}` });
    }
  },
});
