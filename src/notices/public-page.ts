/**
 * The pages that anybody sees: the notice with the form to object, the receipt, how an objection stands, and the one
 * that says no. Chinese first with an English line beside it; small, for a telephone, without a script.
 */

import type { BusinessDate } from '../platform/dates';
import { Html, html } from '../platform/html';
import { type PageAt, TRAP } from '../platform/http/pages';
import type { Problem } from '../platform/problems';
import type { PublicField } from './masking';
import { LEVEL_NAMES, type Level } from './notice';
import type { ObjectionState } from './objection';
import { dayInWords } from './words';

/** What `notices.public` answers. */
export interface ShownNotice {
  id: string;
  title: string;
  startsOn: BusinessDate | null;
  endsOn: BusinessDate | null;
  objectionsUntil: BusinessDate | null;
  rule: string;
  boards: { level: Level; postedOn: BusinessDate }[];
  items: ShownItem[];
  anonymousAllowed: boolean;
  phones: string[];
}

/** An item with its number on the sheet. */
export interface ShownItem {
  id: string;
  position: number;
  fields: PublicField[];
}

const STYLE = `*{box-sizing:border-box}body{margin:0 auto;max-width:42rem;padding:1rem;font:1rem/1.6 system-ui,
"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:#1a1a1a;background:#fff}
h1{font-size:1.25rem;margin:.25rem 0}h2{font-size:1.05rem;margin:1.5rem 0 .5rem}
[lang=en]{color:#5a5a5a;font-size:.85em}p{margin:.4rem 0}ol{padding:0;list-style:none;margin:0}
li{border:1px solid #d5d5d5;border-radius:.4rem;padding:.6rem .8rem;margin:.6rem 0}
dl{display:grid;grid-template-columns:6em 1fr;gap:.1rem .6rem;margin:.2rem 0 0}
dt{color:#5a5a5a}dd{margin:0;overflow-wrap:anywhere}label{display:block;margin:.8rem 0 0}
input,select,textarea{font:inherit;width:100%;padding:.5rem;border:1px solid #888;border-radius:.3rem;background:#fff}
input[type=file]{border:0;padding:.3rem 0}textarea{min-height:7rem}
button{font:inherit;margin-top:1rem;padding:.6rem 1.2rem;border:0;border-radius:.3rem;background:#9c1c1c;color:#fff}
.code{font:700 1.1rem/1.4 ui-monospace,monospace;letter-spacing:.05em;border:2px solid #9c1c1c;padding:.6rem;
text-align:center;overflow-wrap:anywhere}.not-for-people{position:absolute;left:-99rem}a{color:#9c1c1c}`;

function page(title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex,nofollow,noarchive"><title>${title}</title>
<style>${styleOf(STYLE)}</style></head>
<body>${body}</body></html>`;
}

/** Our own style sheet, in which nothing is to be escaped. */
export const styleOf = (css: string): Html => new Html(css);

const en = (text: string) => html` <span lang="en">${text}</span>`;

/** The notice, and the form to object. */
export function noticePage(notice: ShownNotice, at: PageAt): Html {
  const { startsOn, endsOn, phones } = notice;
  const listed = notice.items.some((item) => item.fields.length > 0);
  const days = endsOn
    ? html`<p>公示期：${dayInWords(startsOn ?? endsOn)}至${dayInWords(endsOn)}（含）${en(`Notice until ${endsOn}, inclusive`)}</p>`
    : html`<p>公示期自最后一级张贴之日起算，目前尚未全部张贴。${en('The days begin when the last board is posted')}</p>`;
  return page(
    notice.title,
    html`<h1>${notice.title}</h1><p lang="en">Public notice</p>
${days}<p>规则：${notice.rule}。</p>
<p>已张贴：${notice.boards.map(({ level, postedOn }) => `${LEVEL_NAMES[level]} ${dayInWords(postedOn)}`).join('；')}</p>
<h2>名单${en('List')}</h2>
${
  listed
    ? html`<ol>${notice.items.map(itemOf)}</ol>`
    : html`<p>公示期已满，名单已撤下；仍可按张贴时的序号提出异议。${en('The list has been taken down')}</p>`
}
${phones.length > 0 && html`<p>监督电话：${phones.join('、')}${en('Supervision phone')}</p>`}
${objectionForm(notice, at)}
<p><a href="/notice/receipt">凭回执码查询异议处理结果</a>${en('Follow an objection')}</p>`,
  );
}

function itemOf({ position, fields }: ShownItem): Html {
  const lines = fields.map(({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>`);
  return html`<li><strong>${position}</strong><dl>${lines}</dl></li>`;
}

/** `第 3 项 韦*明`; the number alone once the list is gone. */
function labelOf({ position, fields }: ShownItem): string {
  return `第 ${position} 项 ${fields[0]?.value ?? ''}`.trim();
}

