/**
 * 录入纸质评议表: a sheet that an appraiser filled in and signed on paper before a witness. Neither the appraiser
 * nor the witness is the one who enters it.
 */
import { defineAct } from '../platform/act';
import type { FieldProblem } from '../platform/problems';
import { answer, idField, personal, shape, textField } from '../platform/shape';
import { locateCase } from './case-input';
import { CreditProblem } from './problems';
import { addSheet, keyOf, type SheetInput, sheetFields } from './sheet';

interface Input extends SheetInput {
  caseId: string;
  appraiser: string;
  witness: string;
}

const { options, veto, related, ...plain } = sheetFields;

export const enterAppraisal = defineAct({
  name: 'credit.enter-appraisal',
  title: '录入纸质评议表',
  permission: 'credit.enter-appraisal',
  input: shape<Input>({
    caseId: idField('评级档案编号'),
    appraiser: personal(textField(60, '评议员姓名；同名的加注组别')),
    witness: textField(60, '见证人姓名'),
    ...plain,
    related: personal(related),
    options: personal(options),
    veto: personal(veto),
  }),
  answer: shape({ sheetId: idField(), counted: answer.flag('是否有效') }),
  locate: locateCase,
  run: async (work, input, { ratingCase }) => {
    const { appraiser, witness, ...given } = input;
    requireWitness(appraiser, witness, work.actor.name);
    const paper = {
      appraiserName: appraiser,
      appraiserId: null,
      mode: 'PAPER' as const,
      witnessName: witness,
    };
    const sheet = await addSheet(work, ratingCase, paper, given);
    return { sheetId: sheet.id, counted: sheet.voidReason === null };
  },
});

/** @throws Problem credit.witness-needed */
function requireWitness(appraiser: string, witness: string, enterer: string): void {
  const fields: FieldProblem[] = [];
  if (keyOf(appraiser) === keyOf(enterer)) {
    fields.push({ field: 'appraiser', reason: '录入人本人评议的，请登录本人账号评议' });
  }
  if ([keyOf(appraiser), keyOf(enterer)].includes(keyOf(witness))) {
    fields.push({ field: 'witness', reason: '见证人不得是评议员或录入人' });
  }
  if (fields.length > 0) throw CreditProblem.witnessNeeded({ fields });
}
