/**
 * A change of the rules is proposed: one officer drafts the new row with its document. Nothing holds yet; another
 * person confirms it (confirm-change.ts). A row that starts in the past must say so, because a slip of a year
 * would otherwise pass unseen; what was decided under the old row stays as it was decided.
 */
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { answer, dateField, idField, Joi, regionField, shape, textField } from '../platform/shape';
import { checkValue, parameterField, parameterOf } from './parameter';
import { PolicyStore } from './policy.store';
import { contentDigest, type RowContent } from './policy-row';
import { P } from './problems';
import { refuseClash } from './refuse-clash';

/** What is proposed, in the words of a parameter file. */
export interface Proposal extends Omit<RowContent, 'value'> {
  value: Record<string, unknown>;
  retroactive?: boolean;
}

export const proposeChange = defineAct({
  name: 'policy.propose-change',
  title: '提出政策规定',
  permission: 'policy.propose',
  input: shape<Proposal>({
    parameter: parameterField(),
    region: regionField('适用地区'),
    effectiveFrom: dateField('生效日期'),
    effectiveTo: dateField('终止日期(含)').allow(null),
    source: textField(500, '依据：文件、条款、日期').min(10),
    provisional: Joi.boolean().description('暂定：该地区尚无文件明确'),
    value: Joi.object().unknown(true).description('规定的全部内容'),
    retroactive: Joi.boolean().optional().description('追溯生效'),
  }),
  answer: shape({
    rowId: idField('规定编号'),
    contentDigest: answer.text('内容摘要，确认时须一并提交'),
    state: answer.text('状态'),
  }),
  locate: async (_work, input) => ({ region: input.region }),
  run: async (work, { retroactive = false, ...content }) => {
    const store = new PolicyStore(work);
    const parameter = parameterOf(content.parameter);
    refuseDates(content, work.today, retroactive);
    checkValue(parameter, content.value, content);
    await refuseClash(store, content);
    await store.keepLine(content.parameter, content.region);
    const rowId = work.newId();
    await store.addProposal(rowId, content);
    work.record({ subject: { kind: 'policy-row', id: rowId }, after: content });
    return { rowId, contentDigest: contentDigest(content), state: 'proposed' };
  },
});

function refuseDates(content: RowContent, today: BusinessDate, retroactive: boolean): void {
  const { effectiveFrom, effectiveTo } = content;
  if (effectiveTo !== null && effectiveTo < effectiveFrom) {
    const fields = [{ field: 'effectiveTo', reason: '早于生效日期' }];
    throw P.endsBeforeStart({ detail: `${effectiveFrom} 至 ${effectiveTo}`, fields });
  }
  if (effectiveFrom < today && !retroactive) {
    throw P.retroactive({ detail: `生效日期 ${effectiveFrom},今天 ${today}` });
  }
}
