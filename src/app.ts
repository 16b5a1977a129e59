/**
 * The composition root: which modules there are, lowest first; who listens to whose events; which ports are
 * plugged. Tests open the service here too. Nothing else knows all modules but nightly, cli and demo.
 */
import { migrations } from '../migrations';
import {
  applicationsEntities,
  applicationsPages,
  applicationsRoutes,
  onObjectionUpheld,
  signersOf,
} from './applications';
import { bankfilesEntities, bankfilesRoutes, bankfilesTasks } from './bankfiles';
import { collectionsEntities, collectionsRoutes } from './collections';
import {
  creditEntities,
  creditLineRoutes,
  creditRoundRoutes,
  creditRoutes,
  creditTasks,
  lineUnfreezing,
  onHouseholdChanging,
  onHouseholdMoved,
  useEvidence,
  usePlaceEvidence,
} from './credit';
import { demoRoutes } from './demo';
import {
  householdChanging,
  householdMoved,
  householdsEntities,
  householdsRoutes,
  householdsTasks,
} from './households';
import {
  authorityOf,
  checkRoles,
  identityEntities,
  identityRoutes,
  loadReferenceRegions,
  loadRoles,
  securityRulesSchema,
  useSecurityRules,
} from './identity';
import { inspectionRoutes } from './inspection';
import { ledgerEntities, ledgerRoutes } from './ledger';
import {
  lendersOf,
  loanDisbursed,
  loanRepaid,
  loansEntities,
  loansPages,
  loansRoutes,
  overdueHouseholds,
  placeLoans,
  repaymentRecords,
  usedOf,
  useFundStanding,
} from './loans';
import {
  monitoringEntities,
  monitoringRoutes,
  onLineUnfreezing,
  onLoanDisbursed,
  onLoanRepaid as onWatchedLoanRepaid,
} from './monitoring';
import { nightlySteps } from './nightly';
import {
  noticesEntities,
  noticesPages,
  noticesRoutes,
  objectionUpheld,
  useSigners,
} from './notices';
import { sealWaiting } from './platform/audit/sealer';
import type { Clock } from './platform/clock';
import type { Config } from './platform/config';
import { openDatabase } from './platform/db/database';
import { fileEntities } from './platform/files/file.entity';
import { fileRoutes } from './platform/files/file.routes';
import type { Pages } from './platform/http/pages';
import type { Route } from './platform/http/routes';
import { buildServer } from './platform/http/server';
import { type Random, randomToken } from './platform/ids';
import { letGo, readiness } from './platform/jobs/let-go';
import { NightRunner, type RunnerOptions } from './platform/jobs/runner';
import type { TaskKind } from './platform/jobs/task';
import { TaskRunner } from './platform/jobs/task-runner';
import { tasksRoutes } from './platform/jobs/tasks.routes';
import { requireKeys } from './platform/key-check';
import type { Log } from './platform/log';
import { Metrics } from './platform/metrics';
import { deliverWaiting, localMessenger } from './platform/notify/deliver';
import { openPlatform } from './platform/open';
import type { Platform } from './platform/work';
import {
  defineParameter,
  loadPolicyFiles,
  policyAsOf,
  policyEntities,
  policyRoutes,
} from './policy';
import { followed, followLoan, fundStandingOf, riskfundEntities, riskfundRoutes } from './riskfund';
import { schedulesRoutes } from './schedules';
import { subsidiesEntities, subsidiesRoutes } from './subsidies';

/** Version of the API and the service. */
export const VERSION = '0.1.0';

/** Rules of sign-in: identity's shape, policy's rows; the two stand in one row and do not know each other. */
const securityParameter = defineParameter({
  key: 'identity.security',
  title: '登录与密码规则',
  schema: securityRulesSchema,
});

/** Every table map, lowest module first. */
export const allEntities = [
  ...fileEntities,
  ...identityEntities,
  ...ledgerEntities,
  ...policyEntities,
  ...householdsEntities,
  ...creditEntities,
  ...noticesEntities,
  ...applicationsEntities,
  ...loansEntities,
  ...bankfilesEntities,
  ...subsidiesEntities,
  ...collectionsEntities,
  ...riskfundEntities,
  ...monitoringEntities,
];

/** Every route of the service. */
export const allRoutes: readonly Route[] = [
  ...fileRoutes,
  ...identityRoutes,
  ...ledgerRoutes,
  ...policyRoutes,
  ...schedulesRoutes,
  ...householdsRoutes,
  ...creditRoutes,
  ...creditLineRoutes,
  ...creditRoundRoutes,
  ...noticesRoutes,
  ...applicationsRoutes,
  ...loansRoutes,
  ...bankfilesRoutes,
  ...subsidiesRoutes,
  ...collectionsRoutes,
  ...riskfundRoutes,
  ...monitoringRoutes,
  ...inspectionRoutes,
  ...tasksRoutes,
];

