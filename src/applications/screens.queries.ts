/** What officers see of applications: the register, and one application with its rules, steps and notice. */
import { memberFor, RELATION_NAMES } from '../households';
import { organisationById, regionName } from '../identity';
import { LEVELS, noticeOf } from '../notices';
import { isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { type Fen, yuan } from '../platform/money';
import { defineQuery, pageFields, pageOf, readPage } from '../platform/query';
import { answer, codeField, idField, Joi, listOf, regionField, shape } from '../platform/shape';
import type { Consents } from './application.entity';
import { assess } from './assess';
import { nextInWords, STATES, STEPS, type State, standing } from './chain';
import { beyond, findingChange, findingChanges } from './eligibility';
import { industryOn } from './industry';
import { P } from './problems';
import { productTerms } from './product';
import { findingShape, type StepRow, stepShown, stepsOf, stepTaken } from './steps.queries';
import { villageReviewOf, villageReviewShape } from './village-reviews.queries';
import { CONSENT_NAMES } from './wish';

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
  awaitsApplicant: answer.flag('已退回，待申请人补正'),
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
  awaitsApplicant: number;
  stepDueOn: BusinessDate | null;
  enteredOn: BusinessDate;
  version: number;
}

const COLUMNS = `a.id AS id, a.number AS number, a.region_code AS region, a.household_id AS householdId,
  a.member_id AS memberId, m.name AS borrower, a.bank_id AS bankId, a.product_code AS productCode,
  a.amount_fen AS amountFen, a.term_months AS termMonths, a.use_code AS useCode, a.state AS state,
  a.awaits_applicant AS awaitsApplicant, a.step_due_on AS stepDueOn, a.entered_on AS enteredOn, a.version AS version`;

const FROM = 'FROM application a JOIN household_member m ON m.id = a.member_id';

function shown<T extends Row>(
  { amountFen, awaitsApplicant: awaits, ...row }: T,
  today: BusinessDate,
) {
  const late = row.stepDueOn !== null && today > row.stepDueOn;
  const awaitsApplicant = awaits === 1;
  const next = nextInWords({ state: row.state, awaitsApplicant });
  return { ...row, awaitsApplicant, amount: yuan(amountFen), next, late };
}

interface ListInput {
  state?: State;
  householdId?: string;
  late?: boolean;
  after?: string;
  size?: number;
}

