/** The township checks each application: borrower, use and amount. */
import { defineAct } from '../platform/act';
import { advance } from './chain';
import { checkInput, findingsFor, requireChecked } from './check';
import { chainOf, locateApplication, requireSeen, stepAnswer, stepDuty, takeStep } from './gate';

/** Passes or refuses an application at the township. */
export const checkTownship = defineAct({
  name: 'applications.township-check',
  title: '乡镇审核',
  permission: 'applications.township-check',
  input: checkInput,
  answer: stepAnswer,
  locate: locateApplication,
  duty: (work, _input, at) => stepDuty(work, at, 'township'),
  run: async (work, input, { application }) => {
    requireSeen(application, input.version);
    advance(application.state, 'township-check');
    const { value: chain } = await chainOf(work, application);
    requireChecked(input, chain, 'township-check');
    const passes = input.outcome === 'pass';
    return takeStep(work, application, {
      step: 'township-check',
      chain,
      outcome: passes ? 'passed' : 'refused',
      reason: input.reason,
      findings: await findingsFor(work, application, passes),
    });
  },
});