/** Every page that is HTML of our own making. */
export const allPages: Pages = {
  open: [...noticesPages.open, ...applicationsPages.open],
  signedIn: [...noticesPages.signedIn, ...applicationsPages.signedIn, ...loansPages.signedIn],
  refusal: noticesPages.refusal,
};

/** Every kind of long task. */
export const allTasks: readonly TaskKind[] = [
  ...householdsTasks,
  ...creditTasks,
  ...bankfilesTasks,
];

/** What a service is opened with; tests pass a stepping clock and repeatable randomness. */
export interface ServiceOptions {
  config: Config;
  clock: Clock;
  log: Log;
  random?: Random;
  runner?: Partial<RunnerOptions>;
  /** Requests of one address per minute; 3,000 for an office behind one address, unless a test needs more. */
  requestsPerMinute?: number;
}

/** One running service, not yet listening. */
export interface Service {
  platform: Platform;
  metrics: Metrics;
  app: ReturnType<typeof buildServer>;
  runner: NightRunner;
  tasks: TaskRunner;
  /** Runs the long tasks that wait; returns how many were taken. */
  runTasks(): Promise<number>;
  /** Seals the audit entries that wait. */
  seal(): Promise<number>;
  /** Delivers the messages that wait. */
  deliver(): Promise<number>;
  /** Gives up leases, runs and tasks and closes the database, after sealing what waits. */
  close(): Promise<void>;
}

/** Opens the database (made and migrated as needed) and puts the service together. */
export async function openService(options: ServiceOptions): Promise<Service> {
  const { config, clock, log } = options;
  const db = await openDatabase({ url: config.databaseUrl, entities: allEntities, migrations });
  try {
    await db.migrate();
    const platform = openPlatform({
      db,
      clock,
      keys: config.keys,
      log,
      authority: authorityOf(db),
      checkAnswers: config.mode !== 'production',
      random: options.random,
    });
    await requireKeys(platform);
    wire(platform);
    await loadReferenceData(platform);
    return assemble(options, platform);
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Who listens to whom, and which ports are plugged: the only place where calls go up. */
function wire(platform: Platform): void {
  platform.events.on(householdChanging, onHouseholdChanging);
  platform.events.on(householdMoved, onHouseholdMoved);
  platform.events.on(objectionUpheld, onObjectionUpheld);
  for (const happened of followed) platform.events.on(happened, followLoan);
  platform.events.on(loanDisbursed, onLoanDisbursed);
  platform.events.on(loanRepaid, onWatchedLoanRepaid);
  platform.events.on(lineUnfreezing, onLineUnfreezing);
  useEvidence({ repaymentRecords, usedOf, lendersOf, overdueHouseholds });
  usePlaceEvidence({ placeLoans });
  useFundStanding(fundStandingOf);
  useSigners('application', signersOf);
  useSecurityRules(async (sql, region, date) => {
    const row = await policyAsOf(sql, securityParameter, { region, date });
    return row.value;
  });
}

/** Rows that ship with the service: regions, roles, policy. Loading them again changes nothing. */
async function loadReferenceData(platform: Platform): Promise<void> {
  await loadReferenceRegions(platform);
  await loadRoles(platform);
  checkRoles(allRoutes.map((route) => ('act' in route ? route.act : route.query).permission));
  await loadPolicyFiles(platform);
}

function assemble(options: ServiceOptions, platform: Platform): Service {
  const { config } = options;
  const { db } = platform;
  const holder = randomToken(16);
  const metrics = new Metrics();
  const runner = new NightRunner(platform, nightlySteps, { holder, ...options.runner });
  const tasks = new TaskRunner(platform, allTasks, { holder });
  const routes = config.demo ? [...allRoutes, ...demoRoutes] : allRoutes;
  const app = buildServer({
    platform,
    metrics,
    routes,
    pages: allPages,
    version: VERSION,
    secureCookies: config.secureCookies,
    trustedProxies: config.trustedProxies,
    requestsPerMinute: options.requestsPerMinute ?? 3000,
    readiness: () => readiness(db),
  });
  const seal = async () => {
    const count = await sealWaiting(platform, holder);
    const waiting = await db.reader().one<{ n: number }>('SELECT COUNT(*) AS n FROM audit_queue');
    metrics.auditWaiting.set(waiting?.n ?? 0);
    return count;
  };
  return {
    platform,
    metrics,
    app,
    runner,
    tasks,
    runTasks: () => tasks.runWaiting(),
    seal,
    deliver: () => deliverWaiting(platform, localMessenger, holder),
    close: async () => {
      runner.stop();
      tasks.stop();
      try {
        await seal();
        await letGo(db, holder);
      } catch (error) {
        platform.log.warn({ err: error }, 'leases could not be given up; they end by themselves');
      }
      await db.close();
    },
  };
}
