/**
 * Checks what people put in against the scorecard: answers are levels of the card, sheets are complete unless
 * void, findings speak of listed grounds, and before a rating every item is answered (or said to be not known) and
 * enough valid sheets are there. An item left out is refused, never taken for nothing: a 0 that nobody decided
 * would be a grade by accident.
 */
import type { FieldProblem } from '../platform/problems';
import { countedSheets, voidReason } from './appraisal-mean';
import { CreditProblem } from './problems';
import type { AppraisalSheet, RatingInputs, VetoFinding } from './rating-content';
import { appraisalItemOf, type Item, itemsOf, NOT_KNOWN, type Scorecard } from './scorecard';

/**
 * Checks all that goes into a rating.
 * @throws Problem credit.evidence-typed, inputs-invalid, appraisers-too-few
 */
export function requireInputs(card: Scorecard, inputs: RatingInputs): void {
  requireAnswers(card, inputs);
  refuse([
    ...missingFaults(card, inputs),
    ...inputs.appraisals.flatMap((sheet, place) =>
      sheetFaults(card, sheet, `appraisals.${place}.`),
    ),
    ...repeatedFaults(inputs.appraisals, 'appraisals', 'appraiser', '同一评议员不得评议两次'),
    ...findingFaults(card, inputs.findings),
  ]);
  requireAppraisers(card, inputs.appraisals);
}

/**
 * Checks answers and assets as they are collected, be they complete or not.
 * @throws Problem credit.evidence-typed, inputs-invalid
 */
export function requireAnswers(
  card: Scorecard,
  { items, assets }: Pick<RatingInputs, 'items' | 'assets'>,
): void {
  const typed = items.flatMap(({ item }, place): FieldProblem[] => {
    const input = itemsOf(card).find((one) => one.code === item)?.input;
    return input && TAKEN_BY_SYSTEM.includes(input)
      ? [{ field: `items.${place}.item`, reason: '由系统取得，不得填写' }]
      : [];
  });
  if (typed.length > 0) throw CreditProblem.evidenceTyped({ fields: typed });
  refuse([
    ...levelFaults(card, items),
    ...repeatedFaults(items, 'items', 'item', '同一指标填了两次'),
    ...assetFaults(card, assets),
    ...repeatedFaults(assets, 'assets', 'item', '同一项目填了两次'),
  ]);
}

/** Checks one sheet. @throws Problem credit.inputs-invalid */
export function requireSheet(card: Scorecard, sheet: AppraisalSheet): void {
  refuse(sheetFaults(card, sheet, ''));
}

/** Checks findings on grounds of veto. @throws Problem credit.inputs-invalid */
export function requireFindings(card: Scorecard, findings: readonly VetoFinding[]): void {
  refuse(findingFaults(card, findings));
}

/** Inputs that the system takes from the loan book, the register and the village's sheets. */
const TAKEN_BY_SYSTEM: readonly Item['input'][] = ['REPAYMENT', 'WORKERS', 'APPRAISAL'];

function refuse(fields: FieldProblem[]): void {
  if (fields.length === 0) return;
  const detail = fields.map((fault) => `${fault.field}：${fault.reason}`).join('；');
  throw CreditProblem.inputsInvalid({ fields, detail });
}

function repeatedFaults<K extends string>(
  entries: readonly Record<K, unknown>[],
  list: string,
  key: K,
  reason: string,
): FieldProblem[] {
  return entries.flatMap((entry, place) =>
    entries.findIndex((one) => one[key] === entry[key]) === place
      ? []
      : [{ field: `${list}.${place}.${key}`, reason }],
  );
}

function levelFaults(card: Scorecard, items: RatingInputs['items']): FieldProblem[] {
  return items.flatMap((given, place): FieldProblem[] => {
    const item = itemsOf(card).find((one) => one.code === given.item && one.input === 'LEVEL');
    if (!item) {
      const reason = `评分表中没有由人评定的指标 ${given.item}`;
      return [{ field: `items.${place}.item`, reason }];
    }
    const codes = [...item.levels.map((level) => level.code), NOT_KNOWN];
    if (codes.includes(given.level)) return [];
    const reason = `“${item.name}”只能是：${codes.join('、')}`;
    return [{ field: `items.${place}.level`, reason }];
  });
}

function missingFaults(card: Scorecard, { items }: RatingInputs): FieldProblem[] {
  return itemsOf(card)
    .filter((item) => item.input === 'LEVEL' && !items.some((one) => one.item === item.code))
    .map((item) => ({ field: 'items', reason: `缺少指标“${item.name}”（${item.code}）` }));
}

function assetFaults(card: Scorecard, assets: RatingInputs['assets']): FieldProblem[] {
  const known = itemsOf(card).filter((item) => item.input === 'INFORMATION');
  return assets.flatMap((given, place) =>
    known.some((item) => item.code === given.item)
      ? []
      : [{ field: `assets.${place}.item`, reason: `评分表中没有只展示的项目 ${given.item}` }],
  );
}

/** Faults of one sheet. A void sheet may leave options out, but not make them up. */
function sheetFaults(card: Scorecard, sheet: AppraisalSheet, prefix: string): FieldProblem[] {
  const faults: FieldProblem[] = [];
  const { items } = card.appraisal;
  for (const { code, name, options } of items) {
    const given = sheet.options[code];
    const left = given === undefined && voidReason(card, sheet) !== null;
    if (left || options.some((option) => option.code === given)) continue;
    const reason = `“${name}”只能是：${options.map((option) => option.code).join('、')}`;
    faults.push({ field: `${prefix}options.${code}`, reason });
  }
  for (const code of Object.keys(sheet.options)) {
    if (items.some((item) => item.code === code)) continue;
    faults.push({ field: `${prefix}options.${code}`, reason: '评分表中没有这个评议项目' });
  }
  if (sheet.veto && !isListed(card, sheet.veto.code)) {
    faults.push({ field: `${prefix}veto.code`, reason: NOT_LISTED });
  }
  return faults;
}

const NOT_LISTED = '不在评分表所列的否决情形内';

function isListed(card: Scorecard, code: string): boolean {
  return card.vetoes.some((veto) => veto.code === code);
}

function findingFaults(card: Scorecard, findings: readonly VetoFinding[]): FieldProblem[] {
  return [
    ...findings.flatMap(({ code }, place) =>
      isListed(card, code) ? [] : [{ field: `findings.${place}.code`, reason: NOT_LISTED }],
    ),
    ...repeatedFaults(findings, 'findings', 'code', '同一情形填了两次'),
  ];
}

function requireAppraisers(card: Scorecard, sheets: readonly AppraisalSheet[]): void {
  if (!appraisalItemOf(card)) return;
  const { appraisersMin } = card.appraisal;
  const counted = countedSheets(card, sheets).length;
  if (counted >= appraisersMin) return;
  const voided = sheets.length - counted;
  const besides = voided > 0 ? `，另有 ${voided} 份无效` : '';
  const detail = `有效评议至少 ${appraisersMin} 份，现有 ${counted} 份${besides}`;
  throw CreditProblem.appraisersTooFew({ detail });
}
