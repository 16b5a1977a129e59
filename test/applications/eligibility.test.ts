/** Every rule of eligibility: pass, fail and unknown, with its source. */
import product from '../../reference/policy/loans.product.FPXD.json';
import useFile from '../../reference/policy/loans.uses.json';
import { barring, type Facts, findingsOf } from '../../src/applications/eligibility';
import type { LoanUses, ProductTerms } from '../../src/applications/product';
import { type BusinessDate, businessDate } from '../../src/platform/dates';
import type { Fen } from '../../src/platform/money';

const row = product.rows.find(({ id }) => id === 'fpxd-guangxi-2017');
const uses = useFile.rows.find(({ id }) => id === 'uses-longsheng');
const on = businessDate('2018-03-01');
const yuan = (amount: number) => (amount * 100) as Fen;

/** A line of so many yuan of which so many are left. */
const lineLeft = (gradeName: string, total: number, left = total): Facts['line'] => ({
  ratingId: 'rating-1',
  gradeName,
  state: 'in-force',
  totalFen: yuan(total),
  availableFen: yuan(left),
});

const facts: Facts = {
  on,
  amountFen: yuan(50000),
  termMonths: 36,
  useCode: 'LOCAL_CHICKEN',
  product: {
    value: row?.value as unknown as ProductTerms,
    rowId: 'fpxd-guangxi-2017',
    source: row?.source ?? '',
  },
  uses: { value: uses?.value as LoanUses, rowId: 'uses-longsheng', source: uses?.source ?? '' },
  borrower: { birthDate: businessDate('1978-06-15'), inHousehold: true },
  status: { status: 'REGISTERED_POOR', name: '建档立卡贫困户' },
  line: lineLeft('优秀', 50000),
  other: null,
  bank: { name: '龙胜农商行' },
};

/** The outcome of one rule when the facts are changed. */
const outcome = (code: string, changes: Partial<Facts>) =>
  findingsOf({ ...facts, ...changes }).find((finding) => finding.code === code)?.outcome;

const born = (date: string) => ({ birthDate: date as BusinessDate, inHousehold: true });

describe('Eligibility', () => {
  test('passes an ordinary household, each rule with source and day', () => {
    const findings = findingsOf(facts);
    expect(findings).toHaveLength(10);
    expect(findings.every((finding) => finding.outcome === 'pass')).toBe(true);
    expect(findings.every((finding) => finding.source !== '' && finding.asOf === on)).toBe(true);
    expect(findings.find(({ code }) => code === 'AGE')).toMatchObject({
      sourceRow: 'fpxd-guangxi-2017',
      reason: '39 周岁，在 18–65 周岁 之内',
    });
    expect(barring(findings, true)).toEqual([]);
  });

  test.each<[what: string, code: string, changes: Partial<Facts>, expected: string]>([
    ['18 on the day', 'AGE', { borrower: born('2000-03-01') }, 'pass'],
    ['17 on the day', 'AGE', { borrower: born('2000-03-02') }, 'fail'],
    ['65, a day before 66', 'AGE', { borrower: born('1952-03-02') }, 'pass'],
    ['66 on the day', 'AGE', { borrower: born('1952-03-01') }, 'fail'],
    ['not born yet', 'AGE', { borrower: born('2018-03-02') }, 'fail'],
    ['no product', 'AGE', { product: null }, 'unknown'],
    ['no product', 'PRODUCT', { product: null }, 'fail'],
    [
      'left the household',
      'MEMBER',
      { borrower: { ...facts.borrower, inHousehold: false } },
      'fail',
    ],
    ['no status', 'HOUSEHOLD_KIND', { status: null }, 'unknown'],
    [
      'a marginal one in 2018',
      'HOUSEHOLD_KIND',
      { status: { status: 'MARGINAL', name: '边缘户' } },
      'fail',
    ],
    ['removed', 'HOUSEHOLD_KIND', { status: { status: 'REMOVED', name: '已移出' } }, 'fail'],
    ['the ceiling', 'CEILING', { amountFen: yuan(50000) }, 'pass'],
    ['a fen above the ceiling', 'CEILING', { amountFen: 5000001 as Fen }, 'fail'],
    ['nothing', 'CEILING', { amountFen: 0 as Fen }, 'fail'],
    ['36 months', 'TERM', { termMonths: 36 }, 'pass'],
    ['37 months', 'TERM', { termMonths: 37 }, 'fail'],
    ['a forbidden use', 'USE', { useCode: 'HOUSE_BUILDING' }, 'fail'],
    ['a firm, forbidden in Guangxi', 'USE', { useCode: 'FIRM_USE' }, 'fail'],
    ['an unheard-of use', 'USE', { useCode: 'MOON' }, 'fail'],
    ['no list of uses', 'USE', { uses: null }, 'unknown'],
    ['no rating', 'LINE', { line: null }, 'fail'],
    ['the whole line', 'LINE', { amountFen: yuan(50000) }, 'pass'],
    ['above the line', 'LINE', { line: lineLeft('较好', 40000) }, 'fail'],
    ['what is left', 'LINE', { line: lineLeft('优秀', 60000, 50000) }, 'pass'],
    ['above what is left', 'LINE', { line: lineLeft('优秀', 60000, 49999) }, 'fail'],
    [
      'a frozen line',
      'LINE',
      {
        line: {
          ratingId: 'r',
          gradeName: '优秀',
          state: 'frozen',
          totalFen: yuan(50000),
          availableFen: yuan(0),
        },
      },
      'fail',
    ],
    ['another loan', 'ONE_LOAN', { other: { number: 'SQ1', stateTitle: '已签合同' } }, 'fail'],
    ['no such bank', 'BANK', { bank: null }, 'fail'],
  ])('%s: %s', (_what, code, changes, expected) => {
    expect(outcome(code, changes)).toBe(expected);
  });

  test('warns of an age at maturity, without barring', () => {
    const finding = findingsOf({ ...facts, borrower: born('1953-06-01') }).find(
      ({ code }) => code === 'AGE',
    );
    expect(finding).toMatchObject({ outcome: 'pass' });
    expect(finding?.reason).toContain('到期时 67 周岁');
  });

  test('bars what fails, and what is unknown only where it is strict', () => {
    const findings = findingsOf({ ...facts, status: null });
    expect(barring(findings, false)).toEqual([]);
    expect(barring(findings, true).map(({ code }) => code)).toEqual(['HOUSEHOLD_KIND']);
  });
});
