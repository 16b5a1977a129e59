/** 按身份号码查找: within the region only, masked, and without the number in the audit. */
import { findByIdNumber } from '../../src/households/find-by-id-number';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aHousehold,
  another,
  FOREIGN_VILLAGE,
  idNumber,
  OTHER_VILLAGE,
  openRegister,
  VILLAGE,
} from './register';

describeEachDatabase('Finding a person by identity number', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openRegister(open);
  });

  const find = (text: string, region = '450328000000') =>
    county.do(county.actor({ permissions: ['households.read'], region }), findByIdNumber, {
      idNumber: text,
    });

  test('the person is found however the number is written, and shown masked', async () => {
    const { householdId, headId, code, n } = await aHousehold(county);
    const number = idNumber(2 * n + 1);
    const { items } = await find(` ${number} `);
    expect(items).toEqual([
      {
        householdId,
        householdCode: code,
        regionCode: VILLAGE,
        memberId: headId,
        name: `韦大明${n}`,
        relation: 'HEAD',
        relationName: '户主',
        idMasked: `450328********${number.slice(-4)}`,
        leftOn: null,
      },
    ]);
    const kept = await county.snapshot('audit_entry', 'idempotency');
    expect(kept).toContain('households.find-by-id-number');
    expect(kept).not.toContain(number);
  });

  test('nobody outside the region is found, and the answer does not tell whether there is one', async () => {
    const far = await aHousehold(county, another(), { regionCode: FOREIGN_VILLAGE });
    expect(await find(idNumber(2 * far.n + 1))).toEqual({ items: [] });
    expect(await find(idNumber(999))).toEqual({ items: [] });
    const near = await aHousehold(county);
    expect(await find(idNumber(2 * near.n + 1), OTHER_VILLAGE)).toEqual({ items: [] });
  });

  test('a text that is no number is refused with its reason', async () => {
    const refusal = await county.refusal(find('450328780615241'));
    expect(refusal).toBe('households.id-number-invalid');
  });

  test('without permission nothing is searched', async () => {
    const nobody = county.actor({ permissions: ['credit.read'] });
    const attempt = county.do(nobody, findByIdNumber, { idNumber: idNumber(3) });
    expect(await county.refusal(attempt)).toBe('platform.not-permitted');
  });
});
