/** A person at a running service, over real sockets. */

/** A status and whatever JSON came with it. */
export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever JSON comes back.
  body: any;
}

/** Signs in once; the session outlives restarts of the service, because it lies in the database. */
export class Client {
  private cookie = '';
  private csrf = '';

  constructor(
    /** Where the service answers; changed after a restart. */
    public base: string,
    private readonly login: string,
    private readonly password: string,
  ) {}

  async signIn(): Promise<Answer> {
    const answer = await this.post('/session', { login: this.login, password: this.password });
    this.cookie = String(answer.headers.getSetCookie()[0]).split(';')[0]!;
    this.csrf = answer.body.csrfToken;
    return answer;
  }

  /** @throws TypeError when the line breaks before the answer has come. */
  post(path: string, body: object, key?: string): Promise<Answer> {
    const headers: Record<string, string> = {
      'Content-Type': 'application/json',
      Cookie: this.cookie,
      'X-CSRF-Token': this.csrf,
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    };
    return this.ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  get(path: string): Promise<Answer> {
    return this.ask(path, { headers: { Cookie: this.cookie } });
  }

  private async ask(path: string, request: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.base}/api/v1${path}`, request);
    const text = await response.text();
    const body = text === '' ? null : JSON.parse(text);
    return { status: response.status, headers: response.headers, body };
  }
}
