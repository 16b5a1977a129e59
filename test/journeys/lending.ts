/**
 * The short way from registration to payout, for journeys whose story begins with loans that run: six households of
 * one village are rated, apply, hang on one notice, and are paid on one day. The refusals on this way are tried by
 * the journeys of one loan and of a batch.
 */
import type { Facts } from './journey';
import type { OpenedService } from './service';
import {
  applicationForm,
  boardForm,
  boardPhoto,
  boards,
  checkForm,
  householdForm,
  idNumber,
  levelsForm,
  payoutForm,
  reviewForm,
  sheetForm,
} from './steps';
import type { Town } from './town';

/** A household with its loan. */
export interface Borrower {
  name: string;
  household: string;
  members: string[];
  loan: string;
  contract: string;
}

const TERMS = { amount: '50000.00', termMonths: 12, rate: '4.35' };

/** The days of the beginning: posted on a Tuesday, certified when the five days are over, paid on the 16th. */
const DAY = { applied: '2018-05-07', posted: '2018-05-08', certified: '2018-05-15' };
export const PAID_OUT = '2018-05-16';
export const MATURES = '2019-05-16';

/** Registers as many households as there are contracts; each has 50,000 yuan for a year at 4.35 % when it returns. */
export async function lend(
  opened: OpenedService,
  town: Town,
  contracts: readonly string[],
): Promise<Borrower[]> {
  opened.clock.set(DAY.applied);
  const files: Facts[] = [];
  for (const [at, contract] of contracts.entries()) {
    const file = await register(town, at);
    await rate(town, file);
    files.push({ ...file, contract });
  }
  for (const file of files) await review(town, file);
  opened.clock.set(DAY.posted);
  const [{ notice }] = files as [Facts];
  for (const [level, who] of boards(town)) {
    const path = `/notices/${notice}/boards/${level}`;
    await who.does(path, { ...boardForm(level), lastItem: files.length });
    await who.does(`${path}/photo`, boardPhoto(notice, level));
  }
  opened.clock.set(DAY.certified);
  for (const file of files) {
    const done = await step(town, file, 'approverMeng', 'certificate');
    file.certificate = done.certificateNumber;
  }
  opened.clock.set(PAID_OUT);
  for (const file of files) await payOut(town, file);
  return files.map(({ name, household, members, loan, contract }) => ({
    ...{ name, household, members, loan, contract },
  }));
}

async function register({ people }: Town, at: number): Promise<Facts> {
  const name = `覃明${'春夏秋冬东西'[at]}`;
  const form = householdForm(`450328100001-${String(at + 1).padStart(4, '0')}`, '123');
  const [head, spouse] = form.members;
  const members = [
    { ...head, name, idNumber: idNumber('19800315', String(101 + 2 * at)) },
    { ...spouse, idNumber: idNumber('19820720', String(100 + 2 * at)) },
  ];
  const made = await people.villageWang!.does('/households', { ...form, members });
  return { name, household: made.householdId, members: made.memberIds };
}

async function rate({ people }: Town, { household }: Facts): Promise<void> {
  const village = people.villageWang!;
  const file = await village.does(`/households/${household}/rating-cases`);
  const path = `/rating-cases/${file.caseId}`;
  let { version } = await village.does(`${path}/items`, { ...levelsForm, version: file.version });
  for (const who of ['甲', '乙', '丙', '丁', '戊']) {
    await village.does(`${path}/paper-appraisals`, sheetForm(`评议员${who}`));
    version += 1;
  }
  let signed = await village.does(`${path}/compute`, { version });
  for (const [who, part, outcome] of [
    ['villageLi', 'village-review', 'agree'],
    ['townshipChen', 'township-check', 'agree'],
    ['deciderNong', 'decision', 'confirm'],
  ]) {
    const { ratingId, contentDigest } = signed;
    const seen = { contentDigest, outcome };
    signed = await people[who as string]!.does(`/ratings/${ratingId}/${part}`, seen);
  }
}

/** Applies and is reviewed up to the notice. */
async function review(town: Town, file: Facts): Promise<void> {
  const household = { householdId: file.household, memberIds: file.members };
  const form = applicationForm(household, town.bodies.bank!);
  const asked = { ...form, termMonths: TERMS.termMonths, industryCode: 'CAMELLIA_OIL' };
  const made = await town.people.villageLi!.does('/applications', asked);
  file.application = made.applicationId;
  file.version = made.version;
  await step(town, file, 'villageQin', 'village-review', { ...reviewForm, heldOn: DAY.applied });
  await step(town, file, 'townshipChen', 'township-check', checkForm);
  file.notice = (await step(town, file, 'countyWei', 'county-recheck', checkForm)).noticeId;
}

async function payOut(town: Town, file: Facts): Promise<void> {
  const { lenderTan, lenderSu } = town.people;
  await lenderTan!.does('/presentations', { certificateNumber: file.certificate });
  await step(town, file, 'deciderLiao', 'bank-decision', { outcome: 'approve' });
  const contract = { contractNumber: file.contract, ...TERMS };
  const path = `/applications/${file.application}/contract`;
  file.loan = (await lenderTan!.does(path, contract)).id;
  await lenderSu!.does(`/loans/${file.loan}/disbursal`, payoutForm(file.certificate, file.name));
}

/** A step of an application; its version is learned from the answer. */
async function step({ people }: Town, file: Facts, who: string, part: string, body: object = {}) {
  const path = `/applications/${file.application}/${part}`;
  const done = await people[who]!.does(path, { ...body, version: file.version });
  file.version = done.version;
  return done;
}
