/** The tables of roles: definitions, their permissions, and who holds which. */
import { Entity } from 'typeorm';
import type { OrganisationKind } from '../platform/authority';
import type { Instant } from '../platform/clock';
import {
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { RegionLevel } from './region';
import type { DutyKind } from './role';

@Entity('role')
export class Role {
  @KeyColumn(40) code: string;
  @TextColumn(20) name: string;
  @TextColumn(12) kind: DutyKind;
  @JsonColumn() organisationKinds: OrganisationKind[];
  @JsonColumn() regionLevels: RegionLevel[];
  @VersionColumn() version: number;
}

@Entity('role_permission')
export class RolePermission {
  @KeyColumn(40) roleCode: string;
  @KeyColumn(60) permission: string;
}

@Entity('user_role')
export class UserRole {
  @IdColumn() userId: string;
  @KeyColumn(40) roleCode: string;
  /** Equal in the role and in the user, by two foreign keys: a person holds one kind only. */
  @TextColumn(12) dutyKind: DutyKind;
  /** Who granted it; a user's id, or `system` for the first two administrators. */
  @TextColumn(40) grantedBy: string;
  @InstantColumn() grantedAt: Instant;
}
