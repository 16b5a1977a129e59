/**
 * What the county is expected to pay of loans' interest before maturity: the dated shares of a county and the
 * subsidised ceilings of products, each asked for once, however many loans are looked at.
 */
import { productTerms } from '../applications';
import { type BusinessDate, settlementPeriodOf } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { Fen } from '../platform/money';
import { Problem } from '../platform/problems';
import { ppm, WHOLE_PPM } from '../platform/rate';
import { type InForce, policySpans, type Span } from '../policy';
import type { Loan } from './loan.entity';
import type { Borne } from './own-interest';
import { type SubsidyShare, subsidyShare } from './subsidy-share';

/** From the first day up to, not including, the last. */
export interface Days {
  from: BusinessDate;
  untilExclusive: BusinessDate;
}

/** What of a loan is asked about. */
export type SubsidisedLoan = Pick<
  Loan,
  'regionCode' | 'productCode' | 'signedOn' | 'principalFen' | 'terms'
>;

type ShareSpan = Span<InForce<SubsidyShare>>;

/** Holds what was asked for. */
export class ExpectedSubsidy {
  private readonly spans = new Map<string, ShareSpan[]>();
  private readonly ceilings = new Map<string, Fen>();

  constructor(private readonly sql: Sql) {}

  /** What the county is expected to pay of the interest of these days. */
  async of(loan: SubsidisedLoan, days: Days): Promise<Borne> {
    const stretches = (await this.spansOf(loan.regionCode, days)).flatMap(({ row, ...span }) => {
      const share = row.value.sharePpm[loan.productCode];
      if (share === undefined) return [];
      return [{ fromOn: span.from, untilOn: span.untilExclusive, sharePpm: ppm(share) }];
    });
    return { ceilingFen: await this.ceilingOf(loan), stretches };
  }

  /** Whether the county is expected to pay all of the interest of these days, so that none is the borrower's own. */
  async bearsAll(loan: SubsidisedLoan, days: Days): Promise<boolean> {
    let until = days.from;
    const { ceilingFen, stretches } = await this.of(loan, days);
    for (const { fromOn, untilOn, sharePpm } of stretches) {
      if (sharePpm !== WHOLE_PPM || fromOn > until) return false;
      until = untilOn;
    }
    return until >= days.untilExclusive && loan.principalFen <= ceilingFen;
  }

  private async spansOf(region: string, days: Days): Promise<ShareSpan[]> {
    const key = `${region.slice(0, 6)}/${days.from}/${days.untilExclusive}`;
    let spans = this.spans.get(key);
    if (!spans) {
      spans = (await this.ruled(region, days)) ?? (await this.byPeriod(region, days));
      this.spans.set(key, spans);
    }
    return spans;
  }

  /** Interest must be booked in a county without a rule of its subsidy too: there, nothing is subsidised. */
  private async byPeriod(region: string, { from, untilExclusive }: Days): Promise<ShareSpan[]> {
    const spans: ShareSpan[] = [];
    for (let day = from; day < untilExclusive; ) {
      const period = settlementPeriodOf(day);
      const end = period.untilExclusive < untilExclusive ? period.untilExclusive : untilExclusive;
      spans.push(...((await this.ruled(region, { from: day, untilExclusive: end })) ?? []));
      day = end;
    }
    return spans;
  }

  /** The shares of these days; null when one of the days has no rule. */
  private async ruled(region: string, days: Days): Promise<ShareSpan[] | null> {
    try {
      return await policySpans(this.sql, subsidyShare, { region, ...days });
    } catch (error) {
      if (error instanceof Problem && error.code === 'policy.no-row-in-force') return null;
      throw error;
    }
  }

  /** The ceiling of the product as it was on the signing day. */
  private async ceilingOf(loan: SubsidisedLoan): Promise<Fen> {
    const { regionCode: region, signedOn: date, productCode, terms } = loan;
    const key = `${productCode}/${terms.productRowId}`;
    let ceilingFen = this.ceilings.get(key);
    if (ceilingFen === undefined) {
      const product = await productTerms(this.sql, productCode, { region, date });
      ceilingFen = product.value.subsidisedCeilingFen;
      this.ceilings.set(key, ceilingFen);
    }
    return ceilingFen;
  }
}
