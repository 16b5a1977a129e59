/**
 * 乡镇批量核查: the township agrees with all ratings of a round, or of a village of it, on which there is nothing to be
 * found. Grounds of veto are found upon one by one.
 */
import { defineAct } from '../platform/act';
import {
  type RoundDecision,
  roundDecision,
  roundDecisionAnswer,
  startSigning,
} from './round-decision';
import { locatePart } from './round-part';
import { roundChecking } from './round-signing';

export const checkRound = defineAct({
  name: 'credit.check-round',
  title: '乡镇批量核查评级',
  permission: 'credit.check-township',
  input: roundDecision,
  answer: roundDecisionAnswer,
  locate: locatePart,
  run: (work, input: RoundDecision, { round, region }) =>
    startSigning(work, { input, round, region }, 'township', roundChecking),
});
