/** The certificate on paper (A5, two to an A4 sheet), and the page to which its code leads. */

import { qrCode } from '../notices';
import type { BusinessDate } from '../platform/dates';
import { Html, html } from '../platform/html';
import type { PageAt } from '../platform/http/pages';
import { capitalYuan, type Fen } from '../platform/money';
import { CERTIFICATE_STATE_NAMES, type CertificateState } from './certificate';

/** What `applications.certificate` answers. */
export interface PrintedCertificate {
  state: CertificateState;
  number: string;
  village: string;
  amount: string;
  amountFen: Fen;
  borrower: string;
  idMasked: string;
  headName: string;
  householdCode: string;
  termMonths: number;
  bankName: string;
  issuedOn: BusinessDate;
  expiresOn: BusinessDate | null;
  code: string | null;
  revocation: string | null;
}

const PAPER = new Html(`@page{size:A5 landscape;margin:10mm}*{box-sizing:border-box}
body{margin:0;font:11pt/1.6 "Noto Serif CJK SC","Songti SC",SimSun,serif;color:#000;background:#fff}
main{border:2px solid #000;padding:6mm;position:relative}h1{font-size:20pt;letter-spacing:.5em;text-align:center;margin:0 0 3mm}
dl{display:grid;grid-template-columns:6em 1fr 6em 1fr;gap:1mm 3mm;margin:0}dt{color:#333}dd{margin:0;overflow-wrap:anywhere}
.wide{grid-column:2/5}.foot{display:flex;justify-content:space-between;align-items:flex-end;margin-top:4mm}
.foot svg{width:28mm;height:auto;display:block}.seal{width:36mm;height:36mm;border:1px dashed #777;border-radius:50%;
display:flex;align-items:center;justify-content:center;color:#777}.no{text-align:right;margin:0}
.void{position:absolute;inset:0;display:flex;align-items:center;justify-content:center;font-size:40pt;color:#9c1c1c;
transform:rotate(-20deg);opacity:.5}@media screen{body{max-width:210mm;margin:0 auto;padding:10mm}}`);

/** The certificate as a page to print; one that does not hold says so across the paper. */
export function certificatePaper(certificate: PrintedCertificate, { origin }: PageAt): Html {
  const { state, code, number } = certificate;
  const lines = html`<dt>借款人</dt><dd>${certificate.borrower}</dd><dt>证件号</dt><dd>${certificate.idMasked}</dd>
<dt>户主</dt><dd>${certificate.headName}</dd><dt>户编号</dt><dd>${certificate.householdCode}</dd>
<dt>所在村</dt><dd>${certificate.village}</dd><dt>承贷银行</dt><dd>${certificate.bankName}</dd>
<dt>金额</dt><dd class="wide">人民币（大写）${capitalYuan(certificate.amountFen)}（¥${certificate.amount}）</dd>
<dt>期限</dt><dd>${certificate.termMonths} 个月</dd><dt>核发日期</dt><dd>${certificate.issuedOn}</dd>
<dt>有效期至</dt><dd>${certificate.expiresOn ?? '未定'}</dd>`;
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="robots" content="noindex"><title>贷款证 ${number}</title>
<style>${PAPER}</style></head><body><main><h1>贷款证</h1><p class="no">编号：${number}</p><dl>${lines}</dl>
<p>持本证到承贷银行办理。免担保、免抵押，办理贷款不收取任何费用。</p>
<div class="foot"><div>${code !== null && qrCode(`${origin}/certificate/${code}`)}扫码查验真伪</div><div class="seal">盖章处</div></div>
${state !== 'valid' && html`<div class="void">${CERTIFICATE_STATE_NAMES[state]}</div>`}</main></body></html>`;
}

const STYLE =
  new Html(`body{margin:0 auto;max-width:32rem;padding:1rem;font:1rem/1.6 system-ui,"Noto Sans CJK SC","PingFang SC",
"Microsoft YaHei",sans-serif;color:#1a1a1a;background:#fff}h1{font-size:1.4rem}[lang=en]{color:#5a5a5a;font-size:.85em}
dl{display:grid;grid-template-columns:6em 1fr;gap:.2rem .6rem}dt{color:#5a5a5a}dd{margin:0;overflow-wrap:anywhere}`);

const ENGLISH: Readonly<Record<CertificateState, string>> = {
  valid: 'This certificate is valid',
  used: 'This certificate has been used',
  revoked: 'This certificate has been revoked',
  expired: 'This certificate has expired',
};

/** What `applications.verify-certificate` answers. */
export interface VerifiedCertificate {
  state: CertificateState;
  number: string;
  name: string;
  village: string;
  amount: string;
  expiresOn: BusinessDate | null;
}

/** Whether a certificate holds: only what stands on it, the name masked. */
export function verificationPage({
  certificate,
}: {
  certificate: VerifiedCertificate | null;
}): Html {
  const said = certificate ? `贷款证${CERTIFICATE_STATE_NAMES[certificate.state]}` : '查无此证';
  const english = certificate ? ENGLISH[certificate.state] : 'There is no such certificate';
  const lines =
    certificate &&
    html`<dl><dt>编号</dt><dd>${certificate.number}</dd><dt>借款人</dt><dd>${certificate.name}</dd>
<dt>所在村</dt><dd>${certificate.village}</dd><dt>金额</dt><dd>${certificate.amount} 元</dd>
<dt>有效期至</dt><dd>${certificate.expiresOn ?? '未定'}</dd></dl>`;
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex,nofollow,noarchive"><title>${said}</title><style>${STYLE}</style></head>
<body><h1>${said}</h1><p lang="en">${english}</p>${lines}${!certificate && html`<p>请核对贷款证上的二维码。</p>`}</body></html>`;
}
