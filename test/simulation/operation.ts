/**
 * What an operation of the simulation is: an act that somebody tries on some record, with the grounds on which the
 * rules allow it. `lawful` tries choose the right people and records, `any` tries choose whatever there is; the
 * verdict comes from the grounds in both cases, and the system must come to the same one.
 */
import type { Answer } from './answer';
import type { Dice } from './dice';
import type { Person, Role } from './people';
import type { World } from './world';

/** A rule, and whether it holds here; `open` where the model cannot know (days off, say). */
export type Ground = readonly [rule: string, holds: boolean | 'open'];

export type Verdict =
  | { must: 'be done' }
  | { must: 'be refused'; rule: string }
  | { must: 'agree' };

/** One try. `learn` takes what was done into the model and tells where the answer differs from the rules. */
export interface Attempt {
  act: string;
  who: Person | null;
  input: object;
  verdict: Verdict;
  learn: (answer: Answer, tell: Teller) => string[] | Promise<string[]>;
}

/** Asks the database for the id of a record whose answer must not tell it. */
export type Teller = (sql: string, params: Record<string, string>) => Promise<string>;

/** Something that can happen. */
export interface Operation {
  name: string;
  /** How often it is chosen among what can lawfully be done now. */
  weight: number;
  lawful(world: World, dice: Dice): Attempt | null;
  any(world: World, dice: Dice): Attempt | null;
}

/** What an operation is made of; `R` is the record it is tried on. */
export interface Making<R> {
  act: string;
  weight: number;
  /** Whose post it is. */
  roles: readonly Role[];
  /** Records on which it can be tried at all, and those whose turn it is. */
  records: (world: World) => readonly R[];
  due: (world: World, record: R) => boolean;
  /** Where a record stands: its village or county, and its bank. */
  place: (record: R, world: World) => { region: string; bank?: string | null };
  input: (dice: Dice, record: R, world: World, wild: boolean) => object;
  grounds: (tried: Tried<R>) => readonly Ground[];
  learn: (tried: Tried<R>, answer: Answer, tell: Teller) => string[] | Promise<string[]>;
}

export interface Tried<R> {
  world: World;
  record: R;
  who: Person;
  input: Answer;
}

const prefix = (region: string): string => region.replace(/(000000000|000000|000)$/, '');

/** Whether somebody may deal with what stands at a place. */
export function coversPlace(who: Person, place: { region: string; bank?: string | null }): boolean {
  const near = place.region.startsWith(prefix(who.region));
  return near && (who.bank === null || !place.bank || who.bank === place.bank);
}

/** The first rule that does not hold decides; what the model cannot know leaves it open. */
export function verdictOf(grounds: readonly Ground[]): Verdict {
  const broken = grounds.find(([, holds]) => holds === false);
  if (broken) return { must: 'be refused', rule: broken[0] };
  return grounds.some(([, holds]) => holds === 'open') ? { must: 'agree' } : { must: 'be done' };
}

/** Puts an operation together. */
export function operation<R>(making: Making<R>): Operation {
  const attempt = (world: World, who: Person, record: R, input: Answer): Attempt => {
    const tried = { world, record, who, input };
    const grounds: Ground[] = [
      ['it is a task of the post', making.roles.includes(who.role)],
      ['the record lies in the region and bank', coversPlace(who, making.place(record, world))],
    ];
    // What cannot be seen is not looked into: the other grounds are judged for those who may try.
    const may = grounds.every(([, holds]) => holds);
    return {
      act: making.act,
      who,
      input,
      verdict: verdictOf(may ? making.grounds(tried) : grounds),
      learn: (answer, tell) => making.learn(tried, answer, tell),
    };
  };
  const right = (world: World, record: R) =>
    world.cast.people.filter(
      (who) => making.roles.includes(who.role) && coversPlace(who, making.place(record, world)),
    );
  return {
    name: making.act,
    weight: making.weight,
    lawful: (world, dice) => {
      const record = dice.pick(making.records(world).filter((one) => making.due(world, one)));
      if (record === undefined) return null;
      const input = making.input(dice, record, world, false);
      const people = right(world, record);
      const fit = people.filter(
        (who) => verdictOf(making.grounds({ world, record, who, input })).must !== 'be refused',
      );
      const who = dice.pick(fit.length > 0 ? fit : people);
      return who ? attempt(world, who, record, input) : null;
    },
    any: (world, dice) => {
      const record = dice.pick(making.records(world));
      if (record === undefined) return null;
      const people = dice.percent(50) ? world.cast.people : right(world, record);
      const who = dice.pick(people);
      return who
        ? attempt(world, who, record, making.input(dice, record, world, dice.percent(50)))
        : null;
    },
  };
}

/** Nothing to remember. */
export const nothing = (): string[] => [];

/** A difference between what the rules say and what was answered, or nothing. */
export function differs(what: string, expected: unknown, actual: unknown): string[] {
  if (expected === actual) return [];
  return [`${what}: by the rules ${String(expected)}, by the system ${String(actual)}`];
}

/** Fen as yuan text. */
export function yuanText(fen: number): string {
  return `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

/** Yuan text as fen. */
export function fenOf(text: string): number {
  return Number(text.replace('.', ''));
}