function objectionForm(notice: ShownNotice, at: PageAt): Html {
  const until = notice.objectionsUntil;
  const levels = notice.boards.map(
    ({ level }) => html`<option value="${level}">${LEVEL_NAMES[level]}</option>`,
  );
  const items = notice.items.map(
    (item) => html`<option value="${item.id}">${labelOf(item)}</option>`,
  );
  const named = notice.anonymousAllowed
    ? html`<label>姓名（可不填）${en('Name, optional')}<input name="complainantName" maxlength="60" autocomplete="off"></label>`
    : html`<label>姓名（必填）${en('Name')}<input name="complainantName" maxlength="60" required autocomplete="off"></label>`;
  return html`<h2 id="object">提出异议${en('Object')}</h2>
<p>任何人都可以提出，${notice.anonymousAllowed ? '可以不留姓名' : '须留姓名'}。姓名和电话加密保存，只有纪检人员可以查看，每次查看都有记录。${until && `截止 ${dayInWords(until)}（含）。`}</p>
<form method="post" action="/notice/${notice.id}/objections" enctype="multipart/form-data">
<input type="hidden" name="key" value="${at.newKey()}">
<label>对哪一项${en('Which item')}<select name="itemId" required>${items}</select></label>
<label>在哪一级看到${en('Seen at')}<select name="level" required>${levels}</select></label>
<label>异议内容${en('What is wrong')}<textarea name="content" maxlength="2000" required></textarea></label>
${named}
<label>电话（可不填）${en('Phone, optional')}<input name="complainantPhone" maxlength="20" inputmode="tel" autocomplete="off"></label>
<label>佐证照片（可不附，JPEG 或 PNG，不超过 8 MB；拍摄地点等附加信息会被去除）${en('Photo, optional')}<input type="file" name="photo" accept="image/jpeg,image/png"></label>
<label class="not-for-people" aria-hidden="true">请勿填写<input name="${TRAP}" tabindex="-1" autocomplete="off"></label>
<button>提交异议 Submit</button></form>`;
}

/** What was given for an objection; shown this once. */
export function receiptPage(
  answer: { receiptCode: string; decideBy: BusinessDate | null },
  _at: PageAt,
  refused: Problem | null,
): Html {
  return page(
    '异议已收到',
    html`<h1>异议已收到${en('Your objection was received')}</h1>
<p>回执码只显示这一次，请抄下或截图保存。${en('This code is shown once. Keep it.')}</p>
<p class="code">${answer.receiptCode}</p>
${answer.decideBy && html`<p>最迟 ${dayInWords(answer.decideBy)} 答复。${en(`Answer by ${answer.decideBy}`)}</p>`}
${refused && html`<p><strong>照片没有收下：${refused.title}。</strong>${refused.advice}异议本身已经提交，不必重复提交。</p>`}
<p><a href="/notice/receipt">凭回执码查询处理结果</a>${en('Follow your objection')}</p>`,
  );
}

/** Asks for the code; it is sent in the form, so that it stands in no address and no log. */
export function followPage(): Html {
  return page(
    '查询异议处理结果',
    html`<h1>查询异议处理结果${en('Follow an objection')}</h1>
<form method="post" action="/notice/receipt">
<label>回执码${en('Receipt code')}<input name="receiptCode" required maxlength="24" autocomplete="off" autocapitalize="characters" placeholder="XXXX-XXXX-XXXX-XXXX-XXXX"></label>
<button>查询 Look up</button></form>`,
  );
}

const STATE_WORDS: Readonly<Record<ObjectionState, [string, string]>> = {
  open: ['正在核查', 'Being checked'],
  upheld: ['异议成立，该项不再办理', 'Upheld: the item does not go on'],
  dismissed: ['异议不成立', 'Dismissed'],
};

/** How an objection stands. */
export function standingPage(answer: {
  state: ObjectionState;
  raisedOn: BusinessDate;
  decideBy: BusinessDate | null;
  decidedOn: BusinessDate | null;
  answerText: string | null;
}): Html {
  const [chinese, english] = STATE_WORDS[answer.state];
  const { decideBy, decidedOn } = answer;
  return page(
    '异议处理结果',
    html`<h1>${chinese}${en(english)}</h1>
<p>提出日期：${dayInWords(answer.raisedOn)}</p>
${answer.state === 'open' && decideBy && html`<p>最迟 ${dayInWords(decideBy)} 答复。</p>`}
${decidedOn && html`<p>处理日期：${dayInWords(decidedOn)}</p>`}
${answer.answerText && html`<p>答复：${answer.answerText}</p>`}`,
  );
}

/** Why not, and what to do. */
export function refusalPage({ kind, title, advice, info }: Problem): Html {
  const absent = kind === 'absent';
  const said = absent ? '没有这个公示，或公示期已满' : title;
  const todo = absent ? '公示期满后页面自动撤下。请核对地址、二维码或回执码。' : advice;
  const fields = (info.fields ?? []).map(
    ({ field, reason }) => html`<p>${WORDS[field] ?? field}：${reason}</p>`,
  );
  return page(
    said,
    html`<h1>${said}</h1><p lang="en">${absent ? 'There is no such notice, or it has ended.' : 'This could not be done.'}</p>
${fields}<p>${todo}</p>`,
  );
}

/** What the fields of the forms are called on them. */
const WORDS: Readonly<Record<string, string>> = {
  itemId: '对哪一项',
  level: '在哪一级看到',
  content: '异议内容',
  complainantName: '姓名',
  complainantPhone: '电话',
  receiptCode: '回执码',
};
