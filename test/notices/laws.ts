/** Puts rules of a test's own in force, as a county's policy file would. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NoticeRule } from '../../src/notices/notice';
import { loadPolicyFiles } from '../../src/policy';
import type { County } from '../support/county';

/** The rule of Longsheng, from which a test's rule differs. */
export const RULE: NoticeRule = {
  lengthDays: 5,
  dayKind: 'CALENDAR',
  firstDayCounted: false,
  endMovedOffHoliday: true,
  mode: 'PARALLEL',
  levels: ['county', 'township', 'village'],
  allLevelsRequired: true,
  startsFrom: 'LAST_LEVEL_POSTED',
  photoRequired: true,
  takeDownRequired: true,
  objection: {
    townshipWorkingDays: 3,
    countyWorkingDays: 5,
    suspends: 'ITEM',
    anonymousAllowed: true,
  },
};

/** Puts a rule for a kind of notice in force at a place from a day on. */
export async function putInForce(
  county: County,
  kind: string,
  rule: NoticeRule,
  at: { region: string; from: string },
): Promise<void> {
  const parameter = `notices.rule.${kind}`;
  const row = {
    id: `test-${kind}-${at.region}-${at.from}`,
    region: at.region,
    effectiveFrom: at.from,
    effectiveTo: null,
    source: '测试用规定，不见于任何文件',
    provisional: true,
    value: rule,
  };
  const folder = mkdtempSync(join(tmpdir(), 'xinfu-rules-'));
  try {
    const file = { parameter, title: '测试', rows: [row] };
    writeFileSync(join(folder, `${parameter}.json`), JSON.stringify(file));
    await loadPolicyFiles(county.platform, { folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
