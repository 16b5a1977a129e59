/** Paths of import and export. */
import { get, post, type Route } from '../platform/http/routes';
import { cancelImport } from './cancel-import';
import { confirmImport } from './confirm-import';
import { listExports } from './exports.queries';
import { listImportRemarks, listImportResults, listImports, showImport } from './imports.queries';
import { startExport } from './start-export';
import { startFullExport } from './start-full-export';
import { startImport } from './start-import';

export const importsRoutes: readonly Route[] = [
  get('/household-imports', listImports),
  post('/household-imports', startImport),
  get('/household-imports/:importId', showImport),
  get('/household-imports/:importId/results', listImportResults),
  get('/household-imports/:importId/remarks', listImportRemarks),
  post('/household-imports/:importId/confirm', confirmImport, { status: 200 }),
  post('/household-imports/:importId/cancel', cancelImport, { status: 200 }),
  get('/household-exports', listExports),
  post('/household-exports', startExport),
  post('/household-exports/full', startFullExport),
];
