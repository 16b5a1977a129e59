/** Rules and days in the words that stand on the board. Pure. */
import type { BusinessDate } from '../platform/dates';
import { LEVEL_NAMES, type NoticeRule } from './notice';

/** How a notice is counted, e.g. `公示 5 日（自然日，张贴当日不计入，末日遇休息日顺延），县级、乡镇级、村级同时张贴`. */
export function ruleInWords(rule: NoticeRule): string {
  const counting = [
    rule.dayKind === 'CALENDAR' ? '自然日' : '工作日',
    rule.firstDayCounted ? '张贴当日计入' : '张贴当日不计入',
    ...(rule.endMovedOffHoliday ? ['末日遇休息日顺延至下一个工作日'] : []),
  ].join('，');
  const names = rule.levels.map((level) => LEVEL_NAMES[level]).join('、');
  const way =
    rule.levels.length === 1
      ? `${names}张贴`
      : rule.mode === 'PARALLEL'
        ? `${names}同时张贴，自最后一级张贴之日起算`
        : `${names}逐级张贴，每级各满期限`;
  const window = rule.objection.daysAfterEnd
    ? `；期满后 ${rule.objection.daysAfterEnd} 日内仍可提出异议`
    : '';
  return `公示 ${rule.lengthDays} 日（${counting}），${way}${window}`;
}

/** 2018年3月1日 */
export function dayInWords(date: BusinessDate): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}
