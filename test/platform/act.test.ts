/** The write pipeline: order, refusals that leave nothing, idempotency, dry run, audit. On both databases. */
import { type ActOutcome, perform } from '../../src/platform/act';
import { type Actor, PUBLIC_ACTOR } from '../../src/platform/authority';
import { type County, openCounty, PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { addToCounter, makeCounter, tellSecret, tryInVain } from '../support/toys';

const TABLES = ['setting', 'idempotency', 'audit_entry', 'audit_queue', 'audit_subject'];

describeEachDatabase('The act pipeline', (open) => {
  let county: County;
  let maker: Actor;
  let adder: Actor;

  beforeAll(async () => {
    county = await openCounty(open);
    maker = county.actor({ permissions: ['toys.make', 'toys.add', 'toys.tell'] });
    adder = county.actor({ permissions: ['toys.add'] });
    await county.do(maker, makeCounter, { name: 'one', region: '450328100001' });
  });
  afterAll(() => county.close());

  const rows = <T extends object>(sql: string, params = {}) =>
    county.platform.db.reader().rows<T>(sql, params);
  const attempt = (actor: Actor, input: unknown, key = 'key-of-attempt', dryRun = false) =>
    perform(county.platform, addToCounter, { actor, input, key, requestId: 'r', dryRun });

  test('when an act is done, then its entry names actor, act, subject, place and both digests', async () => {
    await county.do(adder, addToCounter, { name: 'one', amount: '1.50' });
    const [entry] = await rows<Record<string, unknown>>(
      `SELECT * FROM audit_entry WHERE act = 'toys.add' ORDER BY id DESC LIMIT 1`,
    );
    expect(entry).toMatchObject({
      actor_id: adder.id,
      outcome: 'done',
      subject_kind: 'counter',
      subject_id: 'one',
      region_code: '450328100001',
    });
    expect(entry?.before_digest).toMatch(/^[0-9a-f]{64}$/);
    expect(entry?.after_digest).not.toBe(entry?.before_digest);
  });

  test('when personal data is in the input, then the audit does not hold it', async () => {
    await county.do(adder, addToCounter, {
      name: 'one',
      amount: '1',
      idNumber: '450328199001011234',
    });
    const bodies = await rows<{ body: string }>('SELECT body FROM audit_entry');
    expect(bodies.some(({ body }) => body.includes('〔已隐去〕'))).toBe(true);
    expect(bodies.some(({ body }) => body.includes('199001011234'))).toBe(false);
  });

  const refused: [string, () => Actor, unknown, string][] = [
    ['nobody', () => PUBLIC_ACTOR, { name: 'one', amount: '1' }, 'platform.not-signed-in'],
    [
      'one without the permission',
      () => county.actor({ permissions: [] }),
      {},
      'platform.not-permitted',
    ],
    ['one of another county', () => other(), { name: 'one', amount: '1' }, 'platform.absent'],
    ['the maker himself', () => maker, { name: 'one', amount: '1' }, 'toys.same-hand'],
    ['an unknown record', () => adder, { name: 'none', amount: '1' }, 'toys.unknown'],
    ['a bad amount', () => adder, { name: 'one', amount: '1.234' }, 'platform.invalid-input'],
    ['a number for text', () => adder, { name: 'one', amount: 5 }, 'platform.invalid-input'],
    ['an unknown field', () => adder, { name: 'one', amount: '1', x: 1 }, 'platform.invalid-input'],
    [
      'a rule not met after writing',
      () => adder,
      { name: 'one', amount: '99999' },
      'toys.too-large',
    ],
  ];
  const other = () => county.actor({ permissions: ['toys.add'], region: PLACES.otherCounty });

  test.each(refused)(
    'when it is %s, then it is refused and the record stays',
    async (_, who, input, code) => {
      const before = await county.snapshot('setting', 'idempotency');
      expect(await county.refusal(attempt(who(), input, 'key-refused'))).toBe(code);
      expect(await county.snapshot('setting', 'idempotency')).toBe(before);
    },
  );

  test('refusals of permission, region and duty are audited; a wrong amount is not', async () => {
    const codes = (
      await rows<{ problem: string }>(
        `SELECT problem FROM audit_entry WHERE outcome = 'refused' AND act = 'toys.add'`,
      )
    ).map((row) => row.problem);
    expect(codes).toEqual(
      expect.arrayContaining(['platform.not-permitted', 'platform.absent', 'toys.same-hand']),
    );
    expect(codes).not.toContain('platform.invalid-input');
    expect(codes).not.toContain('toys.too-large');
  });

  test('when a request is repeated, then the first answer comes back and nothing more happens', async () => {
    const input = { name: 'one', amount: '7' };
    const first = await attempt(adder, input, 'key-twice');
    const state = await county.snapshot(...TABLES);
    const second = await attempt(adder, input, 'key-twice');
    expect(second).toEqual({ answer: first.answer, replayed: true });
    expect(await county.snapshot(...TABLES)).toBe(state);
  });

  test('when a key comes with another body, then it is refused', async () => {
    const code = await county.refusal(attempt(adder, { name: 'one', amount: '8' }, 'key-twice'));
    expect(code).toBe('platform.key-reused');
  });

  test('when two people use the same key, then they do not meet', async () => {
    const second = county.actor({ permissions: ['toys.add'] });
    const outcome = await attempt(second, { name: 'one', amount: '1' }, 'key-twice');
    expect(outcome.replayed).toBe(false);
  });

  test('when 32 equal requests come at once, then there is one effect and one answer', async () => {
    await county.do(maker, makeCounter, { name: 'crowd', region: '450328100001' });
    const same = () => attempt(adder, { name: 'crowd', amount: '2' }, 'key-crowd');
    const outcomes: ActOutcome<{ value: number }>[] = await Promise.all(
      Array.from({ length: 32 }, same),
    );
    expect(new Set(outcomes.map((outcome) => outcome.answer.value))).toEqual(new Set([200]));
    expect(outcomes.filter((outcome) => !outcome.replayed)).toHaveLength(1);
  });

  test('when it is a dry run, then the answer is real and nothing is kept', async () => {
    const state = await county.snapshot(...TABLES);
    const outcome = await attempt(adder, { name: 'crowd', amount: '3' }, 'key-dry', true);
    expect(outcome.answer.value).toBe(500);
    expect(await county.snapshot(...TABLES)).toBe(state);
  });

  test('when the answer is private, then it is neither in the audit nor open in the key row', async () => {
    const ask = () =>
      perform(county.platform, tellSecret, {
        actor: maker,
        input: { reason: '核对' },
        key: 'key-secret',
        requestId: 'r',
      });
    expect((await ask()).answer.secret).toBe('450328199001011234');
    expect((await ask()).replayed).toBe(true);
    expect((await ask()).answer.secret).toBe('450328199001011234');
    expect(await county.snapshot('idempotency', 'audit_entry')).not.toContain('450328199001011234');
  });

  test('when an act refuses after the commit, then what it counted stays and the caller is refused', async () => {
    const value = async () =>
      (await rows<{ value: string }>(`SELECT value FROM setting WHERE name = 'crowd'`))[0]?.value;
    const before = await value();
    const request = {
      actor: PUBLIC_ACTOR,
      input: { name: 'crowd' },
      requestId: 'r',
      key: 'key-vain',
    };
    const attempt = () => county.refusal(perform(county.platform, tryInVain, request));
    expect(await attempt()).toBe('toys.too-large');
    const counted = await value();
    expect(counted).not.toBe(before);
    expect(await attempt()).toBe('toys.too-large');
    expect(await value()).not.toBe(counted);
  });
});
