/** `xinfu schedule`: one case and many, what is malformed, and the process as the operator runs it. */
import { spawn } from 'node:child_process';
import { fromRoot } from '../../src/platform/root';
import { answerText } from '../../src/schedules/schedule-command';
import { CASES, differenceOf } from './cases';

jest.setTimeout(120_000);

const product = { principal: 50_000, annualRate: 4.75, nInstallments: 12, startDate: '2018-06-21' };
const told = (input: unknown) => {
  const { output, errors, code } = answerText(JSON.stringify(input));
  return { code, errors, answer: JSON.parse(output) };
};

describe('Cases on standard input', () => {
  test('one case gives one answer', () => {
    const { code, answer } = told({ id: 'A', product });
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      id: 'A',
      expected: [{ period: 1, date: '2018-09-20', interestDue: 606.94 }, {}, {}, {}, {}],
      totals: { principal: 50_000, interest: 2407.98, paid: 52_407.98, periods: 5 },
    });
  });

  test('many give as many, in their order, each with its name if it has one', () => {
    const { code, answer } = told([{ id: 'B', product }, { product }]);
    expect([code, answer.length, answer[0].id, 'id' in answer[1]]).toEqual([0, 2, 'B', false]);
    expect(told([])).toEqual({ code: 0, errors: '', answer: [] });
  });

  test('a convention that is not supported is told in its place and is no fault of the sender', () => {
    const odd = { id: 'C', product: { ...product, dayCount: 'ACT/252' } };
    const { code, answer } = told([odd, { id: 'D', product }]);
    expect(code).toBe(0);
    expect(answer[0]).toEqual({
      id: 'C',
      error: expect.stringMatching(/^product\.dayCount: 支持/),
    });
    expect(answer[1].expected).toHaveLength(5);
  });

  test('a malformed case is told in its place, the others are answered, and the exit code is 1', () => {
    const { code, answer } = told([{ id: 'D', product }, { id: 'E', product: {} }, 7]);
    expect(code).toBe(1);
    expect(answer.map((each: object) => Object.keys(each))).toEqual([
      ['id', 'expected', 'totals'],
      ['id', 'error'],
      ['error'],
    ]);
    expect(told({ product: {} }).code).toBe(1);
  });

  test.each([
    ['', '不是有效的 JSON'],
    ['{"product":', '不是有效的 JSON'],
    ['7', '案例的数组'],
    ['null', '案例的数组'],
  ])('the text %j is refused with a message and nothing else', (text, reason) => {
    expect(answerText(text)).toEqual({
      ...{ output: '', code: 2 },
      errors: expect.stringContaining(reason),
    });
  });

  test('a mark of the byte order before the text does not matter', () => {
    expect(answerText(`\uFEFF${JSON.stringify({ product })}`).code).toBe(0);
  });

  test('the answer does not depend on what is expected', () => {
    const [given] = CASES;
    const { id, product: own, transactions } = given!;
    const { answer } = told({ id, product: own, transactions });
    expect(told({ ...given, expected: [], totals: {} }).answer).toEqual(answer);
  });
});

/** Runs `xinfu schedule` with this text on its standard input. */
function xinfuSchedule(text: string): Promise<{ code: number | null; out: string; err: string }> {
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
  const args = ['--import', 'tsx', fromRoot('src/cli.ts'), 'schedule'];
  // An address that cannot be opened: the command must not ask for a database.
  const env = { PATH, HOME, TMPDIR, DATABASE_URL: 'mysql://nobody@127.0.0.1:1/none' };
  const child = spawn(process.execPath, args, { cwd: fromRoot(), env });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    said.out += piece;
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said.err += piece;
  });
  child.stdin.end(text);
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, ...said }));
  });
}

describe('xinfu schedule as a process', () => {
  test('answers all cases of other systems at once, without a database', async () => {
    const { code, out, err } = await xinfuSchedule(JSON.stringify(CASES));
    expect([code, err]).toEqual([0, '']);
    const answers = JSON.parse(out);
    expect(answers.map(({ id }: { id: string }) => id)).toEqual(CASES.map(({ id }) => id));
    const differing = CASES.filter((given, index) => differenceOf(given, answers[index]) !== null);
    expect(differing.map(({ id }) => id)).toEqual([]);
  });

  test('ends with 2 and a message when it is given no JSON', async () => {
    const { code, out, err } = await xinfuSchedule('not json');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('标准输入不是有效的 JSON');
  });
});
