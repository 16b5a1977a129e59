/** Refusals of spreadsheets: what is wrong with the file, and what the officer can do about it. */
import { catalogue } from '../problems';

export const SheetProblem = catalogue('platform', {
  sheetEmpty: {
    kind: 'invalid',
    title: '表格文件没有内容',
    advice: '请确认选对了文件，并且第一个可见的工作表中有标题行和数据。',
  },
  sheetOldFormat: {
    kind: 'invalid',
    title: '不支持旧版 Excel(.xls)文件',
    advice: '请在 Excel 或 WPS 中打开后另存为 .xlsx 或 CSV，再上传。',
  },
  sheetEncrypted: {
    kind: 'invalid',
    title: '表格文件设有打开密码',
    advice: '请在 Excel 或 WPS 中取消打开密码，保存后再上传。',
  },
  sheetNotTable: {
    kind: 'invalid',
    title: '文件不是表格',
    advice: '请上传 .xlsx 工作簿或以逗号、制表符、分号分隔的 CSV 文本。',
  },
  sheetBroken: {
    kind: 'invalid',
    title: '表格文件已损坏，无法读取',
    advice: '请在 Excel 或 WPS 中打开并重新保存；若仍不行，请把内容复制到新工作簿后再上传。',
  },
  sheetBomb: {
    kind: 'invalid',
    title: '表格文件解压后过大',
    advice: '请删除空白行列、图片和多余的工作表，只保留数据，另存为新文件后再上传。',
  },
  sheetTooWide: {
    kind: 'invalid',
    title: '表格的列数超过上限',
    advice: '请删除数据右侧多余的列（包括只有格式没有内容的列），保存后再上传。',
  },
  sheetTooLong: {
    kind: 'invalid',
    title: '表格的行数超过上限',
    advice: '请把数据拆成几个文件，分批上传。',
  },
  sheetTooManyMerges: {
    kind: 'invalid',
    title: '表格中的合并单元格过多',
    advice: '请取消数据区的合并单元格，每行写全内容后再上传。',
  },
  sheetColumns: {
    kind: 'invalid',
    title: '表格的标题行不符合要求',
    advice: '请对照模板核对标题行：缺少的列请补上，重复的列请删去一个。',
  },
  sheetTooManyRows: {
    kind: 'refused',
    title: '导出的行数超过一张工作表的上限',
    advice: '请缩小查询范围，分批导出。',
  },
});
