/** What a notice lacks, and the remedy; and its rule in the words of the board. */
import { lacksOf } from '../../src/notices/lacks';
import type { NoticeRule } from '../../src/notices/notice';
import { dayInWords, ruleInWords } from '../../src/notices/words';
import { businessDate } from '../../src/platform/dates';
import { RULE } from './laws';

const end = businessDate('2018-03-06');
const demands = { photo: true, takeDown: true };
const notice = {
  state: 'running' as 'posting' | 'running' | 'ended' | 'stopped',
  endsOn: end as typeof end | null,
  levels: ['county', 'village'] as const,
  demands,
};
const board = (level: 'county' | 'village', photo: boolean, down = false) => ({
  level,
  photoFileId: photo ? 'file' : null,
  takenDownOn: down ? businessDate('2018-03-07') : null,
});
const told = (...asked: Parameters<typeof lacksOf>) =>
  lacksOf(...asked).map(({ level, lack }) => `${level} ${lack}`);

describe('What is missing', () => {
  test('is told board by board', () => {
    const posting = { ...notice, state: 'posting' as const, endsOn: null };
    expect(told(posting, [board('village', false)], end)).toEqual([
      'county BOARD',
      'village PHOTO',
    ]);
    expect(told(notice, [board('county', true), board('village', true)], end)).toEqual([]);
  });

  test('is the taking down only when the days are over', () => {
    const boards = [board('county', true), board('village', true, true)];
    expect(told(notice, boards, end)).toEqual([]);
    expect(told(notice, boards, businessDate('2018-03-07'))).toEqual(['county TAKE_DOWN']);
    expect(told({ ...notice, state: 'stopped' }, boards, end)).toEqual(['county TAKE_DOWN']);
    // A board that never hung is not asked for any more, and not to be taken down.
    expect(told({ ...notice, state: 'stopped' }, [], end)).toEqual([]);
  });

  test('is nothing that the rule does not ask for', () => {
    const lax = { ...notice, demands: { photo: false, takeDown: false } };
    const boards = [board('county', false), board('village', false)];
    expect(told(lax, boards, businessDate('2018-04-01'))).toEqual([]);
  });

  test('comes with a remedy that names who is to act', () => {
    const [missing] = lacksOf(notice, [board('village', true)], end);
    expect(missing?.remedy).toContain('县级人员');
  });
});

describe('In words', () => {
  const table: [Partial<NoticeRule>, string][] = [
    [
      {},
      '公示 5 日（自然日，张贴当日不计入，末日遇休息日顺延至下一个工作日），县级、乡镇级、村级同时张贴，自最后一级张贴之日起算',
    ],
    [
      {
        lengthDays: 10,
        mode: 'SEQUENTIAL',
        levels: ['village', 'township', 'county'],
        endMovedOffHoliday: false,
      },
      '公示 10 日（自然日，张贴当日不计入），村级、乡镇级、县级逐级张贴，每级各满期限',
    ],
    [
      {
        lengthDays: 3,
        dayKind: 'WORKING',
        firstDayCounted: true,
        endMovedOffHoliday: false,
        levels: ['village'],
        objection: { ...RULE.objection, daysAfterEnd: 3 },
      },
      '公示 3 日（工作日，张贴当日计入），村级张贴；期满后 3 日内仍可提出异议',
    ],
  ];

  test.each(table)('a rule: %j', (changes, words) => {
    expect(ruleInWords({ ...RULE, ...changes })).toBe(words);
  });

  test('a day', () => {
    expect(dayInWords(end)).toBe('2018年3月6日');
  });
});
