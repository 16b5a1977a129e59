/**
 * The household puts right what was sent back to it, and applies again (补正后重新提交): other content, another digest,
 * so every signature under the former one is void and the village votes anew. Household, bank and product stay;
 * whoever wants those otherwise withdraws and applies afresh.
 */
import { householdFor } from '../households';
import { defineAct } from '../platform/act';
import { idField, shape, versionField } from '../platform/shape';
import { ApplicationStore } from './application.store';
import { advance } from './chain';
import { contentDigest } from './content';
import {
  chainOf,
  locateApplication,
  requireEligible,
  requireSeen,
  stepAnswer,
  stepDuty,
  takeStep,
} from './gate';
import { requireFit, type Wish, wished, wishFields } from './wish';

interface Input extends Wish {
  applicationId: string;
  version: number;
}

/** Amends a returned application and enters it again. */
export const amendApplication = defineAct({
  name: 'applications.amend',
  title: '补正并重新提交申请',
  permission: 'applications.submit',
  input: shape<Input>({
    applicationId: idField('申请编号'),
    version: versionField(),
    ...wishFields,
  }),
  answer: stepAnswer,
  locate: locateApplication,
  duty: (work, _input, at) => stepDuty(work, at, 'submit', null),
  run: async (work, input, { application }) => {
    requireSeen(application, input.version);
    advance(application, 'submit');
    const household = await householdFor(work.tx, application.householdId);
    const { relation } = await requireFit(work, household, input);
    const { witnessName, consents } = input;
    const content = { ...application, ...wished(input) };
    const amended = await new ApplicationStore(work).update(application, {
      ...wished(input),
      ...{ relation, witnessName, consents, contentDigest: contentDigest(content) },
    });
    const { value: chain } = await chainOf(work, amended);
    const findings = await requireEligible(work, amended, false);
    return takeStep(work, amended, { step: 'submit', chain, outcome: 'passed', findings });
  },
});
