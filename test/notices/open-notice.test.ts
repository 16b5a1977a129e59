/** Sheets for many subjects of a village: opened at once or joined one after the other; each item stands for itself. */
import { closeNotice } from '../../src/notices/close-notice';
import { decideObjection, objectionUpheld } from '../../src/notices/decide-objection';
import { requireNoticeOver } from '../../src/notices/notice-over';
import { OPEN_OBJECTIONS_MAX } from '../../src/notices/objection';
import {
  joinNotice,
  type NoticeOpening,
  openNotice,
  openSheet,
  SHEET_MAX,
  stopNotice,
} from '../../src/notices/open-notice';
import { postCounty } from '../../src/notices/post-level';
import { publicNotice } from '../../src/notices/public.queries';
import { raiseObjection } from '../../src/notices/raise-objection';
import { oneNotice } from '../../src/notices/screens.queries';
import { defineAct } from '../../src/platform/act';
import { PUBLIC_ACTOR, SYSTEM_ACTOR } from '../../src/platform/authority';
import { idField, shape, textField } from '../../src/platform/shape';
import type { Subject } from '../../src/platform/work';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { board, COUNTY, officers, openBoards, opening, postAll, VILLAGE } from './board';

/** A re-check that puts its application on the village's sheet. */
const pass = defineAct({
  name: 'toys.pass',
  title: '试办复查',
  permission: 'toys.pass',
  input: shape<{ title: string }>({ title: textField(40) }),
  answer: shape({ noticeId: idField() }),
  locate: async () => ({ region: VILLAGE }),
  run: (work, { title }) => joinNotice(work, opening({ title })),
});

