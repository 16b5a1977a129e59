/** The certificate on the counter: once, in its time, after everything was checked again. */
import { revokeCertificate } from '../../src/applications';
import { presentCertificate, signContract } from '../../src/loans';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { type Counter, certificate, clerk, contractFor, openCounter } from './counter';

const TABLES = ['payout', 'loan', 'application', 'application_signer', 'household'] as const;

describeEachDatabase('Presenting a certificate', (open) => {
  let counter: Counter;
  beforeAll(async () => {
    counter = await openCounter(open);
  });
  beforeEach(() => counter.clock.set('2018-03-01'));

  const refused = async (code: string, attempt: () => Promise<unknown>) => {
    const before = await counter.snapshot(...TABLES);
    expect(await counter.refusal(attempt())).toBe(code);
    expect(await counter.snapshot(...TABLES)).toBe(before);
  };

  test('When it is laid on the counter, then two hours begin, and every check is told', async () => {
    const { certificateNumber } = await certificate(counter);
    const officer = clerk(counter, counter.branches[0]);
    const done = await counter.do(officer, presentCertificate, { certificateNumber });
    expect(done).toMatchObject({
      presentedAt: '2018-03-13T09:00:00.000+08:00',
      dueAt: '2018-03-13T11:00:00.000+08:00',
    });
    const codes = done.findings.map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining(['HOUSEHOLD_KIND', 'LINE', 'ONE_LOAN', 'RUNNING_LOAN', 'OVERDUE']),
    );
    expect(done.findings.find(({ code }) => code === 'RATE_CAP')).toMatchObject({
      outcome: 'pass',
      reason: '签约利率不得高于 4.75%',
    });
  });

  test('When another branch is shown it too, then it is told of the first, at the same moment as well', async () => {
    const held = await certificate(counter);
    const { certificateNumber } = held;
    const officers = counter.branches.map((branch) => clerk(counter, branch));
    const outcomes = await Promise.allSettled(
      officers.map((officer) => counter.do(officer, presentCertificate, { certificateNumber })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const officer of officers) {
      await refused('loans.already-presented', () =>
        counter.do(officer, presentCertificate, { certificateNumber }),
      );
    }
    const signing = await Promise.allSettled(
      officers.map((officer) => counter.do(officer, signContract, contractFor(held))),
    );
    expect(signing.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const loans = await counter.platform.db
      .reader()
      .rows('SELECT id FROM loan WHERE application_id = :id', { id: held.applicationId });
    expect(loans).toHaveLength(1);
  });

  test('When forty clerks of two branches hurry, then one presentation and one loan stand', async () => {
    const held = await certificate(counter);
    const { certificateNumber } = held;
    const clerks = Array.from({ length: 40 }, (_, n) =>
      clerk(counter, counter.branches[n % 2] as string),
    );
    await Promise.allSettled(
      clerks.map(async (one) => {
        await counter.do(one, presentCertificate, { certificateNumber }).catch(() => null);
        await counter.do(one, signContract, {
          ...contractFor(held),
          contractNumber: `HT-${one.id}`,
        });
      }),
    );
    const { householdId } = held.household;
    const reader = counter.platform.db.reader();
    const where = 'WHERE household_id = :householdId';
    expect(await reader.rows(`SELECT id FROM loan ${where}`, { householdId })).toHaveLength(1);
    const shown = await reader.rows(`SELECT branch_id FROM payout ${where}`, { householdId });
    expect(shown).toHaveLength(1);
  });

  test('When the bank has not decided yet, then it may be presented, and the contract waits', async () => {
    const held = await certificate(counter, { decided: false });
    const officer = clerk(counter, counter.branches[0]);
    const { certificateNumber } = held;
    await counter.do(officer, presentCertificate, { certificateNumber });
    await refused('applications.not-approved', () =>
      counter.do(officer, signContract, contractFor(held)),
    );
  });

  test('When it was not presented, or at another branch, then no contract is signed', async () => {
    const held = await certificate(counter);
    const [first, second] = counter.branches;
    const sign = (branch: string) => () =>
      counter.do(clerk(counter, branch), signContract, contractFor(held));
    await refused('loans.not-presented', sign(first));
    const { certificateNumber } = held;
    await counter.do(clerk(counter, second), presentCertificate, { certificateNumber });
    await refused('loans.other-branch', sign(first));
    await sign(second)();
  });

  test('When it is expired, revoked or unknown, then it is refused', async () => {
    const { certificateNumber } = await certificate(counter);
    const officer = clerk(counter, counter.branches[0]);
    const present = (number: string) => () =>
      counter.do(officer, presentCertificate, { certificateNumber: number });
    await refused('applications.certificate-absent', present('DKZ-NONE'));
    counter.clock.set('2018-06-12');
    await refused('applications.certificate-expired', present(certificateNumber));
    counter.clock.set('2018-03-14');
    const revoker = counter.actor({ permissions: ['applications.revoke-certificate'] });
    await counter.do(revoker, revokeCertificate, { certificateNumber, reason: '查实不符' });
    await refused('applications.certificate-revoked', present(certificateNumber));
  });

  test('When something has changed since, then the counter finds it, also on a later day before signing', async () => {
    const frozen = await certificate(counter);
    const officer = clerk(counter, counter.branches[0]);
    const freeze = ({ householdId }: { householdId: string }) =>
      counter.system((work) =>
        work.tx.exec(
          "UPDATE credit_line_period SET state = 'frozen' WHERE household_id = :householdId",
          { householdId },
        ),
      );
    await freeze(frozen.household);
    await refused('loans.not-payable', () =>
      counter.do(officer, presentCertificate, { certificateNumber: frozen.certificateNumber }),
    );
    counter.clock.set('2018-03-01');
    const held = await certificate(counter);
    await counter.do(officer, presentCertificate, { certificateNumber: held.certificateNumber });
    counter.clock.stepDays(1);
    await freeze(held.household);
    await refused('loans.not-payable', () => counter.do(officer, signContract, contractFor(held)));
  });

  test('When permission, bank or county is wrong, then it is refused', async () => {
    const { certificateNumber, by } = await certificate(counter);
    const input = { certificateNumber };
    await refused('platform.not-permitted', () => counter.do(by.bank, presentCertificate, input));
    const permissions = ['loans.present'];
    const office = counter.actor({ permissions });
    await refused('loans.not-a-branch', () => counter.do(office, presentCertificate, input));
    const other = counter.platform.newId();
    const rival = counter.actor({ permissions, org: { id: other, kind: 'bank' } });
    await refused('platform.absent', () => counter.do(rival, presentCertificate, input));
    const org = { id: counter.bankId, kind: 'bank' as const };
    const away = counter.actor({ permissions, org, region: PLACES.otherCounty });
    await refused('platform.absent', () => counter.do(away, presentCertificate, input));
  });
});
