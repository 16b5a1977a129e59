/** What inspection refuses. It changes no business record, so there is little to refuse. */
import { catalogue } from '../platform/problems';

export const InspectionProblem = catalogue('inspection', {
  nothingKnown: {
    kind: 'absent',
    title: '没有与此有关的记录',
    advice: '请核对记录的种类和编号；不在您辖区内的记录不会显示。',
  },
});
