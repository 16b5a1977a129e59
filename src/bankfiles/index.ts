/** The face of bank files. Nothing else of the module is imported from outside. */
import { BankFile, BankFileRow } from './bank-file.entity';
import { bankFileTask } from './bank-file-task';

export { bankfilesRoutes } from './bankfiles.routes';

/** Table maps of this module. */
export const bankfilesEntities = [BankFile, BankFileRow];

/** Long tasks of this module. */
export const bankfilesTasks = [bankFileTask];
