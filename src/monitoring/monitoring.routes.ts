/** Where post-loan care is reached. */
import { readFileParts } from '../platform/files/file.store';
import { download, get, post, type Route, upload } from '../platform/http/routes';
import { assignResponsibility } from './assign-responsibility';
import { decideFlag } from './decide-flag';
import { dueChecks } from './due.queries';
import { listFlags } from './flags.queries';
import { keepUsePhoto } from './keep-use-photo';
import { openUsePhoto } from './open-use-photo';
import { recordUseCheck } from './record-use-check';
import { responsibilityOfLoan } from './responsibility.queries';
import { checksOfLoan, sameCheckPhotos } from './use-checks.queries';

export const monitoringRoutes: Route[] = [
  upload('/loans/:loanId/use-check-photos', keepUsePhoto),
  post('/loans/:loanId/use-checks', recordUseCheck),
  get('/loans/:loanId/use-checks', checksOfLoan),
  post('/loans/:loanId/responsibility', assignResponsibility),
  get('/loans/:loanId/responsibility', responsibilityOfLoan),
  get('/use-checks/due', dueChecks),
  get('/use-checks/same-photos', sameCheckPhotos),
  get('/use-checks/flags', listFlags),
  post('/use-checks/flags/:flagId/decision', decideFlag),
  download('/use-checks/:checkId/photos/:photoId', openUsePhoto, (platform, { fileId }) =>
    readFileParts(platform, fileId),
  ),
];
