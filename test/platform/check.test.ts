import { CheckFailed, check, never } from '../../src/platform/check';

describe('check', () => {
  test('passes what holds and narrows the type', () => {
    const value: string | null = JSON.parse('"text"');
    check(value !== null, 'There is a value.');
    expect(value.length).toBe(4);
  });

  test.each([[false], [0], [''], [null], [undefined]])('stops on %p with the message', (value) => {
    expect(() => check(value, 'The law.')).toThrow(new CheckFailed('The law.'));
  });
});

describe('never', () => {
  const reach = (value: unknown) => () => never(value as never, 'state');

  test('names a short scalar that slipped past the type', () => {
    expect(reach('paid')).toThrow(new CheckFailed('Unexpected state: "paid"'));
    expect(reach(7)).toThrow(new CheckFailed('Unexpected state: 7'));
  });

  test('does not repeat objects or long texts, which may hold personal data', () => {
    expect(reach({ idNumber: '450328198703152415' })).toThrow('Unexpected state: a object');
    expect(reach('x'.repeat(41))).toThrow('Unexpected state: a string');
  });
});
