/** Shapes: Chinese reasons by field, no coercion, personal data hidden wherever it stands. */
import { Problem } from '../../src/platform/problems';
import {
  dateField,
  idField,
  Joi,
  listOf,
  parse,
  percentField,
  personal,
  shape,
  textField,
  withoutPersonal,
  yuanField,
} from '../../src/platform/shape';

interface Household {
  id: string;
  name: string;
  amount: number;
  rate: number;
  on: string;
  members: { name: string; idNumber: string }[];
  note?: string;
}

const household = shape<Household>({
  id: idField(),
  name: textField(10),
  amount: yuanField(),
  rate: percentField(),
  on: dateField(),
  members: listOf(shape({ name: textField(10), idNumber: personal(textField(18)) })),
  note: personal(textField(50)).optional(),
});

const good = {
  id: '01HZX4M9T8QK2N7V5B3C6D1E0F',
  name: '覃瑶',
  amount: '50000.00',
  rate: '4.75',
  on: '2020-02-29',
  members: [{ name: '𠮷明', idNumber: '450328199001011234' }],
};

const reasons = (input: unknown): Record<string, string> => {
  try {
    parse(household, input);
  } catch (error) {
    if (error instanceof Problem) {
      return Object.fromEntries(
        (error.info.fields ?? []).map(({ field, reason }) => [field, reason]),
      );
    }
  }
  return {};
};

test('when all is well, then yuan become fen and percent becomes ppm', () => {
  expect(parse(household, good)).toMatchObject({
    amount: 5_000_000,
    rate: 47_500,
    on: '2020-02-29',
  });
});

const bad: [string, object, string, RegExp][] = [
  ['no name', { name: undefined }, 'name', /必填/],
  ['an empty name', { name: '' }, 'name', /不能为空/],
  ['a blank name', { name: '  ' }, 'name', /格式不正确/],
  ['a line break', { name: 'a\nb' }, 'name', /格式不正确/],
  ['a NUL', { name: 'a\u0000' }, 'name', /格式不正确/],
  ['a long name', { name: '长'.repeat(11) }, 'name', /不得超过 10 个字符/],
  ['a number for yuan', { amount: 50000 }, 'amount', /须为文字/],
  ['yuan with three decimals', { amount: '1.234' }, 'amount', /格式不正确，应为金额/],
  ['a negative amount', { amount: '-1' }, 'amount', /格式不正确/],
  ['an exponent', { amount: '1e5' }, 'amount', /格式不正确/],
  ['full-width digits', { amount: '\uFF15' }, 'amount', /格式不正确/],
  ['a day that is not', { on: '2019-02-29' }, 'on', /日历上没有这一天/],
  ['a short date', { on: '2019-2-9' }, 'on', /格式不正确/],
  ['a short id', { id: 'x' }, 'id', /格式不正确/],
  ['an object for text', { name: { $gt: '' } }, 'name', /须为文字/],
  ['an unknown field', { extra: 1 }, 'extra', /不认识的字段/],
  [
    'a prototype',
    JSON.parse('{"__proto__x":1,"constructor":{"a":1}}'),
    'constructor',
    /不认识的字段/,
  ],
  ['a member without name', { members: [{ idNumber: '1' }] }, 'members.0.name', /必填/],
];

test.each(bad)(
  'when there is %s, then the field and the reason are named in Chinese',
  (_, change, field, reason) => {
    const found = reasons({ ...good, ...change });
    expect(Object.keys(found)).toContain(field);
    expect(found[field]).toMatch(reason);
  },
);

test('when several fields are wrong, then all are named at once', () => {
  expect(Object.keys(reasons({ ...good, name: '', amount: 'x', on: 'y' }))).toEqual([
    'name',
    'amount',
    'on',
  ]);
});

test('when the value is personal, then the reason does not repeat it', () => {
  const found = reasons({ ...good, members: [{ name: 'x', idNumber: '4503281990010112345678' }] });
  expect(JSON.stringify(found)).not.toContain('19900101');
});

test('personal fields are hidden in lists and objects, the rest stays', () => {
  const hidden = withoutPersonal(household, { ...good, note: '患病' });
  expect(hidden).toEqual({
    ...good,
    note: '〔已隐去〕',
    members: [{ name: '𠮷明', idNumber: '〔已隐去〕' }],
  });
});

test('the description has each required field, so a client cannot be misled', () => {
  const standard = household as unknown as {
    '~standard': { jsonSchema: { input: (o: object) => { required: string[] } } };
  };
  const schema = standard['~standard'].jsonSchema.input({ target: 'draft-2020-12' });
  expect([...schema.required].sort()).toEqual(['amount', 'id', 'members', 'name', 'on', 'rate']);
  expect(Joi.isSchema(household)).toBe(true);
});
