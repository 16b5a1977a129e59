/**
 * The points of one item: of the level that was chosen, that the loan book or the register decides, or the mean
 * of the village. What is not known has the card's own points, and says so.
 */
import { appraisalMean, sheetPoints } from './appraisal-mean';
import type { RepaymentRecord } from './evidence';
import { scoreText } from './grades';
import type { AppraisalSheet, ItemScore, RatingInputs } from './rating-content';
import type { Item, Level, Scorecard } from './scorecard';

type Scored = Pick<ItemScore, 'scoreHundredths' | 'level' | 'known' | 'why'>;

/** What decides an item; `sheets` are those that count. */
export interface Grounds {
  card: Scorecard;
  inputs: RatingInputs;
  sheets: readonly AppraisalSheet[];
  evidence: RepaymentRecord;
}

/** The points of one item of the card. */
export function scoreItem(item: Item, grounds: Grounds): Scored {
  switch (item.input) {
    case 'INFORMATION':
      return { scoreHundredths: 0, level: null, known: true, why: '只展示，不计分' };
    case 'LEVEL':
      return scoreAnswer(item, grounds.inputs);
    case 'REPAYMENT':
      return scoreRepayment(item, grounds.evidence);
    case 'WORKERS':
      return scoreWorkers(item, grounds.inputs.register.ableWorkers);
    case 'APPRAISAL':
      return scoreAppraisal(item, grounds);
  }
}

function scoreAnswer(item: Item, inputs: RatingInputs): Scored {
  const given = inputs.items.find((one) => one.item === item.code);
  const level = item.levels.find((one) => one.code === given?.level);
  const note = given?.note ? `（${given.note}）` : '';
  return level ? atLevel(level, note) : notKnown(item, note);
}

/** The first level, from the best down, whose condition the record meets. */
export function repaymentLevel(item: Item, record: RepaymentRecord): Level {
  const found = item.levels.find(({ when }) => {
    if (when?.borrowed !== record.loans > 0) return false;
    const days = when.overdueDaysMax ?? null;
    return days === null || record.longestOverdueDays <= days;
  });
  // The last level takes every delay, and one those who never borrowed: laws of the card.
  return found ?? (item.levels.at(-1) as Level);
}

function scoreRepayment(item: Item, record: RepaymentRecord): Scored {
  const late = record.everOverdue ? `，最长逾期 ${record.longestOverdueDays} 天` : '';
  const now = record.overdueNowDays > 0 ? `，现逾期 ${record.overdueNowDays} 天` : '';
  return atLevel(repaymentLevel(item, record), `（台账：借款 ${record.loans} 笔${late}${now}）`);
}

function scoreWorkers(item: Item, workers: number | null): Scored {
  if (workers === null) return notKnown(item, '');
  const level = item.levels.find(({ when }) => workers >= (when?.workersMin ?? 0));
  return atLevel(level ?? (item.levels.at(-1) as Level), `（户籍登记：劳动力 ${workers} 人）`);
}

function scoreAppraisal(item: Item, { card, sheets }: Grounds): Scored {
  const points = sheets.map((sheet) => sheetPoints(card, sheet)).filter((one) => one !== null);
  if (points.length === 0) return notKnown(item, '');
  const scoreHundredths = appraisalMean(points);
  const why = `${points.length} 名评议员平均 ${scoreText(scoreHundredths)} 分`;
  return { scoreHundredths, level: null, known: true, why };
}

const atLevel = ({ code, points, text }: Level, note: string): Scored => ({
  scoreHundredths: points * 100,
  level: code,
  known: true,
  why: `${text}${note}`,
});

function notKnown(item: Item, note: string): Scored {
  // A law of the card: every item that can be unknown says how many points that is.
  const points = item.notKnownPoints ?? 0;
  const why = `情况不明，按评分表计 ${points} 分${note}`;
  return { scoreHundredths: points * 100, level: null, known: false, why };
}
