/** The fund on screens and for other modules: its money, its leverage, its movements. */
import { overdueGroups } from '../loans';
import type { Sql } from '../platform/db/database';
import { addFen, type Fen, fen, subFen, yuan } from '../platform/money';
import { defineQuery, pageFields, pageOf, type Reader, readPage } from '../platform/query';
import { answer, codeField, idField, regionField, shape } from '../platform/shape';
import { countyOf, leverageOf } from './fund';
import {
  CONTRIBUTION_SOURCES,
  type ContributionSource,
  type MovementKind,
  SOURCE_NAMES,
} from './fund.entity';
import { P } from './problems';
import { termsOn } from './terms';

/** A county's fund, for other modules. */
export interface FundFace {
  regionCode: string;
  balanceFen: Fen;
  reservedFen: Fen;
  /** What a new claim may count on. */
  availableFen: Fen;
  version: number;
}

/** The fund of the county in which the region lies, or null. */
export async function fundOf(sql: Sql, region: string): Promise<FundFace | null> {
  const fund = await sql.one<Omit<FundFace, 'availableFen'>>(
    `SELECT region_code AS regionCode, balance_fen AS balanceFen, reserved_fen AS reservedFen,
            version AS version FROM fund WHERE region_code = :county`,
    { county: countyOf(region) },
  );
  return fund && { ...fund, availableFen: subFen(fund.balanceFen, fund.reservedFen) };
}

export const showFund = defineQuery({
  name: 'riskfund.show-fund',
  title: '风险补偿金',
  permission: 'riskfund.read',
  input: shape<{ county: string }>({ county: regionField('县') }),
  answer: shape({
    county: regionField('县'),
    balance: answer.yuan('余额'),
    reserved: answer.yuan('其中已保留'),
    available: answer.yuan('可用余额'),
    loans: answer.yuan('贷款余额'),
    leverage: answer.text('放大倍数(贷款余额 ÷ 基金余额)').allow(null),
    leverageMax: answer.count('放大倍数上限'),
    overLeverage: answer.flag('是否超过上限'),
    termsRowId: answer.text('条款的政策行'),
    provisional: answer.flag('条款是否暂定'),
  }),
  run: async (read, { county }) => {
    const fund = await read.one<Omit<FundFace, 'availableFen'>>(
      `SELECT f.region_code AS regionCode, f.balance_fen AS balanceFen,
              f.reserved_fen AS reservedFen, f.version AS version
         FROM fund f WHERE {scope:f.region_code} AND f.region_code = :county`,
      { county },
    );
    if (!fund) throw P.fundAbsent();
    const sql = read.unscoped('leverage is over all loans of the county, whoever asks');
    const terms = await termsOn(sql, county, read.today);
    const loans = await balanceOfLoans(read, county);
    return {
      county,
      balance: yuan(fund.balanceFen),
      reserved: yuan(fund.reservedFen),
      available: yuan(subFen(fund.balanceFen, fund.reservedFen)),
      loans: yuan(loans),
      leverage: leverageOf(loans, fund.balanceFen),
      leverageMax: terms.value.leverageMax,
      overLeverage: loans > fund.balanceFen * terms.value.leverageMax,
      termsRowId: terms.rowId,
      provisional: terms.provisional,
    };
  },
});

async function balanceOfLoans(read: Reader, county: string): Promise<Fen> {
  const sql = read.unscoped('leverage is over all loans of the county, whoever asks');
  const groups = await overdueGroups(sql, read.today);
  const own = groups.filter(({ townshipCode }) => countyOf(townshipCode) === county);
  return addFen(...own.map(({ principalFen }) => fen(principalFen)));
}

/** What each kind of movement is called. */
const KIND_NAMES: Readonly<Record<MovementKind, string>> = {
  contribution: '注入',
  reserve: '保留',
  release: '解除保留',
  compensation: '代偿支出',
  return: '追回返还',
};

interface MovementRow {
  id: string;
  kind: MovementKind;
  balanceChangeFen: Fen;
  reservedChangeFen: Fen;
  claimId: string | null;
  recoveryId: string | null;
  source: ContributionSource | null;
  document: string | null;
  movedOn: string;
  recordedBy: string;
}

interface MovementsInput {
  county: string;
  after?: string;
  size?: number;
}

export const listMovements = defineQuery({
  name: 'riskfund.list-movements',
  title: '风险补偿金收支台账',
  permission: 'riskfund.read',
  input: shape<MovementsInput>({ county: regionField('县'), ...pageFields }),
  answer: pageOf(
    shape({
      id: idField('收支编号'),
      kind: codeField(Object.keys(KIND_NAMES), '类别'),
      kindName: answer.text('类别名称'),
      balanceChange: answer.yuan('余额变动'),
      reservedChange: answer.yuan('保留变动'),
      claimId: idField('申请编号').allow(null),
      recoveryId: idField('追回款编号').allow(null),
      source: codeField(CONTRIBUTION_SOURCES, '资金来源').allow(null),
      sourceName: answer.text('资金来源名称').allow(null),
      document: answer.text('文件号').allow(null),
      on: answer.date('日期'),
      recordedBy: answer.text('登记人'),
    }),
  ),
  run: async (read, { county, ...page }) => {
    const rows = await readPage<MovementRow>(
      read,
      `SELECT m.id AS id, m.kind AS kind, m.balance_change_fen AS balanceChangeFen,
              m.reserved_change_fen AS reservedChangeFen, m.claim_id AS claimId,
              m.recovery_id AS recoveryId, m.source AS source, m.document AS document,
              m.moved_on AS movedOn, m.recorded_by AS recordedBy
         FROM fund_movement m
        WHERE {scope:m.region_code} AND m.region_code = :county AND {after}`,
      { county },
      { keys: [{ sql: 'm.id', field: 'id' }], direction: 'desc' },
      page,
    );
    const items = rows.items.map(({ id, kind, source, movedOn, ...row }) => ({
      ...{ id, kind, kindName: KIND_NAMES[kind] },
      balanceChange: yuan(row.balanceChangeFen),
      reservedChange: yuan(row.reservedChangeFen),
      ...{ claimId: row.claimId, recoveryId: row.recoveryId },
      ...{ source, sourceName: source && SOURCE_NAMES[source] },
      ...{ document: row.document, on: movedOn, recordedBy: row.recordedBy },
    }));
    return { items, next: rows.next };
  },
});
