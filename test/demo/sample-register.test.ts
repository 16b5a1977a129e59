/** The sample list: repeatable, of real villages, read without a fault but those that were put in. */
import { type SampleFault, sampleRegister } from '../../src/demo';
import { readIdNumber } from '../../src/households/id-number';
import { businessDate } from '../../src/platform/dates';

const today = businessDate('2018-03-01');

describe('A sample list', () => {
  test('is the same for the same seed, and another for another', () => {
    const list = (seed?: number) => JSON.stringify([...sampleRegister({ households: 30, seed })]);
    expect(list()).toBe(list());
    expect(list(1)).not.toBe(list(2));
  });

  test('has well-formed and distinct ID numbers', () => {
    const numbers = [...sampleRegister({ households: 500 })].map((row) => row.idNumber ?? '');
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const number of numbers) expect(readIdNumber(number, today)).toMatchObject({ ok: true });
  });

  test('has one head in each household and stands in every village of the county', () => {
    const rows = [...sampleRegister({ households: 260 })];
    const heads = rows.filter((row) => row.relation === '户主').map((row) => row.code);
    expect(heads).toHaveLength(260);
    expect(new Set(rows.map((row) => row.code)).size).toBe(260);
    expect(new Set(rows.map((row) => row.village)).size).toBeGreaterThan(100);
  });

  test('from 2021 on it knows monitored households', () => {
    const rows = [...sampleRegister({ households: 200, on: businessDate('2022-06-01') })];
    expect(new Set(rows.map((row) => row.kind || row.monitored))).toEqual(
      new Set(['脱贫户', '边缘易致贫户', '突发严重困难户']),
    );
  });

  test('tells every fault that it puts in', () => {
    const faults: (SampleFault & { row: number })[] = [];
    const clean = [...sampleRegister({ households: 70 })];
    const spoiled = [
      ...sampleRegister({ households: 70, faults: true }, (fault) => faults.push(fault)),
    ];
    expect(faults).toHaveLength(10);
    const changed = spoiled.flatMap((row, at) =>
      JSON.stringify(row) === JSON.stringify(clean[at]) ? [] : [at + 2],
    );
    expect(changed).toEqual(faults.map((fault) => fault.row));
  });
});
