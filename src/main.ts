/** Starts the service, says where it is, and stops it gracefully. */
import { createServer, type Server } from 'node:http';
import { allRoutes, openService, type Service } from './app';
import { accountsTable, type DemoClock, demoClock, prepareDemo, refreshDemo } from './demo';
import { realClock } from './platform/clock';
import { type Config, ConfigError, readConfig } from './platform/config';
import { addDays } from './platform/dates';
import { DatabaseAway } from './platform/db/database';
import { type Alarm, startScheduler } from './platform/jobs/scheduler';
import { WrongKeys } from './platform/key-check';
import { type Log, openLog } from './platform/log';

/** Requests under way get this long to finish after a stop was asked for. */
const STOP_MS = 10_000;

/**
 * What wakes when, in Asia/Shanghai (seconds first). The night of a day runs after midnight; in the demonstration,
 * whose clock can be stepped, a missed night is looked for every five seconds.
 */
function alarms(service: Service, config: Config, demo: DemoClock | null): Alarm[] {
  const { platform, runner, metrics } = service;
  const nights = async () => {
    if (demo) await refreshDemo(platform, demo);
    const reports = await runner.catchUp(addDays(platform.clock.today(), -1));
    for (const { step, state } of reports.flatMap((report) => report.steps)) {
      metrics.nights.inc({ step, state });
    }
  };
  return [
    { name: 'night', cron: config.demo ? '*/5 * * * * *' : '0 10 0 * * *', wake: nights },
    { name: 'tasks', cron: '* * * * * *', wake: service.runTasks },
    { name: 'sealer', cron: '*/2 * * * * *', wake: service.seal },
    { name: 'outbox', cron: '*/5 * * * * *', wake: service.deliver },
  ];
}

/** @throws ConfigError when the port cannot be had: the operator needs the variable, not a stack. */
function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken =
        error.code === 'EADDRINUSE' ? '已被占用 (is in use)' : `不能使用 (${error.code})`;
      const remedy =
        '请停止占用它的程序，或以 PORT、HOST 另行指定 (stop the other program or set PORT, HOST)';
      reject(new ConfigError(`地址 ${host}:${port} ${taken}。${remedy}`));
    });
    server.listen(port, host, resolve);
  });
}

async function start(config: Config, log: Log): Promise<void> {
  const base = realClock();
  const demo = config.demo ? demoClock(base) : null;
  const service = await openService({ config, clock: demo ?? base, log });
  service.metrics.collectProcess();
  if (demo) await prepareDemo({ ...service, clock: demo, base, routes: allRoutes });
  const server = createServer(service.app);
  try {
    await listen(server, config);
  } catch (error) {
    await service.close();
    throw error;
  }
  const stopAlarms = config.scheduler ? startScheduler(alarms(service, config, demo), log) : null;
  stopOnSignal(async () => {
    service.runner.stop();
    service.tasks.stop();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    const late = setTimeout(() => server.closeAllConnections(), STOP_MS);
    await Promise.all([closed, stopAlarms?.()]);
    clearTimeout(late);
    await service.close();
    log.info('stopped');
  }, log);
  log.info({ port: config.port }, 'ready');
  process.stdout.write(`\n信扶 Xinfu  http://localhost:${config.port}  API: /api/docs\n`);
  if (demo) process.stdout.write(accountsTable());
}

function stopOnSignal(stop: () => Promise<void>, log: Log): void {
  let stopping = false;
  const once = () => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error) => {
        log.fatal({ err: error }, 'stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', once);
  process.on('SIGINT', once);
}

async function main(): Promise<void> {
  const config = readConfig();
  const log = openLog(config.logLevel);
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  await start(config, log);
}

main().catch((error) => {
  const plain = [ConfigError, WrongKeys, DatabaseAway].some((kind) => error instanceof kind);
  const message = plain ? error.message : String(error?.stack ?? error);
  process.stderr.write(`信扶未能启动 (Xinfu could not start): ${message}\n`);
  process.exit(1);
});
