/** 按身份号码查找: within the region only, masked, and without the number in the audit. */
import { findByIdNumber } from '../../src/households/find-by-id-number';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { FOREIGN_VILLAGE, OTHER_VILLAGE, VILLAGE, aHousehold, idNumber, openRegister } from './register';

describeEachDatabase('Finding a person by identity number', (open) => {
  let county: County;
  beforeEach(async () => {
    county = await openRegister(open);
  });

  const find = (text: string, region = '450328000000') =>
    county.do(county.actor({ permissions: ['households.read'], region }), findByIdNumber, {
      idNumber: text,
    });

  test('the person is found however the number is written, and shown masked', async () => {
    const { householdId, headId } = await aHousehold(county);
    const { items } = await find(` ${idNumber(3)} `);
    expect(items).toEqual([
      {
        householdId,
        householdCode: '45032810020001',
        regionCode: VILLAGE,
        memberId: headId,
        name: '韦大明1',
        relation: 'HEAD',
        relationName: '户主',
        idMasked: `450328********${idNumber(3).slice(-4)}`,
        leftOn: null,
      },
    ]);
    const kept = await county.snapshot('audit_entry', 'idempotency');
    expect(kept).toContain('households.find-by-id-number');
    expect(kept).not.toContain(idNumber(3));
  });

  test('nobody outside the region is found, and the answer does not tell whether there is one', async () => {
    await aHousehold(county, 1, { regionCode: FOREIGN_VILLAGE });
    expect(await find(idNumber(3))).toEqual({ items: [] });
    expect(await find(idNumber(77))).toEqual({ items: [] });
    await aHousehold(county, 2);
    expect(await find(idNumber(5), OTHER_VILLAGE)).toEqual({ items: [] });
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
