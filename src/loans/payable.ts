/**
 * What a counter checks again before money may move: the notice is over, the household is on its list and has a line,
 * no loan runs and none is overdue, and a rate may be agreed for the term. Each check with its outcome and source.
 */
import { type ApplicationFace, barring, eligibilityOf, type Finding } from '../applications';
import { requireNoticeOver } from '../notices';
import { Problem } from '../platform/problems';
import { percent } from '../platform/rate';
import type { Work } from '../platform/work';
import { contractTerms } from './contract-terms';
import { repaymentRecords } from './evidence.queries';
import { LoanStore } from './loan.store';
import { P } from './problems';

const BOOK = '贷款台账';

/**
 * All checks of the day.
 * @throws Problem loans.not-payable naming what bars; those of the notice
 */
export async function requirePayable(work: Work, asked: ApplicationFace): Promise<Finding[]> {
  await requireNoticeOver(work, { kind: 'application', id: asked.id });
  const findings = [
    ...(await eligibilityOf(work, asked.id)),
    await runningLoan(work, asked),
    await arrears(work, asked),
    await rateCap(work, asked),
  ];
  const bars = barring(findings, true);
  if (bars.length > 0) {
    throw P.notPayable({
      detail: bars.map(({ title, reason }) => `${title}：${reason}`).join('；'),
      extra: { rules: bars.map(({ code }) => code) },
    });
  }
  return findings;
}

async function runningLoan(work: Work, { householdId }: ApplicationFace): Promise<Finding> {
  const running = await new LoanStore(work).runningOf(householdId);
  return {
    ...{ code: 'RUNNING_LOAN', title: '没有未结清的贷款', source: BOOK, asOf: work.today },
    ...{ outcome: running ? 'fail' : 'pass', sourceRow: running?.id ?? null },
    reason: running ? `合同 ${running.number} 未结清` : '该户没有未结清的贷款',
  };
}

async function arrears(work: Work, { householdId }: ApplicationFace): Promise<Finding> {
  const records = await repaymentRecords(work.tx, [householdId], work.today);
  const days = records.get(householdId)?.overdueNowDays ?? 0;
  return {
    ...{ code: 'OVERDUE', title: '没有逾期', source: BOOK, sourceRow: null, asOf: work.today },
    ...{ outcome: days > 0 ? 'fail' : 'pass' },
    reason: days > 0 ? `该户贷款已逾期 ${days} 天` : '该户没有逾期的贷款',
  };
}

async function rateCap(work: Work, asked: ApplicationFace): Promise<Finding> {
  const finding = { code: 'RATE_CAP', title: '利率上限', asOf: work.today };
  const place = { region: asked.regionCode, date: work.today };
  try {
    const terms = await contractTerms(work.tx, asked.productCode, place, asked.termMonths);
    const reason = `签约利率不得高于 ${percent(terms.rateCapPpm)}%`;
    const [sourceRow = null] = terms.referenceRowIds;
    return { ...finding, outcome: 'pass', reason, source: '参考利率', sourceRow };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return {
      ...{ ...finding, outcome: 'fail', reason: error.title },
      ...{ source: '产品政策', sourceRow: null },
    };
  }
}
