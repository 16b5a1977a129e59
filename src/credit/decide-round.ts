/**
 * 银行批量审定: the bank's approver confirms, as computed, all ratings of a round or of a part of it that need no look of
 * their own. Lowering, raising and rejecting are decided one by one.
 */
import { defineAct } from '../platform/act';
import { bankOf } from './decision';
import {
  type RoundDecision,
  roundDecision,
  roundDecisionAnswer,
  startSigning,
} from './round-decision';
import { locatePart } from './round-part';
import { roundGranting } from './round-signing';

export const decideRound = defineAct({
  name: 'credit.decide-round',
  title: '银行批量审定评级',
  permission: 'credit.decide',
  input: roundDecision,
  answer: roundDecisionAnswer,
  locate: locatePart,
  run: (work, input: RoundDecision, { round, region }) => {
    bankOf(work);
    return startSigning(work, { input, round, region }, 'decide', roundGranting);
  },
});
