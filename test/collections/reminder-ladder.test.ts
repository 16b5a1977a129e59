/** Which step falls on which day, what a message says, and the bands of the report. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  bandsOf,
  type Ladder,
  maturitiesToRemind,
  messageText,
  reminderLadder,
  stepOfKind,
  stepOn,
} from '../../src/collections/reminder-ladder';
import { addDays, businessDate } from '../../src/platform/dates';
import { fromRoot } from '../../src/platform/root';

const file = JSON.parse(
  readFileSync(fromRoot('reference', 'policy', 'collections.reminder-ladder.json'), 'utf8'),
) as { rows: { value: Ladder }[] };
const ladder = file.rows[0]!.value;
const maturesOn = businessDate('2021-06-15');

const values = {
  borrowerName: '韦大明',
  productName: '扶贫小额信贷',
  contractNumber: 'HT-1',
  principalYuan: '50000.00',
  interestYuan: '706.94',
  arrearsYuan: '50706.94',
  dueOn: '2021-06-15',
  overdueDays: '1',
  bankName: '龙胜农村商业银行',
  bankPhone: '见网点公示',
};

describe('The ladder', () => {
  test.each([
    ['2021-05-15', null],
    ['2021-05-16', 'T-30'],
    ['2021-06-08', 'T-7'],
    ['2021-06-15', null],
    ['2021-06-16', 'T+1'],
    ['2021-06-30', 'T+15'],
    ['2021-07-15', 'T+30'],
    ['2021-08-14', 'T+60'],
    ['2021-09-13', 'T+90'],
  ])('on %s a loan that matures on 2021-06-15 is at %s', (date, code) => {
    expect(stepOn(ladder, maturesOn, businessDate(date))?.code ?? null).toBe(code);
  });

  test('the loans to remind are those for which an automatic step falls on the day', () => {
    expect(maturitiesToRemind(ladder, businessDate('2021-06-16'))).toEqual([
      '2021-07-16',
      '2021-06-23',
      '2021-06-15',
    ]);
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), (offset) => {
        const date = addDays(maturesOn, offset);
        const reminded = maturitiesToRemind(ladder, date).includes(maturesOn);
        expect(reminded).toBe(stepOn(ladder, maturesOn, date)?.automatic === true);
      }),
    );
  });

  test('a step is found by its kind', () => {
    expect(stepOfKind(ladder, 'TOWNSHIP_MEETING')?.role).toBe('township-officer');
    expect(stepOfKind(ladder, 'PHONE_CALL')).toBeNull();
  });

  test('the bands of the report begin at the steps after maturity', () => {
    expect(bandsOf(ladder)).toEqual([
      { from: 1, to: 14 },
      { from: 15, to: 29 },
      { from: 30, to: 59 },
      { from: 60, to: 89 },
      { from: 90, to: null },
    ]);
  });

  test('every template on file can be filled in, with nothing left open', () => {
    for (const { template } of ladder.steps) {
      expect(messageText(template, values)).not.toMatch(/[{}]/);
    }
  });

  test('a template that asks for what there is not is refused when it is laid down', () => {
    const [first] = ladder.steps;
    const strange = { ...ladder, steps: [{ ...first!, template: '{borrowerName}:{idNumber}' }] };
    expect(reminderLadder.schema.validate(strange).error).toBeDefined();
    expect(reminderLadder.schema.validate(ladder, { convert: false }).error).toBeUndefined();
  });

  test('two steps on one day or of one kind are refused', () => {
    const [first, second] = ladder.steps;
    const sameDay = { ...ladder, steps: [first, { ...second!, offsetDays: first!.offsetDays }] };
    expect(reminderLadder.schema.validate(sameDay).error).toBeDefined();
    const sameKind = { ...ladder, steps: [first, { ...second!, kind: first!.kind }] };
    expect(reminderLadder.schema.validate(sameKind).error).toBeDefined();
  });
});
