/**
 * A round with any number of complete files, inserted by SQL: what a county collects in weeks. Households differ in
 * levels, sheets and workers, so that all grades come up; the n-th is the same every time.
 */
import { AppraisalSheetRow, RatingCase, RatingCaseItem } from '../../src/credit/rating-case.entity';
import { RatingRound } from '../../src/credit/round.entity';
import type { Scorecard } from '../../src/credit/scorecard';
import { itemsOf, NOT_KNOWN } from '../../src/credit/scorecard';
import {
  Household,
  HouseholdHead,
  HouseholdMember,
  MemberTraits,
} from '../../src/households/household.entity';
import type { Instant } from '../../src/platform/clock';
import { type BusinessDate, businessDate } from '../../src/platform/dates';
import type { Tx } from '../../src/platform/db/database';
import { insertRows } from '../../src/platform/db/store';
import { type Fen, fen } from '../../src/platform/money';
import { VILLAGE } from '../households/register';
import type { County } from '../support/county';
import { defaultCard } from './cards';

const CHUNK = 2000;
const DAY = businessDate('2018-03-01');
const AT = 1_519_866_000_000 as Instant;
const PEOPLE = 2;
const SHEETS = 5;

/** An id of a kind and number. */
const idOf = (kind: string, n: number): string => `01${kind}${String(n).padStart(23, '0')}`;

/** The file of the n-th household. */
export const fileId = (n: number): string => idOf('C', n);

/** The round of the files. */
export const ROUND = idOf('D', 0);

/** Repeatable, and different for neighbours. */
const mixed = (n: number): number => Math.imul(n + 1, 2_654_435_761) >>> 0;

/** Inserts a round of the county with so many complete files. */
export async function fillRound(county: County, households: number): Promise<void> {
  const card = defaultCard();
  await county.system(({ tx }) => insertRows(tx, RatingRound, [round()]));
  for (let from = 0; from < households; from += CHUNK) {
    const numbers = Array.from({ length: Math.min(CHUNK, households - from) }, (_, n) => from + n);
    await county.system((work) => fillChunk(work.tx, card, numbers));
  }
}

async function fillChunk(tx: Tx, card: Scorecard, numbers: readonly number[]): Promise<void> {
  const members = numbers.flatMap((n) => [0, 1].map((place) => n * PEOPLE + place));
  await insertRows(tx, Household, numbers.map(household));
  await insertRows(tx, HouseholdMember, members.map(member));
  await insertRows(tx, HouseholdHead, numbers.map(head));
  await insertRows(tx, MemberTraits, members.map(traits));
  await insertRows(tx, RatingCase, numbers.map(file));
  await insertRows(
    tx,
    RatingCaseItem,
    numbers.flatMap((n) => items(card, n)),
  );
  await insertRows(
    tx,
    AppraisalSheetRow,
    numbers.flatMap((n) => sheets(card, n)),
  );
}

function round(): RatingRound {
  return {
    ...{ id: ROUND, regionCode: '450328000000', title: '2018 年全县评级', includeValid: false },
    ...{ dueOn: businessDate('2018-12-31'), scorecardRowId: 'scorecard-default', state: 'open' },
    ...{ openedBy: 'chief', openedByName: '县经办', openedOn: DAY, openKey: '450328000000' },
    ...{ closedBy: null, closedByName: null, closedOn: null, version: 1 },
  };
}

const codeOf = (n: number): string => `${VILLAGE}${String(n).padStart(7, '0')}`;

function household(n: number): Household {
  return {
    ...{ id: idOf('H', n), code: codeOf(n), regionCode: VILLAGE, version: 1 },
    ...{ headMemberId: idOf('M', n * PEOPLE), registeredOn: DAY, registeredBy: 'test' },
    ...{ headName: '韦大明', headInitials: 'wdm', statusNow: 'REGISTERED_POOR' },
    subsidyMemberId: null,
  };
}

