/**
 * 评定信用村、信用乡镇: a county officer has a place judged for a year that is over. The figures are gathered as of its
 * last day and frozen with what they say to each threshold; nothing is typed. A second person confirms.
 */
import { requireRegion } from '../identity';
import { defineAct } from '../platform/act';
import { addDays, businessDate } from '../platform/dates';
import { answer, codeField, idField, Joi, listOf, regionField, shape } from '../platform/shape';
import { policyAsOf } from '../policy';
import { AwardStore, awardDigest, awardKey } from './place-award.store';
import { figuresOf } from './place-figures.queries';
import {
  findingsOfPlace,
  outcomeOf,
  PLACE_OUTCOMES,
  type PlaceLevel,
  placeRulesParameter,
} from './place-rules';
import { CreditProblem } from './problems';

interface Input {
  region: string;
  year: number;
}

/** The shape of a finding in answers. */
export const findingShape = () =>
  shape({
    code: answer.text(),
    title: answer.text(),
    outcome: codeField(PLACE_OUTCOMES),
    reason: answer.text(),
  });

export const judgePlace = defineAct({
  name: 'credit.judge-place',
  title: '评定信用村、信用乡镇',
  permission: 'credit.judge-place',
  input: shape<Input>({
    region: regionField('行政村或乡镇'),
    year: Joi.number().integer().min(2014).max(2199).description('评定年度'),
  }),
  answer: shape({
    awardId: idField('评定编号'),
    state: answer.text(),
    outcome: codeField(PLACE_OUTCOMES, '达标、未达标或不明'),
    findings: listOf(findingShape()),
    contentDigest: answer.text().description('复核时须带上此摘要'),
  }),
  locate: async (work, { region }) => {
    const place = await requireRegion(work, region, 'village', 'township');
    return { region, level: place.level as PlaceLevel };
  },
  run: async (work, { region, year }, { level }) => {
    const yearEnd = businessDate(`${year}-12-31`);
    if (work.today <= yearEnd) throw CreditProblem.placeYear({ detail: `${year} 年` });
    const store = new AwardStore(work);
    if (await store.currentOf(region, year)) throw CreditProblem.placeJudged();
    const rules = await policyAsOf(work.tx, placeRulesParameter, { region, date: yearEnd });
    const figures = await figuresOf(work.tx, {
      regionCode: region,
      level,
      year,
      yearEnd,
      yearEndBefore: addDays(businessDate(`${year}-01-01`), -1),
      creditGrades: rules.value.creditGrades,
    });
    const findings = findingsOfPlace(rules.value, figures);
    const outcome = outcomeOf(findings);
    const id = work.newId();
    const { benefits } = rules.value;
    const content = { rulesRowId: rules.rowId, figures, findings, benefits };
    const contentDigest = awardDigest({ regionCode: region, year }, content);
    const award = {
      id,
      regionCode: region,
      level,
      year,
      outcome,
      state: 'judged' as const,
      contentDigest,
      judgedBy: work.actor.id,
      judgedByName: work.actor.name,
      judgedOn: work.today,
      decidedBy: null,
      decidedByName: null,
      decidedOn: null,
      decisionReason: null,
      currentKey: awardKey(region, year),
      version: 1,
    };
    await store.judge(award, { awardId: id, ...content });
    work.record({
      subject: { kind: 'credit-place', id },
      related: [{ kind: 'policy-row', id: rules.rowId }],
      after: { region, year, outcome, contentDigest },
    });
    return { awardId: id, state: award.state, outcome, findings, contentDigest };
  },
});
