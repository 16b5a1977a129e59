/**
 * One sheet of the back-to-back appraisal (背靠背评议), by an own login or on paper: the same fields, the same
 * rules. A sheet of one who does not know the household, or of a relative, is kept and not counted.
 */
import { Joi, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { sheetPoints, voidReason } from './appraisal-mean';
import { cardCode, cardOf, requireCollecting } from './case-input';
import type { AppraisalSheetRow, RatingCase } from './rating-case.entity';
import { CaseStore } from './rating-case.store';
import { requireSheet } from './rating-inputs';

/** What an appraiser says. */
export interface SheetInput {
  knowsHousehold: boolean;
  related?: string;
  options: Record<string, string>;
  veto?: { code: string; reason: string };
}

/** Who says it, and how it came in. */
export type Appraiser = Pick<
  AppraisalSheetRow,
  'appraiserName' | 'appraiserId' | 'mode' | 'witnessName'
>;

export const sheetFields = {
  knowsHousehold: Joi.boolean().description('是否了解该户；不了解的评议无效'),
  related: textField(60, '与该户的亲属关系；有亲属关系的回避，评议无效').optional(),
  options: Joi.object()
    .pattern(Joi.string().pattern(/^[A-Z][A-Z0-9_]{0,39}$/), cardCode('选项代码'))
    .description('每个评议项目所选的一档；无效的评议可以不选'),
  veto: shape({ code: cardCode('否决情形代码'), reason: textField(200, '理由') })
    .optional()
    .description('提出否决：须为评分表所列情形，由乡镇核实'),
};

/** Adds a sheet to a collecting file. */
export async function addSheet(
  work: Work,
  ratingCase: RatingCase,
  appraiser: Appraiser,
  input: SheetInput,
): Promise<AppraisalSheetRow> {
  requireCollecting(ratingCase);
  const { value: card } = await cardOf(work, ratingCase);
  const { knowsHousehold, options, veto } = input;
  const related = input.related ?? null;
  const given = { appraiser: appraiser.appraiserName, knowsHousehold, related, options };
  requireSheet(card, veto ? { ...given, veto } : given);
  const reason = voidReason(card, given);
  const points = sheetPoints(card, given);
  const sheet: AppraisalSheetRow = {
    ...appraiser,
    id: work.newId(),
    caseId: ratingCase.id,
    appraiserKey: keyOf(appraiser.appraiserName),
    enteredBy: work.actor.id,
    enteredByName: work.actor.name,
    knowsHousehold,
    relatedText: related,
    options,
    pointsHundredths: reason === null && points !== null ? points * 100 : null,
    vetoCode: veto?.code ?? null,
    vetoReason: veto?.reason ?? null,
    voidReason: reason,
    givenOn: work.today,
    givenAt: work.now,
  };
  await new CaseStore(work).addSheet(sheet);
  // What was appraised stays out of the audit of the file: it would be read before the others have spoken.
  work.record({
    subject: { kind: 'rating-case', id: ratingCase.id },
    related: [{ kind: 'household', id: ratingCase.householdId }],
    after: { sheetId: sheet.id, mode: sheet.mode },
  });
  return sheet;
}

/** A name for comparing: full-width forms as half-width, without blanks. */
export function keyOf(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
}
