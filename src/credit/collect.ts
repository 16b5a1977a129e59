/**
 * 采集评级信息: what an officer found out, item by item: a level of the card, or that it could not be found out.
 * Entries are only added; of an item the latest counts. Repayment, workers and the appraisal are the system's.
 */
import { defineAct } from '../platform/act';
import type { Fen } from '../platform/money';
import { idField, Joi, listOf, shape, textField, versionField, yuanField } from '../platform/shape';
import {
  cardCode,
  cardOf,
  caseAnswer,
  caseAnswerOf,
  locateCase,
  requireCollecting,
} from './case-input';
import { CaseStore, type NewEntry } from './rating-case.store';
import { requireAnswers } from './rating-inputs';

interface Input {
  caseId: string;
  version: number;
  items: { item: string; level: string; note?: string }[];
  assets: { item: string; quantity: number; value?: Fen }[];
}

export const collect = defineAct({
  name: 'credit.collect',
  title: '采集评级信息',
  permission: 'credit.collect',
  input: shape<Input>({
    caseId: idField('评级档案编号'),
    version: versionField(),
    items: listOf(
      shape({
        item: cardCode('指标代码'),
        level: cardCode('档次代码；情况不明填 NOT_KNOWN'),
        note: textField(200, '说明').optional(),
      }),
    )
      .max(60)
      .default([])
      .optional()
      .description('由人评定的指标'),
    assets: listOf(
      shape({
        item: cardCode('资产项目代码'),
        quantity: Joi.number().integer().min(0).max(1_000_000).description('数量'),
        value: yuanField('估值(元)').optional(),
      }),
    )
      .max(60)
      .default([])
      .optional()
      .description('资产，只展示，不计分'),
  }),
  answer: caseAnswer,
  locate: locateCase,
  run: async (work, input, { ratingCase }) => {
    requireCollecting(ratingCase);
    const card = await cardOf(work, ratingCase);
    requireAnswers(card.value, input);
    const seen = { ...ratingCase, version: input.version };
    const written = await new CaseStore(work).addEntries(seen, entriesOf(input));
    work.record({
      subject: { kind: 'rating-case', id: ratingCase.id },
      related: [{ kind: 'household', id: ratingCase.householdId }],
      after: {
        items: input.items.map(({ item, level }) => ({ item, level })),
        assets: input.assets.map(({ item, quantity }) => ({ item, quantity })),
      },
    });
    return caseAnswerOf(written);
  },
});

function entriesOf({ items, assets }: Input): NewEntry[] {
  return [
    ...items.map(({ item, level, note = null }) => ({
      item,
      level,
      note,
      quantity: null,
      valueFen: null,
    })),
    ...assets.map(({ item, quantity, value = null }) => ({
      item,
      quantity,
      valueFen: value,
      level: null,
      note: null,
    })),
  ];
}
