/** The log holds no personal data, whatever is thrown. */
import { openLog, withoutNumbers } from '../../src/platform/log';
import { PlatformProblem } from '../../src/platform/problems';

const logOf = (write: (log: ReturnType<typeof openLog>) => void): string => {
  const lines: string[] = [];
  write(openLog('debug', { write: (line: string) => lines.push(line) }));
  return lines.join('');
};

const texts: [string, string][] = [
  ['身份证 450328199001011234 重复', '身份证 〔号码〕 重复'],
  ['身份证 45032819900101123X 重复', '身份证 〔号码〕 重复'],
  ['电话 138 7834 5678', '电话 〔号码〕'],
  ['电话 138-7834-5678', '电话 〔号码〕'],
  ['全角 \uFF14\uFF15\uFF10\uFF13\uFF12\uFF18\uFF11\uFF19\uFF19\uFF10', '全角 〔号码〕'],
  ['第 12 行，金额 50000 元', '第 12 行，金额 50000 元'],
];
test.each(texts)('%s', (text, shown) => {
  expect(withoutNumbers(text).trim()).toBe(shown);
});

test('when an error carries a number, then only its kind and place are logged', () => {
  const line = logOf((log) =>
    log.error({ err: new TypeError('bad 450328199001011234') }, 'failed'),
  );
  expect(line).not.toContain('199001011234');
  expect(line).toContain('TypeError');
});

test('when a statement with its values is attached, then neither is logged', () => {
  const error = Object.assign(new Error(`Duplicate entry '450328199001011234' for key`), {
    query: 'INSERT INTO household_member VALUES (?)',
    parameters: ['450328199001011234'],
    code: 'ER_DUP_ENTRY',
  });
  const line = logOf((log) => log.error({ err: error }, 'failed'));
  expect(line).not.toMatch(/199001011234|INSERT/);
  expect(line).toContain('ER_DUP_ENTRY');
});

test('when it is a problem, then its code is logged and not its detail', () => {
  const problem = PlatformProblem.invalidInput({ detail: '覃瑶 450328199001011234' });
  const line = logOf((log) => log.error({ err: problem }, 'failed'));
  expect(line).not.toMatch(/覃瑶|199001011234/);
  expect(line).toContain('platform.invalid-input');
});
