/** The county's money for subsidies: what was appropriated from which budget, and what is left. */
import { addFen, type Fen, yuan, ZERO_FEN } from '../platform/money';
import { defineQuery } from '../platform/query';
import { answer, codeField, idField, listOf, regionField, shape } from '../platform/shape';
import { APPROPRIATION_SOURCES, type AppropriationSource } from './subsidy.entity';

interface AppropriationRow {
  id: string;
  source: AppropriationSource;
  document: string;
  amountFen: Fen;
  on_date: string;
}

export const showAccount = defineQuery({
  name: 'subsidies.show-account',
  title: '贴息资金',
  permission: 'subsidies.read',
  input: shape<{ county: string }>({ county: regionField('县') }),
  answer: shape({
    county: regionField('县'),
    appropriated: answer.yuan('到位合计'),
    balance: answer.yuan('余额'),
    appropriations: listOf(
      shape({
        id: idField('拨款编号'),
        source: codeField(APPROPRIATION_SOURCES, '资金来源'),
        document: answer.text('拨款文件号'),
        amount: answer.yuan('到位金额'),
        on: answer.date('登记日'),
      }),
    ),
  }),
  run: async (read, { county }) => {
    const account = await read.one<{ balanceFen: Fen }>(
      `SELECT a.balance_fen AS balanceFen FROM subsidy_account a
        WHERE {scope:a.region_code} AND a.region_code = :county`,
      { county },
    );
    const rows = await read.rows<AppropriationRow>(
      `SELECT a.id AS id, a.source AS source, a.document AS document,
              a.amount_fen AS amountFen, a.appropriated_on AS on_date
         FROM subsidy_appropriation a
        WHERE {scope:a.region_code} AND a.region_code = :county ORDER BY a.id`,
      { county },
    );
    return {
      county,
      appropriated: yuan(addFen(...rows.map(({ amountFen }) => amountFen))),
      balance: yuan(account?.balanceFen ?? ZERO_FEN),
      appropriations: rows.map(({ amountFen, on_date: on, ...row }) => ({
        ...row,
        amount: yuan(amountFen),
        on,
      })),
    };
  },
});
