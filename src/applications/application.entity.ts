/** Table maps of applications, who has a part in them, their steps, village reviews, votes and certificates. */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
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
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { Fen } from '../platform/money';
import type { Part, State, Step } from './chain';
import type { Finding } from './eligibility';
import type { Vote } from './voting';

/** What the household consented to when it applied, each with a literal yes. */
export interface Consents {
  /** 征信查询. */
  creditInquiry: true;
  /** 县乡村三级公示. */
  publicNotice: true;
  /** 资料在县扶贫部门与承贷银行之间共享. */
  dataSharing: true;
}

/** An application for a loan. */
@Entity('application')
export class Application {
  @IdColumn() id: string;
  @TextColumn(40) number: string;
  @TextColumn(26) householdId: string;
  /** The borrower, a member of the household. */
  @TextColumn(26) memberId: string;
  /** The borrower's relation to the head, as the register had it on the day. */
  @TextColumn(20) relation: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  @TextColumn(10) productCode: string;
  /** The policy rows by which the household was measured when it applied. */
  @TextColumn(60) productRowId: string;
  @TextColumn(60) usesRowId: string;
  @MoneyColumn() amountFen: Fen;
  @IntColumn() termMonths: number;
  @TextColumn(40) useCode: string;
  @TextColumn(500) useDetail: string;
  @TextColumn(200, { nullable: true }) project: string | null;
  /** One of the county's industries (`applications.industries`); null where the project belongs to none. */
  @TextColumn(40, { nullable: true }) industryCode: string | null;
  @TextColumn(500) repaymentSource: string;
  @TextColumn(60) witnessName: string;
  @JsonColumn<Consents>() consents: Consents;
  @TextColumn(40) enteredBy: string;
  @DateColumn() enteredOn: BusinessDate;
  @InstantColumn() enteredAt: Instant;
  @TextColumn(20) state: State;
  /** From 1; one more after every return. */
  @IntColumn() lap: number;
  /** Returned to the household, which has not amended it yet. */
  @BoolColumn() awaitsApplicant: boolean;
  /** Last day for the step that is due; null where no rule or no calendar gives one. */
  @DateColumn({ nullable: true }) stepDueOn: BusinessDate | null;
  /** Digest of the content; every step signs it. */
  @DigestColumn() contentDigest: string;
  /** The household while it is taken by this application or its loan: unique, so there is one. */
  @TextColumn(26, { nullable: true }) busyHouseholdId: string | null;
  @TextColumn(40, { nullable: true }) certificateNumber: string | null;
  @TextColumn(40, { nullable: true }) bankDecisionBy: string | null;
  @DateColumn({ nullable: true }) bankDecisionOn: BusinessDate | null;
  @TextColumn(26, { nullable: true }) loanId: string | null;
  @DateColumn({ nullable: true }) closedOn: BusinessDate | null;
  @TextColumn(40, { nullable: true }) closedBy: string | null;
  @TextColumn(1100, { nullable: true }) closeReason: string | null;
  @VersionColumn() version: number;
}

/** The one part that a person has in an application, from entry to payout. Never changed. */
@Entity('application_signer')
export class ApplicationSigner {
  @KeyColumn(26) applicationId: string;
  @KeyColumn(40) actorId: string;
  @TextColumn(20) step: Part;
}

/** One step taken: who, when, on what content, with what outcome. Never changed. */
@Entity('application_step')
export class ApplicationStep {
  @KeyColumn(26) applicationId: string;
  @IntColumn({ key: true }) position: number;
  @IntColumn() lap: number;
  @TextColumn(20) step: Step;
  @TextColumn(40) actorId: string;
  @TextColumn(60) actorName: string;
  @TextColumn(10) outcome: 'passed' | 'refused' | 'returned';
  @TextColumn(1000, { nullable: true }) reason: string | null;
  /** The step that is to be taken anew; null unless returned. */
  @TextColumn(20, { nullable: true }) returnedTo: Step | null;
  @DateColumn() doneOn: BusinessDate;
  @InstantColumn() doneAt: Instant;
  /** The last day that was allowed; null where none was set. */
  @DateColumn({ nullable: true }) dueOn: BusinessDate | null;
  /** The version and the content that the person saw. */
  @IntColumn() seenVersion: number;
  @DigestColumn() contentDigest: string;
  @JsonColumn<Finding[]>() findings: Finding[];
}

/** The minutes of the village's democratic review. Never changed; a returned application is reviewed anew. */
@Entity('democratic_review')
export class DemocraticReview {
  @KeyColumn(26) applicationId: string;
  @IntColumn({ key: true }) lap: number;
  @DateColumn() heldOn: BusinessDate;
  @TextColumn(200) place: string;
  @IntColumn() votesFor: number;
  @IntColumn() votesAgainst: number;
  @IntColumn() abstained: number;
  @IntColumn() aside: number;
  @BoolColumn() carried: boolean;
  @LongTextColumn() minutesText: string;
  @TextColumn(60) chainRowId: string;
}

/** One attendant of a village review. Never changed. */
@Entity('democratic_vote')
export class DemocraticVote {
  @KeyColumn(26) applicationId: string;
  @IntColumn({ key: true }) lap: number;
  @KeyColumn(60) voterName: string;
  @BoolColumn() relative: boolean;
  @TextColumn(10) vote: Vote;
}

/** A loan certificate (贷款证). Never changed. */
@Entity('certificate')
export class Certificate {
  @KeyColumn(40) number: string;
  @TextColumn(26) applicationId: string;
  @TextColumn(12) countyCode: string;
  @IntColumn() year: number;
  @IntColumn() serial: number;
  @TextColumn(40) issuedBy: string;
  @DateColumn() issuedOn: BusinessDate;
  @InstantColumn() issuedAt: Instant;
  @DigestColumn() contentDigest: string;
  /** Last day on which it may be presented; null on those from before certificates expired. */
  @DateColumn({ nullable: true }) expiresOn: BusinessDate | null;
  /** What the code printed on it leads to: random, so that nobody finds another's. */
  @TextColumn(40, { nullable: true }) code: string | null;
}

/** The end of a certificate before its use. Never changed. */
@Entity('certificate_revocation')
export class CertificateRevocation {
  @KeyColumn(40) number: string;
  @TextColumn(1000) reason: string;
  @TextColumn(40) revokedBy: string;
  @DateColumn() revokedOn: BusinessDate;
  @InstantColumn() revokedAt: Instant;
}

/** The last number given out, by kind, county and year. */
@Entity('application_serial')
export class ApplicationSerial {
  @KeyColumn(20) kind: string;
  @KeyColumn(12) countyCode: string;
  @KeyColumn(4) yearText: string;
  @IntColumn() lastSerial: number;
}
