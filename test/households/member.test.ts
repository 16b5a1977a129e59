/** Reading the members of a household: all faults at once, none with the number in it. */

import { type MemberForm, readMembers } from '../../src/households/member';
import { businessDate } from '../../src/platform/dates';
import { Problem } from '../../src/platform/problems';

const today = businessDate('2018-03-01');
const head: MemberForm = { name: ' 韦大明 ', relation: 'HEAD', idNumber: '11010519491231002X' };
const son: MemberForm = { name: '韦小明', relation: 'SON', idNumber: '450328197806152416' };

function refused(...forms: MemberForm[]): Problem {
  try {
    readMembers(forms, today);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('was not refused');
}

test('birth date and sex follow from the number; names, phones and accounts are brought into one form', () => {
  const { members } = readMembers(
    [{ ...head, phone: '+86 138-0773-1234', account: '6214 8312 3456 7890' }],
    today,
  );
  expect(members).toEqual([
    {
      name: '韦大明',
      relation: 'HEAD',
      idNumber: '11010519491231002X',
      birthDate: '1949-12-31',
      sex: 'female',
      phone: '13807731234',
      account: '6214831234567890',
    },
  ]);
});

test('what was put right is told by field', () => {
  const { notes } = readMembers([{ ...head, idNumber: ' 11010519491231002x' }], today);
  expect(notes.map((note) => note.field)).toEqual(['members.0.idNumber', 'members.0.idNumber']);
});

test('every fault is named at once, and no number is repeated', () => {
  const problem = refused(
    { ...head, birthDate: businessDate('1949-12-30'), sex: 'male', phone: '12345', account: '99' },
    { ...son, idNumber: '450328780615241' },
  );
  expect(problem.code).toBe('households.member-invalid');
  expect(problem.info.fields?.map((fault) => fault.field)).toEqual([
    'members.0.phone',
    'members.0.account',
    'members.0.birthDate',
    'members.0.sex',
    'members.1.idNumber',
  ]);
  expect(JSON.stringify(problem.info)).not.toContain('450328780615241');
});

test('exactly one head', () => {
  expect(refused(son).code).toBe('households.head-not-single');
  expect(refused(head, { ...son, relation: 'HEAD' }).code).toBe('households.head-not-single');
});

test('nobody twice, however the number is written', () => {
  const again: MemberForm = { ...head, relation: 'SON', idNumber: ' 11010519491231002x ' };
  const problem = refused(head, again);
  expect(problem.code).toBe('households.person-twice');
  expect(problem.info.fields?.[0]?.field).toBe('members.1.idNumber');
});
