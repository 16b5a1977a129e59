/** How the book stands and moved by class: the migration between two days, and the bad loans of a day. */
import type { BusinessDate } from '../platform/dates';
import { divideHalfUp, type Fen, fen, yuan } from '../platform/money';
import { defineQuery } from '../platform/query';
import { percent, ppm, WHOLE_PPM } from '../platform/rate';
import { answer, dateField, listOf, regionField, shape } from '../platform/shape';
import { isBadGrade } from './classification';
import { outstandingOn } from './evidence.queries';
import { classOn } from './grading.queries';
import { P } from './problems';
import { TablesOfTheDay } from './tables-of-the-day';

/** Where a loan is that is in no class: not paid out yet, settled, or written off. */
function standingOn(date: string): string {
  return `CASE WHEN l.disbursed_on > ${date} THEN 'NEW'
    WHEN l.settled_on <= ${date} THEN 'SETTLED'
    WHEN l.written_off_on <= ${date} THEN 'WRITTEN_OFF'
    ELSE ${classOn(date)} END`;
}

interface Dates {
  from: BusinessDate;
  to: BusinessDate;
}

interface Move {
  countyCode: string;
  bankId: string;
  from: string;
  to: string;
  loans: number;
  principal: string;
}

interface MoveRow extends Pick<Move, 'countyCode' | 'bankId' | 'loans'> {
  fromCode: string;
  toCode: string;
  principalFen: Fen;
}

const STANDINGS = 'NORMAL … LOSS 五级分类, NEW 其后放款, SETTLED 已结清, WRITTEN_OFF 已核销';

/** How the loans of a place moved between classes from one day to another, by county and bank (迁徙). */
export const classMigration = defineQuery<Dates, { items: Move[] }>({
  name: 'loans.class-migration',
  title: '贷款分类迁徙',
  permission: 'loans.read',
  input: shape<Dates>({ from: dateField('起始日'), to: dateField('截止日') }),
  answer: shape<{ items: Move[] }>({
    items: listOf(
      shape<Move>({
        countyCode: regionField('县'),
        bankId: answer.text('承贷银行'),
        from: answer.text(`起始日的分类：${STANDINGS}`),
        to: answer.text(`截止日的分类：${STANDINGS}`),
        loans: answer.count('笔数'),
        principal: answer.yuan('起始日的本金余额；其后放款的为截止日的余额'),
      }),
    ),
  }),
  run: async (read, { from, to }) => {
    if (to < from) throw P.wrongWay({ fields: [{ field: 'to', reason: `不得早于 ${from}` }] });
    const county = read.dialect.concat('SUBSTR(l.region_code, 1, 6)', "'000000'");
    const rows = await read.rows<MoveRow>(
      `SELECT countyCode, bankId, fromCode, toCode, COUNT(*) AS loans,
              SUM(CASE WHEN fromCode = 'NEW' THEN toFen ELSE fromFen END) AS principalFen
         FROM (SELECT ${county} AS countyCode, l.bank_id AS bankId,
                      ${standingOn(':from')} AS fromCode, ${standingOn(':to')} AS toCode,
                      ${outstandingOn(':from')} AS fromFen, ${outstandingOn(':to')} AS toFen
                 FROM loan l
                WHERE {scope:l.region_code,l.bank_id} AND l.disbursed_on <= :to
                  AND (l.settled_on IS NULL OR l.settled_on > :from)) moved
        WHERE fromCode <> 'WRITTEN_OFF'
        GROUP BY countyCode, bankId, fromCode, toCode
        ORDER BY countyCode, bankId, fromCode, toCode`,
      { from, to },
    );
    return {
      items: rows.map(({ fromCode, toCode, principalFen, ...move }) => ({
        ...{ ...move, from: fromCode, to: toCode, principal: yuan(principalFen) },
      })),
    };
  },
});

interface BadAnswer {
  townshipCode: string;
  bankId: string;
  loans: number;
  balance: string;
  badLoans: number;
  badBalance: string;
  badRate: string | null;
}

interface ClassSum {
  townshipCode: string;
  bankId: string;
  classCode: string;
  loans: number;
  principalFen: Fen;
}

/** Bad loans (不良) of each township and bank on a day: the grades that the table of the day calls non-performing. */
export const badLoans = defineQuery<{ on?: BusinessDate }, { on: string; items: BadAnswer[] }>({
  name: 'loans.bad-loans',
  title: '不良贷款',
  permission: 'loans.read',
  input: shape<{ on?: BusinessDate }>({ on: dateField('日期；不填为今日').optional() }),
  answer: shape<{ on: string; items: BadAnswer[] }>({
    on: answer.date('日期'),
    items: listOf(
      shape<BadAnswer>({
        townshipCode: regionField('乡镇'),
        bankId: answer.text('承贷银行'),
        loans: answer.count('笔数'),
        balance: answer.yuan('贷款余额，不含已核销'),
        badLoans: answer.count('不良笔数'),
        badBalance: answer.yuan('不良余额'),
        badRate: answer.percent('不良率；没有余额时为空').allow(null),
      }),
    ),
  }),
  run: async (read, { on = read.today }) => {
    const township = read.dialect.concat('SUBSTR(l.region_code, 1, 9)', "'000'");
    const sums = await read.rows<ClassSum>(
      `SELECT townshipCode, bankId, classCode, COUNT(*) AS loans, SUM(owedFen) AS principalFen
         FROM (SELECT ${township} AS townshipCode, l.bank_id AS bankId,
                      ${classOn(':date')} AS classCode, ${outstandingOn(':date')} AS owedFen
                 FROM loan l
                WHERE {scope:l.region_code,l.bank_id} AND l.disbursed_on <= :date
                  AND (l.settled_on IS NULL OR l.settled_on > :date)) graded
        WHERE owedFen > 0
        GROUP BY townshipCode, bankId, classCode ORDER BY townshipCode, bankId, classCode`,
      { date: on },
    );
    const sql = read.unscoped('the class table of a day is a rule, not a record');
    return { on, items: await badOf(sums, new TablesOfTheDay(sql, on)) };
  },
});

async function badOf(sums: readonly ClassSum[], tables: TablesOfTheDay): Promise<BadAnswer[]> {
  const places = new Map<string, ClassSum & { badLoans: number; badFen: Fen }>();
  for (const sum of sums) {
    const key = `${sum.townshipCode} ${sum.bankId}`;
    const place = places.get(key) ?? {
      ...sum,
      loans: 0,
      principalFen: fen(0),
      badLoans: 0,
      badFen: fen(0),
    };
    const bad = isBadGrade(await tables.of(sum.townshipCode), sum.classCode);
    place.loans += sum.loans;
    place.principalFen = fen(place.principalFen + sum.principalFen);
    place.badLoans += bad ? sum.loans : 0;
    place.badFen = fen(place.badFen + (bad ? sum.principalFen : 0));
    places.set(key, place);
  }
  return [...places.values()].map(({ townshipCode, bankId, loans, principalFen, ...bad }) => ({
    ...{ townshipCode, bankId, loans, balance: yuan(principalFen) },
    ...{ badLoans: bad.badLoans, badBalance: yuan(bad.badFen) },
    badRate: percent(
      ppm(Number(divideHalfUp(BigInt(bad.badFen) * BigInt(WHOLE_PPM), BigInt(principalFen)))),
    ),
  }));
}
