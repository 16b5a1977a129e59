/** 上传银行回盘文件: the dry run posts nothing and tells what would come of each row. */
import { listBankFiles, showBankFile } from '../../src/bankfiles/bank-files.queries';
import { startBankFile } from '../../src/bankfiles/start-bank-file';
import { repay } from '../../src/loans';
import { lent, onDay, payment, signed } from '../loans/book';
import { describeEachDatabase } from '../support/databases';
import {
  aReference,
  cellsOf,
  checked,
  csvOf,
  type FileBook,
  HEADER,
  type Line,
  numberOf,
  openFileBook,
  POSTED_TABLES,
  plainFile,
  posted,
  rowsOf,
  runTasks,
  saidOf,
  started,
  tallied,
  upload,
  workbookOf,
} from './files';

describeEachDatabase('A bank file that is checked', (open) => {
  let book: FileBook;
  beforeAll(async () => {
    book = await openFileBook(open);
  });
  beforeEach(() => {
    onDay(book, '2018-07-20');
  });

  /** A loan paid out on 2018-06-15 and a payment on it. */
  const aLine = async (changes: Partial<Line> = {}): Promise<Line> => {
    onDay(book, '2018-06-15');
    const loan = await lent(book);
    onDay(book, '2018-07-20');
    const contract = await numberOf(book, loan);
    return {
      contract,
      paidOn: '2018-07-15',
      amount: '100.00',
      reference: aReference(),
      ...changes,
    };
  };

  test('is matched row by row, posts nothing and keeps no name and no sealed rest', async () => {
    const [one, two] = [await aLine(), await aLine({ amount: '￥1,234.50' })];
    const named = { ...one, name: (await nameOf(one.contract)) ?? '' };
    const before = await book.snapshot(...POSTED_TABLES);
    const seen = await checked(book, plainFile([named, two]));
    expect(await book.snapshot(...POSTED_TABLES)).toBe(before);
    expect(seen).toMatchObject({
      state: 'CHECKED',
      stateName: '待复核',
      kindName: '还款',
      hasErrors: false,
      note: '可入账 2 笔 1334.50 元',
      about: { format: 'xlsx', headerRow: 1, unit: '元', unknownColumns: ['序号'], skipped: 0 },
    });
    expect(tallied(seen.counts)).toEqual({ READY: [2, '1334.50'] });
    const rows = await rowsOf(book, seen.id);
    expect(rows).toMatchObject([
      { row: 2, contract: one.contract, amount: '100.00', paidOn: '2018-07-15', remarks: [] },
      { row: 3, contract: two.contract, amount: '1234.50', loanId: expect.any(String) },
    ]);
    expect(rows[0]?.borrower).toMatch(/^韦\*/);
    const kept = await book.snapshot('bank_file', 'bank_file_row', 'audit_entry');
    expect(kept).not.toContain(named.name);
    expect(kept).toContain('"written_sealed":null');
  });

  const nameOf = async (contract: string) => {
    const row = await book.platform.db
      .reader()
      .one<{ name: string }>(
        'SELECT m.name AS name FROM loan l JOIN household_member m ON m.id = l.member_id WHERE l.number = :contract',
        { contract },
      );
    return row?.name;
  };

  test('may have titles above, a total and signatures below, 万元, and dates in any form', async () => {
    const lines = [
      await aLine({ amount: '0.5', paidOn: '2018/7/5' }),
      await aLine({ amount: '0.0123万元', paidOn: '2018年7月6日' }),
      await aLine({ amount: '200元', paidOn: '20180707' }),
      await aLine({ amount: '1', paidOn: '2018-07-08 10:21:33' }),
    ];
    const seen = await checked(
      book,
      csvOf([
        ['龙胜农村商业银行扶贫小额信贷还款回盘文件'],
        ['制表日期：2018-07-20', '', '', '', '单位：万元'],
        ['序号', '借款合同编号', '户名', '交易日期', '本次还款', '核心流水号'],
        ...lines.map(cellsOf),
        ['合计', '', '', '', '1.5323', ''],
        ['制表：韦', '', '复核：廖'],
      ]),
    );
    expect(seen.about).toMatchObject({
      format: 'csv',
      encoding: 'gb18030',
      headerRow: 3,
      unit: '万元',
      skipped: 2,
      skippedRows: [8, 9],
      statedTotal: '15323.00',
      columns: ['合同号', '借款人', '还款日期', '还款金额', '流水号'],
    });
    expect((await rowsOf(book, seen.id)).map(({ paidOn, amount }) => [paidOn, amount])).toEqual([
      ['2018-07-05', '5000.00'],
      ['2018-07-06', '123.00'],
      ['2018-07-07', '200.00'],
      ['2018-07-08', '10000.00'],
    ]);
    expect(seen.note).toBe('可入账 4 笔 15323.00 元；与文件合计一致');
  });

  test('with the unit in the title and cells of numbers is converted, and a wrong total is told', async () => {
    const line = await aLine({ amount: '1.2' });
    const header = ['序号', '借据号', '借款人', '到账日期', '还款金额（万元）', '银行流水号'];
    const rows = [header, cellsOf(line, 0), ['合  计', '', '', '', '1.3', '']];
    const seen = await checked(book, workbookOf(rows, [4]));
    expect(seen.about?.unit).toBe('万元');
    expect(seen.note).toBe(
      '可入账 1 笔 12000.00 元；文件合计 13000.00 元，逐行相加 12000.00 元，不一致',
    );
  });

  test('tells what is wrong with a row, all of it, in Chinese', async () => {
    const good = await aLine();
    const bad = (changes: Partial<Line>) => ({ ...good, reference: aReference(), ...changes });
    const seen = await checked(
      book,
      plainFile([
        bad({ paidOn: '2018-07-21' }),
        bad({ paidOn: '2018-02-30' }),
        bad({ paidOn: '43296' }),
        bad({ amount: '0.00' }),
        bad({ amount: '-5.00' }),
        bad({ amount: '(5.00)' }),
        bad({ amount: '1.005' }),
        bad({ amount: '伍元' }),
        bad({ amount: '' }),
        bad({ reference: '流水1' }),
        bad({ contract: '', paidOn: '', reference: '' }),
        bad({ name: '王小二' }),
        bad({ paidOn: '2018-06-14' }),
        bad({ reference: 'HP-TWICE' }),
        bad({ reference: 'HP-TWICE', amount: '7.00' }),
      ]),
    );
    const said = await saidOf(book, seen.id);
    expect(said).toEqual([
      [2, 'ERROR', '还款日期', '晚于上传日 2018-07-20'],
      [3, 'ERROR', '还款日期', '日历上没有这一天'],
      [4, 'ERROR', '还款日期', '像是电子表格的日期序号，未设日期格式'],
      [5, 'ERROR', '还款金额', '金额为零'],
      [6, 'ERROR', '还款金额', '金额为负数'],
      [7, 'ERROR', '还款金额', '金额为负数'],
      [8, 'ERROR', '还款金额', '金额不足一分的部分无法入账'],
      [9, 'ERROR', '还款金额', '不是金额'],
      [10, 'ERROR', '还款金额', '没有填写'],
      [11, 'ERROR', '流水号', '不是银行流水号（应为4–64 位字母、数字和 - _ . /）'],
      [12, 'ERROR', '合同号', '没有填写'],
      [12, 'ERROR', '还款日期', '没有填写'],
      [12, 'ERROR', '流水号', '没有填写'],
      [13, 'ERROR', '借款人', '与台账登记的借款人不符'],
      [14, 'ERROR', '还款日期', '早于放款日 2018-06-15'],
      [15, 'ERROR', '流水号', '流水号在本文件中重复：第 15、16 行'],
      [16, 'ERROR', '流水号', '流水号在本文件中重复：第 15、16 行'],
    ]);
    expect(tallied(seen.counts)).toMatchObject({ ERROR: [15, expect.any(String)] });
    expect(seen.hasErrors).toBe(true);
  });

  test('tells what cannot be matched: unknown contracts, loans that do not run, references taken', async () => {
    const settledLine = await aLine();
    onDay(book, '2018-06-15');
    const notPaidOut = await signed(book);
    const [taken, known] = [await lent(book), await lent(book)];
    const settled = await loanOf(settledLine.contract);
    await book.do(book.officer, repay, payment(book, settled, '50000.00'));
    onDay(book, '2018-07-15');
    const first = payment(book, taken, '10.00');
    const second = payment(book, known, '20.00');
    await book.do(book.officer, repay, first);
    await book.do(book.officer, repay, second);
    onDay(book, '2018-07-20');
    const shared = { paidOn: '2018-07-15', amount: '10.00' };
    const seen = await checked(
      book,
      plainFile([
        { ...shared, contract: 'HT-无此合同', reference: aReference() },
        { ...shared, contract: await numberOf(book, notPaidOut), reference: aReference() },
        { ...shared, contract: settledLine.contract, reference: aReference() },
        { ...shared, contract: await numberOf(book, known), reference: first.bankReference },
        {
          ...shared,
          contract: await numberOf(book, known),
          amount: '20',
          reference: second.bankReference,
        },
      ]),
    );
    expect(await saidOf(book, seen.id)).toEqual([
      [2, 'UNMATCHED', '合同号', '本行在本辖区的贷款台账中没有此合同号'],
      [3, 'UNMATCHED', '合同号', '该贷款尚未放款'],
      [4, 'UNMATCHED', '合同号', '该贷款已结清'],
      [5, 'UNMATCHED', '流水号', '流水号已用于另一笔还款（2018-07-15，10.00 元），内容不同'],
    ]);
    expect(tallied(seen.counts)).toEqual({ ALREADY: [1, '20.00'], UNMATCHED: [4, '40.00'] });
  });

  const loanOf = async (number: string) => {
    const row = await book.platform.db
      .reader()
      .one<{ loanId: string }>('SELECT id AS loanId FROM loan WHERE number = :number', { number });
    return row as { loanId: string };
  };

  test('finds no loan of another bank and none outside the uploader’s region', async () => {
    const line = await aLine();
    const strange = await checked(book, plainFile([line]), 'repayments', book.outsider);
    expect(tallied(strange.counts)).toEqual({ UNMATCHED: [1, '100.00'] });
    const elsewhere = book.actor({
      permissions: ['bankfiles.upload', 'bankfiles.read', 'files.upload'],
      region: '450328103000',
      org: { id: book.bankId, kind: 'bank' },
    });
    const far = await checked(book, plainFile([line]), 'repayments', elsewhere);
    expect(tallied(far.counts)).toEqual({ UNMATCHED: [1, '100.00'] });
  });

  test('is shown to its own bank only', async () => {
    const seen = await checked(book, plainFile([await aLine()]));
    const attempt = book.ask(book.outsider, showBankFile, { bankFileId: seen.id });
    expect(await book.refusal(attempt)).toBe('bankfiles.absent');
    const own = await book.ask(book.checker, listBankFiles, {});
    expect(own.items.map(({ id }) => id)).toContain(seen.id);
    const theirs = await book.ask(book.outsider, listBankFiles, {});
    expect(theirs.items.map(({ id }) => id)).not.toContain(seen.id);
  });

  test('with the same bytes again answers the first one and changes nothing', async () => {
    const lines = [await aLine(), await aLine()];
    const first = await posted(book, plainFile(lines));
    const again = await upload(book, plainFile(lines));
    const before = await book.snapshot(...POSTED_TABLES, 'bank_file', 'bank_file_row', 'task');
    const answer = await book.do(book.uploader, startBankFile, {
      fileId: again,
      kind: 'repayments',
    });
    expect(answer).toMatchObject({
      bankFileId: first.id,
      repeated: true,
      state: 'DONE',
      note: '该文件已于 2018-07-20 由韦经办上传，现为已办结；本次没有改动。',
    });
    await runTasks(book);
    expect(await book.snapshot(...POSTED_TABLES, 'bank_file', 'bank_file_row', 'task')).toBe(
      before,
    );
  });

  test('by two people at once is one file', async () => {
    const lines = [await aLine()];
    const [one, two] = [
      await upload(book, plainFile(lines)),
      await upload(book, plainFile(lines), { actor: book.checker }),
    ];
    const both = await Promise.all([
      book.do(book.uploader, startBankFile, { fileId: one, kind: 'repayments' }),
      book.do(book.checker, startBankFile, { fileId: two, kind: 'repayments' }),
    ]);
    expect(new Set(both.map(({ bankFileId }) => bankFileId)).size).toBe(1);
    expect(both.map(({ repeated }) => repeated).sort()).toEqual([false, true]);
    await runTasks(book);
  });

  test('that cannot be read says why, and may be uploaded again', async () => {
    const rows = [
      HEADER.filter((title) => title !== '流水号'),
      ['1', 'HT-1', '', '2018-07-01', '5'],
    ];
    const { bankFileId } = await started(book, workbookOf(rows));
    await runTasks(book);
    const seen = await book.ask(book.uploader, showBankFile, { bankFileId });
    expect(seen).toMatchObject({ state: 'FAILED', note: expect.stringContaining('缺少：流水号') });
    const again = await started(book, workbookOf(rows));
    expect(again.repeated).toBe(false);
    await runTasks(book);
    const empty = await checked(book, workbookOf([HEADER, ['合计', '', '', '', '0', '']]));
    expect(empty).toMatchObject({ state: 'FAILED' });
    expect(empty.note).toContain('文件中没有一笔款项');
  });

  test('is begun by the uploader of a bank only', async () => {
    const fileId = await upload(book, plainFile([await aLine()]));
    const start = { fileId, kind: 'repayments' };
    const other = await upload(book, plainFile([]), { purpose: 'sample' });
    const office = book.actor({ permissions: ['bankfiles.upload', 'files.upload'] });
    const theirs = await upload(book, plainFile([]), { actor: office });
    const reader = book.actor({ permissions: ['bankfiles.read'] });
    const before = await book.snapshot('bank_file', 'bank_file_row', 'task');
    const refused = async (actor: typeof office, input: object) =>
      book.refusal(book.do(actor, startBankFile, input));
    expect(await refused(book.checker, start)).toBe('bankfiles.upload-absent');
    expect(await refused(book.uploader, { ...start, fileId: other })).toBe(
      'bankfiles.upload-absent',
    );
    expect(await refused(office, { ...start, fileId: theirs })).toBe('bankfiles.not-a-bank');
    expect(await refused(reader, start)).toBe('platform.not-permitted');
    expect(await refused(book.uploader, { ...start, kind: 'other' })).toBe(
      'platform.invalid-input',
    );
    expect(await book.snapshot('bank_file', 'bank_file_row', 'task')).toBe(before);
  });
});
