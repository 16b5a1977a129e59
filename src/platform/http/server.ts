/**
 * Express, in order: request id, headers, log and metrics, health, who is calling, limits, body, routes, problems.
 * This folder is the only place that knows HTTP.
 */
import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { randomToken } from '../ids';
import type { Log } from '../log';
import type { Metrics } from '../metrics';
import { PlatformProblem } from '../problems';
import type { Platform } from '../work';
import { docsRouter } from './docs';
import { openApi } from './openapi';
import { openPages, type Pages, publicWriteLimits, signedInPages } from './pages';
import { problemHandler, sendProblem } from './problems';
import { type HttpContext, routerOf } from './router';
import type { Route } from './routes';
import { identify } from './session';

/** What the server needs to know. */
export interface ServerOptions {
  platform: Platform;
  metrics: Metrics;
  routes: readonly Route[];
  /** Pages that are HTML of our own making; none where left out. */
  pages?: Pages;
  version: string;
  secureCookies: boolean;
  trustedProxies: number;
  /** Requests of one address per minute at most. */
  requestsPerMinute: number;
  /** Answers readiness: each part with whether it is ready. */
  readiness: () => Promise<Record<string, boolean>>;
}

/** Builds the Express application; it does not listen yet. */
export function buildServer(options: ServerOptions): Express {
  const { platform, metrics } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustedProxies);
  app.set('query parser', 'simple');
  app.use(requestId);
  app.use(securityHeaders(options.secureCookies));
  app.use(compression());
  app.use(observe(platform.log, metrics));
  app.use(health(options));
  app.use('/api', neverCached);
  app.use('/api', docsRouter(openApi(options.routes, options.version)));
  app.use('/api/v1', limit(options.requestsPerMinute));
  app.use('/api/v1', identify(platform));
  const context: HttpContext = { platform, metrics, secureCookies: options.secureCookies };
  // The same guard, whether somebody writes through the page or through the API.
  const writeLimits = publicWriteLimits();
  app.post('/api/v1/public/:kind/:id/*more', ...writeLimits);
  if (options.pages) {
    app.use('/api/v1', signedInPages(platform, options.pages));
    app.use(openPages(platform, options.pages, writeLimits));
  }
  app.use('/api/v1', routerOf(context, options.routes));
  // Until there is a console, whoever opens the address in a browser is shown what the service offers.
  app.get('/', (_request, response) => response.redirect('/api/docs'));
  app.use((_request, response) => sendProblem(response, PlatformProblem.absent()));
  app.use(problemHandler(platform.log));
  return app;
}

/** Headers by helmet. Without TLS (a demonstration on one machine) nothing may be sent on to https. */
function securityHeaders(tls: boolean): RequestHandler {
  return helmet({
    strictTransportSecurity: tls,
    contentSecurityPolicy: {
      directives: {
        'script-src': ["'self'"],
        'upgrade-insecure-requests': tls ? [] : null,
      },
    },
  });
}

const requestId: RequestHandler = (_request, response, next) => {
  response.locals.requestId = randomToken(16);
  response.set('X-Request-Id', response.locals.requestId);
  next();
};

const neverCached: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

function limit(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) => {
      sendProblem(response, PlatformProblem.tooMany({ retryAfterSeconds: 60 }));
    },
  });
}

/** Logs and measures by the route's pattern: addresses hold ids, and searches may hold names. */
function observe(log: Log, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const end = metrics.requests.startTimer();
    response.on('finish', () => {
      const route = String(response.locals.route ?? 'none');
      const { method } = request;
      const status = response.statusCode;
      const seconds = end({ method, route, status: String(status) });
      const { requestId: id, caller } = response.locals;
      const actor = caller?.actor?.id;
      log.info(
        { requestId: id, method, route, status, actor, ms: Math.round(seconds * 1000) },
        'request',
      );
    });
    next();
  };
}

function health({ metrics, readiness }: ServerOptions): express.Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  router.get('/readyz', async (_request, response) => {
    const parts = await readiness();
    const ready = Object.values(parts).every(Boolean);
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', parts });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return router;
}
