/** Sheets for many subjects of a village: opened at once or joined one after the other; each item stands for itself. */
import { decideObjection, objectionUpheld } from '../../src/notices/decide-objection';
import { requireNoticeOver } from '../../src/notices/notice-over';
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
import { PUBLIC_ACTOR } from '../../src/platform/authority';
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
    const again = async () => {
      for (;;) {
        try {
          return await join({ title });
        } catch (error) {
          if ((error as { code?: string }).code !== 'platform.stale') throw error;
        }
      }
    };
    const joined = await Promise.all(Array.from({ length: 6 }, again));
    expect(new Set(joined.map((one) => one.noticeId))).toEqual(new Set([noticeId]));
    const { items } = await county.ask(officers(county).county, oneNotice, { noticeId });
    expect(items.map((item) => item.position)).toEqual([1, 2, 3, 4, 5, 6, 7]);
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

  test('When all items are withdrawn, then the sheet stops', async () => {
    const title = '城关村第五批';
    const one = await join({ title });
    const two = await join({ title });
    await county.system((work) => stopNotice(work, one.subject));
    const seen = () => county.ask(officers(county).county, oneNotice, { noticeId: one.noticeId });
    expect((await seen()).state).toBe('posting');
    await county.system((work) => stopNotice(work, two.subject));
    expect((await seen()).state).toBe('stopped');
  });

  test('When somebody put an item on, then they decide no objection to it', async () => {
    const permissions = ['toys.pass', 'notices.decide-objection', 'notices.read'];
    const [first, second] = [
      county.actor({ permissions, region: COUNTY }),
      county.actor({ permissions, region: COUNTY }),
    ];
    const title = '城关村第六批';
    const { noticeId } = await county.do(first, pass, { title });
    await county.do(second, pass, { title });
    await postAll(county, noticeId);
    const { items } = await county.ask(first, oneNotice, { noticeId });
    const objection = { noticeId, itemId: items[1]?.id, level: 'village', content: '不实' };
    await county.do(PUBLIC_ACTOR, raiseObjection, objection);
    const { objections } = await county.ask(first, oneNotice, { noticeId });
    const decision = {
      objectionId: objections[0]?.id,
      outcome: 'dismissed',
      answerText: '经核实不属实',
    };
    for (const own of [first, second]) {
      expect(await county.refusal(county.do(own, decideObjection, decision))).toBe(
        'notices.own-act',
      );
    }
    await county.do(county.actor({ permissions, region: COUNTY }), decideObjection, decision);
  });

  test('When there are too many items or one was announced before, then nothing is opened', async () => {
    const item = () => ({ subject: opening().subject, publicItems: {} });
    const sheet = opening();
    const before = await county.snapshot('notice', 'notice_item');
    const many = Array.from({ length: SHEET_MAX + 1 }, item);
    const known = await join({ title: '城关村第七批' });
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
