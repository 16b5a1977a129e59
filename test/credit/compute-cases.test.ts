/** Five hundred files computed in a round are what they are one by one: the same content, the same rows. */
import { compute } from '../../src/credit/compute';
import { computeRound } from '../../src/credit/compute-round';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { openCredit, people } from './bank';
import { fileId, fillRound, ROUND } from './many-files';
import { runTasks, taskOf } from './rounds';

const FILES = 500;
const SAMPLE = 25;

describeEachDatabase('Many files in a round', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openCredit(open);
    await fillRound(county, FILES);
  });
  afterAll(() => county.close());

  test('are all rated, in all grades, and like one by one', async () => {
    const by = people(county);
    const alone = new Map<string, object>();
    for (let n = 0; n < FILES; n += FILES / SAMPLE) {
      const input = { caseId: fileId(n), version: 1 };
      const { contentDigest, score, grade, line, firstGrade } = await county.do(
        ...([by.collector, compute, input, { dryRun: true }] as const),
      );
      alone.set(fileId(n), { contentDigest, score, grade, line, firstGrade });
    }
    const { taskId } = await county.do(by.collector, computeRound, { roundId: ROUND });
    await runTasks(county);
    expect(await taskOf(county, taskId)).toMatchObject({ state: 'done', done: FILES, failed: 0 });
    const rows = await county.platform.db.reader().rows<{
      caseId: string;
      contentDigest: string;
      score: number;
      grade: string;
      line: number;
      firstGrade: string;
    }>(
      `SELECT case_id AS caseId, content_digest AS contentDigest, score_hundredths AS score,
              grade AS grade, line_fen AS line, first_grade AS firstGrade FROM rating`,
    );
    expect(rows).toHaveLength(FILES);
    expect(new Set(rows.map((row) => row.grade))).toEqual(new Set(['A', 'B', 'C', 'D']));
    const inRound = new Map(
      rows.map(({ caseId, ...row }) => [
        caseId,
        { ...row, score: (row.score / 100).toFixed(2), line: (row.line / 100).toFixed(2) },
      ]),
    );
    for (const [caseId, told] of alone) expect(inRound.get(caseId)).toEqual(told);
  });
});
