/** What the acts on credit villages and townships load and save. */
import { canonical } from '../platform/crypto/canonical';
import { sm3Hex } from '../platform/crypto/digest';
import { isUniqueViolation } from '../platform/db/errors';
import { findRow, insertRow, updateVersioned } from '../platform/db/store';
import type { Work } from '../platform/work';
import { CreditPlaceAward, CreditPlaceContent } from './place-award.entity';
import { CreditProblem } from './problems';

/** The digest that the second person confirms: SM3 over the place, the year and the content. */
export function awardDigest(
  award: Pick<CreditPlaceAward, 'regionCode' | 'year'>,
  { rulesRowId, figures, findings, benefits }: Omit<CreditPlaceContent, 'awardId'>,
): string {
  const { regionCode, year } = award;
  const content = { regionCode, year, rulesRowId, figures, findings, benefits };
  return sm3Hex(canonical(JSON.parse(JSON.stringify(content))));
}

/** Loads and saves judgements within the work in hand. */
export class AwardStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem credit.award-absent */
  async get(id: string): Promise<CreditPlaceAward> {
    const found = await findRow(this.work.tx, CreditPlaceAward, { id });
    if (!found) throw CreditProblem.awardAbsent();
    return found;
  }

  /** The judgement of a place and year that counts, or null. */
  currentOf(regionCode: string, year: number): Promise<CreditPlaceAward | null> {
    return findRow(this.work.tx, CreditPlaceAward, { currentKey: awardKey(regionCode, year) });
  }

  /** @throws Problem credit.place-judged when the place and year have a judgement that counts. */
  async judge(award: CreditPlaceAward, content: CreditPlaceContent): Promise<void> {
    try {
      await insertRow(this.work.tx, CreditPlaceAward, award);
    } catch (error) {
      if (isUniqueViolation(error, 'credit_place_award')) throw CreditProblem.placeJudged();
      throw error;
    }
    await insertRow(this.work.tx, CreditPlaceContent, content);
  }

  /** The content of a judgement. */
  content(awardId: string): Promise<CreditPlaceContent | null> {
    return findRow(this.work.tx, CreditPlaceContent, { awardId });
  }

  /** @throws Problem platform.stale */
  decide(
    award: CreditPlaceAward,
    changes: Partial<Omit<CreditPlaceAward, 'version'>>,
  ): Promise<CreditPlaceAward> {
    return updateVersioned(this.work.tx, CreditPlaceAward, award, changes);
  }
}

/** `450328100200:2018`. */
export function awardKey(regionCode: string, year: number): string {
  return `${regionCode}:${year}`;
}
