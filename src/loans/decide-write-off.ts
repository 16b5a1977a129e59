/**
 * An approver decides a proposed write-off. Laws: another person than the proposer, of the body that the rules name; on
 * the content that was seen; everything is checked again, and nothing but days may have passed since the proposal. An
 * approval books interest to today and writes off all that is owed; what the fund's money bears of it is booked by the
 * fund in the same transaction. The case is kept: the loan still runs, and what comes in later is a recovery.
 */
import { defineAct } from '../platform/act';
import { check } from '../platform/check';
import { codeField, idField, Joi, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { enterEvent } from './history';
import { relatedOf } from './loan';
import type { LoanEvent } from './loan.entity';
import { LoanStore } from './loan.store';
import { loanWrittenOff } from './loan-events';
import type { PaidOutLoan } from './loan-state';
import { P } from './problems';
import { owedText, WRITE_OFF_STATE_NAMES, writeOffRules } from './write-off';
import type { LoanWriteOff } from './write-off.entity';
import { WriteOffStore } from './write-off.store';
import { type WriteOffAnswer, writeOffAnswer, writeOffShape } from './write-off-answer';
import { writeOffFigures } from './write-off-grounds';

interface Input {
  writeOffId: string;
  contentDigest: string;
  outcome: 'approved' | 'refused';
  note: string;
}

interface At {
  region: string;
  org: string;
  proposal: LoanWriteOff;
}

export const decideWriteOff = defineAct<Input, At, WriteOffAnswer>({
  name: 'loans.decide-write-off',
  title: '审批核销',
  permission: 'loans.decide-write-off',
  input: shape<Input>({
    writeOffId: idField('核销编号'),
    contentDigest: Joi.string()
      .pattern(/^[0-9a-f]{64}$/, '内容摘要')
      .description('所见提议的内容摘要'),
    outcome: codeField(['approved', 'refused'], '批准或不批准'),
    note: textField(500, '审批意见'),
  }),
  answer: writeOffShape,
  locate: async (work, { writeOffId }) => {
    const proposal = await new WriteOffStore(work).get(writeOffId);
    return { region: proposal.regionCode, org: proposal.bankId, proposal };
  },
  duty: async (work, _input, { proposal }) => {
    if (proposal.proposedBy === work.actor.id) throw P.writeOffOwn();
    await requireApprover(work, proposal);
  },
  run: async (work, { contentDigest, outcome, note }, { proposal }) => {
    const loans = new LoanStore(work);
    const loan = await loans.running(proposal.loanId);
    const store = new WriteOffStore(work);
    if (proposal.state !== 'proposed') {
      throw P.writeOffDecided({ detail: WRITE_OFF_STATE_NAMES[proposal.state] });
    }
    if (contentDigest !== proposal.contentDigest) throw P.writeOffOther();
    const approved = outcome === 'approved';
    const event = approved ? await writeOff(work, loans, loan, proposal) : null;
    const decided = await store.change(proposal, {
      ...{ state: outcome, standingLoanId: approved ? proposal.loanId : null },
      ...{ decidedBy: work.actor.id, decidedOn: work.today, decidedAt: work.now },
      ...{ decisionNote: note, eventId: event?.originId ?? null },
    });
    if (event) await work.emit(loanWrittenOff, { loanId: loan.id, eventId: event.originId });
    const told = writeOffAnswer(decided);
    work.record({
      subject: { kind: 'write-off', id: proposal.id },
      related: [{ kind: 'loan', id: loan.id }, ...relatedOf(loan)],
      before: writeOffAnswer(proposal),
      after: told,
    });
    return told;
  },
});

async function requireApprover(work: Work, proposal: LoanWriteOff): Promise<void> {
  const place = { region: proposal.regionCode, date: work.today };
  const { value: rules } = await policyAsOf(work.tx, writeOffRules, place);
  const { organisation } = work.actor;
  const ofBank = organisation?.kind === 'bank' && organisation.rootId === proposal.bankId;
  const head = rules.approver === 'BANK' || organisation?.id === proposal.bankId;
  if (!ofBank || !head) throw P.writeOffApprover();
}

/** Enters the write-off. @throws Problem loans.write-off-changed when more than days passed since the proposal */
async function writeOff(
  work: Work,
  loans: LoanStore,
  loan: PaidOutLoan,
  proposal: LoanWriteOff,
): Promise<LoanEvent> {
  const now = await writeOffFigures(work, loan, proposal);
  const changed =
    now.principalFen !== proposal.principalFen ||
    now.compensationFen !== proposal.compensationFen ||
    now.fundState !== proposal.fundState ||
    (await new WriteOffStore(work).changedSince(loan.id, proposal.id));
  if (changed) {
    const detail = `提议时所欠 ${owedText(proposal)} 元，现为 ${owedText(now)} 元`;
    throw P.writeOffChanged({ detail });
  }
  const { event } = await enterEvent(work, loans, loan, {
    ...{ kind: 'write-off', on: work.today, detail: { limitFen: now.owedFen } },
    naturalKey: `write-off/${proposal.id}`,
    memo: `合同 ${loan.number} 核销`,
  });
  check(event, 'A write-off that was entered has its event.');
  return event;
}
