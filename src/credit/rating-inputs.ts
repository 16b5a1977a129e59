/**
 * Checks what a rater puts in against the scorecard: every item once and within its points, the village
 * appraisal complete, every veto that an appraiser raised decided upon. Missing knowledge is refused, never
 * taken for nothing: a 0 that nobody decided would be a grade by accident.
 */
import type { FieldProblem } from '../platform/problems';
import { CreditProblem } from './problems';
import type { RatingInputs } from './rating';
import { type Item, itemsOf, REPAYMENT_HISTORY, type Scorecard } from './scorecard';

/**
 * @throws Problem credit.evidence-typed, inputs-invalid, appraisers-too-few, appraiser-unknowing,
 * veto-undecided
 */
export function requireInputs(card: Scorecard, inputs: RatingInputs): void {
  const typed = inputs.items.findIndex((one) => one.item === REPAYMENT_HISTORY);
  if (typed >= 0) {
    const fields = [{ field: `items.${typed}.item`, reason: '由系统取得，不得填写' }];
    throw CreditProblem.evidenceTyped({ fields });
  }
  const faults = [
    ...pointFaults(card, inputs),
    ...assetFaults(card, inputs),
    ...sheetFaults(card, inputs),
    ...findingFaults(card, inputs),
  ];
  if (faults.length > 0) {
    const detail = faults.map((fault) => `${fault.field}:${fault.reason}`).join(';');
    throw CreditProblem.inputsInvalid({ fields: faults, detail });
  }
  requireAppraisal(card, inputs);
  requireDecidedVetoes(card, inputs);
}

/** Items whose points the rater gives. */
function pointItems(card: Scorecard): Item[] {
  return itemsOf(card).filter((item) => item.input === 'POINTS' && item.code !== REPAYMENT_HISTORY);
}

function pointFaults(card: Scorecard, { items }: RatingInputs): FieldProblem[] {
  const known = pointItems(card);
  const faults = items.flatMap((given, place): FieldProblem[] => {
    const item = known.find((one) => one.code === given.item);
    const field = `items.${place}`;
    if (!item)
      return [{ field: `${field}.item`, reason: `评分表中没有可填分的指标 ${given.item}` }];
    if (items.findIndex((one) => one.item === given.item) !== place) {
      return [{ field: `${field}.item`, reason: `指标“${item.name}”填了两次` }];
    }
    return given.points <= item.maxPoints
      ? []
      : [{ field: `${field}.points`, reason: `“${item.name}”满分 ${item.maxPoints} 分` }];
  });
  const missing = known.filter((item) => !items.some((given) => given.item === item.code));
  return [
    ...faults,
    ...missing.map((item) => ({ field: 'items', reason: `缺少指标“${item.name}”(${item.code})` })),
  ];
}

function assetFaults(card: Scorecard, { assets }: RatingInputs): FieldProblem[] {
  const known = itemsOf(card).filter((item) => item.input === 'INFORMATION');
  return assets.flatMap((given, place): FieldProblem[] => {
    const field = `assets.${place}.item`;
    if (!known.some((item) => item.code === given.item)) {
      return [{ field, reason: `评分表中没有只展示的项目 ${given.item}` }];
    }
    const first = assets.findIndex((one) => one.item === given.item);
    return first === place ? [] : [{ field, reason: '同一项目填了两次' }];
  });
}

function sheetFaults(card: Scorecard, { appraisals }: RatingInputs): FieldProblem[] {
  const max = itemsOf(card).find((item) => item.input === 'APPRAISAL_AVERAGE')?.maxPoints ?? 0;
  return appraisals.flatMap((sheet, place): FieldProblem[] => {
    const faults: FieldProblem[] = [];
    const field = `appraisals.${place}`;
    if (sheet.points > max) faults.push({ field: `${field}.points`, reason: `评议满分 ${max} 分` });
    if (appraisals.findIndex((one) => one.appraiser === sheet.appraiser) !== place) {
      const reason = '同一评议员不得打分两次；同名的请加注组别';
      faults.push({ field: `${field}.appraiser`, reason });
    }
    if (sheet.veto && !card.vetoes.some((veto) => veto.code === sheet.veto?.code)) {
      faults.push({ field: `${field}.veto.code`, reason: '不在评分表所列的否决情形内' });
    }
    return faults;
  });
}

function findingFaults(card: Scorecard, { vetoes }: RatingInputs): FieldProblem[] {
  return vetoes.flatMap((finding, place): FieldProblem[] => {
    const field = `vetoes.${place}.code`;
    if (!card.vetoes.some((veto) => veto.code === finding.code)) {
      return [{ field, reason: '不在评分表所列的否决情形内' }];
    }
    const first = vetoes.findIndex((one) => one.code === finding.code);
    return first === place ? [] : [{ field, reason: '同一情形填了两次' }];
  });
}

function requireAppraisal(card: Scorecard, { appraisals }: RatingInputs): void {
  if (!itemsOf(card).some((item) => item.input === 'APPRAISAL_AVERAGE')) return;
  const { appraisersMin, mustKnowHousehold } = card.appraisal;
  if (appraisals.length < appraisersMin) {
    const detail = `至少 ${appraisersMin} 名，现有 ${appraisals.length} 名`;
    throw CreditProblem.appraisersTooFew({ detail });
  }
  const stranger = appraisals.findIndex((sheet) => !sheet.knowsHousehold);
  if (mustKnowHousehold && stranger >= 0) {
    const fields = [{ field: `appraisals.${stranger}.knowsHousehold`, reason: '须了解该户' }];
    throw CreditProblem.appraiserUnknowing({ fields, detail: `第 ${stranger + 1} 名评议员` });
  }
}

/** One voice is not a verdict (unless the card says so): what was raised must be found true or not true. */
function requireDecidedVetoes(card: Scorecard, { appraisals, vetoes }: RatingInputs): void {
  if (card.appraisal.singleVeto) return;
  const open = card.vetoes.filter(
    ({ code }) =>
      appraisals.some((sheet) => sheet.veto?.code === code) &&
      !vetoes.some((finding) => finding.code === code),
  );
  if (open.length > 0) {
    const detail = open.map((veto) => `${veto.name}(${veto.code})`).join('、');
    throw CreditProblem.vetoUndecided({ detail });
  }
}
