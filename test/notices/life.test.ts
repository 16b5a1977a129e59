/**
 * The life of a notice and of an objection: every act in every state, through the acts themselves. A pair that is not
 * in the table written here by hand is refused and changes nothing; one that is in it is done.
 */
import { addEvidence } from '../../src/notices/add-evidence';
import { photographVillage } from '../../src/notices/attach-photo';
import { checkObjection } from '../../src/notices/check-objection';
import { closeNotice } from '../../src/notices/close-notice';
import { decideObjection } from '../../src/notices/decide-objection';
import { NOTICE_LIFE, OBJECTION_LIFE } from '../../src/notices/life';
import { NOTICE_STATES, type NoticeState } from '../../src/notices/notice';
import { OBJECTION_STATES, type ObjectionState } from '../../src/notices/objection';
import { joinNotice, stopNotice } from '../../src/notices/open-notice';
import { postCounty, postTownship, postVillage } from '../../src/notices/post-level';
import { raiseObjection } from '../../src/notices/raise-objection';
import { readObjection } from '../../src/notices/read-objection';
import { revealObjector } from '../../src/notices/reveal-objector';
import { oneNotice } from '../../src/notices/screens.queries';
import { takeDownVillage } from '../../src/notices/take-down-level';
import { PUBLIC_ACTOR, SYSTEM_ACTOR } from '../../src/platform/authority';
import type { Subject } from '../../src/platform/work';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aNotice, board, officers, openBoards, opening, TABLES, uploaded } from './board';
import { jpeg } from './pictures';

/** What is possible, by hand: one line an act, one word a state. */
const NOTICE_TABLE: Record<keyof typeof NOTICE_LIFE, readonly NoticeState[]> = {
  join: ['posting'],
  post: ['posting'],
  attachPhoto: ['posting', 'running'],
  object: ['posting', 'running'],
  close: ['running'],
  takeDown: ['running', 'ended', 'stopped'],
};
const OBJECTION_TABLE: Record<keyof typeof OBJECTION_LIFE, readonly ObjectionState[]> = {
  addEvidence: ['open'],
  check: ['open'],
  decide: ['open'],
  read: ['open', 'upheld', 'dismissed'],
  reveal: ['open', 'upheld', 'dismissed'],
};

const pairs = <Act extends string, State>(
  table: Record<Act, readonly State[]>,
  states: readonly State[],
) =>
  (Object.keys(table) as Act[]).flatMap((act) =>
    states.map((state): [Act, State, string] => [
      act,
      state,
      table[act].includes(state) ? 'done' : 'refused',
    ]),
  );

