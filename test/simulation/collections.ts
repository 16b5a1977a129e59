/** Operations of collection: visits and demands on a loan that is overdue. */
import { addDays } from '../../src/platform/dates';
import { differs, nothing, type Operation, operation } from './operation';
import type { Loan, World } from './world';

const place = ({ household, bank }: Loan) => ({ region: household.village, bank });

const overdueFirst = (world: World, loan: Loan): boolean =>
  loan.state === 'running' && world.today > loan.maturesOn && loan.counted < 4;

const visit = operation<Loan>({
  act: 'collections.record-visit',
  weight: 6,
  roles: ['village-worker', 'township-officer', 'bank-officer'],
  records: ({ loans }) => loans,
  due: overdueFirst,
  place,
  input: (dice, { id }, world, wild) => ({
    loanId: id,
    visitedOn: addDays(world.today, wild ? dice.int(-60, 1) : 0),
    place: '借款人家中',
    metWith: '借款人本人',
    finding: '承诺分期归还。',
    useChecked: dice.percent(70),
  }),
  grounds: ({ world, record, input }) => [
    ['the loan was paid out', record.state !== 'signed'],
    ['the visit is not dated ahead', input.visitedOn <= world.today],
    ['the visit is not dated before the payout', input.visitedOn >= record.disbursedOn],
  ],
  learn: ({ record, input }, answer) => {
    const counts = input.visitedOn > record.maturesOn;
    if (counts) record.counted += 1;
    if (input.useChecked) record.useChecked = true;
    return differs('whether the visit counts', counts, answer.countsForClaim);
  },
});

const demand = operation<Loan>({
  act: 'collections.record-demand',
  weight: 6,
  roles: ['township-officer', 'bank-officer'],
  records: ({ loans }) => loans,
  due: overdueFirst,
  place,
  input: (dice, loan, world, wild) => ({
    loanId: loan.id,
    kind: dice.one(['TOWNSHIP_MEETING', 'FORMAL_DEMAND']),
    heldOn: addDays(world.today, wild ? dice.int(-30, 1) : 0),
    evidence: '会议纪要与送达回执存档',
  }),
  grounds: ({ world, record, who, input }) => {
    const meeting = input.kind === 'TOWNSHIP_MEETING';
    return [
      ['the ladder names the post', meeting === (who.role === 'township-officer')],
      ['it is not dated ahead', input.heldOn <= world.today],
      [
        'the loan runs and is overdue',
        record.state === 'running' && input.heldOn > record.maturesOn,
      ],
      ['it is not recorded yet', !record.demands.has(`${input.kind} ${input.heldOn}`)],
    ];
  },
  learn: ({ record, input }) => {
    record.counted += 1;
    record.demands.add(`${input.kind} ${input.heldOn}`);
    return nothing();
  },
});

export const collectionOperations: readonly Operation[] = [visit, demand];
