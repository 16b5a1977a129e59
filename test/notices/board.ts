/** A notice and the people around it, for the tests of this module. */
import { type NoticeOpening, openNotice } from '../../src/notices/open-notice';
import { postCounty, postTownship, postVillage } from '../../src/notices/post-level';
// The rules are declared where they are used; loading the policy files needs them all.
import '../../src/notices/rule';
import { defineAct } from '../../src/platform/act';
import type { Actor } from '../../src/platform/authority';
import { type SpooledFile, spool } from '../../src/platform/files/spool';
import { idField, shape, textField } from '../../src/platform/shape';
import { loadPolicyFiles } from '../../src/policy';
import { type County, openCounty } from '../support/county';
import type { OpenTest } from '../support/databases';
import { putInForce, RULE } from './laws';

/** 龙胜镇城关村, its township, and a village of another township and of another county. */
export const VILLAGE = '450328100200';
export const TOWNSHIP = '450328100000';
export const COUNTY = '450328000000';
export const OTHER_TOWNSHIP = '450328103000';
export const FOREIGN_COUNTY = '450226000000';

const parameters = [
  'calendar.year',
  'notices.rule.loan',
  'notices.rule.subsidy',
  'notices.rule.rating',
  'notices.rule.award',
  'notices.masking',
];

/**
 * A county with the rules of notices, on 2018-03-01, a Thursday. Its own rule for loans is of the older form, in which
 * no photo holds a notice and nobody checks first; the form of today is tried with the notices of ratings.
 */
export async function openBoards(openTest: OpenTest, start = '2018-03-01'): Promise<County> {
  const county = await openCounty(() => openTest(), start);
  await loadPolicyFiles(county.platform, { parameters });
  await putInForce(county, 'loan', RULE, { region: COUNTY, from: '2016-01-02' });
  return county;
}

let subjects = 0;

/** What is announced; each call another subject. */
export function opening(changes: Partial<NoticeOpening> = {}): NoticeOpening {
  subjects += 1;
  return {
    kind: 'loan',
    ruleParameterKey: 'notices.rule.loan',
    subject: { kind: 'application', id: `application-${subjects}` },
    related: [{ kind: 'household', id: `household-${subjects}` }],
    regionCode: VILLAGE,
    title: '城关村扶贫小额信贷申请公示',
    publicItems: {
      borrowerName: '韦大明',
      village: '城关村委会',
      amount: '50000.00 元',
      use: '地方特色品种鸡，联系电话13807731234',
      term: '36 个月',
      bank: '龙胜农商行',
      idNumber: '450328197806150013',
      unheardOf: '450328197806150013',
    },
    ...changes,
  };
}

/** Opening is a function that acts of other modules call; here an act does nothing else. */
export const announce = defineAct({
  name: 'toys.announce',
  title: '试开公示',
  permission: 'toys.announce',
  input: shape<{ region: string; title: string }>({ region: textField(12), title: textField(40) }),
  answer: shape({ noticeId: idField() }),
  locate: async (_work, input) => ({ region: input.region }),
  run: (work, input) => openNotice(work, opening({ regionCode: input.region, title: input.title })),
});

/** Opens a notice as the system and tells its subject. */
export async function aNotice(county: County, changes: Partial<NoticeOpening> = {}) {
  const what = opening(changes);
  const { noticeId } = await county.system((work) => openNotice(work, what));
  return { noticeId, subject: what.subject };
}

/** The three officers who post, and others who must not. */
export function officers(county: County) {
  const actor = (permission: string, region: string): Actor =>
    county.actor({ permissions: [permission, 'notices.read'], region });
  return {
    county: actor('notices.post-county', COUNTY),
    township: actor('notices.post-township', TOWNSHIP),
    village: actor('notices.post-village', VILLAGE),
    judge: county.actor({
      permissions: ['notices.decide-objection', 'notices.read-objection', 'notices.read'],
      region: TOWNSHIP,
    }),
    /** Where the township checks first. */
    checker: county.actor({
      permissions: ['notices.check-objection', 'notices.read-objection'],
      region: TOWNSHIP,
    }),
    countyJudge: actor('notices.decide-objection', COUNTY),
    inspector: county.actor({
      permissions: ['notices.reveal-objector', 'notices.read'],
      region: COUNTY,
    }),
  };
}

/** A notice whose rule asks for the village's and the township's board, for photos and for a check first. */
export const ofRating = (): Partial<NoticeOpening> => {
  subjects += 1;
  return {
    kind: 'rating',
    ruleParameterKey: 'notices.rule.rating',
    subject: { kind: 'rating', id: `rating-${subjects}` },
    title: '城关村评级授信公示',
  };
};

/** Posts the two boards of a rating's notice today. */
export async function postRating(county: County, noticeId: string) {
  const by = officers(county);
  await county.do(by.township, postTownship, {
    ...{ noticeId, placeText: '镇政府公示栏', lastItem: 1 },
  });
  const last = await county.do(by.village, postVillage, {
    ...{ noticeId, placeText: '村委会公示栏', lastItem: 1 },
  });
  return { ...by, last };
}

/** An uploaded file, on disk as the upload route lays it down; closed when the test file is over. */
export async function uploaded(content: Buffer): Promise<SpooledFile> {
  const file = await spool([content]);
  open.push(file);
  return file;
}

const open: SpooledFile[] = [];
afterAll(async () => {
  for (const file of open.splice(0)) await file.close();
});

/** What is said of a board. */
export const board = (noticeId: string, n = 1) => ({
  noticeId,
  placeText: `公示栏 ${n}`,
  photoDigest: String(n).repeat(64),
  // The tests that are about the list say where theirs ends.
  lastItem: 300,
});

/** Posts all three boards today. */
export async function postAll(county: County, noticeId: string) {
  const by = officers(county);
  await county.do(by.county, postCounty, board(noticeId, 1));
  await county.do(by.township, postTownship, board(noticeId, 2));
  return { ...by, last: await county.do(by.village, postVillage, board(noticeId, 3)) };
}

/** The tables of this module. */
export const TABLES = [
  'notice',
  'notice_level',
  'notice_item',
  'objection',
  'objection_evidence',
  'stored_file',
] as const;
