/** Small acts over the table `setting`, with which the pipeline itself is tested. */
import { defineAct } from '../../src/platform/act';
import { PUBLIC } from '../../src/platform/authority';
import { catalogue } from '../../src/platform/problems';
import { defineQuery } from '../../src/platform/query';
import { answer, Joi, personal, shape, textField, yuanField } from '../../src/platform/shape';
import type { Work } from '../../src/platform/work';
import { PLACES } from './county';

export const ToyProblem = catalogue('toys', {
  unknown: { kind: 'absent', title: '没有这个计数', advice: '请先建立计数。' },
  sameHand: { kind: 'forbidden', title: '不得由同一人办理', advice: '请换人办理。' },
  tooLarge: { kind: 'refused', title: '数额超过上限', advice: '请减小数额。' },
});

interface Counter {
  value: number;
  region: string;
  maker: string;
}

async function load(work: Work, name: string): Promise<Counter> {
  const row = await work.tx.one<{ value: string }>('SELECT value FROM setting WHERE name = :name', {
    name,
  });
  if (!row) throw ToyProblem.unknown();
  return JSON.parse(row.value) as Counter;
}

const save = (work: Work, name: string, counter: Counter) =>
  work.tx.exec('UPDATE setting SET value = :value, version = version + 1 WHERE name = :name', {
    name,
    value: JSON.stringify(counter),
  });

/** Makes a counter in a region. */
export const makeCounter = defineAct({
  name: 'toys.make',
  title: '建立计数',
  permission: 'toys.make',
  input: shape<{ name: string; region: string }>({
    name: textField(40),
    region: textField(12),
  }),
  answer: shape({ name: answer.text() }),
  locate: async (_work, input) => ({ region: input.region }),
  run: async (work, input) => {
    const counter: Counter = { value: 0, region: input.region, maker: work.actor.id };
    await work.tx.exec('INSERT INTO setting (name, value, version) VALUES (:name, :value, 0)', {
      name: input.name,
      value: JSON.stringify(counter),
    });
    work.record({ subject: { kind: 'counter', id: input.name }, after: counter });
    return { name: input.name };
  },
});

/** Adds an amount: reads, then writes, so that a lost update would show. Not by the maker. */
export const addToCounter = defineAct({
  name: 'toys.add',
  title: '增加计数',
  permission: 'toys.add',
  input: shape<{ name: string; amount: number; idNumber?: string }>({
    name: textField(40),
    amount: yuanField(),
    idNumber: personal(textField(18)).optional(),
  }),
  answer: shape({ value: answer.count() }),
  locate: async (work, input) => {
    const counter = await load(work, input.name);
    return { region: counter.region, counter };
  },
  duty: async (work, _input, at) => {
    if (at.counter.maker === work.actor.id) throw ToyProblem.sameHand();
  },
  run: async (work, input, at) => {
    const after = { ...at.counter, value: at.counter.value + input.amount };
    await save(work, input.name, after);
    if (after.value > 1_000_000) throw ToyProblem.tooLarge();
    work.record({ subject: { kind: 'counter', id: input.name }, before: at.counter, after });
    return { value: after.value };
  },
});

/** Tells a secret, once: the answer must not lie open in the database. */
export const tellSecret = defineAct({
  name: 'toys.tell',
  title: '告知秘密',
  permission: 'toys.tell',
  privateAnswer: true,
  input: shape<{ reason: string }>({ reason: textField(40) }),
  answer: shape({ secret: answer.text() }),
  locate: async () => ({ region: PLACES.county }),
  run: async (work) => {
    work.record({ subject: { kind: 'secret', id: 'one' } });
    return { secret: '450328199001011234' };
  },
});

/** Counts the try and refuses all the same. */
export const tryInVain = defineAct({
  name: 'toys.try',
  title: '徒劳一试',
  permission: PUBLIC,
  input: shape<{ name: string }>({ name: textField(40) }),
  answer: Joi.valid(null),
  locate: async (work, input) => ({ region: null, counter: await load(work, input.name) }),
  run: async (work, input, at) => {
    await save(work, input.name, { ...at.counter, value: at.counter.value + 1 });
    work.refuseAfterCommit(ToyProblem.tooLarge());
    return null;
  },
});

/** Audit entries by region: a screen with a scope. */
export const listEntries = defineQuery({
  name: 'toys.entries',
  title: '办理记录',
  permission: 'toys.read',
  input: shape<{ act?: string }>({ act: textField(40).optional() }),
  answer: Joi.array().items(shape({ act: answer.text(), region: answer.text() })),
  run: (read, input) =>
    read.rows<{ act: string; region: string }>(
      `SELECT e.act AS act, e.region_code AS region FROM audit_entry e
        WHERE {scope:e.region_code,e.org_id} AND (:act IS NULL OR e.act = :act) ORDER BY e.id`,
      { act: input.act ?? null },
    ),
});

/** A query that forgot its scope. */
export const forgetful = defineQuery({
  name: 'toys.forgetful',
  title: '忘了范围',
  permission: 'toys.read',
  input: shape<object>({}),
  answer: Joi.any(),
  run: (read) => read.rows('SELECT e.act FROM audit_entry e'),
});
