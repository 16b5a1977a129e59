/** The operator's tool: `npm run xinfu -- <command>`. Each command opens the service, does one thing, and closes it. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { migrations } from '../migrations';
import { openService, type Service } from './app';
import { writeSample } from './demo';
import { bootstrap } from './identity';
import { proveBooks } from './ledger';
import { interestTrial, loanProofText, proveLoans } from './loans';
import { nightlySteps } from './nightly';
import { type Head, verifyAudit } from './platform/audit/verify';
import { CheckFailed } from './platform/check';
import { realClock } from './platform/clock';
import { ConfigError, readConfig } from './platform/config';
import { fieldCrypto } from './platform/crypto/field-crypto';
import { newKeyRingText } from './platform/crypto/keys';
import { businessDate } from './platform/dates';
import { DatabaseAway, openDatabase } from './platform/db/database';
import { keysFit, WrongKeys } from './platform/key-check';
import { openLog } from './platform/log';
import { type DayBasis, parseYuan, yuan } from './platform/money';
import { Problem } from './platform/problems';
import { parsePercent } from './platform/rate';
import { scheduleCommand } from './schedules';

type Options = Record<string, string | undefined>;

/** What a command needs to be told, and what it does. Its return value is the exit code. */
interface Command {
  usage: string;
  about: string;
  options: readonly string[];
  /** Options without a value; given, they are ''. */
  flags?: readonly string[];
  run: (args: readonly string[], options: Options) => Promise<number>;
}

/** The command was not given properly; the message is shown with its usage. */
class UsageError extends Error {}

const MISSING = '缺少参数 / an option is missing';
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Opens the service on `--database` (an address as in DATABASE_URL) or the configured one. */
async function withService<T>(
  options: Options,
  work: (service: Service) => Promise<T>,
): Promise<T> {
  const configured = readConfig();
  const config = { ...configured, databaseUrl: options.database ?? configured.databaseUrl };
  const service = await openService({ config, clock: realClock(), log: openLog('warn') });
  try {
    return await work(service);
  } finally {
    await service.close();
  }
}

const migrateCommand: Command = {
  usage: 'migrate',
  about: '建立或升级数据库并载入区划、岗位、政策 / create or migrate the database',
  options: ['database'],
  run: (_args, options) =>
    withService(options, async ({ platform }) => {
      print(`数据库已是最新 / up to date (${platform.db.dialect.name})`);
      return 0;
    }),
};

const nightCommand: Command = {
  usage: 'night YYYY-MM-DD',
  about: '补跑到该日为止的夜间任务 / run the nights up to and including a date',
  options: ['database'],
  run: ([date], options) => {
    // Read before the service is opened: a slip of the hand must not make a database.
    if (!date) throw new UsageError('缺少日期 / a date is needed');
    const upTo = businessDate(date);
    return withService(options, async (service) => {
      const reports = await service.runner.catchUp(upTo);
      // A date before the last night was run already; asking for it again resumes what stands failed.
      if (reports.length === 0) reports.push(await service.runner.runNight(upTo));
      for (const report of reports) {
        print(`${report.date} ${report.state}`);
        for (const step of report.steps) {
          const note = step.note ? ` ${step.note}` : '';
          print(`  ${step.step} ${step.state} ${step.done}/${step.failed}${note}`);
        }
      }
      await service.seal();
      return reports.every((report) => report.state === 'done') ? 0 : 1;
    });
  },
};

const nightlyCommand: Command = {
  usage: 'nightly',
  about: '列出夜间步骤及其次序的理由 / list the nightly steps with their reasons',
  options: [],
  run: async () => {
    for (const [at, step] of nightlySteps.entries())
      print(`${at + 1}. ${step.name} ${step.title}\n   ${step.reason}`);
    return 0;
  },
};

