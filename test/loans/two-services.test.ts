/** Two services on one MariaDB, a branch at each: certificates laid on both counters at once come to one loan each. */

import { migrations } from '../../migrations';
import { allEntities } from '../../src/app';
import { presentCertificate, signContract } from '../../src/loans';
import { openDatabase } from '../../src/platform/db/database';
import { openCounty } from '../support/county';
import { describeMariaDb, mysqlPlace, type TestPlace } from '../support/databases';
import { certificate, clerk, contractFor, openCounter } from './counter';

describeMariaDb('Two services', () => {
  test('When both branches hurry with the same certificates, then each household has one loan', async () => {
    const place = mysqlPlace() as TestPlace;
    const connect = async () => openDatabase({ url: place.url, entities: allEntities, migrations });
    const db = await connect();
    await db.migrate();
    const first = await openCounter(async () => db);
    const second = await openCounty(connect);
    const held = [];
    for (let n = 0; n < 4; n += 1) {
      first.clock.set('2018-03-01');
      held.push(await certificate(first));
    }
    second.clock.set('2018-03-13');
    const services = [first, second];
    await Promise.allSettled(
      held.flatMap((one) =>
        services.map(async (service, at) => {
          const officer = clerk(first, first.branches[at] as string);
          const { certificateNumber } = one;
          const number = `HT-${at}-${certificateNumber}`;
          await service.do(officer, presentCertificate, { certificateNumber }).catch(() => null);
          await service.do(officer, signContract, { ...contractFor(one), contractNumber: number });
        }),
      ),
    );
    const count = (table: string) => db.reader().rows(`SELECT application_id FROM ${table}`);
    expect(await count('payout')).toHaveLength(held.length);
    expect(await count('loan')).toHaveLength(held.length);
    await second.close();
    await first.close();
    await place.remove();
  }, 60_000);
});
