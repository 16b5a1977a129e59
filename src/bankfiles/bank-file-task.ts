/** The long task of a bank file: the dry run when it was uploaded, the posting when it was confirmed. */
import { findRow } from '../platform/db/store';
import { defineTask } from '../platform/jobs/task';
import { BankFile } from './bank-file.entity';
import { checkFile } from './check-file';
import { postFile } from './post-file';
import { P } from './problems';

export const bankFileTask = defineTask({
  name: 'bankfiles.file',
  title: '银行回盘文件',
  run: async (job) => {
    const file = await findRow(job.platform.db.reader(), BankFile, { id: job.task.subject.id });
    if (!file) throw P.absent();
    if (file.state === 'CHECKING') return checkFile(job, file);
    if (file.state === 'POSTING') return postFile(job, file);
    return file.note;
  },
});