describeEachDatabase('The life', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBoards(open);
  });
  beforeEach(() => county.clock.set('2018-03-01'));

  /** Done, or refused by this module with nothing changed. */
  async function outcome(attempt: () => Promise<unknown>): Promise<string> {
    const before = await county.snapshot(...TABLES);
    try {
      await attempt();
      return 'done';
    } catch (error) {
      expect((error as { code?: string }).code).toMatch(/^notices\./);
      expect(await county.snapshot(...TABLES)).toBe(before);
      return 'refused';
    }
  }

  interface Made {
    noticeId: string;
    subject: Subject;
    title: string;
    by: ReturnType<typeof officers>;
  }

  let titles = 0;
  /** A notice in a state. In `posting` and `stopped` only the village's board hangs, and none for joining. */
  async function noticeIn(state: NoticeState, bare: boolean): Promise<Made> {
    titles += 1;
    const title = `城关村第${titles}号名单`;
    const { noticeId, subject } = await aNotice(county, { title });
    const by = officers(county);
    if (!bare) await county.do(by.village, postVillage, board(noticeId, 1));
    if (state === 'running' || state === 'ended') {
      if (bare) await county.do(by.village, postVillage, board(noticeId, 1));
      await county.do(by.township, postTownship, board(noticeId, 2));
      await county.do(by.county, postCounty, board(noticeId, 3));
    }
    if (state === 'stopped') await county.system((work) => stopNotice(work, subject));
    if (state === 'ended') {
      county.clock.set('2018-03-07');
      await county.do(SYSTEM_ACTOR, closeNotice, { noticeId });
    }
    return { noticeId, subject, title, by };
  }

  const steps: Record<keyof typeof NOTICE_LIFE, (made: Made) => Promise<unknown>> = {
    join: async ({ noticeId, title }) => {
      const joined = await county.system((work) => joinNotice(work, opening({ title })));
      // Another sheet was opened: that is no act on this one.
      if (joined.noticeId !== noticeId) throw Object.assign(new Error(), { code: 'notices.new' });
    },
    post: ({ noticeId, by }) => county.do(by.county, postCounty, board(noticeId, 3)),
    attachPhoto: async ({ noticeId, by }) =>
      county.do(by.village, photographVillage, {
        noticeId,
        file: await uploaded(jpeg({ data: noticeId })),
      }),
    object: ({ noticeId }) =>
      county.do(PUBLIC_ACTOR, raiseObjection, { noticeId, level: 'village', content: '不实' }),
    close: ({ noticeId }) => {
      county.clock.set('2018-03-07');
      return county.do(SYSTEM_ACTOR, closeNotice, { noticeId });
    },
    takeDown: ({ noticeId, by }) => {
      county.clock.set('2018-03-07');
      return county.do(by.village, takeDownVillage, { noticeId });
    },
  };

  test.each(pairs(NOTICE_TABLE, NOTICE_STATES))(
    'of a notice: %s when %s is %s',
    async (act, state, expected) => {
      const made = await noticeIn(state, act === 'join');
      if (act === 'join' && expected === 'refused') {
        await expect(steps.join(made)).rejects.toMatchObject({ code: 'notices.new' });
      } else {
        expect(await outcome(() => steps[act](made))).toBe(expected);
      }
      expect((NOTICE_LIFE[act].in as readonly string[]).includes(state)).toBe(expected === 'done');
    },
  );

  async function objectionIn(state: ObjectionState) {
    const { noticeId, by } = await noticeIn('running', false);
    const { receiptCode } = await county.do(PUBLIC_ACTOR, raiseObjection, {
      noticeId,
      level: 'village',
      content: '不实',
    });
    const { objections } = await county.ask(by.county, oneNotice, { noticeId });
    const objectionId = objections[0]?.id as string;
    if (state !== 'open') {
      const decision = { objectionId, outcome: state, answerText: '已核实' };
      await county.do(by.judge, decideObjection, decision);
    }
    return { objectionId, receiptCode, by };
  }
  type Raised = Awaited<ReturnType<typeof objectionIn>>;

  const objectionSteps: Record<keyof typeof OBJECTION_LIFE, (raised: Raised) => Promise<unknown>> =
    {
      addEvidence: async ({ receiptCode }) =>
        county.do(PUBLIC_ACTOR, addEvidence, { receiptCode, file: await uploaded(jpeg()) }),
      check: ({ objectionId, by }) =>
        county.do(by.checker, checkObjection, {
          objectionId,
          outcome: 'founded',
          checkText: '入户核实',
        }),
      decide: ({ objectionId, by }) =>
        county.do(by.judge, decideObjection, {
          objectionId,
          outcome: 'dismissed',
          answerText: '已核实',
        }),
      read: ({ objectionId, by }) =>
        county.do(by.judge, readObjection, { objectionId, reason: '核查' }),
      reveal: ({ objectionId, by }) =>
        county.do(by.inspector, revealObjector, { objectionId, reason: '核查' }),
    };

  test.each(pairs(OBJECTION_TABLE, OBJECTION_STATES))(
    'of an objection: %s when %s is %s',
    async (act, state, expected) => {
      const raised = await objectionIn(state);
      expect(await outcome(() => objectionSteps[act](raised))).toBe(expected);
      expect((OBJECTION_LIFE[act].in as readonly string[]).includes(state)).toBe(
        expected === 'done',
      );
    },
  );
});
