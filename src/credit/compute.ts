/**
 * 测算评级: from what was collected, the loan book and the register to points, a first grade and a computed grade.
 * The result is a proposal; it gives no line until village group, township and bank have signed it.
 */
import { defineAct } from '../platform/act';
import { yuan } from '../platform/money';
import { answer, idField, shape, versionField } from '../platform/shape';
import { locateCase, requireCollecting } from './case-input';
import { computeCases, recordComputed } from './compute-cases';
import { scoreText } from './grades';
import { CaseStore } from './rating-case.store';

export const compute = defineAct({
  name: 'credit.compute',
  title: '测算评级',
  permission: 'credit.compute',
  input: shape<{ caseId: string; version: number }>({
    caseId: idField('评级档案编号'),
    version: versionField(),
  }),
  answer: shape({
    ratingId: idField(),
    caseId: idField(),
    state: answer.text(),
    stage: answer.text(),
    score: answer.text(),
    firstGrade: answer.text().description('初评等级，只看得分'),
    grade: answer.text().description('测算等级，已计入核实的否决情形'),
    gradeName: answer.text(),
    line: answer.yuan(),
    scorecardRowId: answer.text(),
    contentDigest: answer.text().description('下一环节须带上此摘要'),
    version: answer.count(),
  }),
  locate: locateCase,
  run: async (work, input, { ratingCase }) => {
    requireCollecting(ratingCase);
    // Under the version that was seen: what was added meanwhile is not rated unseen.
    const seen = await new CaseStore(work).change({ ...ratingCase, version: input.version }, {});
    const [computed] = await computeCases(work, [seen]);
    if (!computed?.rating) throw computed?.problem;
    const { rating } = computed;
    recordComputed(work, rating);
    const { id, state, stage, firstGrade, grade, gradeName, scorecardRowId, version } = rating;
    return {
      ratingId: id,
      caseId: ratingCase.id,
      state,
      stage,
      score: scoreText(rating.scoreHundredths),
      firstGrade,
      grade,
      gradeName,
      line: yuan(rating.lineFen),
      scorecardRowId,
      contentDigest: rating.contentDigest,
      version,
    };
  },
});
