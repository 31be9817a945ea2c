/**
 * The revenue ledger and the metrics.
 * Answers: what is MRR (and every figure beside it) on a day, what moved it,
 * and which rows and objects stand behind a figure?
 * Numbers are computed from stored facts alone, exactly, in annual minor units.
 * Never: talks to a network, knows a vendor, forecasts, or formats for a screen.
 */
export type { MetricsContext } from './context.ts';
export { POLICIES, VARIO, type Policy } from './core/policy.ts';
export { verify, type Verification } from './ledger/verify.ts';
export { rebuild, recompute, type RecomputeOptions, type RecomputeResult } from './ledger/recompute.ts';
export { climb, type ClimbInput } from './query/climb.ts';
export { concentration, customerValues } from './query/concentration.ts';
export { freshness } from './query/freshness.ts';
export { bridge } from './query/movement-sums.ts';
export { movements, type MovementsInput } from './query/movements.ts';
export { series, type SeriesInput } from './query/series.ts';
export { snapshot, type SnapshotInput } from './query/snapshot.ts';
export { explain, EXPLAINABLE, type ExplainInput } from './explain/index.ts';
export { sourceUrl } from './explain/source-link.ts';
export { DEFINITIONS, definitionOf } from './registry/index.ts';
export { customer, customers, customerTimeline } from './customers/index.ts';
