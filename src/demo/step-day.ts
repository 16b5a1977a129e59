/**
 * Steps the demonstration's clock forward by whole days. The nights in between are run by the scheduler within
 * seconds, oldest first, as they would be after a holiday on which the service was down.
 */
import { defineAct } from '../platform/act';
import { SELF } from '../platform/authority';
import { addDays } from '../platform/dates';
import { answer, Joi, shape } from '../platform/shape';
import { OFFSET_SETTING, readOffset } from './demo-clock';

export const stepDay = defineAct({
  name: 'demo.step-day',
  title: '演示时钟前进',
  permission: SELF,
  input: shape<{ days: number }>({
    days: Joi.number().integer().min(1).max(31).description('前进天数'),
  }),
  answer: shape({
    today: answer.date('前进后的业务日期'),
    offsetDays: answer.count('累计前进天数'),
  }),
  locate: async () => ({ region: null }),
  run: async (work, input) => {
    const offset = (await readOffset(work.tx)) + input.days;
    const statement = work.tx.dialect.insertOrKeep(
      'setting',
      ['name', 'value', 'version'],
      ['name'],
    );
    await work.tx.exec(statement, { name: OFFSET_SETTING, value: '0', version: 0 });
    await work.tx.exec(
      'UPDATE setting SET value = :value, version = version + 1 WHERE name = :name',
      { name: OFFSET_SETTING, value: String(offset) },
    );
    work.record({ subject: { kind: 'setting', id: OFFSET_SETTING }, after: { offset } });
    return { today: addDays(work.today, input.days), offsetDays: offset };
  },
});
