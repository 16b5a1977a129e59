/** `xinfu schedule`: cases from standard input, their schedules to standard output. Opens no database. */
import { answerCase } from './case';

/** What the command says, and with which exit code it ends. */
export interface Reply {
  readonly output: string;
  readonly errors: string;
  /** 0 answered; 1 at least one case was malformed (told in its place); 2 the input is no JSON or no cases. */
  readonly code: 0 | 1 | 2;
}

function refused(reason: string): Reply {
  return { output: '', errors: `${reason}\n`, code: 2 };
}

/** Answers the text of standard input: one case gives one answer, an array an array of the same length and order. */
export function answerText(text: string): Reply {
  let input: unknown;
  try {
    input = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused(`标准输入不是有效的 JSON / standard input is not valid JSON: ${reason}`);
  }
  if (input === null || typeof input !== 'object') {
    return refused('标准输入须为一个案例或案例的数组 / one case or an array of cases is needed');
  }
  const answers = (Array.isArray(input) ? input : [input]).map(answerCase);
  const shown = answers.map(({ answer }) => answer);
  const output = JSON.stringify(Array.isArray(input) ? shown : shown[0], null, 2);
  const code = answers.every(({ wellFormed }) => wellFormed) ? 0 : 1;
  return { output: `${output}\n`, errors: '', code };
}

/** The command of the operator's tool. */
export const scheduleCommand = {
  usage: 'schedule < cases.json',
  about: '由标准输入的产品与交易推算还款计划 / repayment schedules of the cases on standard input',
  options: [],
  run: async (): Promise<number> => {
    let text = '';
    process.stdin.setEncoding('utf8');
    for await (const piece of process.stdin) text += piece;
    const { output, errors, code } = answerText(text);
    process.stdout.write(output);
    process.stderr.write(errors);
    return code;
  },
};
