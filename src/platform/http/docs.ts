/**
 * The API's reference page at /api/docs: Swagger UI served from its package, so it works without the internet.
 */
import { dirname } from 'node:path';
import { static as files, Router } from 'express';

const PAGE = `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>信扶 API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script></body></html>`;

const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#swagger-ui', docExpansion: 'none',
  requestInterceptor: (request) => {
    if (request.method !== 'POST') return request;
    request.headers['Idempotency-Key'] ||= crypto.randomUUID();
    const token = sessionStorage.getItem('csrf');
    if (token) request.headers['X-CSRF-Token'] = token;
    return request;
  },
  responseInterceptor: (response) => {
    const token = response.headers['x-csrf-token'] || (response.obj && response.obj.csrfToken);
    if (token) sessionStorage.setItem('csrf', token);
    return response;
  } });`;

/** The description and the page. `description` is plain JSON. */
export function docsRouter(description: object): Router {
  const router = Router();
  router.get('/openapi.json', (_request, response) => {
    response.json(description);
  });
  router.get('/docs', (_request, response) => {
    response.type('html').send(PAGE);
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('js').send(START);
  });
  router.use(
    '/docs',
    files(dirname(require.resolve('swagger-ui-dist/package.json')), { index: false }),
  );
  return router;
}
