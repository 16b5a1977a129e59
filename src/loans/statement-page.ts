/** The statement of a loan on paper: A4, what happened in order, what is to come, places for both sides to sign. */
import { Html, html } from '../platform/html';
import type { LoanStatement } from './loan-statement.queries';

const PAPER = new Html(`@page{size:A4 portrait;margin:16mm 14mm}*{box-sizing:border-box}
body{margin:0;font:10.5pt/1.6 "Noto Serif CJK SC","Songti SC",SimSun,serif;color:#000;background:#fff}
h1{text-align:center;font-size:18pt;margin:0 0 4mm}h2{font-size:12pt;margin:5mm 0 2mm}
dl{display:grid;grid-template-columns:repeat(4,auto);gap:1mm 4mm;margin:0}dt{color:#444}dd{margin:0}
table{width:100%;border-collapse:collapse;font-size:9.5pt}th,td{border:.2mm solid #000;padding:.8mm 1.5mm}
th{font-weight:normal;background:#f2f2f2}thead{display:table-header-group}tr{break-inside:avoid}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.sign{display:grid;grid-template-columns:1fr 1fr;gap:8mm;margin-top:10mm;break-inside:avoid}
@media screen{body{max-width:210mm;margin:0 auto;padding:16mm}}`);

/** The statement as a page to print. */
export function statementPaper(statement: LoanStatement): Html {
  const { loan, events, payments, corrections } = statement;
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="robots" content="noindex"><title>贷款对账单 ${loan.number}</title>
<style>${PAPER}</style></head><body><h1>贷款对账单</h1>
<dl><dt>合同号</dt><dd>${loan.number}</dd><dt>承贷银行</dt><dd>${statement.bankName}</dd>
<dt>借款人</dt><dd>${statement.borrower}</dd><dt>住所</dt><dd>${statement.village}</dd>
<dt>合同本金</dt><dd>${loan.principal} 元</dd><dt>年利率</dt><dd>${loan.rate}%</dd>
<dt>放款日</dt><dd>${loan.disbursedOn ?? '未放款'}</dd><dt>到期日</dt><dd>${loan.maturesOn ?? '放款后计算'}</dd>
<dt>本金余额</dt><dd>${loan.outstanding} 元</dd><dt>已结未付利息</dt><dd>${loan.interestDue} 元</dd>
<dt>已结未付罚息</dt><dd>${loan.penaltyDue} 元</dd><dt>多收待退</dt><dd>${loan.overpaid} 元</dd>
<dt>状态</dt><dd>${loan.stateName}</dd><dt>截至</dt><dd>${statement.on}</dd></dl>
<h2>业务明细</h2>${table(
    ['日期', '业务', '合计', '本金', '利息', '罚息', '多收', '本金余额'],
    events.map((one) => [
      ...[one.on, one.kindName, one.amount, one.principal, one.interest, one.penalty],
      ...[one.overpaid, one.outstandingAfter],
    ]),
    2,
  )}
${
  payments.length === 0
    ? ''
    : html`<h2>今后应还</h2><p>利息为全部应计利息；享受财政贴息的，其中应贴部分由县财政支付。</p>${table(
        ['应还日', '计息天数', '利息', '本金', '还后余额'],
        payments.map((one) => [one.on, String(one.days), one.interest, one.principal, one.balance]),
        1,
      )}`
}
${
  corrections.length === 0
    ? ''
    : html`<h2>更正</h2>${table(
        ['更正日', '自此日起重算', '方式', '原因'],
        corrections.map((one) => [
          ...[
            one.correctedOn,
            one.effectiveOn,
            one.kind === 'reversal' ? '冲正' : '补记',
            one.reason,
          ],
        ]),
        9,
      )}`
}
<p>金额单位：元。本单如与合同不符，请于收到之日起持合同到承贷银行网点核对。</p>
<div class="sign"><div><p>银行（盖章）：</p><p>经办人：</p></div><div><p>借款人（签名、按指印）：</p><p>日期：</p></div></div></body></html>`;
}

/** A table; columns from `numbersFrom` (0 the first) on are numbers. */
function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  numbersFrom: number,
): Html {
  return html`<table><thead><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell, at) => (at < numbersFrom ? html`<td>${cell}</td>` : html`<td class="n">${cell}</td>`))}</tr>`,
  )}</tbody></table>`;
}
