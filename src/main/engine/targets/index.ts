/**
 * Targets.
 * Answers: what is aimed at by when, which path leads there, where does the
 * company stand against it in money and in days, and what pace is needed?
 * Targets set by hand and those of imported files are read alike.
 * Never: forecasts, or tells anybody; sentences are the digest's.
 */
export { listTargetEdits, removeTarget, saveTarget, undoTargetEdit } from './edits.ts';
export { growthAimedAt } from './growth.ts';
export { listTargets } from './list.ts';
export { trajectories, type BareTrajectory } from './trajectory.ts';
