/** QR codes as drawings, for papers that lead to a page. */
import { create } from 'qrcode';
import { type Html, html } from './html';

/** A QR code as a drawing; a quarter of it may be torn off or dirty and it still reads. */
export function qrCode(text: string): Html {
  const { size, data } = create(text, { errorCorrectionLevel: 'Q' }).modules;
  const squares = [...data].flatMap((dark, at) =>
    dark ? [`M${(at % size) + 4} ${Math.floor(at / size) + 4}h1v1h-1z`] : [],
  );
  const side = size + 8;
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" role="img" aria-label="二维码" shape-rendering="crispEdges"><path d="${squares.join('')}"/></svg>`;
}
