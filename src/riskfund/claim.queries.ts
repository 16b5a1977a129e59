/** Claims and recoveries on screens and for other modules: who signed when, what is missing, what is to come back. */
import type { FundStanding } from '../loans';
import { type Instant, isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { findRow, listRows } from '../platform/db/store';
import { type Fen, subFen, yuan, ZERO_FEN } from '../platform/money';
import { defineQuery, pageFields, pageOf, type Reader, readPage } from '../platform/query';
import { answer, codeField, idField, Joi, listOf, shape } from '../platform/shape';
import { CLAIM_STATES, type ClaimState } from './claim';
import { claimAnswer, claimFields } from './claim-answer';
import { FundClaim, FundSignature } from './fund.entity';
import { P } from './problems';
import { SEAT_NAMES, SEATS, type Seat } from './terms';

interface ClaimsInput {
  state?: ClaimState;
  after?: string;
  size?: number;
}

export const listClaims = defineQuery({
  name: 'riskfund.list-claims',
  title: '代偿申请台账',
  permission: 'riskfund.read',
  input: shape<ClaimsInput>({
    state: codeField(CLAIM_STATES, '状态').optional(),
    ...pageFields,
  }),
  answer: pageOf(shape(claimFields)),
  run: async (read, { state, ...page }) => {
    const rows = await readPage<{ id: string }>(
      read,
      `SELECT c.id AS id FROM fund_claim c
        WHERE {scope:c.region_code,c.bank_id} AND (:state IS NULL OR c.state = :state) AND {after}`,
      { state: state ?? null },
      { keys: [{ sql: 'c.id', field: 'id' }], direction: 'desc' },
      page,
    );
    const items = [];
    for (const { id } of rows.items) {
      const { claim, signatures } = await covered(read, id);
      items.push(claimAnswer(claim, signatures));
    }
    return { items, next: rows.next };
  },
});

/** A claim with its signatures, once the actor's scope has let its id through. */
async function covered(read: Reader, claimId: string) {
  const sql = read.unscoped('the claim was found within the scope of the actor');
  const claim = await findRow(sql, FundClaim, { id: claimId });
  if (!claim) throw P.claimAbsent();
  return { claim, signatures: await listRows(sql, FundSignature, { claimId }) };
}

const signatureShape = shape({
  seat: codeField(SEATS, '席位'),
  seatName: answer.text('席位名称'),
  signedBy: answer.text('签署人'),
  signedByName: answer.text('签署人姓名'),
  signedOn: answer.date('签署日'),
  signedAt: answer.instant('签署时刻'),
  contentDigest: answer.text('签署时的内容摘要'),
});

export const showClaim = defineQuery({
  name: 'riskfund.show-claim',
  title: '代偿申请',
  permission: 'riskfund.read',
  input: shape<{ claimId: string }>({ claimId: idField('申请编号') }),
  answer: shape({
    ...claimFields,
    signatures: listOf(signatureShape),
    recovered: answer.yuan('代偿后追回合计'),
    dueBack: answer.yuan('其中应返还基金'),
    returned: answer.yuan('其中已返还基金'),
  }),
  run: async (read, { claimId }) => {
    const found = await read.one<{ id: string }>(
      `SELECT c.id AS id FROM fund_claim c
        WHERE {scope:c.region_code,c.bank_id} AND c.id = :claimId`,
      { claimId },
    );
    if (!found) throw P.claimAbsent();
    const { claim, signatures } = await covered(read, claimId);
    const sums = await recoverySums(read, claimId);
    return {
      ...claimAnswer(claim, signatures),
      signatures: signatures.map(signatureAnswer),
      recovered: yuan(sums.recoveredFen),
      dueBack: yuan(sums.dueBackFen),
      returned: yuan(sums.returnedFen),
    };
  },
});

function signatureAnswer(one: FundSignature) {
  const { seat, actorId, actorName, signedOn, signedAt, contentDigest } = one;
  return {
    ...{ seat, seatName: SEAT_NAMES[seat], signedBy: actorId, signedByName: actorName, signedOn },
    ...{ signedAt: isoInstant(signedAt), contentDigest },
  };
}

interface RecoverySums {
  recoveredFen: Fen;
  dueBackFen: Fen;
  returnedFen: Fen;
}

async function recoverySums(read: Reader, claimId: string): Promise<RecoverySums> {
  const sums = await read.one<RecoverySums>(
    `SELECT COALESCE(SUM(v.recovered_fen), 0) AS recoveredFen,
            COALESCE(SUM(v.fund_part_fen), 0) AS dueBackFen,
            COALESCE(SUM(CASE WHEN v.returned_on IS NULL THEN 0 ELSE v.fund_part_fen END), 0)
              AS returnedFen
       FROM fund_recovery v
      WHERE {scope:v.region_code,v.bank_id} AND v.claim_id = :claimId AND v.voided_on IS NULL`,
    { claimId },
  );
  return sums ?? { recoveredFen: ZERO_FEN, dueBackFen: ZERO_FEN, returnedFen: ZERO_FEN };
}

interface RecoveryRow {
  id: string;
  claimId: string;
  loanId: string;
  bankId: string;
  repaymentId: string;
  receivedOn: BusinessDate;
  recoveredFen: Fen;
  fundPartFen: Fen;
  dueOn: BusinessDate;
  returnedOn: BusinessDate | null;
}

interface RecoveriesInput {
  open?: boolean;
  after?: string;
  size?: number;
}

export const listRecoveries = defineQuery({
  name: 'riskfund.list-recoveries',
  title: '追回返还台账',
  permission: 'riskfund.read',
  input: shape<RecoveriesInput>({
    open: Joi.boolean().description('只看未返还的').optional(),
    ...pageFields,
  }),
  answer: pageOf(
    shape({
      id: idField('追回款编号'),
      claimId: idField('申请编号'),
      loanId: idField('贷款编号'),
      bankId: idField('承贷银行'),
      repaymentId: idField('还款编号'),
      receivedOn: answer.date('追回日'),
      recovered: answer.yuan('追回本息'),
      fundPart: answer.yuan('应返还基金'),
      dueOn: answer.date('应返还日'),
      returnedOn: answer.date('返还日').allow(null),
      late: answer.flag('是否超过应返还日'),
    }),
  ),
  run: async (read, { open, ...page }) => {
    const rows = await readPage<RecoveryRow>(
      read,
      `SELECT v.id AS id, v.claim_id AS claimId, v.loan_id AS loanId, v.bank_id AS bankId,
              COALESCE(b.repayment_id, v.repayment_id) AS repaymentId, v.received_on AS receivedOn,
              v.recovered_fen AS recoveredFen, v.fund_part_fen AS fundPartFen,
              v.due_on AS dueOn, v.returned_on AS returnedOn
         FROM fund_recovery v LEFT JOIN fund_recovery b ON b.id = v.supplements_id
        WHERE {scope:v.region_code,v.bank_id} AND v.voided_on IS NULL
          AND (:open = 0 OR v.returned_on IS NULL) AND {after}`,
      { open: open ? 1 : 0 },
      {
        keys: [
          { sql: 'v.due_on', field: 'dueOn' },
          { sql: 'v.id', field: 'id' },
        ],
        direction: 'asc',
      },
      page,
    );
    const items = rows.items.map(({ recoveredFen, fundPartFen, ...row }) => ({
      ...row,
      recovered: yuan(recoveredFen),
      fundPart: yuan(fundPartFen),
      late: (row.returnedOn ?? read.today) > row.dueOn,
    }));
    return { items, next: rows.next };
  },
});

/** A claim for other modules. */
export interface ClaimFace {
  id: string;
  state: ClaimState;
  amountFen: Fen;
  claimedBy: string;
  claimedOn: BusinessDate;
  paidOn: BusinessDate | null;
  signatures: { seat: Seat; actorId: string; signedAt: Instant }[];
}

/** A loan's claims, oldest first, with their signatures. */
export async function claimsOf(sql: Sql, loanId: string): Promise<ClaimFace[]> {
  const claims = await listRows(sql, FundClaim, { loanId });
  const faces: ClaimFace[] = [];
  for (const { id, state, amountFen, claimedBy, claimedOn, paidOn } of claims) {
    const signed = await listRows(sql, FundSignature, { claimId: id });
    const signatures = signed.map(({ seat, actorId, signedAt }) => ({ seat, actorId, signedAt }));
    faces.push({ id, state, amountFen, claimedBy, claimedOn, paidOn, signatures });
  }
  return faces;
}

/** How the fund stands to a loan, for the loan book: what it decided, and what the bank keeps of its money. */
export async function fundStandingOf(sql: Sql, loanId: string): Promise<FundStanding> {
  const claims = await listRows(sql, FundClaim, { loanId });
  const of = (...states: ClaimState[]) => claims.find(({ state }) => states.includes(state));
  const paid = of('paid');
  if (paid) return { state: 'paid', keptFen: subFen(paid.amountFen, paid.dueBackFen) };
  const state = of('submitted', 'signed') ? 'open' : of('refused') ? 'refused' : 'none';
  return { state, keptFen: ZERO_FEN };
}
