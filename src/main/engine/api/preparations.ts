/** What the reader threads prepare after a spell of questions: what the first filtered figure and the first search would wait for. */
import { instant } from '../../../shared/kernel/instant.ts';
import { PREPARED } from '../metrics/index.ts';
import type { Preparations } from '../store/index.ts';
import { metricsContext } from './metrics-context.ts';
import { readWorkspace } from './workspace-settings.ts';

export const preparations: Preparations = PREPARED.map(({ isHeld, make }) => (db, { nowMs, hasRoom }) => {
  if (hasRoom || isHeld(db)) make(db, metricsContext(readWorkspace(db), instant(nowMs)));
});
