/** Named parameters: what is bound, what is left alone, and what is refused before a driver sees it. */
import { bind } from '../../../src/platform/db/params';

const text = (sql: string, params = {}) => bind(sql, params).pieces.join('?');

describe('Named parameters', () => {
  test('are bound in the order of the text, also when one name stands twice', () => {
    const bound = bind('SELECT :b, :a, :b', { a: 1, b: 'x' });
    expect(bound.pieces.join('?')).toBe('SELECT ?, ?, ?');
    expect(bound.values).toEqual(['x', 1, 'x']);
  });

  test('expand a list for IN; an empty list matches nothing, for IN and for NOT IN', () => {
    expect(text('x IN (:ids)', { ids: [1, 2, 3] })).toBe('x IN (?, ?, ?)');
    expect(bind('x IN (:ids) AND y = :y', { ids: ['a', 'b'], y: null }).values).toEqual([
      'a',
      'b',
      null,
    ]);
    expect(text('x IN (:ids) AND y = :y', { ids: [], y: 1 })).toMatch(
      /^x IN \(SELECT NULL .* = 0\) AND y = \?$/,
    );
  });

  test.each([
    ["SELECT ':a', '12:30', 'it''s :b' "],
    ['SELECT 1 -- :comment\n'],
    ['SELECT /* :a :b */ 1'],
    ['SELECT x::text, a12:30, 10:a FROM t'],
  ])('leave literals, comments, casts and times alone: %s', (sql) => {
    expect(bind(sql)).toMatchObject({ pieces: [sql], values: [] });
  });

  test('a missing and an unused parameter are refused', () => {
    expect(() => bind('SELECT :a', {})).toThrow('Parameter a is missing');
    expect(() => bind('SELECT :a', { a: undefined as unknown as null })).toThrow(
      'Parameter a is missing',
    );
    expect(() => bind('SELECT :a', { a: 1, c: 2 })).toThrow('Parameter c is not used');
    expect(() => bind('SELECT :toString', {})).toThrow('Parameter toString is missing');
  });

  test.each([
    ['a Date', new Date(0)],
    ['an object', { a: 1 }],
    ['NaN', Number.NaN],
    ['a float', 0.1],
    ['an unsafe integer', 2 ** 53],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a boolean', true],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a list in a list', [[1]]],
    ['null in a list', undefined],
  ])('%s is refused before it is bound', (_, value) => {
    const params = { a: value === undefined ? [undefined] : value } as never;
    expect(() => bind('SELECT :a', params)).toThrow(TypeError);
  });

  test.each([
    ['SELECT ?', 'bare ?'],
    ['SELECT "name" FROM t', 'quoted'],
    ['SELECT `name` FROM t', 'quoted'],
    ["SELECT 'a\\b'", 'backslash'],
    ["SELECT 'open", 'not closed'],
  ])('what the two databases read differently is refused: %s', (sql, message) => {
    expect(() => bind(sql)).toThrow(message);
  });

  test('more values than SQLite can bind are refused on both', () => {
    const ids = Array.from({ length: 32_001 }, (_, index) => index);
    expect(() => bind('x IN (:ids)', { ids })).toThrow('too many');
  });

  test('reading texts are told from writing ones', () => {
    const reads = (sql: string) => bind(sql).reads;
    expect(reads("SELECT REPLACE(name, 'DELETE FROM x', '') FROM t FOR UPDATE")).toBe(true);
    expect(reads('WITH x AS (SELECT 1) SELECT * FROM x')).toBe(true);
    expect(reads('WITH x AS (SELECT 1) DELETE FROM t')).toBe(false);
    expect(reads('DELETE FROM t')).toBe(false);
    expect(reads('  UPDATE t SET a = 1')).toBe(false);
  });
});
