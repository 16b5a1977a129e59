/** The township checks each application: borrower, use and amount. */
import { defineAct } from '../platform/act';
import { checkInput, takeCheck } from './check';
import { locateApplication, stepAnswer, stepDuty } from './gate';

/** Passes, refuses or returns an application at the township. */
export const checkTownship = defineAct({
  name: 'applications.township-check',
  title: '乡镇审核',
  permission: 'applications.township-check',
  input: checkInput,
  answer: stepAnswer,
  locate: locateApplication,
  duty: (work, _input, at) => stepDuty(work, at, 'township-check', 'township'),
  run: (work, input, { application }) => takeCheck(work, input, application, 'township-check'),
});
