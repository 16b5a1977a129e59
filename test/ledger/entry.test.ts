/** The laws of one entry, and its digest. */

import { byEntry, type EntryContent, entryDigest, numberedLines } from '../../src/ledger/entry';
import { instant } from '../../src/platform/clock';
import { businessDate } from '../../src/platform/dates';
import { fen } from '../../src/platform/money';
import { disbursal } from './books';

const line = (account: string, amount: number, sub?: string) => ({
  account,
  sub,
  amountFen: fen(amount),
});

describe('an entry', () => {
  test('has its lines numbered from 1', () => {
    expect(numberedLines(disbursal('L1', 100))).toEqual([
      { lineNo: 1, account: 'LOAN_PRINCIPAL', sub: 'L1', amountFen: 100 },
      { lineNo: 2, account: 'BANK_CASH', sub: '', amountFen: -100 },
    ]);
  });

  test.each([
    ['one line', [line('BANK_CASH', 0)], 'fewer than two lines'],
    ['no line', [], 'fewer than two lines'],
    ['a zero', [line('BANK_CASH', 0), line('INTEREST_INCOME', 0)], 'is zero'],
    ['another sum', [line('BANK_CASH', 5), line('INTEREST_INCOME', -4)], 'add up to 1 fen'],
    [
      'a broken fen',
      [line('BANK_CASH', 5), { account: 'INTEREST_INCOME', amountFen: -5.5 as never }],
      'safe integer',
    ],
    [
      'no loan where one is kept',
      [line('BANK_CASH', 5), line('LOAN_PRINCIPAL', -5)],
      'needs its loan',
    ],
    [
      'a loan where none is kept',
      [line('BANK_CASH', 5, 'L1'), line('INTEREST_INCOME', -5)],
      'kept by nothing',
    ],
    [
      'an account of another book',
      [line('FUND_CASH', 5), line('INTEREST_INCOME', -5)],
      'does not stand in',
    ],
    ['an account of no chart', [line('GOLD', 5), line('INTEREST_INCOME', -5)], 'not in the chart'],
  ])('with %s is refused', (_, lines, message) => {
    expect(() => numberedLines(disbursal('L1', 1, { lines }))).toThrow(message);
  });

  test.each([
    ['no key', { key: '' }, 'key of an entry'],
    ['a Chinese key', { key: '放款/1' }, 'key of an entry'],
    ['an unreal date', { on: '2018-02-30' as never }, 'business date'],
    ['no place', { region: '4503' }, 'region of 12 digits'],
    ['no memo', { memo: '' }, 'memo'],
    ['no event', { event: '' }, 'event of an entry'],
    ['no subject', { subject: { kind: 'loan', id: '' } }, 'id of a subject'],
  ])('with %s is refused', (_, changes, message) => {
    expect(() => numberedLines(disbursal('L1', 1, changes))).toThrow(message);
  });
});

describe('the digest', () => {
  const entry: EntryContent = {
    id: 'E1',
    entryKey: 'k',
    book: 'bank:B',
    onDate: businessDate('2018-06-20'),
    event: 'loans.disbursed',
    memo: '放款',
    subjectKind: 'loan',
    subjectId: 'L1',
    regionCode: '450328100201',
    orgId: 'B',
    correctsEntryId: null,
    correctsPartOfId: null,
    postedAt: instant(1),
    actorId: 'A',
  };
  const lines = numberedLines(disbursal('L1', 100));

  test('changes with every field of the entry and of its lines', () => {
    const digests = new Set([entryDigest(entry, lines)]);
    for (const [name, value] of Object.entries(entry)) {
      const other = typeof value === 'number' ? value + 1 : `${value}x`;
      digests.add(entryDigest({ ...entry, [name]: other }, lines));
    }
    const [first, second] = lines;
    digests.add(entryDigest(entry, [second!, first!]));
    digests.add(entryDigest(entry, [first!]));
    digests.add(entryDigest(entry, [{ ...first!, amountFen: fen(101) }, second!]));
    digests.add(entryDigest(entry, [{ ...first!, sub: 'L2' }, second!]));
    digests.add(entryDigest(entry, [{ ...first!, account: 'OVERPAYMENT' }, second!]));
    expect(digests.size).toBe(1 + Object.keys(entry).length + 5);
  });

  test('is of the same content however the object was built', () => {
    const turned = Object.fromEntries(Object.entries(entry).reverse()) as unknown as EntryContent;
    expect(entryDigest(turned, lines)).toBe(entryDigest(entry, lines));
  });
});

test('lines are told apart by their entry', () => {
  const rows = [
    { entryId: 'a', n: 1 },
    { entryId: 'b', n: 2 },
    { entryId: 'a', n: 3 },
  ];
  expect(byEntry(rows)).toEqual(
    new Map([
      ['a', [rows[0], rows[2]]],
      ['b', [rows[1]]],
    ]),
  );
});
