/** The nightly proof of the books: before anything is posted, and again when everything is. */
import { CheckFailed } from '../platform/check';
import type { OnceStep } from '../platform/jobs/step';
import { proveBooks } from './prove-books.queries';

const run: OnceStep['run'] = async (work) => {
  const { ok, faults, entries, lines } = await proveBooks(work.tx);
  const [first] = faults;
  if (!ok && first) {
    const more = faults.length > 1 ? `(共查出 ${faults.length} 处)` : '';
    throw new CheckFailed(`账簿校验未通过：${first.law} ${first.where}:${first.detail}${more}`);
  }
  return { count: entries, note: `分录 ${entries} 笔、明细 ${lines} 行，全部相符` };
};

export const proveBooksStep: OnceStep = {
  name: 'ledger.prove-books',
  title: '账簿校验(夜间开始)',
  reason: 'First of the night: nothing is posted on books that do not prove.',
  kind: 'once',
  run,
};

export const proveBooksAgainStep: OnceStep = {
  name: 'ledger.prove-books-again',
  title: '账簿校验(夜间结束)',
  reason: 'Last of the night: what the night posted is proved before anybody relies on it.',
  kind: 'once',
  run,
};
