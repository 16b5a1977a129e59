/** Dated rules: the face of the module. Modules declare their parameters and read them as of a date. */
export { type CalendarYear, calendarFor } from './calendar';
export { type Loaded, type LoadOptions, loadPolicyFiles } from './load-files';
export {
  type AnyParameter,
  declaredParameters,
  defineParameter,
  type Parameter,
  type ProposedRow,
  type RowFrame,
} from './parameter';
export {
  type AsOf,
  type InForce,
  policyAsOf,
  policyRow,
  policySpans,
  proposedRow,
} from './policy.queries';
export { policyRoutes } from './policy.routes';
export { policyEntities } from './policy-row.entity';
export { type BenchmarkRates, benchmarkOn, type LprRates, lprOn } from './rates';
export { regionLine, type Span } from './timeline';
