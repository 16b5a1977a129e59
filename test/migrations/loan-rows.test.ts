/** Loans, events and interest that stood before a loan could be replayed: they know their entries, and are guarded. */
import { migrations } from '../../migrations';
import { LoanLife1767200000025 } from '../../migrations/1767200000025-loan-life';
import type { Tx } from '../../src/platform/db/database';
import { describeEachDatabase } from '../support/databases';
import { aHousehold, anApplication, digest, id, insert } from './older-rows';

const OLDER = migrations.slice(0, migrations.indexOf(LoanLife1767200000025));

async function aLoan(tx: Tx): Promise<void> {
  await aHousehold(tx);
  await anApplication(tx, {
    ...{ state: 'contracted', certificate_number: 'ZS1', loan_id: id('3') },
    ...{ bank_decision_by: 'd', bank_decision_on: '2018-03-02' },
  });
  await insert(tx, 'loan', {
    ...{ id: id('3'), number: 'HT1', application_id: id('2'), household_id: id('1') },
    ...{ member_id: id('11'), region_code: '450328100200', bank_id: id('9') },
    ...{ product_code: 'FPXD', principal_fen: 100, outstanding_fen: 90, interest_due_fen: 0 },
    ...{ penalty_due_fen: 0, overpaid_fen: 0, rate_ppm: 47_500, rate_cap_ppm: 47_500 },
    ...{ surcharge_ppm: 500_000, basis: 360, term_months: 12, terms: '{}', state: 'running' },
    ...{ signed_on: '2018-06-15', signed_by: 's', decided_by: 'd', disbursed_on: '2018-06-15' },
    ...{ disbursed_by: 'p', matures_on: '2019-06-15', booked_until: '2018-07-15' },
    ...{ last_booking_on: '2018-07-15', days_overdue: 0, class_code: 'NORMAL' },
    ...{ running_key: id('1'), signed_at: 1 },
  });
  const event = (n: number, kind: string, on: string, key: string, principal: number) =>
    insert(tx, 'loan_event', {
      ...{ id: id(`4${n}`), loan_id: id('3'), bank_id: id('9'), natural_key: key, kind },
      ...{ happened_on: on, amount_fen: principal + 1, principal_fen: principal, interest_fen: 1 },
      ...{ penalty_fen: 0, overpaid_fen: 0, outstanding_after_fen: 90, caused_by: 'x' },
      recorded_at: 1,
    });
  await event(1, 'settlement', '2018-06-20', `settlement/2018Q2/${id('3')}`, 0);
  await event(2, 'repayment', '2018-07-15', 'repayment/LS-1', 10);
  await event(3, 'subsidy', '2018-07-16', 'subsidy/2018Q2/x', 0);
  for (const [period, from, until, booked] of [
    ['2018Q2', '2018-06-15', '2018-06-21', '2018-06-20'],
    ['2018Q3', '2018-06-21', '2018-07-15', '2018-07-15'],
  ] as const) {
    await insert(tx, 'loan_interest', {
      ...{ loan_id: id('3'), period_code: period, kind: 'NORMAL', part_no: 1, from_on: from },
      ...{ until_on: until, days: 6, principal_fen: 100, amount_fen: 1, booked_on: booked },
    });
    await insert(tx, 'ledger_entry', {
      ...{ id: id(`6${period}`), entry_key: `loans.interest/${id('3')}/${until}` },
      ...{ book: 'bank:B', on_date: booked, event: 'loans.interest-booked', memo: '计息' },
      ...{ subject_kind: 'loan', subject_id: id('3'), region_code: '450328100200' },
      ...{ content_digest: digest('e'), posted_at: 1, actor_id: 'x' },
    });
  }
}

describeEachDatabase('Loans of before', (open) => {
  test('know the entries of their events and interest, are voided once and changed in no other way', async () => {
    const db = await open({ migrations: OLDER });
    await db.inTransaction(aLoan);
    db.dataSource.migrations.push(new LoanLife1767200000025());
    await db.migrate();
    const rows = (sql: string) => db.reader().rows(sql);
    const events = () =>
      rows(`SELECT id, origin_id AS origin, revision, entry_key AS entryKey, voided_by AS voided
              FROM loan_event ORDER BY id`);
    const own = (n: number) => ({
      id: id(`4${n}`),
      origin: id(`4${n}`),
      revision: 1,
      voided: null,
    });
    expect(await events()).toEqual([
      { ...own(1), entryKey: null },
      { ...own(2), entryKey: `loans.repay/${id('42')}` },
      { ...own(3), entryKey: 'loans.subsidy/2018Q2/x' },
    ]);
    const parts = () =>
      rows(`SELECT period_code AS period, entry_key AS entryKey, standing_from_on AS fromOn
              FROM loan_interest ORDER BY period_code`);
    const before = [
      { period: '2018Q2', entryKey: `loans.interest/${id('3')}/2018-06-21`, fromOn: '2018-06-15' },
      { period: '2018Q3', entryKey: `loans.interest/${id('3')}/2018-07-15`, fromOn: '2018-06-21' },
    ];
    expect(await parts()).toEqual(before);
    const change = (sql: string) => db.inTransaction((tx) => tx.exec(sql));
    const refusedAs = /append-only/;
    await expect(
      change('UPDATE loan_event SET amount_fen = 12, principal_fen = 11'),
    ).rejects.toThrow(refusedAs);
    await expect(change('DELETE FROM loan_interest')).rejects.toThrow(refusedAs);
    const voiding = `UPDATE loan_interest SET voided_by = '${id('7')}', standing_from_on = NULL`;
    expect(await change(`${voiding} WHERE period_code = '2018Q3'`)).toBe(1);
    await expect(change(`${voiding} WHERE period_code = '2018Q3'`)).rejects.toThrow(refusedAs);
    await expect(
      change("UPDATE loan_interest SET voided_by = NULL WHERE period_code = '2018Q3'"),
    ).rejects.toThrow(refusedAs);
    expect(await db.revertLastMigration()).toBe('LoanLife1767200000025');
    expect(await rows('SELECT period_code AS period FROM loan_interest')).toEqual([
      { period: '2018Q2' },
    ]);
    expect(await rows('SELECT id FROM loan_event ORDER BY id')).toHaveLength(3);
  });
});
