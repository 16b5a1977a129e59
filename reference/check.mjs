/**
 * Checks the reference data before it is loaded: `node reference/check.mjs`. Prints every fault and ends with 1.
 *
 * The laws it holds: a file carries the parameter its name says; dates exist in the calendar; ids are unique over
 * all files; within one parameter and region no two rows start on one day and no closed row runs into the next one
 * (an open row may be followed: the later row ends it); figures named …Fen, …Ppm, …Days, …Hundredths, …Months… are
 * whole numbers; what one file names in another is there; every region has its parent and a 12-digit code.
 */
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('./', import.meta.url);
const faults = [];
const fault = (where, text) => faults.push(`${where}: ${text}`);

const isDate = (text) =>
  typeof text === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);

const WHOLE =
  /(Fen|Ppm|Days|Hundredths|Points|Minutes|Hours|Months|MonthsMax|DaysOver|TimesMax|Numerator|Denominator|Min|Max)$/;
const ROW_FIELDS = 'id,region,effectiveFrom,effectiveTo,source,provisional,value';
const NOT_GIVEN = new Set(['maxAgeDays', 'overdueDaysMax']);

/** Walks a value and faults every figure that is not a whole number of its unit. */
function figures(where, value, key = '') {
  if (Array.isArray(value)) {
    for (const entry of value) figures(where, entry);
  } else if (value !== null && typeof value === 'object') {
    for (const [name, entry] of Object.entries(value)) figures(`${where}.${name}`, entry, name);
  } else if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    fault(where, `${value} is not a whole number`);
  } else if (
    WHOLE.test(key) &&
    typeof value !== 'number' &&
    !(value === null && NOT_GIVEN.has(key))
  ) {
    fault(where, `expected a whole number, found ${JSON.stringify(value)}`);
  }
}

const ids = new Map();
const parameters = new Map();

/** The form of one row, whatever its parameter. */
function checkRow(file, row) {
  const where = `${file} ${row.id}`;
  if (Object.keys(row).join(',') !== ROW_FIELDS) fault(where, `fields must be ${ROW_FIELDS}`);
  if (!/^[a-z0-9][a-z0-9.-]{2,39}$/.test(row.id ?? ''))
    fault(where, 'id is not 3–40 of a-z 0-9 . -');
  if (ids.has(row.id)) fault(where, `id is used in ${ids.get(row.id)} as well`);
  ids.set(row.id, file);
  if (!/^\d{12}$/.test(row.region ?? '')) fault(where, 'region is not a 12-digit code');
  if (!isDate(row.effectiveFrom)) fault(where, `effectiveFrom ${row.effectiveFrom} is no date`);
  if (row.effectiveTo !== null && !isDate(row.effectiveTo))
    fault(where, `effectiveTo ${row.effectiveTo} is no date`);
  if (row.effectiveTo !== null && row.effectiveTo < row.effectiveFrom)
    fault(where, 'ends before it starts');
  if (typeof row.source !== 'string' || row.source.length < 10) fault(where, 'source is missing');
  if (typeof row.provisional !== 'boolean') fault(where, 'provisional must be true or false');
  figures(where, row.value);
}

/** Rows of one parameter and region may follow one another but not lie over one another. */
function checkOverlap(file, rows) {
  for (const region of new Set(rows.map((row) => row.region))) {
    const list = rows.filter((row) => row.region === region);
    const sorted = list.sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
    sorted.slice(1).forEach((row, index) => {
      const earlier = sorted[index];
      const runsInto = earlier.effectiveTo !== null && earlier.effectiveTo >= row.effectiveFrom;
      if (runsInto || earlier.effectiveFrom === row.effectiveFrom) {
        fault(`${file} ${region}`, `${earlier.id} and ${row.id} lie over one another`);
      }
    });
  }
}

for (const file of readdirSync(new URL('policy/', folder)).sort()) {
  if (!file.endsWith('.json')) continue;
  let body;
  try {
    body = JSON.parse(readFileSync(new URL(`policy/${file}`, folder), 'utf8'));
  } catch (error) {
    fault(file, error.message);
    continue;
  }
  if (Object.keys(body).join(',') !== 'parameter,title,rows')
    fault(file, 'fields must be parameter,title,rows');
  if (`${body.parameter}.json` !== file) fault(file, `carries ${body.parameter}`);
  parameters.set(body.parameter, body.rows);
  for (const row of body.rows) checkRow(file, row);
  checkOverlap(file, body.rows);
}

for (const row of parameters.get('calendar.year') ?? []) {
  const { year, days } = row.value;
  if (row.effectiveFrom !== `${year}-01-01` || row.effectiveTo !== `${year}-12-31`)
    fault(row.id, 'is not its year');
  if (new Set(days.map((day) => day.date)).size !== days.length) fault(row.id, 'has a day twice');
  for (const { date, kind } of days) {
    if (!isDate(date) || !date.startsWith(`${year}-`))
      fault(row.id, `${date} is not a day of ${year}`);
    if (kind !== 'off' && kind !== 'work') fault(row.id, `${date} is neither off nor work`);
  }
}

for (const code of ['FPXD', 'TPXD', 'BFXD']) {
  for (const row of parameters.get(`loans.product.${code}`) ?? []) {
    if (row.value.code !== code) fault(row.id, `is not ${code}`);
    for (const cap of row.value.rateCaps) {
      const rate = parameters.get(cap.parameter)?.[0]?.value;
      for (const band of cap.bands) {
        if (rate?.[band.rateField] === undefined)
          fault(row.id, `${cap.parameter} has no ${band.rateField}`);
      }
    }
  }
}

for (const row of parameters.get('loans.classification') ?? []) {
  const known = new Set(row.value.grades.map((grade) => grade.code));
  for (const step of row.value.thresholds)
    if (!known.has(step.gradeAtLeast)) fault(row.id, `unknown ${step.gradeAtLeast}`);
}

for (const row of parameters.get('credit.scorecard') ?? []) {
  const { blocks, fullMarkPoints } = row.value;
  for (const block of blocks) {
    const points = block.items.reduce((sum, item) => sum + item.maxPoints, 0);
    if (points !== block.maxPoints) fault(row.id, `items of ${block.code} add up to ${points}`);
  }
  if (blocks.reduce((sum, block) => sum + block.maxPoints, 0) !== fullMarkPoints)
    fault(row.id, 'blocks do not add up');
}

for (const row of parameters.get('riskfund.terms') ?? []) {
  if (row.value.fundSharePpm + row.value.bankSharePpm !== 1_000_000)
    fault(row.id, 'shares do not add up to one');
}

const levels = ['province', 'city', 'county', 'township', 'village'];
for (const file of readdirSync(new URL('regions/', folder)).sort()) {
  if (!file.endsWith('.csv')) continue;
  const lines = readFileSync(new URL(`regions/${file}`, folder), 'utf8')
    .trimEnd()
    .split('\n');
  if (lines[0] !== 'code,name,level,parent_code') fault(file, 'wrong header');
  const seen = new Map([['000000000000', -1]]);
  for (const line of lines.slice(1)) {
    const [code, name, level, parent, more] = line.split(',');
    if (!/^\d{12}$/.test(code) || !name || more !== undefined) fault(file, `bad line: ${line}`);
    if (seen.has(code)) fault(file, `${code} occurs twice`);
    if (seen.get(parent) !== levels.indexOf(level) - 1)
      fault(file, `${code} stands under no ${parent}`);
    seen.set(code, levels.indexOf(level));
  }
}

for (const text of faults) console.error(text);
console.log(`${parameters.size} parameters, ${ids.size} rows, ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);
