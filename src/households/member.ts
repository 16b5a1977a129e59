/**
 * Reading the members of a household from a form. Pure: what is wrong comes back as one problem that names
 * every field, never one at a time, and never repeats a number.
 *
 * Laws: each household has exactly one head; nobody stands in it twice; birth date and sex follow from the
 * identity number, and where the form gives them too they must agree.
 */
import { normalised } from '../platform/crypto/blind-index';
import type { BusinessDate } from '../platform/dates';
import type { FieldProblem } from '../platform/problems';
import { codeField, dateField, Joi, personal, shape, textField } from '../platform/shape';
import { RELATIONS, type Relation, SEXES, type Sex } from './household-kind';
import { NOTE_TEXTS, readIdNumber } from './id-number';
import { HouseholdProblem } from './problems';

/** A member as the form gives it. */
export interface MemberForm {
  name: string;
  relation: Relation;
  idNumber: string;
  birthDate?: BusinessDate;
  sex?: Sex;
  phone?: string;
  account?: string;
}

/** A member, checked, in the clear. */
export interface ReadMember {
  name: string;
  relation: Relation;
  idNumber: string;
  birthDate: BusinessDate;
  sex: Sex;
  phone: string | null;
  account: string | null;
}

/** What a correction gives anew; null empties phone or account. */
export interface CorrectedFacts {
  name?: string;
  relation?: Relation;
  identity?: { idNumber: string; birthDate: BusinessDate; sex: Sex };
  phone?: string | null;
  account?: string | null;
}

/** Something that was put right in reading, told to the officer. */
export interface ReadNote {
  field: string;
  text: string;
}

/** The members and what was put right. */
export interface ReadMembers {
  members: ReadMember[];
  notes: ReadNote[];
}

/** One member of the form of registration. */
export const memberField = shape<MemberForm>({
  name: personal(textField(60, '姓名')),
  relation: codeField(RELATIONS, '与户主关系(GB/T 4761)'),
  // Longer than 18, so that a number with blanks or in the form 4.5E+17 is explained and not just too long.
  idNumber: personal(Joi.string().max(40).allow('').description('公民身份号码(18 位)')),
  birthDate: personal(dateField('出生日期，须与身份号码一致')).optional(),
  sex: codeField(SEXES, '性别，须与身份号码一致').optional(),
  phone: personal(Joi.string().max(24).description('联系电话')).optional(),
  account: personal(Joi.string().max(40).description('补贴收款账号')).optional(),
});

/** A mobile number, or a landline with its area code. */
const PHONE = /^(1[3-9]\d{9}|0\d{9,11})$/;
/** Accounts of savings cards and passbooks have 12 to 30 characters; no further form is common to all banks. */
const ACCOUNT = /^\d{12,30}$/;

/**
 * Reads and checks the members of one household.
 * @throws Problem households.member-invalid, head-not-single or person-twice
 */
export function readMembers(forms: readonly MemberForm[], today: BusinessDate): ReadMembers {
  const faults: FieldProblem[] = [];
  const notes: ReadNote[] = [];
  const members = forms.flatMap((form, place) => {
    const member = readMember(form, today, `members.${place}`, faults, notes);
    return member ? [member] : [];
  });
  refuseFaults(faults);
  requireOneHead(members);
  requireDistinct(members);
  return { members, notes };
}

/**
 * Reads and checks a person who joins a household that has its head.
 * @throws Problem households.member-invalid or head-not-single
 */
export function readNewMember(
  form: MemberForm,
  today: BusinessDate,
): { member: ReadMember; notes: ReadNote[] } {
  const faults: FieldProblem[] = [];
  const notes: ReadNote[] = [];
  const member = readMember(form, today, 'member', faults, notes);
  refuseFaults(faults);
  if (form.relation === 'HEAD') throw HouseholdProblem.headNotSingle({ detail: '本户已有户主' });
  return { member: member as ReadMember, notes };
}

function refuseFaults(faults: FieldProblem[]): void {
  if (faults.length === 0) return;
  const detail = faults.map((fault) => `${fault.field}:${fault.reason}`).join(';');
  throw HouseholdProblem.memberInvalid({ fields: faults, detail });
}

