/**
 * The columns of a person list (人员名单) as the national registers export it: one row per person, the household's
 * facts repeated on each. Titles differ between years and counties, so each column has its synonyms; what we
 * export carries the same titles, so that an export can be imported again.
 *
 * Sources of the titles: 全国扶贫开发信息系统 and 全国防返贫监测信息系统 exports as counties use them, and the county
 * ledgers behind docs/POLICY-FACTS.md §4.4.
 */
import type { ColumnSpec } from '../platform/sheets/columns';

/** What a column of the list holds. */
export type ListField =
  | 'county'
  | 'township'
  | 'village'
  | 'villageCode'
  | 'code'
  | 'headName'
  | 'name'
  | 'idNumber'
  | 'relation'
  | 'sex'
  | 'birthDate'
  | 'health'
  | 'labour'
  | 'skills'
  | 'away'
  | 'awayPlace'
  | 'publicEmployee'
  | 'phone'
  | 'account'
  | 'kind'
  | 'monitored'
  | 'kindFrom'
  | 'source';

/** A column of the list. `width` is that of the export, in characters. */
export interface ListColumn extends ColumnSpec {
  readonly field: ListField;
  readonly width: number;
}

const column = (
  field: ListField,
  title: string,
  synonyms: string,
  options: { width?: number; required?: boolean } = {},
): ListColumn => ({
  field,
  title,
  synonyms: synonyms.split(' ').filter((word) => word !== ''),
  width: options.width ?? 12,
  required: options.required ?? false,
});

/** All columns, in the order of the export. */
export const LIST_COLUMNS: readonly ListColumn[] = [
  column('county', '县', '县市区 县区 区县 所在县 县名 县名称 县级', { width: 18 }),
  column('township', '乡镇', '乡 镇 乡镇名称 所属乡镇 所在乡镇 乡镇街道 乡级', { width: 14 }),
  column('village', '行政村', '村 村名 村名称 所属行政村 所在村 行政村名称 村社区 村级', {
    width: 18,
  }),
  column('villageCode', '行政村代码', '村代码 村编码 行政村编码 行政区划代码 区划代码 村级代码', {
    width: 16,
  }),
  column('code', '户编号', '户号 户编码 户号编码 家庭编号 建档立卡户编号 农户编号 户ID', {
    width: 22,
    required: true,
  }),
  column('headName', '户主姓名', '户主'),
  column('name', '姓名', '成员姓名 家庭成员姓名 人员姓名 家庭成员', { required: true }),
  column(
    'idNumber',
    '证件号码',
    '公民身份号码 公民身份证号 公民身份证号码 身份证号 身份证号码 身份证 身份号码 证件号 成员证件号码 人员证件号码',
    { width: 22, required: true },
  ),
  column('relation', '与户主关系', '与户主的关系 与户主之关系 家庭关系 关系', {
    width: 22,
    required: true,
  }),
  column('sex', '性别', '人员性别', { width: 6 }),
  column('birthDate', '出生日期', '出生年月 出生年月日 出生时间 生日'),
  column('health', '健康状况', '身体状况 健康状态 健康情况 身体健康状况'),
  column('labour', '劳动技能', '劳动能力 劳动力 劳动力状况 劳动力情况 劳动力类型', { width: 20 }),
  column('skills', '技能特长', '技能 特长 掌握技能'),
  column('away', '务工区域', '是否务工 是否外出务工 外出务工 务工情况', { width: 16 }),
  column('awayPlace', '务工地点', '务工地 务工所在地 务工地区 务工地址', { width: 20 }),
  column('publicEmployee', '是否公职人员', '公职人员 是否财政供养人员 财政供养人员'),
  column('phone', '联系电话', '手机 手机号 手机号码 电话 电话号码 联系方式 本人联系电话', {
    width: 16,
  }),
  column(
    'account',
    '银行卡号',
    '开户银行卡号 银行账号 银行帐号 一卡通账号 一卡通帐号 一卡通卡号 惠农一卡通账号 补贴账号 补贴收款账号 收款账号 收款账户',
    { width: 24 },
  ),
  column('kind', '户类型', '脱贫属性 户属性 贫困户属性 农户类型 身份类别 户类别', {
    width: 16,
  }),
  column('monitored', '监测对象类别', '监测类别 监测类型 监测对象类型 监测对象', { width: 16 }),
  column('kindFrom', '识别时间', '纳入时间 认定时间 识别日期 纳入日期 认定日期 类别起始日'),
  column('source', '认定文件', '认定依据 依据文件 文件依据 文号', { width: 24 }),
];

const BY_FIELD = new Map(LIST_COLUMNS.map((one) => [one.field, one]));

/** The title under which the export writes a field; reasons name the column so. */
export function titleOf(field: ListField): string {
  return BY_FIELD.get(field)?.title ?? field;
}
