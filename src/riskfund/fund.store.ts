/**
 * The money of the fund. It moves here only: the fund's row is written by a relative statement that refuses to go
 * below what is reserved, and the movement is kept beside it.
 */

import { ensureRow } from '../platform/db/ensure';
import { isUniqueViolation } from '../platform/db/errors';
import { uniqueName } from '../platform/db/names';
import { findRow, insertRow } from '../platform/db/store';
import { type Fen, subFen, yuan, ZERO_FEN } from '../platform/money';
import type { Work } from '../platform/work';
import { type ContributionSource, Fund, FundMovement, type MovementKind } from './fund.entity';
import { P } from './problems';

/** One movement as an act tells it; what is left out is nothing. */
export interface Move {
  kind: MovementKind;
  /** What moved it: the id of the contribution, claim or recovery. */
  of: string;
  balanceFen?: Fen;
  reservedFen?: Fen;
  claimId?: string;
  recoveryId?: string;
  source?: ContributionSource;
  document?: string;
}

export class FundStore {
  constructor(private readonly work: Work) {}

  /** The fund of a county, or null. */
  find(regionCode: string): Promise<Fund | null> {
    return findRow(this.work.tx, Fund, { regionCode });
  }

  /** Opens a county's fund with nothing in it, unless it is open. */
  async open(regionCode: string): Promise<void> {
    const row = { region_code: regionCode, balance_fen: 0, reserved_fen: 0, version: 1 };
    await ensureRow(this.work.tx, 'fund', row, ['region_code']);
  }

  /**
   * Moves money of a fund.
   * @throws Problem riskfund.fund-absent, riskfund.fund-short, riskfund.document-used.
   */
  async move(regionCode: string, move: Move): Promise<void> {
    const { work } = this;
    const { kind, balanceFen = ZERO_FEN, reservedFen = ZERO_FEN } = move;
    const moved = await work.tx.exec(
      `UPDATE fund SET balance_fen = balance_fen + :balance, reserved_fen = reserved_fen + :reserved,
              version = version + 1
        WHERE region_code = :region AND reserved_fen + :reserved >= 0
          AND balance_fen + :balance >= reserved_fen + :reserved`,
      { region: regionCode, balance: balanceFen, reserved: reservedFen },
    );
    if (moved !== 1) throw await this.short(regionCode, move);
    const row: FundMovement = {
      id: work.newId(),
      naturalKey: `${kind}/${move.of}`,
      regionCode,
      kind,
      balanceChangeFen: balanceFen,
      reservedChangeFen: reservedFen,
      claimId: move.claimId ?? null,
      recoveryId: move.recoveryId ?? null,
      source: move.source ?? null,
      document: move.document ?? null,
      movedOn: work.today,
      recordedBy: work.actor.id,
      recordedAt: work.now,
    };
    try {
      await insertRow(work.tx, FundMovement, row);
    } catch (error) {
      const used = uniqueName('fund_movement', ['region_code', 'document']);
      if (isUniqueViolation(error, used)) throw P.documentUsed({ detail: row.document ?? '' });
      throw error;
    }
  }

  private async short(regionCode: string, { balanceFen, reservedFen }: Move): Promise<Error> {
    const fund = await this.find(regionCode);
    if (!fund) return P.fundAbsent();
    const free = subFen(fund.balanceFen, fund.reservedFen);
    const asked = reservedFen ?? balanceFen ?? ZERO_FEN;
    return P.fundShort({ detail: `可用余额 ${yuan(free)} 元，需要 ${yuan(asked)} 元` });
  }
}
