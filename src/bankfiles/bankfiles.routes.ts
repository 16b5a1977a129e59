/** The screens of bank files. */
import { readFileParts } from '../platform/files/file.store';
import { download, get, post, type Route } from '../platform/http/routes';
import { listBankFiles, showBankFile } from './bank-files.queries';
import { listBankRows, listBankWork } from './bank-rows.queries';
import { cancelBankFile } from './cancel-bank-file';
import { confirmBankFile } from './confirm-bank-file';
import { openErrorSheet } from './open-error-sheet';
import { resolveBankRow } from './resolve-bank-row';
import { startBankFile } from './start-bank-file';

export const bankfilesRoutes: readonly Route[] = [
  get('/bank-files', listBankFiles),
  post('/bank-files', startBankFile),
  get('/bank-files/:bankFileId', showBankFile),
  get('/bank-files/:bankFileId/rows', listBankRows),
  download('/bank-files/:bankFileId/errors', openErrorSheet, (platform, { fileId }) =>
    readFileParts(platform, fileId),
  ),
  post('/bank-files/:bankFileId/confirm', confirmBankFile, { status: 200 }),
  post('/bank-files/:bankFileId/cancel', cancelBankFile, { status: 200 }),
  get('/bank-rows', listBankWork),
  post('/bank-rows/:bankRowId/resolve', resolveBankRow, { status: 200 }),
];
