/** What officers see of applications: the register, and one application with its rules, steps and notice. */
import { memberFor, RELATION_NAMES } from '../households';
import { organisationById, regionName } from '../identity';
import { LEVELS, noticeOf } from '../notices';
import { type Instant, isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { type Fen, yuan } from '../platform/money';
import { defineQuery, pageFields, pageOf, readPage } from '../platform/query';
import { answer, codeField, idField, listOf, regionField, shape } from '../platform/shape';
import { assess } from './assess';
import { nextInWords, STATES, STEP_TITLES, STEPS, type State, type Step } from './chain';
import { OUTCOMES } from './eligibility';
import { P } from './problems';
import { VOTES, type Vote } from './voting';

const listed = {
  id: idField(),
  number: answer.text('申请编号'),
  region: regionField(),
  householdId: idField(),
  memberId: idField(),
  borrower: answer.text('借款人'),
  bankId: answer.text(),
  productCode: answer.text(),
  amount: answer.yuan(),
  termMonths: answer.count(),
  useCode: answer.text(),
  state: codeField(STATES),
  next: answer.text('下一步'),
  stepDueOn: answer.date('下一步的期限').allow(null),
  late: answer.flag('下一步已逾期限'),
  enteredOn: answer.date(),
  version: answer.count(),
};

interface Row {
  id: string;
  number: string;
  region: string;
  householdId: string;
  memberId: string;
  borrower: string;
  bankId: string;
  productCode: string;
  amountFen: Fen;
  termMonths: number;
  useCode: string;
  state: State;
  stepDueOn: BusinessDate | null;
  enteredOn: BusinessDate;
  version: number;
}

const COLUMNS = `a.id AS id, a.number AS number, a.region_code AS region, a.household_id AS householdId,
  a.member_id AS memberId, m.name AS borrower, a.bank_id AS bankId, a.product_code AS productCode,
  a.amount_fen AS amountFen, a.term_months AS termMonths, a.use_code AS useCode, a.state AS state,
  a.step_due_on AS stepDueOn, a.entered_on AS enteredOn, a.version AS version`;

const FROM = 'FROM application a JOIN household_member m ON m.id = a.member_id';

function shown<T extends Row>({ amountFen, ...row }: T, today: BusinessDate) {
  const late = row.stepDueOn !== null && today > row.stepDueOn;
  return { ...row, amount: yuan(amountFen), next: nextInWords(row.state), late };
}

/** 贷款申请台账, newest first; a worklist is `state=…`. */
export const listApplications = defineQuery({
  name: 'applications.list',
  title: '贷款申请台账',
  permission: 'applications.read',
  input: shape<{ state?: State; householdId?: string; after?: string; size?: number }>({
    state: codeField(STATES, '状态').optional(),
    householdId: idField('只看此户').optional(),
    ...pageFields,
  }),
  answer: pageOf(shape(listed)),
  run: async (read, input) => {
    const page = await readPage<Row>(
      read,
      `SELECT ${COLUMNS} ${FROM} WHERE {scope:a.region_code,a.bank_id}
          AND (:state IS NULL OR a.state = :state)
          AND (:householdId IS NULL OR a.household_id = :householdId) AND {after}`,
      { state: input.state ?? null, householdId: input.householdId ?? null },
      { keys: [{ sql: 'a.id', field: 'id' }], direction: 'desc' },
      input,
    );
    return { items: page.items.map((row) => shown(row, read.today)), next: page.next };
  },
});

const finding = shape({
  code: answer.text(),
  title: answer.text(),
  outcome: codeField(OUTCOMES),
  reason: answer.text(),
  source: answer.text('依据'),
  sourceRow: answer.text().allow(null),
  asOf: answer.date(),
});

const stepTaken = shape({
  step: codeField(STEPS),
  title: answer.text(),
  actorId: answer.text(),
  actorName: answer.text(),
  outcome: codeField(['passed', 'refused']),
  reason: answer.text().allow(null),
  doneOn: answer.date(),
  doneAt: answer.instant(),
  dueOn: answer.date().allow(null),
  late: answer.flag('逾期办理'),
  seenVersion: answer.count(),
});

const villageReview = shape({
  heldOn: answer.date(),
  place: answer.text(),
  votesFor: answer.count(),
  votesAgainst: answer.count(),
  abstained: answer.count(),
  aside: answer.count(),
  carried: answer.flag(),
  minutes: answer.text(),
  voters: listOf(shape({ name: answer.text(), relative: answer.flag(), vote: codeField(VOTES) })),
});

const noticeShown = shape({
  noticeId: idField(),
  state: answer.text(),
  endsOn: answer.date().allow(null),
  over: answer.flag(),
  openObjections: answer.count(),
  upheld: answer.flag(),
  levels: listOf(shape({ level: codeField(LEVELS), postedOn: answer.date().allow(null) })),
});

interface OneRow extends Row {
  relation: keyof typeof RELATION_NAMES;
  useDetail: string;
  project: string | null;
  repaymentSource: string;
  witnessName: string;
  certificateNumber: string | null;
  bankDecisionOn: BusinessDate | null;
  loanId: string | null;
  closedOn: BusinessDate | null;
  closeReason: string | null;
}

/** One application: what is asked, by whom; every rule as of today; the steps taken; the notice. */
export const oneApplication = defineQuery({
  name: 'applications.one',
  title: '贷款申请详情',
  permission: 'applications.read',
  input: shape<{ applicationId: string }>({ applicationId: idField('申请编号') }),
  answer: shape({
    ...listed,
    village: answer.text(),
    relation: answer.text('与户主关系'),
    idMasked: answer.text('证件号(脱敏)'),
    bankName: answer.text(),
    useDetail: answer.text(),
    project: answer.text().allow(null),
    repaymentSource: answer.text(),
    witnessName: answer.text(),
    certificateNumber: answer.text().allow(null),
    bankDecisionOn: answer.date().allow(null),
    loanId: idField().allow(null),
    closedOn: answer.date().allow(null),
    closeReason: answer.text().allow(null),
    eligibility: listOf(finding).description('逐项条件，截至今日'),
    steps: listOf(stepTaken),
    villageReview: villageReview.allow(null),
    notice: noticeShown.allow(null),
  }),
  run: async (read, input) => {
    const row = await read.one<OneRow>(
      `SELECT ${COLUMNS}, a.relation AS relation, a.use_detail AS useDetail, a.project AS project,
              a.repayment_source AS repaymentSource, a.witness_name AS witnessName,
              a.certificate_number AS certificateNumber, a.bank_decision_on AS bankDecisionOn,
              a.loan_id AS loanId, a.closed_on AS closedOn, a.close_reason AS closeReason
         ${FROM} WHERE {scope:a.region_code,a.bank_id} AND a.id = :id`,
      { id: input.applicationId },
    );
    if (!row) throw P.applicationAbsent();
    const sql = read.unscoped('all belongs to an application that was found within scope');
    const borrower = await memberFor(sql, row.memberId);
    const bank = await organisationById(sql, row.bankId);
    return {
      ...shown(row, read.today),
      village: await regionName(sql, row.region),
      relation: RELATION_NAMES[row.relation],
      idMasked: borrower.idMasked,
      bankName: bank?.name ?? '',
      eligibility: await assess(sql, row, read.today),
      steps: await stepsOf(sql, row.id),
      villageReview: await villageReviewOf(sql, row.id),
      notice: await noticeOf(sql, { kind: 'application', id: row.id }, read.today),
    };
  },
});

interface StepRow {
  step: Step;
  doneOn: BusinessDate;
  doneAt: Instant;
  dueOn: BusinessDate | null;
}

async function stepsOf(sql: Sql, id: string) {
  const rows = await sql.rows<StepRow>(
    `SELECT s.step AS step, s.actor_id AS actorId, s.actor_name AS actorName, s.outcome AS outcome,
            s.reason AS reason, s.done_on AS doneOn, s.done_at AS doneAt, s.due_on AS dueOn,
            s.seen_version AS seenVersion
       FROM review_step s WHERE s.application_id = :id ORDER BY s.position`,
    { id },
  );
  return rows.map((row) => ({
    ...row,
    title: STEP_TITLES[row.step],
    doneAt: isoInstant(row.doneAt),
    late: row.dueOn !== null && row.doneOn > row.dueOn,
  }));
}

async function villageReviewOf(sql: Sql, id: string) {
  const review = await sql.one<{ carried: number }>(
    `SELECT r.held_on AS heldOn, r.place AS place, r.votes_for AS votesFor,
            r.votes_against AS votesAgainst, r.abstained AS abstained, r.aside AS aside,
            r.carried AS carried, r.minutes_text AS minutes
       FROM village_review r WHERE r.application_id = :id`,
    { id },
  );
  if (!review) return null;
  const votes = await sql.rows<{ name: string; relative: number; vote: Vote }>(
    `SELECT v.voter_name AS name, v.relative AS relative, v.vote AS vote
       FROM review_vote v WHERE v.application_id = :id ORDER BY v.voter_name`,
    { id },
  );
  return {
    ...review,
    carried: review.carried === 1,
    voters: votes.map(({ relative, ...vote }) => ({ ...vote, relative: relative === 1 })),
  };
}