/** `<n>:<hash>` as printed on the daily sheet. */
function readHead(text: string | undefined): Head | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d+):([0-9a-f]{64})$/.exec(text);
  if (!match) throw new UsageError('链头应为 序号：摘要 / a head is <number>:<64 hex>');
  return { n: Number(match[1]), hash: match[2]! };
}

const auditCommand: Command = {
  usage: 'audit verify [--head N:HASH] [--database URL]',
  about: '校验审计记录，指出第一处错误 / verify the audit and name the first bad entry',
  options: ['database', 'head'],
  run: async ([what], options) => {
    if (what !== 'verify') throw new UsageError('只有 audit verify / there is audit verify only');
    const lastHead = readHead(options.head);
    const config = readConfig();
    const url = options.database ?? config.databaseUrl;
    const file = /^sqlite:(.+)$/.exec(url)?.[1];
    if (file !== undefined && !existsSync(file)) {
      throw new UsageError(`没有这个数据库文件 / no such database file: ${file}`);
    }
    // Nothing is migrated or loaded: what is verified may be a copy that must not change.
    const db = await openDatabase({ url, entities: [], migrations });
    try {
      const crypto = fieldCrypto(config.keys);
      if (!(await keysFit(db.reader(), crypto))) throw new WrongKeys();
      const found = await verifyAudit(db.reader(), { mac: crypto.mac, lastHead });
      print(`封存 ${found.seals} 个，记录 ${found.entries} 条，待封存 ${found.waiting} 条`);
      if (found.head) print(`链头 / head ${found.head.n}:${found.head.hash}`);
      if (found.ok) print('审计记录完好 / the audit is whole');
      else {
        const { seal, entryId, what: wrong } = found.fault!;
        print(`审计记录有误 / FAULT: ${wrong}`);
        print(`第一处 / first: 封存 seal ${seal ?? '-'},记录 entry ${entryId ?? '-'}`);
      }
      return found.ok ? 0 : 1;
    } finally {
      await db.close();
    }
  },
};

const proveCommand: Command = {
  usage: 'prove-books',
  about: '证明账目平衡 / prove the books',
  options: ['database'],
  run: (_args, options) =>
    withService(options, async ({ platform }) => {
      const proof = await proveBooks(platform.db.reader());
      print(`分录 ${proof.entries} 笔，明细 ${proof.lines} 行 / entries and lines`);
      for (const fault of proof.faults) print(`账目有误 / FAULT: ${JSON.stringify(fault)}`);
      const loans = await proveLoans(platform.db.reader());
      print(`${proof.ok ? '账目平衡 / the books balance\n' : ''}${loanProofText(loans)}`);
      return proof.ok && !loans.fault ? 0 : 1;
    }),
};

const interestCommand: Command = {
  usage:
    'interest --principal 50000 --rate 4.75 --from YYYY-MM-DD --to YYYY-MM-DD [--basis 360|365]',
  about: '利息试算，算头不算尾 / interest, first day counted, last not',
  options: ['principal', 'rate', 'from', 'to', 'basis'],
  run: async (_args, { principal, rate, from, to, basis = '360' }) => {
    if (!principal || !rate || !from || !to) throw new UsageError(MISSING);
    if (basis !== '360' && basis !== '365') throw new UsageError('basis 只能是 360 或 365');
    const trial = interestTrial({
      principalFen: parseYuan(principal),
      ratePpm: parsePercent(rate),
      from: businessDate(from),
      to: businessDate(to),
      basis: Number(basis) as DayBasis,
    });
    print(yuan(trial.interestFen));
    return 0;
  },
};

