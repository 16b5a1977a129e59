/** The chart: names of books, who may stand where, and how hot balances are spread. */
import {
  accountOf,
  allAccounts,
  bankBook,
  bankOf,
  bookKind,
  countyBook,
  fundBook,
  SHARDS,
  shardOf,
} from '../../src/ledger/chart';

describe('the books', () => {
  test('of a county are those of any place in it', () => {
    expect(countyBook('450328000000')).toBe('county:450328000000');
    expect(countyBook('450328100201')).toBe('county:450328000000');
    expect(fundBook('450328100000')).toBe('fund:450328000000');
    expect(bankBook('B1')).toBe('bank:B1');
  });

  test('of a county cannot be had of a province or of a text', () => {
    expect(() => countyBook('450000000000')).toThrow('needs a region');
    expect(() => fundBook('450300000000')).toThrow('needs a region');
    expect(() => countyBook('000000000000')).toThrow('needs a region');
    expect(() => countyBook('450328')).toThrow('needs a region');
    expect(() => bankBook('')).toThrow('needs the id');
    expect(() => bookKind('cash:1')).toThrow('A book is named');
  });

  test('of a bank belong to it, the others to no bank', () => {
    expect(bankOf('bank:B1')).toBe('B1');
    expect(bankOf('fund:450328000000')).toBeNull();
  });
});

describe('the accounts', () => {
  test('stand in one kind of book', () => {
    expect(accountOf('FUND_CASH', fundBook('450328000000')).side).toBe('debit');
    expect(() => accountOf('FUND_CASH', bankBook('B1'))).toThrow('does not stand in a bank book');
    expect(() => accountOf('GOLD', bankBook('B1'))).toThrow('not in the chart');
  });

  test('that are hot are not guarded by one row, and one that is guarded elsewhere says by whom', () => {
    for (const account of allAccounts()) {
      expect(account.hot && account.guard === 'ledger').toBe(false);
      expect(account.guard === 'owner').toBe(account.owner !== undefined);
    }
  });

  test('that are hot spread over all 16 rows, the others stay in one', () => {
    const cash = accountOf('BANK_CASH', bankBook('B1'));
    const keys = Array.from({ length: 400 }, (_, index) => `loans.repay/${index}`);
    const shards = new Set(keys.map((key) => shardOf(cash, key)));
    expect([...shards].sort((a, b) => a - b)).toEqual(Array.from({ length: SHARDS }, (_, n) => n));
    const principal = accountOf('LOAN_PRINCIPAL', bankBook('B1'));
    expect(new Set(keys.map((key) => shardOf(principal, key)))).toEqual(new Set([0]));
  });
});
