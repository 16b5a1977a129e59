/** What the acts load and save of changes that one person asks for and another decides, whatever the change is. */
import { isUniqueViolation } from '../platform/db/errors';
import { uniqueName } from '../platform/db/names';
import { type Fields, findRow, insertRow, listRows, updateVersioned } from '../platform/db/store';
import { type EntityClass, tableMap } from '../platform/db/table-map';
import type { Work } from '../platform/work';
import type { AskedChange, AskedState } from './asked.entity';
import { C } from './change-problems';
import type { Loan } from './loan.entity';

/** The columns that a request gets from the work in hand and from its loan. */
type Given = 'reason' | 'evidence' | 'contentDigest';
type Common = Exclude<keyof Fields<AskedChange>, Given>;

/** Loads and saves the requests of one table within the work in hand. */
export class AskedStore<T extends AskedChange> {
  constructor(
    private readonly work: Work,
    private readonly entity: EntityClass<T>,
  ) {}

  /** The request of this loan. @throws Problem loans.change-absent */
  async get(loanId: string, id: string): Promise<T> {
    const found = await findRow<AskedChange>(this.work.tx, this.rows(), { id, loanId });
    if (!found) throw C.changeAbsent();
    return found as T;
  }

  /** The requests of a loan in these states, in the order in which they were asked. */
  async of(loanId: string, states: readonly AskedState[]): Promise<T[]> {
    const where = { loanId, state: states };
    const rows = await listRows<AskedChange>(this.work.tx, this.rows(), where, { id: 'asc' });
    return rows as T[];
  }

  /** Adds a request in the name of whoever acts. @throws Problem loans.change-asked */
  async ask(loan: Loan, own: Omit<Fields<T>, Common>): Promise<T> {
    const { actor, today, now, tx } = this.work;
    const { id: loanId, householdId, regionCode, bankId } = loan;
    const common: Pick<Fields<AskedChange>, Common> = {
      ...{ id: this.work.newId(), loanId, householdId, regionCode, bankId },
      ...{ state: 'asked', openKey: loanId, version: 1 },
      ...{ askedBy: actor.id, askedByName: actor.name, askedOn: today, askedAt: now },
      ...{ decidedBy: null, decidedByName: null, decidedOn: null, decidedAt: null },
      decisionReason: null,
    };
    const row = { ...own, ...common } as unknown as Fields<T>;
    try {
      await insertRow(tx, this.entity, row);
    } catch (error) {
      const { table } = tableMap(this.entity);
      if (isUniqueViolation(error, uniqueName(table, ['open_key']))) throw C.changeAsked();
      throw error;
    }
    return this.get(loanId, common.id);
  }

  /** Decides a request in the name of whoever acts, today. `own`: further columns. */
  decide(
    request: T,
    to: { state: 'approved' | 'refused'; reason: string | null; stillOpen?: boolean },
    own: Partial<Omit<Fields<T>, keyof Fields<AskedChange>>> = {},
  ): Promise<T> {
    const { actor, today, now } = this.work;
    return this.change(request, {
      ...own,
      ...{ state: to.state, openKey: to.stillOpen ? request.loanId : null },
      ...{ decidedBy: actor.id, decidedByName: actor.name, decidedOn: today, decidedAt: now },
      decisionReason: to.reason,
    });
  }

  /** Changes a request under the version that was read. @throws Problem platform.stale */
  async change(request: T, to: object): Promise<T> {
    const after = await updateVersioned<AskedChange>(this.work.tx, this.rows(), request, to);
    return after as T;
  }

  /** The table by the columns that all of them have. */
  private rows(): EntityClass<AskedChange> {
    return this.entity as unknown as EntityClass<AskedChange>;
  }
}
