/** Rows as older schemas held them, written straight into their tables. */
import type { Tx } from '../../src/platform/db/database';

/** An id of 26 characters that ends so. */
export const id = (text: string) => text.padStart(26, '0');

/** A digest of 64 characters that ends so. */
export const digest = (text: string) => text.padStart(64, '0');

/** The named columns of one row; what is left out has its default. */
export const insert = (tx: Tx, table: string, row: Record<string, string | number | null>) =>
  tx.insertMany(table, Object.keys(row), [Object.values(row)]);

/** A household with its head. */
export async function aHousehold(tx: Tx): Promise<void> {
  await insert(tx, 'household', {
    ...{ id: id('1'), code: '4503281002', region_code: '450328100200', head_member_id: id('11') },
    ...{ registered_on: '2018-03-01', registered_by: 'x', version: 1, head_name: '单大明' },
    ...{ head_initials: 'sdm', status_now: 'REGISTERED_POOR' },
  });
  await insert(tx, 'household_member', {
    ...{ id: id('11'), household_id: id('1'), name: '单大明', relation: 'HEAD', sex: 'male' },
    ...{ id_number_sealed: 'sealed', id_number_index: digest('1'), current_index: digest('1') },
    ...{ id_number_masked: 'masked', birth_date: '1978-06-15', joined_on: '2016-01-01' },
    initials: 'sdm',
  });
}

/** The application of that household, with what its state needs besides. */
export const anApplication = (tx: Tx, own: Record<string, string | number | null>) =>
  insert(tx, 'application', {
    ...{ id: id('2'), number: 'SQ1', household_id: id('1'), member_id: id('11'), relation: 'HEAD' },
    ...{ region_code: '450328100200', bank_id: id('9'), product_code: 'FPXD', version: 2 },
    ...{ product_row_id: 'p', uses_row_id: 'u', amount_fen: 100, term_months: 12, use_code: 'A' },
    ...{ use_detail: '养鸡', repayment_source: '出栏', witness_name: '潘', consents: '{}' },
    ...{ entered_by: id('5'), entered_on: '2018-03-01', entered_at: 1 },
    ...{ content_digest: digest('c'), busy_household_id: id('1'), ...own },
  });
