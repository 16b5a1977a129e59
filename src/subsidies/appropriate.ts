/** The finance officer records money appropriated for subsidies: from which budget, by which document, once. */
import { requireRegion } from '../identity';
import { countyBook, postEntry } from '../ledger';
import { defineAct } from '../platform/act';
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
import { P } from './problems';
import { APPROPRIATION_SOURCES, type AppropriationSource } from './subsidy.entity';
import { SubsidyStore } from './subsidy.store';

interface Input {
  county: string;
  source: AppropriationSource;
  document: string;
  amount: Fen;
}

interface AppropriationAnswer {
  id: string;
  county: string;
  source: string;
  document: string;
  amount: string;
  on: string;
}

export const appropriate = defineAct<Input, { region: string }, AppropriationAnswer>({
  name: 'subsidies.appropriate',
  title: '登记贴息资金到位',
  permission: 'subsidies.pay',
  input: shape<Input>({
    county: regionField('县'),
    source: codeField(APPROPRIATION_SOURCES, '资金来源：中央、省、市、县'),
    document: textField(120, '拨款文件号'),
    amount: yuanField('到位金额(元)'),
  }),
  answer: shape<AppropriationAnswer>({
    id: idField('拨款编号'),
    county: regionField('县'),
    source: codeField(APPROPRIATION_SOURCES, '资金来源'),
    document: answer.text('拨款文件号'),
    amount: answer.yuan('到位金额'),
    on: answer.date('登记日'),
  }),
  locate: async (work, { county }) => {
    await requireRegion(work, county, 'county');
    return { region: county };
  },
  run: async (work, { county, source, document, amount }) => {
    if (amount <= 0) {
      throw P.nothingAppropriated({ fields: [{ field: 'amount', reason: '须大于零' }] });
    }
    const id = work.newId();
    const store = new SubsidyStore(work);
    await store.receive(county, amount);
    await store.addAppropriation({
      ...{ id, regionCode: county, source, document, amountFen: amount },
      appropriatedOn: work.today,
      recordedBy: work.actor.id,
      recordedAt: work.now,
    });
    await postEntry(work, {
      key: `subsidies.appropriate/${id}`,
      book: countyBook(county),
      on: work.today,
      event: 'subsidies.appropriated',
      memo: `贴息资金到位 ${yuan(amount)} 元`,
      subject: { kind: 'subsidy', id },
      region: county,
      lines: [
        { account: 'SUBSIDY_CASH', amountFen: amount },
        { account: 'SUBSIDY_APPROPRIATION', amountFen: subFen(ZERO_FEN, amount) },
      ],
    });
    const told = {
      id,
      county,
      source,
      document,
      amount: yuan(amount),
      on: work.today,
    };
    work.record({ subject: { kind: 'subsidy', id }, after: told });
    return told;
  },
});
