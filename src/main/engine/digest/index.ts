/**
 * Digests.
 * Answers: what happened since yesterday, how did the week go against the
 * target, when is either to be told, and what was told before?
 * One structure each feeds page, paper, Markdown, notification and scripts.
 * Never: decides what a figure means, raises a warning, changes a fact.
 */
export { archivedDigest, keepDigest, listDigests } from './archive.ts';
export { dailyDigest } from './daily.ts';
export { markdownOf } from './markdown.ts';
export { daysOf, weekOf } from './period.ts';
export { targetTrajectories } from './target-trajectories.ts';
export { watchDigests, type DigestRhythm } from './watch.ts';
export { weeklyDigest } from './weekly.ts';
