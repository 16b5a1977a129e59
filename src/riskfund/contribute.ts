/** Records money paid into a county's fund: from which source, by which document, once. The first opens the fund. */
import { requireRegion } from '../identity';
import { fundBook, postEntry } from '../ledger';
import { defineAct } from '../platform/act';
import { check } from '../platform/check';
import { type Fen, subFen, yuan, ZERO_FEN } from '../platform/money';
import {
  answer,
  codeField,
  idField,
  regionField,
  shape,
  textField,
  yuanField,
} from '../platform/shape';
import { CONTRIBUTION_SOURCES, type ContributionSource } from './fund.entity';
import { FundStore } from './fund.store';
import { P } from './problems';

interface Input {
  county: string;
  source: ContributionSource;
  document: string;
  amount: Fen;
}

interface ContributionAnswer {
  id: string;
  county: string;
  amount: string;
  balance: string;
  reserved: string;
  on: string;
}

export const contribute = defineAct<Input, { region: string }, ContributionAnswer>({
  name: 'riskfund.contribute',
  title: '登记风险补偿金注入',
  permission: 'riskfund.contribute',
  input: shape<Input>({
    county: regionField('县'),
    source: codeField(CONTRIBUTION_SOURCES, '资金来源'),
    document: textField(120, '文件号'),
    amount: yuanField('注入金额(元)'),
  }),
  answer: shape<ContributionAnswer>({
    id: idField('注入编号'),
    county: regionField('县'),
    amount: answer.yuan('注入金额'),
    balance: answer.yuan('基金余额'),
    reserved: answer.yuan('其中已保留'),
    on: answer.date('登记日'),
  }),
  locate: async (work, { county }) => {
    await requireRegion(work, county, 'county');
    return { region: county };
  },
  run: async (work, { county, source, document, amount }) => {
    if (amount <= 0)
      throw P.nothingContributed({ fields: [{ field: 'amount', reason: '须大于零' }] });
    const id = work.newId();
    const store = new FundStore(work);
    await store.open(county);
    const before = await store.find(county);
    await store.move(county, {
      kind: 'contribution',
      of: id,
      balanceFen: amount,
      source,
      document,
    });
    await postEntry(work, {
      key: `riskfund.contribute/${id}`,
      book: fundBook(county),
      on: work.today,
      event: 'riskfund.contributed',
      memo: `风险补偿金注入 ${yuan(amount)} 元`,
      subject: { kind: 'fund', id: county },
      region: county,
      lines: [
        { account: 'FUND_CASH', amountFen: amount },
        { account: 'FUND_CAPITAL', amountFen: subFen(ZERO_FEN, amount) },
      ],
    });
    const fund = await store.find(county);
    check(fund, 'A fund that was just opened is there.');
    work.record({
      subject: { kind: 'fund', id: county },
      before,
      after: { ...fund, source, document },
    });
    return {
      ...{ id, county, amount: yuan(amount) },
      ...{ balance: yuan(fund.balanceFen), reserved: yuan(fund.reservedFen), on: work.today },
    };
  },
});
