/** The nightly step that closes notices whose days have run out. */
import type { Step } from '../platform/jobs/step';
import { closeNotice } from './close-notice';
import { noticesDue } from './notices.queries';

export const closeNoticesStep: Step = {
  name: 'notices.close',
  title: '公示期满',
  reason:
    'independent of the money steps; before the reminders, so that officers hear on the same morning ' +
    'which applications may go on. The gate itself reads dates and does not wait for this step.',
  kind: 'records',
  due: noticesDue,
  act: closeNotice,
  input: (noticeId) => ({ noticeId }),
};
