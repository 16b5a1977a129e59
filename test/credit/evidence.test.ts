/** The port of the loan book: nothing is guessed when it is not plugged in or leaves a household out. */
import { repaymentRecordOf, useEvidence } from '../../src/credit/evidence';
import { businessDate } from '../../src/platform/dates';
import type { Sql } from '../../src/platform/db/database';
import { fixedEvidence, NO_LOANS } from './cards';

const asked = (id: string) => repaymentRecordOf({} as Sql, id, businessDate('2018-03-01'));

test('nothing plugged in is a defect', async () => {
  await expect(asked('H1')).rejects.toThrow(/useEvidence/);
});

test('one household is asked for as many are', async () => {
  const late = { ...NO_LOANS, loans: 1, everOverdue: true, longestOverdueDays: 3 };
  useEvidence(fixedEvidence(new Map([['H1', late]])));
  expect(await asked('H1')).toEqual(late);
  expect(await asked('H2')).toEqual(NO_LOANS);
});

test('a household that is left out is a defect, not one without loans', async () => {
  useEvidence({ ...fixedEvidence(), repaymentRecords: async () => new Map() });
  await expect(asked('H1')).rejects.toThrow(/leaves out/);
});
