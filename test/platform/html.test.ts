/** Templates: whatever is put in is text, unless it is HTML made here. */
import fc from 'fast-check';
import { escaped, Html, html } from '../../src/platform/html';

test('Text is escaped in elements and attributes', () => {
  const text = `<img src=x onerror="alert('1')">&`;
  expect(html`<p title="${text}">${text}</p>`.text).toBe(
    `<p title="${escaped(text)}">${escaped(text)}</p>`,
  );
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (any) => !/[<>"']/.test(html`${any}`.text)));
});

test('HTML goes into HTML as it is, lists are joined, nothing is nothing', () => {
  const items = ['一', '二'].map((one) => html`<li>${one}</li>`);
  expect(html`<ol>${items}</ol>${null}${undefined}${false}${0}`.text).toBe(
    '<ol><li>一</li><li>二</li></ol>0',
  );
  expect(String(new Html('<b>'))).toBe('<b>');
});
