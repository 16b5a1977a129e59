/** A county whose people upload and fetch files over HTTP. */
import type { Express } from 'express';
import request from 'supertest';
import type { Actor, Authority } from '../../../src/platform/authority';
import { fileRoutes } from '../../../src/platform/files/file.routes';
import { buildServer } from '../../../src/platform/http/server';
import { Metrics } from '../../../src/platform/metrics';
import { type County, openCounty, PLACES } from '../../support/county';
import type { OpenTest } from '../../support/databases';

/** Everybody who appears; the name is the bearer token's beginning. */
export interface Cast {
  officer: Actor;
  colleague: Actor;
  stranger: Actor;
  reader: Actor;
}

export interface Archive {
  county: County;
  app: Express;
  cast: Cast;
  /** An upload with a fresh key, not sent yet. */
  upload(who: keyof Cast, query?: Record<string, string>): request.Test;
  /** Fetches the content. */
  fetch(who: keyof Cast, fileId: string): request.Test;
}

const tokenOf = (who: string) => `${who}-token-000000`;

export const NAMED = { name: '名单.csv', purpose: 'households-import' };

/** Opens it at 2018-03-01. */
export async function openFiles(open: OpenTest): Promise<Archive> {
  const county = await openCounty(open);
  const both = { permissions: ['files.upload', 'files.read'] };
  const cast: Cast = {
    officer: county.actor(both),
    colleague: county.actor(both),
    stranger: county.actor({ ...both, region: PLACES.otherCounty }),
    reader: county.actor({ permissions: ['files.read'] }),
  };
  const authority: Authority = {
    bySession: async (token) =>
      token === 'officer-cookie'
        ? { actor: cast.officer, sessionId: 's', csrfToken: 'csrf' }
        : null,
    byToken: async (token) =>
      Object.entries(cast).find(([who]) => token === tokenOf(who))?.[1] ?? null,
    byId: async () => null,
  };
  const app = buildServer({
    platform: { ...county.platform, authority },
    metrics: new Metrics(),
    routes: fileRoutes,
    version: 'test',
    secureCookies: false,
    trustedProxies: 0,
    requestsPerMinute: 10_000,
    readiness: async () => ({ database: true }),
  });
  let keys = 0;
  return {
    county,
    app,
    cast,
    upload: (who, query = NAMED) => {
      keys += 1;
      return request(app)
        .post('/api/v1/files')
        .query(query)
        .set('Authorization', `Bearer ${tokenOf(who)}`)
        .set('Idempotency-Key', `file-key-${keys}`)
        .type('text/csv');
    },
    fetch: (who, fileId) =>
      request(app)
        .get(`/api/v1/files/${fileId}/content`)
        .set('Authorization', `Bearer ${tokenOf(who)}`)
        .buffer(true)
        .parse((response, done) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => done(null, Buffer.concat(parts)));
        }),
  };
}
