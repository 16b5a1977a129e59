/** The content of old files is removed at night; what stays tells who kept which file, of what digest, and when. */
import type { Step } from '../jobs/step';
import { sweepExpired } from './file.store';

/** Files of one transaction: the parts of one take up to 60 MB. */
const FILES = 1;

export const sweepFilesStep: Step = {
  kind: 'chunks',
  name: 'platform.sweep-files',
  title: '清除过期文件的内容',
  reason: 'Touches no business record; beside the other sweeping, so that it never delays one.',
  chunk: (work, _date, after) => sweepExpired(work, after, FILES),
};
