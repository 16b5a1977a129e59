/** What the acts of the subsidy load and save, within the work in hand. */

import { ensureRow } from '../platform/db/ensure';
import { isUniqueViolation } from '../platform/db/errors';
import { findRow, insertRow, insertRows, listRows, updateVersioned } from '../platform/db/store';
import { type Fen, yuan } from '../platform/money';
import type { Work } from '../platform/work';
import { P } from './problems';
import {
  SubsidyAccount,
  SubsidyAppropriation,
  SubsidyClaim,
  SubsidyExclusion,
  SubsidyPayment,
  SubsidyRun,
} from './subsidy.entity';

/** Sums of a quarter at one bank, of the claims above zero. */
export interface BankSum {
  bankId: string;
  claimCount: number;
  amountFen: Fen;
}

/** A claim with its exclusions, as it is computed. */
export interface NewClaim {
  claim: SubsidyClaim;
  exclusions: SubsidyExclusion[];
}

export class SubsidyStore {
  constructor(private readonly work: Work) {}

  /** The quarter of a county. @throws Problem subsidies.run-absent */
  async run(regionCode: string, periodCode: string): Promise<SubsidyRun> {
    const run = await findRow(this.work.tx, SubsidyRun, { regionCode, periodCode });
    if (!run) throw P.runAbsent({ detail: `${regionCode} ${periodCode}` });
    return run;
  }

  /** Opens the quarter; its key makes a second proposal impossible. @throws Problem subsidies.already-proposed */
  async open(run: SubsidyRun): Promise<void> {
    try {
      await insertRow(this.work.tx, SubsidyRun, run);
    } catch (error) {
      if (isUniqueViolation(error, 'subsidy_run')) {
        throw P.alreadyProposed({ detail: run.periodCode });
      }
      throw error;
    }
  }

  /** Changes the quarter as it was loaded. @throws Problem platform.stale */
  change(run: SubsidyRun, changes: Partial<Omit<SubsidyRun, 'version'>>): Promise<SubsidyRun> {
    return updateVersioned(this.work.tx, SubsidyRun, run, changes);
  }

  /** Adds a page of claims. */
  async add(page: readonly NewClaim[]): Promise<void> {
    await insertRows(
      this.work.tx,
      SubsidyClaim,
      page.map(({ claim }) => claim),
    );
    const exclusions = page.flatMap((one) => one.exclusions);
    if (exclusions.length > 0) await insertRows(this.work.tx, SubsidyExclusion, exclusions);
  }

  /** The claims of a quarter after a loan, in the order of loans, at most `limit`. */
  async claims(run: SubsidyRun, after: string, limit: number): Promise<SubsidyClaim[]> {
    const { tx } = this.work;
    const ids = await tx.rows<{ loan_id: string }>(
      `SELECT loan_id FROM subsidy_claim
        WHERE run_region_code = :region AND period_code = :period AND loan_id > :after
        ORDER BY loan_id LIMIT :limit`,
      { region: run.regionCode, period: run.periodCode, after, limit },
    );
    if (ids.length === 0) return [];
    const loanId = ids.map((row) => row.loan_id);
    return listRows(tx, SubsidyClaim, { periodCode: run.periodCode, loanId });
  }

  /** What each bank is to receive, banks in the order of their ids. */
  async sumsByBank(run: SubsidyRun): Promise<BankSum[]> {
    return this.work.tx.rows<BankSum>(
      `SELECT bank_id AS bankId, COUNT(*) AS claimCount, SUM(subsidised_fen) AS amountFen
         FROM subsidy_claim
        WHERE run_region_code = :region AND period_code = :period AND subsidised_fen > 0
        GROUP BY bank_id ORDER BY bank_id`,
      { region: run.regionCode, period: run.periodCode },
    );
  }

  addPayment(payment: SubsidyPayment): Promise<void> {
    return insertRow(this.work.tx, SubsidyPayment, payment);
  }

  /** Adds money to the county's account, which is opened with the first. */
  async receive(regionCode: string, amountFen: Fen): Promise<void> {
    const { tx } = this.work;
    const row = { region_code: regionCode, balance_fen: 0, version: 1 };
    await ensureRow(tx, 'subsidy_account', row, ['region_code']);
    await tx.exec(
      `UPDATE subsidy_account SET balance_fen = balance_fen + :amount, version = version + 1
        WHERE region_code = :region`,
      { region: regionCode, amount: amountFen },
    );
  }

  /** Takes money from the county's account, never below zero. @throws Problem subsidies.appropriation-short */
  async spend(regionCode: string, amountFen: Fen): Promise<void> {
    const taken = await this.work.tx.exec(
      `UPDATE subsidy_account SET balance_fen = balance_fen - :amount, version = version + 1
        WHERE region_code = :region AND balance_fen >= :amount`,
      { region: regionCode, amount: amountFen },
    );
    if (taken === 1) return;
    const account = await findRow(this.work.tx, SubsidyAccount, { regionCode });
    const there = account ? yuan(account.balanceFen) : '0.00';
    throw P.appropriationShort({ detail: `余额 ${there} 元，应付 ${yuan(amountFen)} 元` });
  }

  /** Records an appropriation. @throws Problem subsidies.document-used */
  async addAppropriation(row: SubsidyAppropriation): Promise<void> {
    try {
      await insertRow(this.work.tx, SubsidyAppropriation, row);
    } catch (error) {
      if (isUniqueViolation(error, 'subsidy_appropriation')) {
        throw P.documentUsed({ detail: row.document });
      }
      throw error;
    }
  }
}
