/**
 * The sheet for the printer: A4 or A3, with the code that leads to the page and the place for the seal. It shows what
 * the page shows and nothing more.
 */
import type { BusinessDate } from '../platform/dates';
import { type Html, html } from '../platform/html';
import type { PageAt } from '../platform/http/pages';
import { qrCode } from '../platform/qr-code';
import { type ShownItem, styleOf } from './public-page';
import { dayInWords } from './words';

/** What `notices.poster` answers. */
export interface Poster {
  id: string;
  title: string;
  paper: 'A3' | 'A4';
  startsOn: BusinessDate | null;
  endsOn: BusinessDate | null;
  rule: string;
  items: ShownItem[];
  phones: string[];
}

/** A3 is A4 with everything larger by the square root of two. */
const BASE_PT = { A4: 11, A3: 15.5 } as const;

const styleFor = (paper: Poster['paper']) =>
  styleOf(`@page{size:${paper} portrait;margin:14mm 14mm 16mm}*{box-sizing:border-box}
body{margin:0;font:${BASE_PT[paper]}pt/1.55 "Noto Serif CJK SC","Songti SC",
SimSun,serif;color:#000;background:#fff}h1{font-size:1.9em;text-align:center;margin:0 0 .6em;line-height:1.3}
p{margin:.3em 0}table{width:100%;border-collapse:collapse;margin:.8em 0}thead{display:table-header-group}
tr{break-inside:avoid}th,td{border:1px solid #000;padding:.25em .4em;text-align:center;overflow-wrap:anywhere}
th{font-weight:700}strong{white-space:nowrap}.foot{display:flex;justify-content:space-between;align-items:flex-end;gap:1.5em;break-inside:avoid;
margin-top:1.2em}.foot svg{width:${paper === 'A4' ? 32 : 45}mm;height:auto;display:block}.code{text-align:center;font-size:.8em}
.seal{width:${paper === 'A4' ? 44 : 62}mm;height:${paper === 'A4' ? 44 : 62}mm;border:1px dashed #777;border-radius:50%;
display:flex;align-items:center;justify-content:center;color:#777}.sign{text-align:right}
@media screen{body{margin:0 auto;max-width:${paper === 'A4' ? 210 : 297}mm;padding:14mm}}`);

/** The sheet as a page to print. */
export function posterPage(poster: Poster, { origin }: PageAt): Html {
  const { items, phones, startsOn, endsOn } = poster;
  const columns = [...new Map(items.flatMap(({ fields }) => fields).map((f) => [f.code, f.name]))];
  const head = columns.map(([, name]) => html`<th>${name}</th>`);
  const rows = items.map(
    ({ position, fields }) =>
      html`<tr><td>${position}</td>${columns.map(
        ([code]) => html`<td>${fields.find((field) => field.code === code)?.value}</td>`,
      )}</tr>`,
  );
  const days =
    startsOn && endsOn
      ? `${dayInWords(startsOn)}至${dayInWords(endsOn)}（含）`
      : '自最后一级公示栏张贴之日起算，起止日期见扫码页面';
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="robots" content="noindex"><title>${poster.title}</title>
<style>${styleFor(poster.paper)}</style></head>
<body><h1>${poster.title}</h1>
<p>现将下列 ${items.length} 项予以公示，接受群众监督。</p>
<p>公示时间：${days}。</p><p>公示规则：${poster.rule}。</p>
<table><thead><tr><th>序号</th>${head}</tr></thead><tbody>${rows}</tbody></table>
<p>对公示内容有异议的，可在公示期内扫码提出（可附照片），也可拨打监督电话${phones.length > 0 && html`：${phones.map((phone, at) => html`${at > 0 && '、'}<strong>${phone}</strong>`)}`}。</p>
<div class="foot"><div class="code">${qrCode(`${origin}/notice/${poster.id}`)}扫码查看与提出异议</div>
<div class="sign"><p>张贴级别：________　张贴人：________</p><p>张贴日期：______年____月____日</p></div>
<div class="seal">盖章处</div></div></body></html>`;
}
