/** The outbox: one message an occasion, sent at least once, kept when it cannot be sent. On both databases. */
import type { Messenger } from '../../src/platform/notify/deliver';
import { deliverWaiting } from '../../src/platform/notify/deliver';
import { queueMessage } from '../../src/platform/notify/outbox';
import { type County, openCounty } from '../support/county';
import { describeEachDatabase } from '../support/databases';

describeEachDatabase('The outbox', (open) => {
  let county: County;
  beforeEach(async () => {
    county = await openCounty(open);
  });
  afterEach(() => county.close());

  const leave = (naturalKey: string) =>
    county.system((work) =>
      queueMessage(work, {
        naturalKey,
        kind: 'REMINDER',
        channel: 'LOCAL',
        recipient: { kind: 'loan', id: 'L1' },
        region: '450328100001',
        title: '到期提醒',
        body: '您的贷款将于2021-06-20到期',
      }),
    );
  const states = () =>
    county.platform.db
      .reader()
      .rows<{ state: string; attempts: number }>(
        'SELECT state, attempts FROM outbox ORDER BY natural_key',
      );
  const deliver = (messenger: Messenger) => deliverWaiting(county.platform, messenger, 'tester');

  test('when the same occasion comes twice, then there is one message', async () => {
    await leave('reminder/1');
    await leave('reminder/1');
    await leave('reminder/2');
    expect(await states()).toHaveLength(2);
  });

  test('when it is delivered, then each message is sent once and marked', async () => {
    await leave('reminder/1');
    await leave('reminder/2');
    const sent: string[] = [];
    const messenger = { send: async (message: { title: string }) => void sent.push(message.title) };
    expect(await deliver(messenger)).toBe(2);
    expect(await deliver(messenger)).toBe(0);
    expect(sent).toEqual(['到期提醒', '到期提醒']);
    expect(await states()).toEqual([
      { state: 'sent', attempts: 1 },
      { state: 'sent', attempts: 1 },
    ]);
  });

  test('when sending fails, then it is tried again, and after five tries left for a person', async () => {
    await leave('reminder/1');
    const broken: Messenger = { send: () => Promise.reject(new Error('gateway down')) };
    for (let n = 1; n <= 4; n += 1) {
      await deliver(broken);
      expect(await states()).toEqual([{ state: 'queued', attempts: n }]);
    }
    await deliver(broken);
    expect(await states()).toEqual([{ state: 'failed', attempts: 5 }]);
  });

  test('when another instance delivers, then this one stands back until the lease has ended', async () => {
    await leave('reminder/1');
    const messenger: Messenger = { send: async () => undefined };
    await deliverWaiting(county.platform, messenger, 'other');
    await leave('reminder/2');
    expect(await deliver(messenger)).toBe(0);
    county.clock.stepMs(60_001);
    expect(await deliver(messenger)).toBe(1);
  });
});
