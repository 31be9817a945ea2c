/** What follows every change of facts or settings: the ledger, then the alerts, then word to whoever looks. */
import { setImmediate as breathe } from 'node:timers/promises';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { evaluateAlerts, type Evaluation } from '../alerts/index.ts';
import { restate } from '../closing/index.ts';
import type { JobProgress } from '../jobs/index.ts';
import { followCrmFields, wholeHistory, type DerivingThreads, type MetricsContext } from '../metrics/index.ts';
import type { Clock, NativeNotification } from '../runtime/index.ts';
import type { WriteDb } from '../store/index.ts';
import type { ChangeHub } from './change-hub.ts';
import type { ClosingThread } from './closing-thread.ts';
import { metricsContext } from './metrics-context.ts';
import { recomputeBeside } from './recompute-beside.ts';
import { worded } from './worded.ts';
import { readWorkspace } from './workspace-settings.ts';

export interface PipelineDeps {
  readonly db: WriteDb;
  readonly clock: Clock;
  readonly changes: ChangeHub;
  readonly notify: (notification: NativeNotification) => void;
  /** When this engine began to work. */
  readonly runningSince: Instant;
  /** Starts threads for a large computation of the ledger. */
  readonly openThreads: (customers: number) => Promise<DerivingThreads>;
  /** Starts a thread for the figures of closed months. */
  readonly openClosing: () => Promise<ClosingThread>;
  /** Compacts the database where that is due. */
  readonly compact: (onStart: () => void) => Promise<boolean>;
}

export interface PipelineResult {
  /** Customers whose ledger was computed again. */
  readonly recomputed: number;
  /** Differences of closed months to what was reported that were found. */
  readonly restatements: number;
  readonly alerts: Evaluation;
}

/**
 * Brings ledger and alerts up to date with the stored facts.
 * @throws AppError `cancelled` between two steps of the ledger; what was finished stays.
 */
export async function bringUpToDate(
  deps: PipelineDeps,
  progress: (progress: JobProgress) => void,
  signal: AbortSignal,
): Promise<PipelineResult> {
  const { db, clock, changes, openThreads } = deps;
  const workspace = readWorkspace(db);
  progress({ step: 'Computing the ledger' });
  // Lets the progress out before the thread is busy.
  await breathe();
  const recomputed = await recomputeBeside(
    db,
    metricsContext(workspace, clock.now()),
    openThreads,
    (slice) => progress({ step: 'Computing the ledger', ...slice }),
    signal,
  );
  if (recomputed > 0) changes.publish('ledger');
  if (followCrmFields(db)) changes.publish('ledger');
  const restatements = await restateInSteps(db, metricsContext(workspace, clock.now()), signal);
  if (restatements > 0) changes.publish('closing');
  progress({ step: 'Looking for what needs attention' });
  await breathe();
  // Of a history that is still coming in, warnings would speak of what is not there yet.
  const isWhole = wholeHistory(db, workspace.timeZone).complete;
  const alerts = isWhole ? lookForAlerts(deps) : NO_ALERTS;
  await deps.compact(() => progress({ step: 'Compacting the database' }));
  return { recomputed, restatements, alerts };
}

const NO_ALERTS: Evaluation = { raised: 0, closed: 0, notified: 0 };

/** Evaluates all rules on what is stored and computed now, and says what changed. */
export function lookForAlerts({ db, clock, changes, notify, runningSince }: PipelineDeps): Evaluation {
  const { timeZone, reportingCurrency, growthTarget, quietHours } = readWorkspace(db);
  const alerts = worded(db, () =>
    evaluateAlerts(db, {
      clock,
      zone: timeZone,
      currency: reportingCurrency,
      growthTarget,
      runningSince,
      quietHours,
      notify,
    }),
  );
  if (alerts.raised + alerts.closed > 0) changes.publish('alerts');
  return alerts;
}

/** Compares closed months with the ledger; between two steps calls are answered. */
async function restateInSteps(db: WriteDb, context: MetricsContext, signal: AbortSignal): Promise<number> {
  const steps = restate(db, context);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (signal.aborted)
      throw new AppError('cancelled', 'Comparing the closed months was stopped; it goes on next time');
    await breathe();
  }
}
