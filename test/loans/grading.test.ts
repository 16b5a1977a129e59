/** The class of a loan: the longer count, the table of the day, judgement and the borrower's worst loan. */
import fc from 'fast-check';
import {
  type ClassTable,
  GRADE_CODES,
  type GradeCode,
  gradeOf,
  isWorse,
} from '../../src/loans/classification';
import { type GradedLoan, gradingOf, longerDaysOn } from '../../src/loans/grading';
import { checkJudged, JUDGED_GRADES, type JudgedGrade } from '../../src/loans/judgement';
import { addDays, businessDate } from '../../src/platform/dates';
import { fen } from '../../src/platform/money';
import { Problem } from '../../src/platform/problems';

const rows = (
  require('../../reference/policy/loans.classification.json') as {
    rows: { id: string; value: ClassTable }[];
  }
).rows;
const table = (id: string) => rows.find((row) => row.id === id)!.value;
const older = table('classification-2014');
const newer = table('classification-2023');

const TODAY = businessDate('2024-01-31');
/** A loan so many days overdue on principal and interest. */
const late = (principal: number, interest: number, more: Partial<GradedLoan> = {}): GradedLoan => ({
  ...{ id: 'loan', outstandingFen: fen(5_000_000), writtenOffOn: null, judgedCode: null },
  maturesOn: addDays(TODAY, -principal),
  ownDueSince: interest === 0 ? null : addDays(TODAY, -interest),
  ...more,
});
const grade = (by: ClassTable, loan: GradedLoan, ...others: GradedLoan[]) =>
  gradingOf(by, loan, others, TODAY);

describe('The class of a loan', () => {
  test.each<[number, number, GradeCode, GradeCode]>([
    [0, 0, 'NORMAL', 'NORMAL'],
    [-30, 0, 'NORMAL', 'NORMAL'],
    [1, 0, 'SPECIAL_MENTION', 'SPECIAL_MENTION'],
    [0, 1, 'SPECIAL_MENTION', 'SPECIAL_MENTION'],
    [0, -30, 'NORMAL', 'NORMAL'],
    [90, 90, 'SPECIAL_MENTION', 'SPECIAL_MENTION'],
    [1, 91, 'SUBSTANDARD', 'SUBSTANDARD'],
    [91, 1, 'SUBSTANDARD', 'SUBSTANDARD'],
    [180, 181, 'DOUBTFUL', 'SUBSTANDARD'],
    [0, 270, 'DOUBTFUL', 'SUBSTANDARD'],
    [271, 0, 'DOUBTFUL', 'DOUBTFUL'],
    [360, 360, 'DOUBTFUL', 'DOUBTFUL'],
    [0, 361, 'DOUBTFUL', 'LOSS'],
  ])(
    'with %i days on principal and %i on interest is %s, since 2023-07 %s',
    (p, i, before, since) => {
      expect(grade(older, late(p, i)).code).toBe(before);
      expect(grade(newer, late(p, i)).code).toBe(since);
    },
  );

  test('counts days on principal only while principal is owed', () => {
    const paid = late(100, 5, { outstandingFen: fen(0) });
    expect(longerDaysOn(paid, TODAY)).toBe(5);
    expect(grade(newer, paid)).toEqual({ code: 'SPECIAL_MENTION', cause: 'table', days: 5 });
  });

  test('is moved by judgement to the worse, and by the table beyond the judgement', () => {
    const judged = (days: number) => grade(newer, late(days, 0, { judgedCode: 'SUBSTANDARD' }));
    expect(judged(0)).toEqual({ code: 'SUBSTANDARD', cause: 'judgement', days: 0 });
    expect(judged(91)).toEqual({ code: 'SUBSTANDARD', cause: 'table', days: 91 });
    expect(judged(271)).toEqual({ code: 'DOUBTFUL', cause: 'table', days: 271 });
  });

  test('is that of the borrower’s worst loan, where the table says so', () => {
    const bad = late(300, 0, { id: 'other' });
    expect(grade(newer, late(0, 0), bad)).toEqual({ code: 'DOUBTFUL', cause: 'borrower', days: 0 });
    expect(grade(newer, late(361, 0), bad).cause).toBe('table');
    const alone = { ...newer, worstLoanOfBorrower: false };
    expect(grade(alone, late(0, 0), bad).code).toBe('NORMAL');
  });

  test('of a loan that was written off is a loss', () => {
    const gone = late(0, 0, { outstandingFen: fen(0), writtenOffOn: TODAY });
    expect(grade(newer, gone)).toMatchObject({ code: 'LOSS', cause: 'write-off' });
    expect(grade(newer, late(0, 0), gone)).toMatchObject({ code: 'LOSS', cause: 'borrower' });
  });

  const loans = fc
    .record({
      ...{
        principal: fc.integer({ min: -100, max: 500 }),
        interest: fc.integer({ min: -90, max: 500 }),
      },
      judgedCode: fc.constantFrom(null, ...GRADE_CODES.slice(1)),
      owes: fc.boolean(),
    })
    .map(({ principal, interest, judgedCode, owes }) =>
      late(principal, interest, { judgedCode, outstandingFen: fen(owes ? 100 : 0) }),
    );

  test('is never better than the days of any loan of the borrower demand, nor than a judgement', () => {
    fc.assert(
      fc.property(
        loans,
        fc.array(loans, { maxLength: 2 }),
        fc.constantFrom(older, newer),
        (loan, others, by) => {
          const { code } = grade(by, loan, ...others);
          for (const one of [loan, ...others]) {
            expect(isWorse(gradeOf(by, longerDaysOn(one, TODAY)), code)).toBe(false);
            expect(isWorse((one.judgedCode ?? 'NORMAL') as GradeCode, code)).toBe(false);
          }
          // And no worse than the worst of them.
          const reasons = [loan, ...others].flatMap((one) => [
            gradeOf(by, longerDaysOn(one, TODAY)),
            one.judgedCode ?? 'NORMAL',
          ]);
          expect(reasons).toContain(code);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('is judged no better than the days demand', () => {
    const refusal = (judged: string | null, proposed: JudgedGrade, code: GradeCode) => {
      try {
        const byTable = { code, days: 100, table: newer };
        checkJudged({ judgedCode: judged }, proposed, byTable);
        return null;
      } catch (error) {
        return error instanceof Problem ? error.code : 'another error';
      }
    };
    for (const code of GRADE_CODES) {
      for (const proposed of JUDGED_GRADES) {
        const tooGood = proposed !== 'BY_TABLE' && isWorse(code, proposed);
        const expected = tooGood ? 'loans.grade-too-good' : null;
        expect(refusal('OTHER', proposed, code)).toBe(expected);
      }
    }
    expect(refusal(null, 'BY_TABLE', 'NORMAL')).toBe('loans.grade-stands');
    expect(refusal('LOSS', 'LOSS', 'NORMAL')).toBe('loans.grade-stands');
  });
});