const adminCommand: Command = {
  usage: 'admin create --county 450328000000 --system LOGIN:NAME --security LOGIN:NAME',
  about: '在空库中建立两名管理员 / make the two administrators of an empty service',
  options: ['database', 'county', 'system', 'security'],
  run: ([what], options) =>
    withService(options, async (service) => {
      const person = (text: string | undefined) => {
        const [login, name] = (text ?? '').split(':');
        if (!login || !name) throw new UsageError('管理员写作 登录名：姓名 / LOGIN:NAME');
        return { login, name };
      };
      if (what !== 'create' || !options.county) throw new UsageError(MISSING);
      const made = await bootstrap(service.platform, {
        county: options.county,
        systemAdministrator: person(options.system),
        securityAdministrator: person(options.security),
      });
      for (const account of [made.systemAdministrator, made.securityAdministrator]) {
        print(`${account.login}  首次密码 / first password: ${account.firstPassword}`);
      }
      return 0;
    }),
};

const keysCommand: Command = {
  usage: 'keys generate [--suite AES|SM]',
  about: '生成一套新密钥(XINFU_KEYS) / make a new set of keys',
  options: ['suite'],
  run: async ([what], { suite = 'AES' }) => {
    if (what !== 'generate')
      throw new UsageError('只有 keys generate / there is keys generate only');
    if (suite !== 'AES' && suite !== 'SM') throw new UsageError('suite 只能是 AES 或 SM');
    print(newKeyRingText(suite));
    return 0;
  },
};

const sampleCommand: Command = {
  usage:
    'sample-register --households 200 --out FILE.xlsx|FILE.csv [--seed N] [--on YYYY-MM-DD] [--faults] [--gb18030]',
  about: '写出一份可供导入的示例名单（农户为虚构）/ write a list of invented households to import',
  options: ['households', 'seed', 'on', 'out'],
  flags: ['faults', 'gb18030'],
  run: async (_args, { households = '200', seed, on, out, faults, gb18030 }) => {
    if (!out) throw new UsageError('缺少 --out / --out is missing');
    const count = (text: string) => {
      if (/^\d{1,7}$/.test(text)) return Number(text);
      throw new UsageError('数目须为整数 / a whole number is needed');
    };
    const written = await writeSample({
      out,
      households: count(households),
      seed: seed ? count(seed) : undefined,
      on: on ? businessDate(on) : undefined,
      ...{ faults: faults !== undefined, gb18030: gb18030 !== undefined },
    });
    print([`${out}: ${written.rows} 行 / rows`, ...written.faults].join('\n  '));
    return 0;
  },
};

const COMMANDS: Record<string, Command> = {
  migrate: migrateCommand,
  night: nightCommand,
  nightly: nightlyCommand,
  audit: auditCommand,
  'prove-books': proveCommand,
  interest: interestCommand,
  schedule: scheduleCommand,
  admin: adminCommand,
  keys: keysCommand,
  'sample-register': sampleCommand,
};

function help(): number {
  print('用法 / usage: npm run xinfu -- <command>\n');
  for (const { usage, about } of Object.values(COMMANDS)) print(`  ${usage}\n      ${about}`);
  return 0;
}

async function runCommand(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help') return help();
  const command = COMMANDS[name];
  if (!command) throw new UsageError(`没有命令 ${name} / no such command`);
  const { options, flags = [] } = command;
  const { values, positionals } = parseArgs({
    args: rest,
    options: Object.fromEntries([
      ...options.map((option) => [option, { type: 'string' as const }]),
      ...flags.map((flag) => [flag, { type: 'boolean' as const }]),
    ]),
    allowPositionals: true,
  });
  const given = Object.entries(values).map(([name, value]) => [name, value === true ? '' : value]);
  return command.run(positionals, Object.fromEntries(given));
}

/** Bad input of the operator is told in a line; anything else with its trace. */
function tell(error: unknown): number {
  const plain =
    error instanceof UsageError ||
    error instanceof ConfigError ||
    error instanceof WrongKeys ||
    error instanceof Problem ||
    error instanceof CheckFailed ||
    error instanceof DatabaseAway ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  const text = error instanceof Error ? (plain ? error.message : error.stack) : String(error);
  process.stderr.write(`${text}\n`);
  return plain ? 2 : 1;
}

void runCommand(process.argv.slice(2))
  .catch(tell)
  .then((code) => {
    process.exitCode = code;
  });
