/** The tables of users: accounts, their former passwords, and failed sign-ins by login. */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import {
  BoolColumn,
  DigestColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { DutyKind } from './role';

/** A person, or a program of another house. */
export const USER_KINDS = ['person', 'machine'] as const;

export type UserKind = (typeof USER_KINDS)[number];

@Entity('app_user')
export class User {
  @IdColumn() id: string;
  /** Small letters, digits and . _ - ; unique in the whole service. */
  @TextColumn(32) login: string;
  @TextColumn(40) name: string;
  @TextColumn(10) kind: UserKind;
  @TextColumn(10) status: 'active' | 'disabled';
  @TextColumn(12) regionCode: string;
  @TextColumn(26) organisationId: string;
  /** argon2id in its own notation; null for programs, which sign in by token only. */
  @TextColumn(200, { nullable: true }) passwordHash: string | null;
  @BoolColumn() mustChangePassword: boolean;
  @InstantColumn({ nullable: true }) passwordSetAt: Instant | null;
  /** The one kind of the roles held; null while none is held. */
  @TextColumn(12, { nullable: true }) dutyKind: DutyKind | null;
  @InstantColumn() createdAt: Instant;
  @VersionColumn() version: number;
}

/** A password that a user has or had, newest kept as many as the rules ask. */
@Entity('password_history')
export class PasswordHistory {
  @IdColumn() id: string;
  @TextColumn(26) userId: string;
  @TextColumn(200) passwordHash: string;
}

/** Failures of one login, known or unknown; the owner row of the lock. */
@Entity('sign_in_guard')
export class SignInGuard {
  /** Blind index of the login: people type their password into the wrong box. */
  @DigestColumn({ key: true }) loginIndex: string;
  @JsonColumn() failures: Instant[];
  @InstantColumn({ nullable: true }) lockedUntil: Instant | null;
  @InstantColumn() touchedAt: Instant;
  @VersionColumn() version: number;
}
