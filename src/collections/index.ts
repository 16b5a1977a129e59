/** Collection: the face of the module. Nothing else of it may be imported from outside. */
import { Demand, OverdueReport, Reminder, Visit } from './collection.entity';

export {
  type CollectionRecords,
  type Contact,
  collectionRecordsOf,
  contactsOf,
} from './collection-faces.queries';
export { overdueReportStep, sendRemindersStep } from './collections.job';
export { collectionsRoutes } from './collections.routes';
export { recordDemand } from './record-demand';
export { recordVisit } from './record-visit';
export { sendReminder } from './send-reminder';

/** Table maps of this module. */
export const collectionsEntities = [Reminder, Visit, Demand, OverdueReport];
