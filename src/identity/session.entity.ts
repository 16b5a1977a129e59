/** The tables of what lets a caller in: browser sessions, and tokens of programs. Only digests are kept. */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  DateColumn,
  DigestColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';

@Entity('user_session')
export class UserSession {
  @IdColumn() id: string;
  /** SM3 of the token in the cookie. */
  @DigestColumn() tokenHash: string;
  @TextColumn(26) userId: string;
  @InstantColumn() openedAt: Instant;
  @InstantColumn() lastSeenAt: Instant;
  /** The rules of the day of sign-in: unused for longer, or past the end, it is dead. */
  @IntColumn() idleMinutes: number;
  @InstantColumn() endsAt: Instant;
}

@Entity('machine_token')
export class MachineToken {
  @IdColumn() id: string;
  /** SM3 of the bearer token. */
  @DigestColumn() tokenHash: string;
  @TextColumn(26) userId: string;
  @TextColumn(60) purpose: string;
  @TextColumn(40) issuedBy: string;
  @InstantColumn() issuedAt: Instant;
  /** The last day on which it is good. */
  @DateColumn() expiresOn: BusinessDate;
  @InstantColumn({ nullable: true }) revokedAt: Instant | null;
  @VersionColumn() version: number;
}
