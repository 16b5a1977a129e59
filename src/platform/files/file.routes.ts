/** Where files are put and fetched. */
import { download, type Route, upload } from '../http/routes';
import { readFileParts } from './file.store';
import { openFile } from './open-file';
import { uploadFile } from './upload-file';

export const fileRoutes: Route[] = [
  upload('/files', uploadFile),
  download('/files/:fileId/content', openFile, (platform, { fileId }) =>
    readFileParts(platform, fileId),
  ),
];
