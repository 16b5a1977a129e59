/**
 * 导出农户名册（完整号码）: the same with whole ID numbers, phones and accounts, for those whose duty needs them. Such a
 * file can be imported again.
 */
import { defineAct } from '../platform/act';
import { beginExport, exportAnswer, exportInput, locateExport } from './export-beginning';

export const startFullExport = defineAct({
  name: 'households.start-full-export',
  title: '导出农户名册（完整号码）',
  permission: 'households.export-full',
  input: exportInput,
  answer: exportAnswer,
  locate: locateExport,
  run: (work, input, { region }) => beginExport(work, input, region, true),
});
