/** What is written on the papers and files of the loan book's journey. */
import { encode } from 'iconv-lite';
import { writeSheet } from '../../src/platform/sheets/write-sheet';
import { jpeg } from '../notices/pictures';

/** A payment as a bank's file tells it. */
export interface Line {
  contract: string;
  name: string;
  paidOn: string;
  amount: string;
  reference: string;
}

const TITLES = ['合同号', '借款人', '还款日期', '还款金额', '流水号'];
const cells = ({ contract, name, paidOn, amount, reference }: Line) => [
  ...[contract, name, paidOn, amount, reference],
];

/** The file as a workbook. */
export async function workbook(lines: readonly Line[]): Promise<Buffer> {
  const columns = TITLES.map((title) => ({ title, kind: 'text' as const }));
  const parts: Buffer[] = [];
  for await (const part of writeSheet({ sheet: '还款明细', columns }, lines.map(cells))) {
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The same payments as text in the encoding of Chinese Windows. */
export function csv(lines: readonly Line[]): Buffer {
  const rows = [TITLES, ...lines.map(cells)].map((row) => row.join(','));
  return encode(`${rows.join('\r\n')}\r\n`, 'gb18030');
}

/** A receipt at the counter. */
export const receipt = (amount: string, paidOn: string, bankReference: string) => ({
  ...{ amount, paidOn, bankReference },
});

/** A visit on a day at 8:30, with what was found. */
export const visitForm = (visitedOn: string, use: string, photos: string[]) => ({
  ...{ visitedOn, time: '08:30', place: '一组油茶林', metWith: '借款人夫妇', use, photos },
  findings: use === 'as-agreed' ? '新种油茶二十亩，长势良好' : '油茶未种，资金去向与约定不符',
});

/** A photo unlike every other. */
export const photo = (what: string) => jpeg({ data: what });

/** Why an extension is asked for. */
export const extensionForm = (newMaturesOn: string) => ({
  ...{ newMaturesOn, reasonCode: 'disaster' },
  ...{ reason: '霜冻减产，油茶推迟出售', evidence: '5月8日走访记录、村委会证明' },
});

/** A renewal of the whole principal for another year, all conditions met. */
export const renewalForm = {
  ...{ amount: '50000.00', termMonths: 12, rate: '4.35', withoutRepaying: true },
  conditions: ['LAWFUL', 'BUSINESS_STABLE', 'GOOD_CREDIT', 'MEETS_STANDARD', 'OTHER'].map(
    (code) => ({ code, met: true, reason: '实地走访核实' }),
  ),
  ...{ reason: '油茶进入盛果期，需继续周转', evidence: '4月20日走访记录、上年销售凭证' },
};

/** The papers of a loan that was pursued in vain. */
export const writeOffForm = {
  ground: 'PURSUED_IN_VAIN',
  reason: '资金转借他人，多次催收仍未收回',
  evidence: [
    { kind: 'COLLECTION_RECORD', reference: '催收档案 2019-17' },
    { kind: 'DUE_DILIGENCE', reference: '尽调报告 2019-5' },
  ],
};