function member(m: number): HouseholdMember {
  const digest = String(m).padStart(64, '0');
  return {
    ...{ id: idOf('M', m), householdId: idOf('H', Math.floor(m / PEOPLE)), name: '韦大明' },
    ...{ relation: m % PEOPLE === 0 ? 'HEAD' : 'SPOUSE', initials: 'wdm', sex: 'male' },
    ...{ idNumberSealed: 'sealed', idNumberIndex: digest, currentIndex: digest },
    ...{ idNumberMasked: '450328********0000', birthDate: businessDate('1978-06-15') },
    ...{ phoneSealed: null, phoneIndex: null, phoneMasked: null },
    ...{ accountSealed: null, accountIndex: null, accountMasked: null },
    ...{ leftOn: null, joinedOn: DAY, leftReason: null, deceasedOn: null },
  };
}

const period = (kind: string, n: number, openKey: string) => ({
  ...{ id: idOf(kind, n), fromOn: DAY, toOn: null, openKey, source: '户册' },
  ...{ recordedBy: 'test', recordedAt: AT },
});

function head(n: number): HouseholdHead {
  const householdId = idOf('H', n);
  return { ...period('G', n, householdId), householdId, memberId: idOf('M', n * PEOPLE) };
}

const LABOUR = ['ORDINARY', 'SKILLED', 'WEAK', 'NONE', null] as const;

function traits(m: number): MemberTraits {
  const memberId = idOf('M', m);
  return {
    ...{ ...period('T', m, memberId), memberId },
    ...{ labour: LABOUR[mixed(m) % LABOUR.length] ?? null, health: 'HEALTHY', skills: null },
    ...{ workingAway: null, awayPlace: null, publicEmployee: null },
  };
}

function file(n: number): RatingCase {
  const householdId = idOf('H', n);
  return {
    ...{ id: fileId(n), householdId, householdCode: codeOf(n), headName: '韦大明' },
    ...{ regionCode: VILLAGE, roundId: ROUND, scorecardRowId: 'scorecard-default' },
    ...{ state: 'collecting', openedOn: DAY, openedBy: 'chief', openedByName: '县经办' },
    ...{ closedOn: null, closedReason: null, openKey: householdId, version: 1 },
  };
}

function items(card: Scorecard, n: number): RatingCaseItem[] {
  const given = { givenBy: 'collector', givenByName: '协办员', givenOn: DAY as BusinessDate };
  return itemsOf(card)
    .filter((item) => item.input === 'LEVEL' || item.input === 'INFORMATION')
    .map((item, place) => {
      const levels = [...item.levels.map((level) => level.code), NOT_KNOWN];
      const asset = item.input === 'INFORMATION';
      return {
        ...{ caseId: fileId(n), seq: place + 1, item: item.code, note: null },
        level: asset ? null : (levels[(mixed(n) >>> place) % levels.length] as string),
        quantity: asset ? 1 : null,
        valueFen: asset ? fen(8_000_000) : (null as Fen | null),
        ...given,
        givenAt: AT,
      };
    });
}

function sheets(card: Scorecard, n: number): AppraisalSheetRow[] {
  return Array.from({ length: SHEETS }, (_, place) => {
    const name = `评议员${place + 1}`;
    const chosen = card.appraisal.items.map(({ code, options }, at) => {
      const option = options[(mixed(n) >>> (place + at)) % options.length];
      return [code, option?.code ?? '', option?.points ?? 0] as const;
    });
    return {
      ...{ id: idOf('S', n * SHEETS + place), caseId: fileId(n), appraiserKey: name },
      ...{ appraiserName: name, appraiserId: null, mode: 'PAPER', witnessName: '第一书记' },
      ...{ enteredBy: 'collector', enteredByName: '协办员', knowsHousehold: true },
      ...{ relatedText: null, vetoCode: null, vetoReason: null, voidReason: null },
      options: Object.fromEntries(chosen.map(([code, option]) => [code, option])),
      pointsHundredths: chosen.reduce((sum, [, , points]) => sum + points * 100, 0),
      ...{ givenOn: DAY, givenAt: AT },
    };
  });
}