describeEachDatabase('A sheet for a village', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBoards(open);
  });
  beforeEach(() => county.clock.set('2018-03-01'));

  const over = (subject: Subject) => county.system((work) => requireNoticeOver(work, subject));
  const join = (changes: Partial<NoticeOpening>) => {
    const what = opening(changes);
    return county
      .system((work) => joinNotice(work, what))
      .then(({ noticeId }) => ({ noticeId, subject: what.subject }));
  };

  test('When thirty applications pass one after the other, then they hang on one sheet in their order', async () => {
    const title = '城关村第一批';
    const joined = [];
    for (let n = 1; n <= 30; n += 1) {
      joined.push(await join({ title, publicItems: { borrowerName: `借款人甲${n}` } }));
    }
    const noticeId = joined[0]?.noticeId as string;
    expect(new Set(joined.map((one) => one.noticeId)).size).toBe(1);
    const by = await postAll(county, noticeId);
    const { items } = await county.ask(by.county, oneNotice, { noticeId });
    expect(items.map((item) => item.position)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
    const page = await county.ask(PUBLIC_ACTOR, publicNotice, { noticeId });
    expect(page.items.map((item) => item.fields[0]?.value)).toEqual(
      Array.from({ length: 30 }, (_, n) => `借款人甲${n + 1}`),
    );
    county.clock.set('2018-03-07');
    for (const { subject } of joined) await over(subject);
  });

  test('When many join at the same moment, then each has a place of its own', async () => {
    const title = '城关村同时的一批';
    const { noticeId } = await join({ title });
    const joined = await Promise.all(Array.from({ length: 6 }, () => join({ title })));
    expect(new Set(joined.map((one) => one.noticeId))).toEqual(new Set([noticeId]));
    const { items } = await county.ask(officers(county).county, oneNotice, { noticeId });
    expect(items.map((item) => item.position)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('When many join at the same moment and there is no sheet yet, then one is opened for all', async () => {
    const title = '城关村同时开始的一批';
    const joined = await Promise.all(Array.from({ length: 6 }, () => join({ title })));
    expect(new Set(joined.map((one) => one.noticeId)).size).toBe(1);
    const { noticeId } = joined[0] as { noticeId: string };
    const { items } = await county.ask(officers(county).county, oneNotice, { noticeId });
    expect(items.map((item) => item.position)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('When the sheet is full, then the next one is opened', async () => {
    const title = '城关村满员的一批';
    const items = Array.from({ length: SHEET_MAX }, () => ({
      subject: opening().subject,
      publicItems: {},
    }));
    const sheet = opening({ title });
    const full = await county.system((work) => openSheet(work, sheet, items));
    const next = await join({ title });
    expect(next.noticeId).not.toBe(full.noticeId);
    expect((await join({ title })).noticeId).toBe(next.noticeId);
  });

  test('When the sheet hangs, or kind, place or title is another, then a new one is opened', async () => {
    const title = '城关村第二批';
    const first = await join({ title });
    const others = [
      await join({ title: '城关村第三批' }),
      await join({ title, regionCode: '450328100201' }),
      await join({ title, kind: 'subsidy', ruleParameterKey: 'notices.rule.subsidy' }),
    ];
    expect(others.map((one) => one.noticeId)).not.toContain(first.noticeId);
    expect((await join({ title })).noticeId).toBe(first.noticeId);
    await county.do(officers(county).county, postCounty, board(first.noticeId));
    expect((await join({ title })).noticeId).not.toBe(first.noticeId);
  });

  test('When one item is objected to, then it is held back alone; upheld, it is gone and the others go on', async () => {
    const heard: Subject[] = [];
    county.platform.events.on(objectionUpheld, async (_work, { subject }) => {
      heard.push(subject);
    });
    const title = '城关村第四批';
    const one = await join({ title });
    const two = await join({ title });
    const { noticeId } = one;
    const by = await postAll(county, noticeId);
    const { items } = await county.ask(by.county, oneNotice, { noticeId });
    const object = (changes: object) =>
      county.do(PUBLIC_ACTOR, raiseObjection, {
        noticeId,
        level: 'village',
        content: '不实',
        ...changes,
      });
    expect(await county.refusal(object({}))).toBe('notices.item-unknown');
    await object({ itemId: items[0]?.id });
    county.clock.set('2018-03-07');
    expect(await county.refusal(over(one.subject))).toBe('notices.objection-open');
    await over(two.subject);
    const { objections } = await county.ask(by.county, oneNotice, { noticeId });
    await county.do(by.judge, decideObjection, {
      objectionId: objections[0]?.id,
      outcome: 'upheld',
      answerText: '经核实属实',
    });
    expect(heard).toEqual([one.subject]);
    expect(await county.refusal(over(one.subject))).toBe('notices.objection-upheld');
    await over(two.subject);
    county.clock.set('2018-03-06');
    const page = await county.ask(PUBLIC_ACTOR, publicNotice, { noticeId });
    expect(page.items.map((item) => item.position)).toEqual([2]);
  });

  test('When one of two is withdrawn from a sheet that hangs, then the other goes on to its end', async () => {
    const title = '城关村第五批';
    const one = await join({ title, publicItems: { borrowerName: '韦大明' } });
    const two = await join({ title, publicItems: { borrowerName: '覃小花' } });
    const { noticeId } = one;
    const by = await postAll(county, noticeId);
    await county.system((work) => stopNotice(work, one.subject));
    const seen = await county.ask(by.county, oneNotice, { noticeId });
    expect(seen.state).toBe('running');
    expect(seen.items.map(({ state }) => state)).toEqual(['stopped', 'shown']);
    const page = await county.ask(PUBLIC_ACTOR, publicNotice, { noticeId });
    expect(page.items.map(({ position }) => position)).toEqual([2]);
    const object = (itemId: string | undefined) =>
      county.do(PUBLIC_ACTOR, raiseObjection, {
        noticeId,
        itemId,
        level: 'village',
        content: '不实',
      });
    expect(await county.refusal(object(seen.items[0]?.id))).toBe('notices.not-on-show');
    county.clock.set('2018-03-07');
    expect(await county.refusal(over(one.subject))).toBe('notices.stopped');
    await over(two.subject);
    await county.do(SYSTEM_ACTOR, closeNotice, { noticeId });
    expect((await county.ask(by.county, oneNotice, { noticeId })).state).toBe('ended');
  });

  test('When all items are withdrawn, then the sheet stops and nobody joins it', async () => {
    const title = '城关村第六批';
    const one = await join({ title });
    const two = await join({ title });
    await county.system((work) => stopNotice(work, one.subject));
    const seen = () => county.ask(officers(county).county, oneNotice, { noticeId: one.noticeId });
    expect((await seen()).state).toBe('posting');
    await county.system((work) => stopNotice(work, two.subject));
    expect((await seen()).state).toBe('stopped');
    expect((await join({ title })).noticeId).not.toBe(one.noticeId);
  });

  test('When the last two are withdrawn at the same moment, then the sheet stops', async () => {
    for (let n = 0; n < 5; n += 1) {
      const title = `城关村同时撤回的一批${n}`;
      const both = [await join({ title }), await join({ title })];
      const { noticeId } = both[0] as { noticeId: string };
      await Promise.all(
        both.map(({ subject }) => county.system((work) => stopNotice(work, subject))),
      );
      const seen = await county.ask(officers(county).county, oneNotice, { noticeId });
      expect(seen.state).toBe('stopped');
    }
  });

  test('When one withdraws and another joins at the same moment, then nobody is lost', async () => {
    for (let n = 0; n < 5; n += 1) {
      const title = `城关村一进一出的一批${n}`;
      const first = await join({ title });
      const [next] = await Promise.all([
        join({ title }),
        county.system((work) => stopNotice(work, first.subject)),
      ]);
      const seen = await county.ask(officers(county).county, oneNotice, {
        noticeId: next?.noticeId,
      });
      expect(seen.state).toBe('posting');
      expect(seen.items.at(-1)).toMatchObject({ subjectId: next?.subject.id, state: 'shown' });
    }
  });

  test('When somebody put an item on, then they decide no objection to it, but may to a neighbour’s', async () => {
    const permissions = ['toys.pass', 'notices.decide-objection', 'notices.read'];
    const [first, second] = [
      county.actor({ permissions, region: COUNTY }),
      county.actor({ permissions, region: COUNTY }),
    ];
    const title = '城关村第七批';
    const { noticeId } = await county.do(first, pass, { title });
    await county.do(second, pass, { title });
    await postAll(county, noticeId);
    const { items } = await county.ask(first, oneNotice, { noticeId });
    const decision = async (itemId: string | undefined) => {
      await county.do(PUBLIC_ACTOR, raiseObjection, {
        ...{ noticeId, itemId },
        ...{ level: 'village', content: '不实' },
      });
      const { objections } = await county.ask(first, oneNotice, { noticeId });
      const objectionId = objections.find(({ state }) => state === 'open')?.id;
      return { objectionId, outcome: 'dismissed', answerText: '经核实不属实' };
    };
    // Whoever opened the sheet with the first item is a stranger to the second, and the other way round.
    for (const [at, own, stranger] of [
      [1, second, first],
      [0, first, second],
    ] as const) {
      const input = await decision(items[at]?.id);
      expect(await county.refusal(county.do(own, decideObjection, input))).toBe('notices.own-act');
      await county.do(stranger, decideObjection, input);
    }
  });

  test('When an item is from before it was known who put it on, then it was whoever opened the sheet', async () => {
    const permissions = ['toys.pass', 'notices.decide-objection', 'notices.read'];
    const opener = county.actor({ permissions, region: COUNTY });
    const { noticeId } = await county.do(opener, pass, { title: '城关村旧公示' });
    await county.system((work) =>
      work.tx.exec('UPDATE notice_item SET announced_by = NULL WHERE notice_id = :noticeId', {
        noticeId,
      }),
    );
    await postAll(county, noticeId);
    const objection = { noticeId, level: 'village', content: '不实' };
    await county.do(PUBLIC_ACTOR, raiseObjection, objection);
    const { objections } = await county.ask(opener, oneNotice, { noticeId });
    const objectionId = objections[0]?.id;
    const decision = { objectionId, outcome: 'dismissed', answerText: '经核实不属实' };
    expect(await county.refusal(county.do(opener, decideObjection, decision))).toBe(
      'notices.own-act',
    );
  });

  test('When one household is flooded with objections, then those against its neighbours are still taken', async () => {
    const title = '城关村第八批';
    const { noticeId } = await join({ title });
    await join({ title });
    const by = await postAll(county, noticeId);
    const { items } = await county.ask(by.county, oneNotice, { noticeId });
    const object = (at: number) =>
      county.do(PUBLIC_ACTOR, raiseObjection, {
        ...{ noticeId, itemId: items[at]?.id },
        ...{ level: 'village', content: '不实' },
      });
    for (let n = 0; n < OPEN_OBJECTIONS_MAX; n += 1) await object(0);
    expect(await county.refusal(object(0))).toBe('notices.too-many-objections');
    // Two at one moment are both taken: nobody who objects is told to come again.
    await Promise.all([object(1), object(1)]);
  });

  test('When there are too many items or one was announced before, then nothing is opened', async () => {
    const item = () => ({ subject: opening().subject, publicItems: {} });
    const sheet = opening();
    const before = await county.snapshot('notice', 'notice_item');
    const many = Array.from({ length: SHEET_MAX + 1 }, item);
    const known = await join({ title: '城关村第九批' });
    const after = await county.snapshot('notice', 'notice_item');
    expect(after).not.toBe(before);
    const codes = [
      await county.refusal(county.system((work) => openSheet(work, sheet, many))),
      await county.refusal(
        county.system((work) => openSheet(work, sheet, [item(), { ...item(), ...known }])),
      ),
      await county.refusal(
        county.system((work) => openNotice(work, opening({ ruleParameterKey: 'notices.rule.x' }))),
      ),
    ];
    expect(codes).toEqual(['notices.sheet-full', 'notices.already-opened', 'notices.rule-unknown']);
    expect(await county.snapshot('notice', 'notice_item')).toBe(after);
  });

  test('When a title holds an identifier, then it is starred out', async () => {
    const { noticeId } = await join({ title: '韦大明450328197806150013公示' });
    const seen = await county.ask(officers(county).county, oneNotice, { noticeId });
    expect(seen.title).toBe('韦大明****公示');
  });
});
