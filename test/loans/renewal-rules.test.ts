/** The conditions of a renewal: each is answered once, and none is left out. */
import file from '../../reference/policy/loans.renewal.json';
import { misanswered, type RenewalRules, renewalRules, unmet } from '../../src/loans/renewal-rules';
import { conditions } from './changes';

const rulesOf = (id: string) => file.rows.find((row) => row.id === id)?.value as RenewalRules;

describe('The conditions of a renewal', () => {
  test.each(file.rows.map(({ id }) => id))('are five in %s, and no second notice', (id) => {
    const { error, value } = renewalRules.schema.validate(rulesOf(id));
    expect(error).toBeUndefined();
    expect(value).toMatchObject({ publicNotice: false, afterExtension: false });
    expect(misanswered(value, conditions())).toEqual([]);
    expect(unmet(value, conditions())).toEqual([]);
  });

  test('name what is missing, answered twice, or not asked', () => {
    const rules = rulesOf('renewal-2024');
    const [first, ...rest] = conditions();
    expect(misanswered(rules, rest)).toEqual(['LAWFUL']);
    expect(misanswered(rules, [first!, first!, ...rest])).toEqual(['LAWFUL']);
    expect(misanswered(rules, [...conditions(), { ...first!, code: 'LUCKY' }])).toEqual(['LUCKY']);
    expect(unmet(rules, conditions('GOOD_CREDIT'))).toEqual([
      '信用状况良好，没有挪用、欠贷欠息、逃废债务等行为',
    ]);
    expect(unmet(rules, rest)).toEqual(['依法合规经营']);
  });

  test('of a row that wants a second public notice are refused', () => {
    const wanting = { ...rulesOf('renewal-2024'), publicNotice: true };
    expect(renewalRules.schema.validate(wanting).error?.message).toContain('publicNotice');
  });
});
