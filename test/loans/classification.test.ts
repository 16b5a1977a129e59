/** Five grades by the dated tables of the reference files. */
import { readFileSync } from 'node:fs';
import {
  type ClassTable,
  classificationTable,
  gradeName,
  gradeOf,
} from '../../src/loans/classification';
import { fromRoot } from '../../src/platform/root';

const file = JSON.parse(
  readFileSync(fromRoot('reference', 'policy', 'loans.classification.json'), 'utf8'),
) as { rows: { id: string; value: ClassTable }[] };

const table = (id: string) => file.rows.find((row) => row.id === id)!.value;

describe('Classification', () => {
  test.each([
    [0, 'NORMAL'],
    [1, 'SPECIAL_MENTION'],
    [90, 'SPECIAL_MENTION'],
    [91, 'SUBSTANDARD'],
    [180, 'SUBSTANDARD'],
    [181, 'DOUBTFUL'],
    [2000, 'DOUBTFUL'],
  ])('before 2023-07-01, %i days overdue are %s', (days, grade) => {
    expect(gradeOf(table('classification-2014'), days)).toBe(grade);
  });

  test.each([
    [90, 'SPECIAL_MENTION'],
    [91, 'SUBSTANDARD'],
    [270, 'SUBSTANDARD'],
    [271, 'DOUBTFUL'],
    [360, 'DOUBTFUL'],
    [361, 'LOSS'],
  ])('since 2023-07-01, %i days overdue are %s', (days, grade) => {
    expect(gradeOf(table('classification-2023'), days)).toBe(grade);
  });

  test('a grade has its Chinese name', () => {
    expect(gradeName(table('classification-2023'), 'SUBSTANDARD')).toBe('次级');
  });

  test('every row on file is of the declared shape, and thresholds out of order are refused', () => {
    for (const { value } of file.rows) {
      expect(classificationTable.schema.validate(value, { convert: false }).error).toBeUndefined();
    }
    const [first] = file.rows;
    const turned = { ...first!.value, thresholds: [...first!.value.thresholds].reverse() };
    expect(classificationTable.schema.validate(turned, { convert: false }).error).toBeDefined();
  });
});
