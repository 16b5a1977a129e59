/**
 * The settings of one service instance: the environment is read once, checked, and frozen. Starting in
 * production with development keys, demonstration accounts or open cookies is refused.
 */
import Joi from 'joi';
import { developmentKeys, isDevelopment, type KeyRing, keyRingFromConfig } from './crypto/keys';

/** Settings. Times in milliseconds where the name says so. */
export interface Config {
  readonly mode: 'development' | 'production' | 'test';
  readonly databaseUrl: string;
  readonly port: number;
  readonly host: string;
  readonly keys: KeyRing;
  /** Cookies are sent over TLS only. */
  readonly secureCookies: boolean;
  /** Builds the demonstration county in an empty database and offers stepping the clock. */
  readonly demo: boolean;
  readonly logLevel: string;
  /** Number of reverse proxies before the service, for the address of the client. */
  readonly trustedProxies: number;
  /** Whether this instance wakes nights, sealer and outbox by itself; one instance of several must. */
  readonly scheduler: boolean;
}

/** The environment does not make sense; the message says which variable and what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

interface Environment {
  XINFU_MODE: Config['mode'];
  DATABASE_URL: string;
  PORT: number;
  HOST: string;
  XINFU_KEYS?: string;
  XINFU_SECURE_COOKIES?: boolean;
  XINFU_DEMO?: boolean;
  XINFU_SCHEDULER: boolean;
  LOG_LEVEL: string;
  TRUST_PROXY: number;
}

const ENVIRONMENT = Joi.object<Environment>({
  XINFU_MODE: Joi.string().valid('development', 'production', 'test').default('development'),
  DATABASE_URL: Joi.string()
    .pattern(/^(sqlite:.+|(mysql|mariadb):\/\/.+)$/, 'sqlite:… / mysql://…')
    .default('sqlite:data/xinfu.db'),
  PORT: Joi.number().port().default(3000),
  HOST: Joi.string().hostname(),
  XINFU_KEYS: Joi.string(),
  XINFU_SECURE_COOKIES: Joi.boolean(),
  XINFU_DEMO: Joi.boolean(),
  XINFU_SCHEDULER: Joi.boolean().default(true),
  LOG_LEVEL: Joi.string()
    .valid('fatal', 'error', 'warn', 'info', 'debug', 'silent')
    .default('info'),
  TRUST_PROXY: Joi.number().integer().min(0).max(5).default(0),
}).unknown(true);

/** Reads the settings. @throws ConfigError naming the variable, never its value. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const { value, error } = ENVIRONMENT.validate(given);
  if (error) {
    const name = String(error.details[0]?.path[0] ?? '');
    throw new ConfigError(`环境变量 ${name} 的值不正确 (${name} is not valid)`);
  }
  const production = value.XINFU_MODE === 'production';
  const config: Config = {
    mode: value.XINFU_MODE,
    databaseUrl: value.DATABASE_URL,
    port: value.PORT,
    host: value.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    keys: readKeys(value.XINFU_KEYS),
    secureCookies: value.XINFU_SECURE_COOKIES ?? production,
    demo: value.XINFU_DEMO ?? !production,
    logLevel: value.LOG_LEVEL,
    trustedProxies: value.TRUST_PROXY,
    scheduler: value.XINFU_SCHEDULER,
  };
  if (production) refuseUnsafe(config);
  return Object.freeze(config);
}

function readKeys(text: string | undefined): KeyRing {
  if (text === undefined) return developmentKeys();
  try {
    return keyRingFromConfig(text);
  } catch {
    throw new ConfigError(
      '环境变量 XINFU_KEYS 的格式不正确，见 docs/OPERATIONS.md (XINFU_KEYS is not valid)',
    );
  }
}

function refuseUnsafe(config: Config): void {
  const refuse = (chinese: string, english: string) => {
    throw new ConfigError(`生产模式拒绝启动：${chinese} (production start refused: ${english})`);
  };
  if (isDevelopment(config.keys)) {
    refuse(
      '未设置 XINFU_KEYS,或使用了开发用默认密钥',
      'XINFU_KEYS is unset or the development default',
    );
  }
  if (config.demo) refuse('演示数据不得用于生产(XINFU_DEMO)', 'XINFU_DEMO must be off');
  if (!config.secureCookies) {
    refuse('会话 Cookie 须仅经 TLS 传输(XINFU_SECURE_COOKIES)', 'XINFU_SECURE_COOKIES must be on');
  }
}
