/** Tells digests when they are due, computed by the reader's thread. */
import { DailyDigestReportSchema, WeeklyDigestReportSchema } from '../../../shared/contract/digest.ts';
import { watchDigests } from '../digest/index.ts';
import type { JobQueue } from '../jobs/index.ts';
import type { Clock, Logger, NativeNotification } from '../runtime/index.ts';
import type { WriteDb } from '../store/index.ts';
import type { EngineCalls } from './call-context.ts';
import type { ChangeHub } from './change-hub.ts';
import { readWorkspace } from './workspace-settings.ts';

export interface DigestTellerDeps {
  readonly db: WriteDb;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly notify: (notification: NativeNotification) => void;
  readonly queue: Pick<JobQueue, 'list'>;
  readonly changes: Pick<ChangeHub, 'publish'>;
  readonly ask: EngineCalls['ask'];
  readonly within: EngineCalls['worded'];
}

/** Jobs after which figures may be others. */
const CHANGES_FIGURES: ReadonlySet<string> = new Set(['sync', 'recompute', 'renormalise', 'demo', 'retry']);
const LOOKED_AT = 20;

/** @returns the way to stop it. */
export function tellDigests({
  db,
  clock,
  logger,
  notify,
  queue,
  changes,
  ask,
  within,
}: DigestTellerDeps): () => Promise<void> {
  return watchDigests({
    db,
    clock,
    logger,
    notify,
    within,
    rhythm: () => readWorkspace(db),
    isBusy: () =>
      queue
        .list(LOOKED_AT)
        .some(({ kind, state }) => CHANGES_FIGURES.has(kind) && (state === 'queued' || state === 'running')),
    daily: async (days) => DailyDigestReportSchema.parse(await ask('digests.daily', days)),
    weekly: async (on) => WeeklyDigestReportSchema.parse(await ask('digests.weekly', { on })),
    onKept: () => changes.publish('reports'),
  });
}
