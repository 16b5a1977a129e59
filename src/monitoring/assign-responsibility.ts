/**
 * Assigns who answers for a loan (包放包收, 龙胜): shares that make up exactly 100 %, from today on and never back into the
 * past, because who is to answer for a bad loan must not be chosen afterwards. The assignment before ends and is kept.
 */
import { actorById } from '../identity';
import type { LoanFace } from '../loans';
import { defineAct } from '../platform/act';
import { type Ppm, percent } from '../platform/rate';
import { answer, idField, Joi, listOf, percentField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { P } from './problems';
import { beyondWhole, mayHold } from './responsibility';
import { ResponsibilityStore, type Share } from './responsibility.store';
import { useCheckRules } from './use-check-rules';
import { type LoanAt, locateLoan, relatedOf } from './watched-loan';

interface Input {
  loanId: string;
  /** `share` in percent on the wire, in ppm here. */
  shares: { userId: string; share: Ppm }[];
}

interface ResponsibilityAnswer {
  responsibilityId: string;
  loanId: string;
  from: string;
  shares: { userId: string; name: string; share: string }[];
}

/** The most people that answer for one loan. */
const HOLDERS_MAX = 10;

export const assignResponsibility = defineAct<Input, LoanAt, ResponsibilityAnswer>({
  name: 'monitoring.assign-responsibility',
  title: '落实管户责任',
  permission: 'monitoring.assign-responsibility',
  input: shape<Input>({
    loanId: idField('贷款编号'),
    shares: Joi.array()
      .items(shape({ userId: idField('责任人'), share: percentField('责任比例(%)') }))
      .min(1)
      .max(HOLDERS_MAX)
      .unique('userId')
      .description('责任人和比例，合计 100%'),
  }),
  answer: shape<ResponsibilityAnswer>({
    responsibilityId: idField('落实记录编号'),
    loanId: idField('贷款编号'),
    from: answer.date('自此日起'),
    shares: listOf(
      shape({
        userId: idField('责任人'),
        name: answer.text('姓名'),
        share: answer.percent('责任比例(%)'),
      }),
    ),
  }),
  locate: locateLoan,
  run: async (work, input, { loan }) => {
    if (loan.state === 'settled' || (loan.state === 'running' && loan.outstandingFen === 0)) {
      throw P.repaid({ detail: `合同号 ${loan.number}` });
    }
    const shares = await sharesOf(work, input, loan);
    const store = new ResponsibilityStore(work);
    const before = await store.open(loan.id);
    const held = before ? await store.shares(before.id) : [];
    if (before) await store.end(before);
    const made = await store.add(loan, shares);
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: relatedOf(loan).slice(1),
      before: { responsible: held.map(told) },
      after: { responsible: shares.map(told), from: made.fromOn },
    });
    return {
      ...{ responsibilityId: made.id, loanId: loan.id, from: made.fromOn },
      shares: shares.map(({ userId, userName: name, sharePpm }) => ({
        ...{ userId, name, share: percent(sharePpm) },
      })),
    };
  },
});

const told = ({ userId, sharePpm }: Share) => ({ userId, sharePpm });

/** @throws Problem monitoring.shares-not-whole, not-holder */
async function sharesOf(work: Work, input: Input, loan: LoanFace): Promise<Share[]> {
  const asked = input.shares.map(({ userId, share }) => ({ userId, sharePpm: share }));
  const beyond = beyondWhole(asked);
  if (beyond !== 0) {
    throw P.sharesNotWhole({ fields: [{ field: 'shares', reason: '合计须为 100%' }] });
  }
  const { value: rules } = await policyAsOf(work.tx, useCheckRules, {
    ...{ region: loan.regionCode, date: work.today },
  });
  const shares: Share[] = [];
  for (const [at, { userId, sharePpm }] of asked.entries()) {
    const field = `shares.${at}`;
    if (sharePpm === 0) {
      throw P.sharesNotWhole({ fields: [{ field, reason: '比例须大于零' }] });
    }
    const person = await actorById(work.tx, userId);
    if (!person || !mayHold(person, loan, rules.responsibility.holderKinds)) {
      throw P.notHolder({ fields: [{ field, reason: '不是可担责的人员' }] });
    }
    shares.push({ userId, userName: person.name, sharePpm });
  }
  return shares;
}
