/** Reading the URL of a MySQL or MariaDB server, and naming it in messages without the password. */

/** Where the server is and who we are there. */
export interface MysqlPlace {
  host: string;
  port: number;
  socketPath: string | undefined;
  user: string;
  password: string;
  database: string;
  /** TLS with a verified certificate (`?tls=required`). */
  tls: boolean;
}

const PARAMETERS = new Set(['socketPath', 'tls']);
const NAME = /^[A-Za-z0-9_$-]{1,64}$/;

/**
 * Reads `mysql://user:password@host:3306/name`, with `?socketPath=/run/mysqld.sock` or `?tls=required`.
 * @throws Error telling what is wrong, never showing the password.
 */
export function parseMysqlUrl(text: string): MysqlPlace {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url)
    throw new Error('DATABASE_URL is no URL; expected mysql://user:password@host:3306/name');
  for (const key of url.searchParams.keys()) {
    if (!PARAMETERS.has(key)) throw new Error(`DATABASE_URL has an unknown parameter ${key}`);
  }
  const database = decodeURIComponent(url.pathname.slice(1));
  if (!NAME.test(database)) {
    throw new Error('DATABASE_URL must end in the name of the database (letters, digits, _ $ -)');
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, '') || '127.0.0.1',
    port: url.port === '' ? 3306 : Number(url.port),
    socketPath: url.searchParams.get('socketPath') ?? undefined,
    user: decodeURIComponent(url.username) || 'root',
    password: decodeURIComponent(url.password),
    database,
    tls: url.searchParams.get('tls') === 'required',
  };
}

/** The place in words for a message: `xinfu@10.0.0.5:3306/xinfu`. */
export function describePlace(place: MysqlPlace): string {
  const where = place.socketPath ?? `${place.host}:${place.port}`;
  return `${place.user}@${where}/${place.database}`;
}
