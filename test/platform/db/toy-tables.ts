/** Small tables for the tests of the database layer, one column of every kind. */
import { Entity, type MigrationInterface, type QueryRunner } from 'typeorm';
import {
  code,
  date,
  digest,
  flag,
  id,
  instant,
  integer,
  json,
  longText,
  money,
  ppm,
  schema,
  text,
  version,
} from '../../../migrations/schema';
import type { Instant } from '../../../src/platform/clock';
import type { BusinessDate } from '../../../src/platform/dates';
import {
  BoolColumn,
  DateColumn,
  DigestColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LongTextColumn,
  MoneyColumn,
  PpmColumn,
  TextColumn,
  VersionColumn,
} from '../../../src/platform/db/columns';
import type { Fen } from '../../../src/platform/money';
import type { Ppm } from '../../../src/platform/rate';

export class Toys1700000000000 implements MigrationInterface {
  readonly name = 'Toys1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await s.createTable('owner', { id: id(), version: version() }, { primary: ['id'] });
    await s.createTable(
      'account',
      {
        id: id(),
        owner_id: id().null(),
        region_code: code(12),
        title: text(10),
        remark: longText().null(),
        details: json().null(),
        balance_fen: money(),
        rate_ppm: ppm(),
        days: integer(),
        closed: flag().default(0),
        opened_on: date(),
        seen_at: instant(),
        proof: digest().null(),
        version: version(),
      },
      {
        primary: ['id'],
        unique: [['region_code', 'title']],
        index: [['opened_on']],
        foreign: { owner_id: 'owner' },
        check: { not_negative: 'balance_fen >= 0' },
      },
    );
    await s.createTable(
      'movement',
      { day: date(), account_id: id(), seq: integer(), amount_fen: money() },
      { primary: ['day', 'account_id', 'seq'] },
    );
    await s.appendOnly('movement');
    await s.createTable('counter', { name: text(20), n: integer() }, { primary: ['name'] });
    await s.createTable('ticket', { n: integer() }, { primary: ['n'] });
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of ['ticket', 'counter', 'movement', 'account', 'owner'])
      await s.dropTable(table);
  }
}

@Entity('account')
export class Account {
  @IdColumn() id: string;
  @TextColumn(26, { nullable: true }) ownerId: string | null;
  @TextColumn(12) regionCode: string;
  @TextColumn(10) title: string;
  @LongTextColumn({ nullable: true }) remark: string | null;
  @JsonColumn<{ tags: string[] }>({ nullable: true }) details: { tags: string[] } | null;
  @MoneyColumn() balanceFen: Fen;
  @PpmColumn() ratePpm: Ppm;
  @IntColumn() days: number;
  @BoolColumn() closed: boolean;
  @DateColumn() openedOn: BusinessDate;
  @InstantColumn() seenAt: Instant;
  @DigestColumn({ nullable: true }) proof: string | null;
  @VersionColumn() version: number;
}

@Entity('movement')
export class Movement {
  @DateColumn({ key: true }) day: BusinessDate;
  @KeyColumn(26) accountId: string;
  @IntColumn({ key: true }) seq: number;
  @MoneyColumn() amountFen: Fen;
}

export const TOYS = { entities: [Account, Movement], migrations: [Toys1700000000000] };

/** An account that every database takes. */
export function anAccount(changes: Partial<Account> = {}): Account {
  return {
    id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    ownerId: null,
    regionCode: '450328000000',
    title: '龙胜各族自治县',
    remark: '备注:𠮷 "引号" \\ 反斜杠 \' ? :name',
    details: { tags: ['脱贫户', 'a:b'] },
    balanceFen: 5_000_000 as Fen,
    ratePpm: 47_500 as Ppm,
    days: -3,
    closed: false,
    openedOn: '2018-02-28' as BusinessDate,
    seenAt: 1_519_862_400_000 as Instant,
    proof: 'ab'.repeat(32),
    version: 1,
    ...changes,
  };
}
