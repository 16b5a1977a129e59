/** QR codes: drawn square by square, with the quiet edge that readers need. */
import { qrCode } from '../../src/platform/qr-code';

test('A code is a drawing with its three corners and an edge of four squares', () => {
  const { text } = qrCode('https://xinfu.example.cn/notice/01HZZZZZZZZZZZZZZZZZZZZZZZ');
  const side = Number(/viewBox="0 0 (\d+) /.exec(text)?.[1]);
  const dark = new Set([...text.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map((m) => `${m[1]} ${m[2]}`));
  for (const [x, y] of [
    [4, 4],
    [side - 11, 4],
    [4, side - 11],
  ] as const) {
    // The ring of seven, the light ring in it, and the dark middle.
    for (let n = 0; n < 7; n += 1) expect(dark.has(`${x + n} ${y}`)).toBe(true);
    for (let n = 1; n < 6; n += 1) expect(dark.has(`${x + n} ${y + 1}`)).toBe(false);
    expect(dark.has(`${x + 3} ${y + 3}`)).toBe(true);
  }
  const places = [...dark].flatMap((place) => place.split(' ').map(Number));
  expect(Math.min(...places)).toBe(4);
  expect(Math.max(...places)).toBe(side - 5);
});

test('Another text is another code', () => {
  expect(qrCode('a').text).not.toBe(qrCode('b').text);
});