/**
 * Reads one member. Faults and what was put right are added to the lists, under `at` (`members.2`).
 * @returns null when the ID number cannot be read
 */
export function readMember(
  form: MemberForm,
  today: BusinessDate,
  at: string,
  faults: FieldProblem[],
  notes: ReadNote[],
): ReadMember | null {
  const fault = (field: string, reason: string) => faults.push({ field: `${at}.${field}`, reason });
  const phone = readPhone(form.phone, fault);
  const account = readAccount(form.account, fault);
  const reading = readIdNumber(form.idNumber, today);
  if (!reading.ok) {
    fault('idNumber', reading.reason);
    return null;
  }
  const { idNumber, birthDate, sex } = reading;
  notes.push(...reading.notes.map((note) => ({ field: `${at}.idNumber`, text: NOTE_TEXTS[note] })));
  if (form.birthDate !== undefined && form.birthDate !== birthDate) {
    fault('birthDate', '与身份号码中的出生日期不一致');
  }
  if (form.sex !== undefined && form.sex !== sex) fault('sex', '与身份号码所示性别不一致');
  const name = form.name.normalize('NFC').trim();
  return { name, relation: form.relation, idNumber, birthDate, sex, phone, account };
}

type Fault = (field: string, reason: string) => void;

function readPhone(text: string | undefined, fault: Fault): string | null {
  if (text === undefined) return null;
  const phone = normalised('phone', text);
  if (!PHONE.test(phone)) fault('phone', '须为 11 位手机号，或带区号的座机号码');
  return phone;
}

function readAccount(text: string | undefined, fault: Fault): string | null {
  if (text === undefined) return null;
  const account = normalised('account', text);
  if (!ACCOUNT.test(account)) fault('account', '须为 12 至 30 位数字的账号');
  return account;
}

/** Corrected facts as a form gives them; '' empties phone or account. */
export interface CorrectionForm {
  name?: string;
  idNumber?: string;
  phone?: string;
  account?: string;
}

/** Fields of `CorrectionForm`. */
export const correctionFields = {
  name: personal(textField(60, '更正后的姓名')).optional(),
  idNumber: personal(Joi.string().max(40).description('更正后的公民身份号码(18 位)')).optional(),
  phone: personal(Joi.string().max(24).allow('').description('联系电话，空为注销')).optional(),
  account: personal(
    Joi.string().max(40).allow('').description('补贴收款账号，空为注销'),
  ).optional(),
};

/**
 * Reads a correction: only what the form gives.
 * @throws Problem households.member-invalid naming every field
 */
export function readCorrection(
  form: CorrectionForm,
  today: BusinessDate,
): { facts: CorrectedFacts; notes: ReadNote[] } {
  const faults: FieldProblem[] = [];
  const fault: Fault = (field, reason) => faults.push({ field, reason });
  const { name, idNumber, phone, account } = form;
  const facts: CorrectedFacts = {};
  const notes: ReadNote[] = [];
  if (name !== undefined) facts.name = name.normalize('NFC').trim();
  if (phone !== undefined) facts.phone = phone === '' ? null : readPhone(phone, fault);
  if (account !== undefined) facts.account = account === '' ? null : readAccount(account, fault);
  if (idNumber !== undefined) {
    const reading = readIdNumber(idNumber, today);
    if (reading.ok) {
      facts.identity = reading;
      notes.push(...reading.notes.map((note) => ({ field: 'idNumber', text: NOTE_TEXTS[note] })));
    } else fault('idNumber', reading.reason);
  }
  refuseFaults(faults);
  return { facts, notes };
}

function requireOneHead(members: readonly ReadMember[]): void {
  const heads = members.filter((member) => member.relation === 'HEAD').length;
  if (heads !== 1) throw HouseholdProblem.headNotSingle({ detail: `现填户主 ${heads} 名` });
}

function requireDistinct(members: readonly ReadMember[]): void {
  members.forEach((member, place) => {
    const first = members.findIndex((other) => other.idNumber === member.idNumber);
    if (first === place) return;
    const reason = `与第 ${first + 1} 名成员是同一身份号码`;
    throw HouseholdProblem.personTwice({
      fields: [{ field: `members.${place}.idNumber`, reason }],
      detail: `第 ${place + 1} 名成员${reason}`,
    });
  });
}
