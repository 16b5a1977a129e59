/** 背靠背评议(本人登录): an appraiser of the village appraises a household alone, signed by the own login. */
import { defineAct } from '../platform/act';
import { answer, idField, personal, shape } from '../platform/shape';
import { locateCase } from './case-input';
import { addSheet, type SheetInput, sheetFields } from './sheet';

const { options, veto, related, ...plain } = sheetFields;

export const appraise = defineAct({
  name: 'credit.appraise',
  title: '背靠背评议',
  permission: 'credit.appraise',
  input: shape<SheetInput & { caseId: string }>({
    caseId: idField('评级档案编号'),
    ...plain,
    // Hidden from the audit: the appraisal is back to back.
    related: personal(related),
    options: personal(options),
    veto: personal(veto),
  }),
  answer: shape({ sheetId: idField(), counted: answer.flag('是否有效') }),
  locate: locateCase,
  run: async (work, input, { ratingCase }) => {
    const { id, name } = work.actor;
    const appraiser = {
      appraiserName: name,
      appraiserId: id,
      mode: 'OWN_LOGIN' as const,
      witnessName: null,
    };
    const sheet = await addSheet(work, ratingCase, appraiser, input);
    return { sheetId: sheet.id, counted: sheet.voidReason === null };
  },
});
