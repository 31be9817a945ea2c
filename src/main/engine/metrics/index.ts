/**
 * The revenue ledger and the metrics.
 * Answers: what is MRR (and every figure beside it) on a day, what moved it,
 * and which rows and objects stand behind a figure?
 * Numbers are computed from stored facts alone, exactly, in annual minor units.
 * Never: talks to a network, knows a vendor, forecasts, or formats for a screen.
 */
export type { MetricsContext } from './context.ts';
export { POLICIES, policyOf, VARIO } from './core/policy.ts';
export { verify, type Verification } from './ledger/verify.ts';
export { deriveRange } from './ledger/derive-range.ts';
export { rebuildOnThreads, recomputeOnThreads, type DerivingThreads } from './ledger/parallel.ts';
export { countWork, rebuild, recompute, type RecomputeResult } from './ledger/recompute.ts';
export { PREPARED } from './prepared.ts';
export { policyBridge, policyBridgeCustomers } from './policies/index.ts';
export { climb } from './query/climb.ts';
export { cliffs, cliffsWithin, discounts } from './discounts/index.ts';
export { concentration } from './query/concentration.ts';
export { evidenceDisagreements } from './query/evidence-disagreements.ts';
export { meterUsage, openQuotes, payouts, plannedChanges } from './cash/index.ts';
export { failedPayments } from './query/failed-payments.ts';
export { flowsOf, NO_FLOWS } from './query/flows.ts';
export { freshness } from './query/freshness.ts';
export { ledgerKey, ledgerView, type LedgerView } from './query/ledger-view.ts';
export { levelOn, ratesBetween, type LevelOn } from './query/level-on.ts';
export { wholeHistory } from './query/whole-history.ts';
export { bridge } from './query/bridge.ts';
export { movements } from './query/movements.ts';
export { series } from './query/series.ts';
export { churnReport, recovery, timeToPay } from './query/revenue-reports.ts';
export { snapshot } from './query/snapshot.ts';
export { explain, EXPLAINABLE } from './explain/index.ts';
export { sourceUrl } from './explain/source-link.ts';
export { DEFINITIONS } from './registry/index.ts';
export { deskReport, npsReport, supportOfCustomer } from './quality/index.ts';
export { customer, customers, customerTimeline, findCustomers } from './customers/index.ts';
export {
  closedMonthCohorts,
  cohortMembers,
  cohorts,
  returned,
  survival,
  trialCohorts,
  trialFunnel,
  valueAt,
} from './cohorts/index.ts';
export { breakdown } from './slices/breakdown.ts';
export { revenueByPart } from './slices/flows/revenue-parts.ts';
export { followCrmFields } from './slices/crm-fields.ts';
export { dimensions, dimensionValues } from './slices/dimensions.ts';
export { sliceCustomers, type CustomerTest } from './slices/slice-customers.ts';
export { segments } from './slices/segment-members.ts';
export { removeSegment, restoreSegment, saveSegment } from './slices/segment-store.ts';
