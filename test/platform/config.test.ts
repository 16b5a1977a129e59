/** Settings: defaults that work on a fresh clone, and starts in production that must be refused. */
import { ConfigError, readConfig } from '../../src/platform/config';

const key = (byte: number) =>
  Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 7 + byte) % 256)).toString('base64');
const KEYS = `suite=AES;current=k1;data=k1:${key(1)};index=${key(2)};audit=${key(3)}`;
const PRODUCTION = {
  XINFU_MODE: 'production',
  DATABASE_URL: 'mysql://xinfu:secret-word@db:3306/xinfu',
  XINFU_KEYS: KEYS,
};

test('when nothing is set, then it is a demonstration on SQLite at port 3000, for this machine only', () => {
  expect(readConfig({})).toMatchObject({
    mode: 'development',
    databaseUrl: 'sqlite:data/xinfu.db',
    port: 3000,
    host: '127.0.0.1',
    demo: true,
    secureCookies: false,
  });
});

test('when production is set up properly, then it starts without demonstration and with secure cookies', () => {
  expect(readConfig(PRODUCTION)).toMatchObject({
    demo: false,
    secureCookies: true,
    mode: 'production',
  });
});

const refused: [string, NodeJS.ProcessEnv, RegExp][] = [
  ['no keys', { ...PRODUCTION, XINFU_KEYS: undefined }, /XINFU_KEYS/],
  ['keys in a wrong form', { ...PRODUCTION, XINFU_KEYS: 'k1' }, /XINFU_KEYS/],
  ['the demonstration', { ...PRODUCTION, XINFU_DEMO: 'true' }, /XINFU_DEMO/],
  ['open cookies', { ...PRODUCTION, XINFU_SECURE_COOKIES: 'false' }, /XINFU_SECURE_COOKIES/],
  ['an unknown mode', { XINFU_MODE: 'prod' }, /XINFU_MODE/],
  ['a wrong port', { PORT: '70000' }, /PORT/],
  ['an unknown database', { DATABASE_URL: 'postgres://user:secret-word@db/x' }, /DATABASE_URL/],
];

test.each(refused)(
  'when the start has %s, then it is refused and no secret is told',
  (_, environment, what) => {
    const attempt = () => readConfig(environment);
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow(what);
    expect(attempt).not.toThrow(/secret-word/);
  },
);
