/** The contract on paper: A4, the amount in capital numerals, what was frozen on the day, places to sign. */
import type { BusinessDate } from '../platform/dates';
import { Html, html } from '../platform/html';
import { capitalYuan, type Fen } from '../platform/money';

/** What `loans.contract` answers. */
export interface PrintedContract {
  number: string;
  bankName: string;
  borrower: string;
  idMasked: string;
  village: string;
  certificateNumber: string | null;
  /** The number of the contract that this one renews; null for new lending. */
  renewsNumber: string | null;
  useDetail: string;
  repaymentSource: string;
  amountFen: Fen;
  amount: string;
  termMonths: number;
  rate: string;
  surcharge: string;
  basis: number;
  signedOn: BusinessDate;
}

const PAPER = new Html(`@page{size:A4 portrait;margin:20mm 22mm}*{box-sizing:border-box}
body{margin:0;font:12pt/1.9 "Noto Serif CJK SC","Songti SC",SimSun,serif;color:#000;background:#fff}
h1{text-align:center;font-size:20pt;margin:0 0 4mm}p{margin:1.5mm 0;text-indent:2em}.plain{text-indent:0}.no{text-align:right}
.sign{display:grid;grid-template-columns:1fr 1fr;gap:8mm;margin-top:12mm;break-inside:avoid}
@media screen{body{max-width:210mm;margin:0 auto;padding:20mm}}`);

/** The contract as a page to print. */
export function contractPaper(contract: PrintedContract): Html {
  const { number, bankName, borrower, amountFen, amount, rate, surcharge, basis } = contract;
  const { renewsNumber } = contract;
  const paper = renewsNumber === null ? '贷款证编号' : '续贷批准编号';
  const payout =
    renewsNumber === null
      ? '借款转入借款人本人账户。'
      : `借款用于归还合同号 ${renewsNumber} 的借款本金，不另行支付；该合同的借款同日结清。`;
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="robots" content="noindex"><title>借款合同 ${number}</title>
<style>${PAPER}</style></head><body><h1>小额信贷借款合同</h1><p class="no">合同号：${number}</p>
<p class="plain">贷款人：${bankName}</p>
<p class="plain">借款人：${borrower}　证件号：${contract.idMasked}　住所：${contract.village}</p>
<p class="plain">${paper}：${contract.certificateNumber ?? '无'}</p>
<p>第一条　借款金额：人民币（大写）${capitalYuan(amountFen)}（¥${amount}）。</p>
<p>第二条　借款期限：${contract.termMonths} 个月，自放款之日起算。</p>
<p>第三条　借款用途：${contract.useDetail}。借款由借款人本户使用，本户偿还；不得用于建房、理财、结婚、购置家庭用品等非生产性支出，不得转借他人或交企业使用。</p>
<p>第四条　借款利率：年利率 ${rate}%，合同期内不变；按实际天数计息，一年按 ${basis} 天计算，算头不算尾。</p>
<p>第五条　按季结息，结息日为每季末月的二十日；到期一次归还本金。</p>
<p>第六条　还款来源：${contract.repaymentSource}。逾期的，自逾期之日起在合同利率上加收 ${surcharge}%。</p>
<p>第七条　本借款免担保、免抵押，贷款人不收取任何费用、保证金或押金。</p>
<p>第八条　${payout}</p>
<div class="sign"><div><p class="plain">贷款人（盖章）：</p><p class="plain">经办人：</p></div>
<div><p class="plain">借款人（签名、按指印）：</p><p class="plain">签订日期：${contract.signedOn}</p></div></div></body></html>`;
}
