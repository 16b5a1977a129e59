/** The rules of the trade that the model needs, written from the documents: products, caps, shares, the trigger of a claim. */
import { addMonths, type BusinessDate, yearsOld } from '../../src/platform/dates';
import type { Ground } from './operation';
import { type Application, kindOn, type World } from './world';

interface Product {
  from: string;
  to: string;
  kinds: readonly string[];
}

/** Whom each product serves, by the day (桂开办发 2017; 银保监发〔2019〕24号; 银保监发〔2021〕6号). */
const PRODUCTS: Readonly<Record<string, readonly Product[]>> = {
  FPXD: [
    { from: '2017-12-08', to: '2019-08-19', kinds: ['REGISTERED_POOR', 'OUT_OF_POVERTY'] },
    {
      from: '2019-08-20',
      to: '2020-12-31',
      kinds: ['REGISTERED_POOR', 'OUT_OF_POVERTY', 'MARGINAL'],
    },
  ],
  TPXD: [
    {
      from: '2021-03-04',
      to: '2025-12-31',
      kinds: ['OUT_OF_POVERTY', 'UNSTABLE', 'MARGINAL', 'SUDDEN_HARDSHIP'],
    },
  ],
};

/** The terms of a product on a day, undefined when it may not be lent. */
export function productOn(code: string, day: string): Product | undefined {
  return PRODUCTS[code]?.find(({ from, to }) => from <= day && day <= to);
}

/** The product that is lent on a day. */
export const productOf = (day: string): string => (day <= '2020-12-31' ? 'FPXD' : 'TPXD');

export const CEILING = 5_000_000;
export const TERM_MAX = 36;
/** Uses that Longsheng allows, and one that is forbidden everywhere. */
export const USES = ['CAMELLIA_OIL', 'LOCAL_CHICKEN', 'SELENIUM_FRUIT'] as const;
export const FORBIDDEN_USE = 'HOUSE_BUILDING';

/**
 * Whether a rate in ppm is within the cap of a day: the benchmark of 2015-10-24 alone until 2019-08-19, then that or
 * the LPR, from 2021 the LPR. Of the LPR the model knows its bounds: 3.0 to 4.85 %.
 */
export function withinCap(ratePpm: number, term: number, day: string): boolean | 'open' {
  const benchmark = term <= 12 ? 43_500 : 47_500;
  if (day <= '2019-08-19') return ratePpm <= benchmark;
  if (ratePpm <= 30_000) return true;
  if (ratePpm > 48_500) return false;
  return day <= '2020-12-31' && ratePpm <= benchmark ? true : 'open';
}

/** Longsheng's share of the interest of a day, in ppm. */
export function shareOn(product: string, day: string): number {
  if (product === 'FPXD') return 1_000_000;
  if (product !== 'TPXD' || day < '2021-01-01') return 0;
  return day < '2024-01-01' ? 1_000_000 : 700_000;
}

/** The fund bears 80 % of a loss; the claim needs more than 90 days and three records. */
export const FUND_TENTHS = 8;
export const TRIGGER_DAYS = 90;
export const RECORDS = 3;

/** More days overdue than these freeze the line of the household. */
export const FREEZE_DAYS = 30;

/** Four fifths, rounded half up to the fen. */
export const fundPart = (fen: number): number => Math.floor((2 * fen * FUND_TENTHS + 10) / 20);

type Asked = Pick<
  Application,
  'household' | 'member' | 'product' | 'amountFen' | 'term' | 'use' | 'bank'
>;

/** Whether a household may have this loan as of today: asked at every gate. */
export function eligibility(world: World, asked: Asked, self?: Application): Ground[] {
  const { today } = world;
  const { household, member } = asked;
  const product = productOn(asked.product, today);
  const { line } = household;
  const lineFen = line && line.from <= today && today <= line.until && !line.frozen ? line.fen : 0;
  const age = yearsOld(member.born, today);
  return [
    ['the product is lent on the day', product !== undefined],
    ['the borrower is of age', age >= 18 && age <= 65],
    [
      'the household is on a list',
      product?.kinds.includes(kindOn(household, today) ?? '') === true,
    ],
    ['the amount is within the ceiling', asked.amountFen > 0 && asked.amountFen <= CEILING],
    ['the term is within the product', asked.term <= TERM_MAX],
    ['the use is allowed', asked.use !== FORBIDDEN_USE],
    ['the line covers the amount', asked.amountFen <= lineFen],
    ['the household is free', world.takenBy(household, self) === undefined],
    ['the bank is a bank', world.cast.banks.includes(asked.bank)],
  ];
}

/** So many months later, clipped to the end of the month. */
export const maturity = (on: BusinessDate, months: number): BusinessDate => addMonths(on, months);
