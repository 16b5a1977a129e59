/**
 * 导出农户名册: a spreadsheet of the register as of a day, ID numbers, phones and accounts masked. The reason is asked
 * and recorded; only who asked for it can fetch the file.
 */
import { defineAct } from '../platform/act';
import { beginExport, exportAnswer, exportInput, locateExport } from './export-beginning';

export const startExport = defineAct({
  name: 'households.start-export',
  title: '导出农户名册',
  permission: 'households.export',
  input: exportInput,
  answer: exportAnswer,
  locate: locateExport,
  run: (work, input, { region }) => beginExport(work, input, region, false),
});
