/** One SQL text, two databases, the same answers: the dialect's tools, numbers, texts and their order. */
import type { Database, Params } from '../../../src/platform/db/database';
import { divideHalfUp } from '../../../src/platform/money';
import { describeEachDatabase } from '../../support/databases';
import { TOYS } from './toy-tables';

describeEachDatabase('One SQL text', (open) => {
  let db: Database;
  beforeAll(async () => {
    db = await open(TOYS);
    await db.inTransaction(async (tx) => {
      const names = ['b', 'B', 'a', 'A', 'a ', 'é', '中', '𠮷', 'ａ', 'z'];
      for (const [n, name] of names.entries()) {
        await tx.exec('INSERT INTO counter (name, n) VALUES (:name, :n)', { name, n });
      }
    });
  });

  const value = async (expression: string, params?: Params): Promise<unknown> => {
    const row = await db.reader().one<{ v: unknown }>(`SELECT ${expression} AS v`, params);
    return row?.v;
  };

  test.each([
    ['2018-06-21', '2018-09-20', 91],
    ['2018-02-28', '2018-03-01', 1],
    ['2020-02-28', '2020-03-01', 2],
    ['2018-09-20', '2018-06-21', -91],
    ['1999-12-31', '2099-12-31', 36_525],
  ])('days from %s to %s are %i', async (from, to, days) => {
    expect(await value(db.dialect.daysBetween(':from', ':to'), { from, to })).toBe(days);
    expect(await value(db.dialect.addDays(':from', ':days'), { from, days })).toBe(to);
  });

  test.each([
    [1, 2],
    [-1, 2],
    [5, 10],
    [4, 10],
    [-5, 10],
    [-14, 10],
    [8_816_666, 1000],
    [0, 7],
    [9_007_199_254_740_991, 2],
    [-7, 3],
  ])('%i divided by %i is rounded as money is', async (n, d) => {
    const expected = Number(divideHalfUp(BigInt(n), BigInt(d)));
    expect(await value(db.dialect.divideHalfUp(':n', ':d'), { n, d })).toBe(expected);
    expect(await value(db.dialect.div(':n', ':d'), { n, d })).toBe(Math.trunc(n / d) + 0);
  });

  test('the small tools agree', async () => {
    const { dialect } = db;
    expect(await value(dialect.concat("'a'", ':n', "'中'"), { n: 5 })).toBe('a5中');
    expect(await value(dialect.concat("'a'", 'NULL'))).toBeNull();
    expect(await value("'a' || 'b'")).toBe('ab');
    expect(await value(dialect.greatest(':a', ':b', '2'), { a: 1, b: 3 })).toBe(3);
    expect(await value(dialect.least(':a', ':b', '2'), { a: 1, b: 3 })).toBe(1);
    expect(await value(dialect.same('NULL', ':a'), { a: null })).toBe(1);
    expect(await value(dialect.same(':a', ':b'), { a: 'x', b: null })).toBe(0);
    expect(await value(dialect.asInteger(':a'), { a: '0042' })).toBe(42);
    expect(await value("INSTR(:text, '信')", { text: '扶贫小额信贷' })).toBe(5);
    expect(await value('SUBSTR(:code, 1, 6)', { code: '450328100001' })).toBe('450328');
    expect(dialect.toInt('12')).toBe(12);
    expect(dialect.toInt(null)).toBe(0);
    expect(() => dialect.toInt('9007199254740992')).toThrow(RangeError);
    expect(() => dialect.toInt('0.5')).toThrow(RangeError);
  });

  test('sums and counts are numbers, of an empty table too', async () => {
    const totals = (where: string) =>
      db.reader().one(
        `SELECT SUM(n) AS total, COUNT(*) AS n, COUNT(DISTINCT n) AS kinds, MAX(n) AS most,
                COALESCE(SUM(n), 0) AS safe, SUM(CASE WHEN n > 4 THEN 1 ELSE 0 END) AS large
           FROM counter WHERE ${where}`,
      );
    expect(await totals('1 = 1')).toEqual({
      total: 45,
      n: 10,
      kinds: 10,
      most: 9,
      safe: 45,
      large: 5,
    });
    expect(await totals('1 = 0')).toEqual({
      total: null,
      n: 0,
      kinds: 0,
      most: null,
      safe: 0,
      large: null,
    });
  });

  test('a number beyond 2^53 or a fraction stops the work instead of being rounded', async () => {
    await expect(value('9007199254740992')).rejects.toThrow(RangeError);
    await expect(value('9007199254740991 + 2')).rejects.toThrow(RangeError);
    await expect(value('-9007199254740991 - 1')).rejects.toThrow(RangeError);
    await expect(value('0.5')).rejects.toThrow(RangeError);
    await expect(value('AVG(n) FROM counter WHERE n IN (1, 2) UNION SELECT 3')).rejects.toThrow();
    expect(await value(':n', { n: Number.MAX_SAFE_INTEGER })).toBe(Number.MAX_SAFE_INTEGER);
    expect(await value(':n', { n: -Number.MAX_SAFE_INTEGER })).toBe(-Number.MAX_SAFE_INTEGER);
  });

  test('whole numbers stay whole in arithmetic and in texts', async () => {
    expect(await value(':a * :b + :c', { a: 94_906_265, b: 94_906_265, c: 1 })).toBe(
      94_906_265 ** 2 + 1,
    );
    expect(await value(db.dialect.concat(':n', "''"), { n: 5 })).toBe('5');
    expect(await value(':a % :b', { a: 7, b: 4 })).toBe(3);
    expect(await value('(:a > :b) + (:a = :a)', { a: 2, b: 1 })).toBe(2);
  });

  test('text compares and sorts by code point, exactly, trailing blanks included', async () => {
    const names = await db
      .reader()
      .rows<{ name: string }>('SELECT name FROM counter ORDER BY name');
    expect(names.map((row) => row.name)).toEqual([
      'A',
      'B',
      'a',
      'a ',
      'b',
      'z',
      'é',
      '中',
      'ａ',
      '𠮷',
    ]);
    const found = (name: string) =>
      db.reader().rows('SELECT n FROM counter WHERE name = :name', { name });
    expect(await found('a')).toEqual([{ n: 2 }]);
    expect(await found('a ')).toEqual([{ n: 4 }]);
    expect(await found('Z')).toEqual([]);
  });

  test('a code compares with any text without an error', async () => {
    const rows = await db
      .reader()
      .rows('SELECT id FROM account WHERE region_code = :a OR id IN (:ids)', {
        a: '龙胜',
        ids: ['信'],
      });
    expect(rows).toEqual([]);
  });

  test('texts that look like SQL are only texts', async () => {
    const nasty = `'; DROP TABLE counter; -- \\' " ? :name /* \u0000 \n % _ 𠮷`;
    expect(await value(':nasty', { nasty })).toBe(nasty);
  });

  test('lists, limits, window functions and common tables work alike', async () => {
    const rows = await db.reader().rows(
      `WITH few AS (SELECT name, n FROM counter WHERE n IN (:wanted) AND n NOT IN (:none))
       SELECT name, ROW_NUMBER() OVER (ORDER BY n DESC) AS place FROM few ORDER BY n LIMIT :size OFFSET :skip`,
      { wanted: [0, 1, 2, 3], none: [], size: 2, skip: 1 },
    );
    expect(rows).toEqual([
      { name: 'B', place: 3 },
      { name: 'a', place: 2 },
    ]);
  });
});
