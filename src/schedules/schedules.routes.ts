/** Where schedules are tried. */
import { get, type Route } from '../platform/http/routes';
import { trialQuery } from './schedules.queries';

export const schedulesRoutes: Route[] = [get('/schedules/trial', trialQuery)];