/** 贷款申请台账, newest first; a worklist is `state=…`, what is late is `late=true`. */
export const listApplications = defineQuery({
  name: 'applications.list',
  title: '贷款申请台账',
  permission: 'applications.read',
  input: shape<ListInput>({
    state: codeField(STATES, '状态').optional(),
    householdId: idField('只看此户').optional(),
    late: Joi.boolean().description('只看下一步已逾期限的').optional(),
    ...pageFields,
  }),
  answer: pageOf(shape(listed)),
  run: async (read, input) => {
    const page = await readPage<Row>(
      read,
      `SELECT ${COLUMNS} ${FROM} WHERE {scope:a.region_code,a.bank_id}
          AND (:state IS NULL OR a.state = :state)
          AND (:householdId IS NULL OR a.household_id = :householdId)
          AND (:before IS NULL OR a.step_due_on < :before) AND {after}`,
      {
        ...{ state: input.state ?? null, householdId: input.householdId ?? null },
        before: input.late ? read.today : null,
      },
      { keys: [{ sql: 'a.id', field: 'id' }], direction: 'desc' },
      input,
    );
    return { items: page.items.map((row) => shown(row, read.today)), next: page.next };
  },
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
  industryCode: string | null;
  repaymentSource: string;
  witnessName: string;
  consents: string;
  certificateNumber: string | null;
  bankDecisionOn: BusinessDate | null;
  loanId: string | null;
  closedOn: BusinessDate | null;
  closeReason: string | null;
}

/** A consent with who gave it, who wrote it down and when. */
const consentShown = shape({
  title: answer.text(),
  givenBy: answer.text('借款人'),
  recordedBy: answer.text('登记人'),
  recordedAt: answer.instant(),
});

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
    industryCode: answer.text().allow(null),
    industry: answer.text('县域扶持产业').allow(null),
    unsubsidised: answer.yuan('不贴息的部分').allow(null),
    uncovered: answer.yuan('不纳入风险补偿的部分').allow(null),
    repaymentSource: answer.text(),
    witnessName: answer.text(),
    consents: listOf(consentShown).description('农户的同意事项'),
    certificateNumber: answer.text().allow(null),
    bankDecisionOn: answer.date().allow(null),
    loanId: idField().allow(null),
    closedOn: answer.date().allow(null),
    closeReason: answer.text().allow(null),
    eligibility: listOf(findingShape).description('逐项条件，截至今日'),
    changed: listOf(findingChange).description('与上一环节相比有变化的条件'),
    signatures: listOf(codeField(STEPS)).description('现行内容上仍有效的签字'),
    steps: listOf(stepTaken),
    villageReview: villageReviewShape.allow(null),
    notice: noticeShown.allow(null),
  }),
  run: async (read, input) => {
    const row = await read.one<OneRow>(
      `SELECT ${COLUMNS}, a.relation AS relation, a.use_detail AS useDetail, a.project AS project,
              a.industry_code AS industryCode, a.consents AS consents,
              a.repayment_source AS repaymentSource, a.witness_name AS witnessName,
              a.certificate_number AS certificateNumber, a.bank_decision_on AS bankDecisionOn,
              a.loan_id AS loanId, a.closed_on AS closedOn, a.close_reason AS closeReason
         ${FROM} WHERE {scope:a.region_code,a.bank_id} AND a.id = :id`,
      { id: input.applicationId },
    );
    if (!row) throw P.applicationAbsent();
    const sql = read.unscoped('all belongs to an application that was found within scope');
    const { idMasked } = await memberFor(sql, row.memberId);
    const bank = await organisationById(sql, row.bankId);
    const steps = await stepsOf(sql, row.id);
    const eligibility = await assess(sql, row, read.today);
    return {
      ...shown(row, read.today),
      ...{ idMasked, eligibility, bankName: bank?.name ?? '' },
      ...(await measured(sql, row)),
      village: await regionName(sql, row.region),
      relation: RELATION_NAMES[row.relation],
      consents: consentsOf(row, steps),
      changed: findingChanges(steps.at(-1)?.findings ?? [], eligibility),
      signatures: standing(steps).map(({ step }) => step),
      steps: steps.map(stepShown),
      villageReview: await villageReviewOf(sql, row.id),
      notice: await noticeOf(sql, { kind: 'application', id: row.id }, read.today),
    };
  },
});

/** What the rules of the day of entry say besides: the industry's name, and the parts without subsidy and cover. */
async function measured(sql: Sql, row: OneRow) {
  const asOf = { region: row.region, date: row.enteredOn };
  const industry = row.industryCode && (await industryOn(sql, row.industryCode, asOf));
  const { value } = await productTerms(sql, row.productCode, asOf);
  const { unsubsidisedFen, uncoveredFen } = beyond(row.amountFen, value);
  return {
    industry: industry ? industry.name : null,
    unsubsidised: yuan(unsubsidisedFen),
    uncovered: yuan(uncoveredFen),
  };
}

/** Consents are given with the content: whoever entered it last wrote them down. */
function consentsOf({ consents, borrower }: OneRow, steps: readonly StepRow[]) {
  const entry = steps.findLast(({ step }) => step === 'submit');
  if (!entry) return [];
  const given = Object.keys(JSON.parse(consents)) as (keyof Consents)[];
  return given.map((consent) => ({
    title: CONSENT_NAMES[consent],
    ...{ givenBy: borrower, recordedBy: entry.actorName, recordedAt: isoInstant(entry.doneAt) },
  }));
}
