/**
 * 10,000 made-up households through everything that shows a notice: the public JSON, the page, the sheet for the
 * printer and the officers' register. No identifier comes out, told by its form, its check digit or its value; and
 * after the last day nothing comes out at all.
 */
import { type MaskingRule, publicFields } from '../../src/notices/masking';
import { openSheet } from '../../src/notices/open-notice';
import { posterPage } from '../../src/notices/poster';
import { noticePoster, publicNotice } from '../../src/notices/public.queries';
import { noticePage } from '../../src/notices/public-page';
import { listNotices, oneNotice } from '../../src/notices/screens.queries';
import { PUBLIC_ACTOR } from '../../src/platform/authority';
import { seededRandom } from '../../src/platform/ids';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { COUNTY, openBoards, opening, postAll } from './board';
import { idCheck, passesLuhn, type Villager, villagers } from './villagers';

const SHEETS = 40;
const ON_A_SHEET = 250;
const HAN = '〇一二三四五六七八九';
const AT = { origin: 'https://xinfu.example.cn', newKey: () => 'key' };

/** Digits as digits, whatever they were written with, and nothing between them; our own ids and days left out. */
function folded(text: string): string {
  return text
    .replace(/<(style|svg)[\s\S]*?<\/\1>/g, '|')
    .replace(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, '|')
    .replace(/\b2018-\d{2}-\d{2}\b/g, '|')
    .normalize('NFKC')
    .replace(/[〇一二三四五六七八九]/g, (char) => String(HAN.indexOf(char)))
    .replace(/(?<=\d)(?:[\s\u200b·•_/-]+(?=[\dXx])|\.(?=\d{3}))/g, '')
    .toUpperCase();
}

/** Whatever in the text looks like an ID number, a phone or an account, by form or by check digit. */
function identifiersIn(text: string): string[] {
  const plain = folded(text);
  const runs = plain.match(/\d{7,}X?/g) ?? [];
  const byForm = runs.filter((run) => /^1[3-9]\d{9}$/.test(run) || run.length >= 13);
  const byCheck = runs.filter((run) =>
    run.length === 18 ? idCheck(run) === run[17] : run.length >= 16 && passesLuhn(run),
  );
  return [...byForm, ...byCheck];
}

const valueIn = (text: string, { secrets }: Villager) => {
  const plain = folded(text);
  return secrets.filter((secret) => text.includes(secret) || plain.includes(folded(secret)));
};

test('The search for identifiers finds them', () => {
  const next = villagers(seededRandom(1));
  for (let n = 0; n < 200; n += 1) {
    const villager = next();
    const open = `<p>${villager.content.remark} ${villager.content.bankAccount}</p>`;
    expect(identifiersIn(open).length).toBeGreaterThan(0);
    expect(valueIn(open, villager).length).toBeGreaterThanOrEqual(3);
    const spaced = villager.content.phone?.replace(/(.{3})/g, '$1-') ?? '';
    expect(identifiersIn(spaced)).toHaveLength(1);
  }
});

describeEachDatabase('10,000 households on notices', (open) => {
  let county: County;
  const sheets: { noticeId: string; people: Villager[] }[] = [];
  const officer = () => county.actor({ permissions: ['notices.read'], region: COUNTY });

  beforeAll(async () => {
    county = await openBoards(open);
    const next = villagers(seededRandom(20180301));
    for (let n = 0; n < SHEETS; n += 1) {
      const people = Array.from({ length: ON_A_SHEET }, next);
      const sheet = opening({ title: `城关村第${n + 1}批（${people[0]?.secrets[1]}）` });
      const items = people.map(({ content }, at) => ({
        subject: { kind: 'application', id: `${sheet.subject.id}-${at}` },
        publicItems: content,
      }));
      const { noticeId } = await county.system((work) => openSheet(work, sheet, items));
      await postAll(county, noticeId);
      sheets.push({ noticeId, people });
    }
  }, 120_000);

  test('show what they are for, and no identifier', async () => {
    const found: string[] = [];
    for (const { noticeId, people } of sheets) {
      const shown = await county.ask(PUBLIC_ACTOR, publicNotice, { noticeId });
      const poster = await county.ask(officer(), noticePoster, { noticeId });
      const texts = [
        JSON.stringify(shown),
        noticePage(shown as Parameters<typeof noticePage>[0], AT).text,
        posterPage(poster as Parameters<typeof posterPage>[0], AT).text,
        JSON.stringify(await county.ask(officer(), oneNotice, { noticeId })),
      ];
      expect(shown.items).toHaveLength(ON_A_SHEET);
      for (const text of texts) {
        found.push(...identifiersIn(text));
        expect(text).toContain(people[7]?.content.amount);
      }
      people.forEach((villager, at) => {
        found.push(...valueIn(JSON.stringify(shown.items[at]), villager));
        expect(shown.items[at]?.fields[0]?.value).toBe(villager.name);
      });
      for (const villager of people.filter((_one, at) => at % 50 === 0)) {
        for (const text of texts) found.push(...valueIn(text, villager));
      }
    }
    const list = JSON.stringify(await county.ask(officer(), listNotices, { size: 200 }));
    found.push(...identifiersIn(list));
    expect(found).toEqual([]);
    expect(identifiersIn(await county.snapshot('notice_item'))).toEqual([]);
  }, 120_000);

  test('show nothing any more when the days are over', async () => {
    county.clock.set('2018-03-07T00:00:00+08:00');
    for (const { noticeId } of sheets) {
      const gone = county.ask(PUBLIC_ACTOR, publicNotice, { noticeId });
      expect(await county.refusal(gone)).toBe('notices.notice-absent');
    }
  });
});

test('Where a county masks names, no whole name is shown, whatever its form', () => {
  const rule = (publicPage: MaskingRule['fields'][number]['publicPage']): MaskingRule => ({
    fields: [{ code: 'borrowerName', name: '姓名', publicPage, screen: 'FULL' }],
    noIndex: true,
    bulkExport: false,
    pageEndsWithNotice: true,
    supervisionPhones: [],
  });
  const next = villagers(seededRandom(20180302));
  for (let n = 0; n < 10_000; n += 1) {
    const { content, name } = next();
    for (const way of ['NAME_MIDDLE', 'NAME_SURNAME'] as const) {
      const shown = publicFields(content, rule(way))[0]?.value ?? '';
      expect(shown).toContain('*');
      expect(shown).not.toContain(name);
    }
    expect(publicFields(content, rule('HIDDEN'))).toEqual([]);
  }
});
