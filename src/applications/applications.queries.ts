/** The narrow questions that other modules, and the gates here, ask of applications. */
import type { Sql } from '../platform/db/database';
import type { Fen } from '../platform/money';
import type { State } from './chain';
import { P } from './problems';

/** An application as other modules see it. */
export interface ApplicationFace {
  id: string;
  number: string;
  householdId: string;
  memberId: string;
  /** Village, 12 digits. */
  regionCode: string;
  bankId: string;
  productCode: string;
  amountFen: Fen;
  termMonths: number;
  useCode: string;
  state: State;
  certificateNumber: string | null;
  bankDecisionBy: string | null;
  version: number;
}

/** The application with this id. @throws Problem applications.application-absent */
export async function applicationFor(sql: Sql, id: string): Promise<ApplicationFace> {
  const found = await sql.one<ApplicationFace>(
    `SELECT a.id AS id, a.number AS number, a.household_id AS householdId, a.member_id AS memberId,
            a.region_code AS regionCode, a.bank_id AS bankId, a.product_code AS productCode,
            a.amount_fen AS amountFen, a.term_months AS termMonths, a.use_code AS useCode,
            a.state AS state, a.certificate_number AS certificateNumber,
            a.bank_decision_by AS bankDecisionBy, a.version AS version
       FROM application a WHERE a.id = :id`,
    { id },
  );
  if (!found) throw P.applicationAbsent();
  return found;
}

/** The ids of the people who took a step of the application, in the order of the steps; each once. */
export async function signersOf(sql: Sql, id: string): Promise<string[]> {
  const rows = await sql.rows<{ actorId: string }>(
    `SELECT actor_id AS actorId FROM application_step WHERE application_id = :id
      GROUP BY actor_id ORDER BY MIN(position)`,
    { id },
  );
  return rows.map((row) => row.actorId);
}

/** The application or running loan by which a household is taken, other than `exceptId`. */
export function takenBy(
  sql: Sql,
  householdId: string,
  exceptId: string | null,
): Promise<{ number: string; state: State } | null> {
  return sql.one<{ number: string; state: State }>(
    `SELECT a.number AS number, a.state AS state FROM application a
      WHERE a.busy_household_id = :householdId AND a.id <> :exceptId`,
    { householdId, exceptId: exceptId ?? '' },
  );
}
