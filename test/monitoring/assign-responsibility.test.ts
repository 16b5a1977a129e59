/** 包放包收: who may answer for a loan, shares that are the whole, and what is kept of those before. */
import {
  createUser,
  disableUser,
  registerOrganisation,
  useSecurityRules,
} from '../../src/identity';
import { assignResponsibility } from '../../src/monitoring';
import { dueChecks } from '../../src/monitoring/due.queries';
import { responsibilityOfLoan } from '../../src/monitoring/responsibility.queries';
import type { OrganisationKind } from '../../src/platform/authority';
import { refusedByDatabase } from '../households/register';
import { fileRules } from '../identity/office';
import type { Book } from '../loans/book';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { carers, from2019, lent, onDay, openCare, refused, repaid, signed, TOWNSHIP } from './care';

jest.mock('@node-rs/argon2', () =>
  jest
    .requireActual<typeof import('../identity/cheap-argon2')>('../identity/cheap-argon2')
    .cheapArgon2(),
);

describeEachDatabase('Responsibility for a loan', (open) => {
  let book: Book;
  let people: Record<'tan' | 'su' | 'rival' | 'chen', string>;
  let logins = 0;

  async function account(organisationId: string, region: string, name: string) {
    logins += 1;
    const permissions = ['identity.manage-users', 'identity.manage-organisations'];
    const administrator = book.actor({ permissions });
    const input = { login: `holder${logins}`, name, region, organisationId };
    return (await book.do(administrator, createUser, input)).userId;
  }
  async function body(kind: OrganisationKind, region: string) {
    const administrator = book.actor({ permissions: ['identity.manage-organisations'] });
    const input = { name: `${kind}-${region}`, kind, region };
    return (await book.do(administrator, registerOrganisation, input)).organisationId;
  }

  beforeAll(async () => {
    book = await openCare(open);
    useSecurityRules(async () => fileRules());
    const stranger = book.stranger.organisation!.id;
    people = {
      tan: await account(book.bankId, PLACES.county, '谭信贷'),
      su: await account(book.bankId, PLACES.county, '苏信贷'),
      rival: await account(stranger, PLACES.county, '他行人员'),
      chen: await account(await body('township', TOWNSHIP), TOWNSHIP, '陈干部'),
    };
  });
  beforeEach(() => onDay(book, '2018-03-01'));

  const assign = (loanId: string, shares: [string, string][], by = carers(book).manager) =>
    book.do(by, assignResponsibility, {
      ...{ loanId, shares: shares.map(([userId, share]) => ({ userId, share })) },
    });
  const history = async (loanId: string, by = carers(book).manager) =>
    (await book.ask(by, responsibilityOfLoan, { loanId })).items.map(({ from, until, shares }) => ({
      ...{ from, until, shares: shares.map(({ name, share }) => `${name} ${share}`).sort() },
    }));

  test('begins today in shares of the whole; a new one ends it and both are kept', async () => {
    const { loanId } = await signed(book);
    const first = await assign(loanId, [
      [people.tan, '66.6667'],
      [people.su, '33.3333'],
    ]);
    expect(first).toMatchObject({ loanId, from: '2018-03-01' });
    onDay(book, '2018-05-01');
    await assign(loanId, [[people.su, '100']]);
    await assign(loanId, [[people.tan, '100']]);
    expect(await history(loanId)).toEqual([
      { from: '2018-05-01', until: null, shares: ['谭信贷 100.00'] },
      { from: '2018-05-01', until: '2018-05-01', shares: ['苏信贷 100.00'] },
      { from: '2018-03-01', until: '2018-05-01', shares: ['苏信贷 33.3333', '谭信贷 66.6667'] },
    ]);
    expect(await history(loanId, carers(book).rival)).toEqual([]);
    const audit = await book.snapshot('audit_entry');
    expect(audit).toContain(people.su);
    const change = book.system((work) =>
      work.tx.exec('UPDATE loan_responsibility_share SET share_ppm = 1'),
    );
    expect(await refusedByDatabase(change)).toBe('append-only');
  });

  test('is refused when the shares are not exactly the whole', async () => {
    const { loanId } = await lent(book);
    const wrong: [string, [string, string][]][] = [
      ['monitoring.shares-not-whole', [[people.tan, '99.9999']]],
      [
        'monitoring.shares-not-whole',
        [
          [people.tan, '60'],
          [people.su, '40.0001'],
        ],
      ],
      [
        'monitoring.shares-not-whole',
        [
          [people.tan, '100'],
          [people.su, '0'],
        ],
      ],
      [
        'platform.invalid-input',
        [
          [people.tan, '50'],
          [people.tan, '50'],
        ],
      ],
      ['platform.invalid-input', []],
    ];
    for (const [code, shares] of wrong) await refused(book, code, () => assign(loanId, shares));
  });

  test('is borne by people of the bank alone, as long as the rules name nobody else', async () => {
    const { loanId } = await lent(book);
    const only = (userId: string) => () => assign(loanId, [[userId, '100']]);
    await refused(book, 'monitoring.not-holder', only(people.rival));
    await refused(book, 'monitoring.not-holder', only(people.chen));
    await refused(book, 'monitoring.not-holder', only(book.platform.newId()));
    const gone = await account(book.bankId, PLACES.county, '离任信贷员');
    const administrator = book.actor({ permissions: ['identity.manage-users'] });
    const input = { userId: gone, reason: '调离', version: 1 };
    await book.do(administrator, disableUser, input);
    await refused(book, 'monitoring.not-holder', only(gone));
  });

  test('is assigned by the bank of the loan, while there is something to answer for', async () => {
    const loan = await lent(book);
    const { loanId } = loan;
    const { lender, manager, rival } = carers(book);
    const shares: [string, string][] = [[people.tan, '100']];
    await refused(book, 'platform.not-permitted', () => assign(loanId, shares, lender));
    const org = rival.organisation;
    const other = book.actor({ permissions: ['monitoring.assign-responsibility'], org });
    await refused(book, 'platform.absent', () => assign(loanId, shares, other));
    await refused(book, 'loans.absent', () => assign(book.platform.newId(), shares, manager));
    await repaid(book, loan, '50000.00');
    await refused(book, 'monitoring.repaid', () => assign(loanId, shares));
  });

  test('is borne by the township too, and asked for, where the rules say so', async () => {
    await from2019(book, {
      responsibility: { required: true, holderKinds: ['bank', 'township'] },
    });
    onDay(book, '2019-01-02');
    const { loanId } = await lent(book);
    const missing = async () => {
      const { items } = await book.ask(carers(book).manager, dueChecks, { size: 200 });
      return items.filter((item) => item.loanId === loanId).map((item) => item.holdersMissing);
    };
    expect(await missing()).toEqual([true]);
    await assign(loanId, [
      [people.chen, '40'],
      [people.tan, '60'],
    ]);
    expect(await missing()).toEqual([false]);
  });
});
