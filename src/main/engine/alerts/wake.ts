/** What is due with time alone, between two evaluations: snoozes that are over, and what quiet hours held back. */
import { MINUTE_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { isAppError } from '../../../shared/kernel/errors.ts';
import type { Clock, NativeNotification } from '../runtime/ports.ts';
import type { Logger } from '../runtime/logger.ts';
import type { WriteDb } from '../store/index.ts';
import { deliverPending } from './deliver.ts';
import type { Quiet } from './quiet-hours.ts';
import { listRules } from './rules.ts';

/** Minutes are what people set; a laptop that slept notices within one. */
const LOOK_EVERY_MS = MINUTE_MS;

export interface WakeDeps {
  readonly db: WriteDb;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly notify: (notification: NativeNotification) => void;
  /** Read anew at every look: the founder may change it meanwhile. */
  readonly quiet: () => Quiet;
  /** Alerts came back from their snooze. */
  readonly onWoken: () => void;
  /** Makes sentences in the company's locale. */
  readonly within: <Result>(work: () => Result) => Result;
}

/** Brings alerts back whose snooze is over: open, unread, and notified where their rule notifies. @returns how many. */
export function wakeSnoozed(db: WriteDb, now: Instant): number {
  const loud = listRules(db).flatMap(({ rule, notify }) => (notify ? [rule] : []));
  return db
    .prepareWrite<[string, number]>(
      `UPDATE alert SET state = 'open', snoozed_until_at = NULL, read_at = NULL,
         delivery = CASE WHEN rule IN (SELECT value FROM json_each(?)) THEN 'pending' ELSE 'none' END
       WHERE state = 'snoozed' AND snoozed_until_at <= ?`,
    )
    .run(JSON.stringify(loud), now).changes;
}

/** Looks once a minute until it is stopped. @returns the way to stop it. */
export function watchTime(deps: WakeDeps): () => Promise<void> {
  const stop = new AbortController();
  const loop = lookOnAndOn(deps, stop.signal);
  return async () => {
    stop.abort();
    await loop;
  };
}

async function lookOnAndOn(deps: WakeDeps, signal: AbortSignal): Promise<void> {
  const { db, clock, logger, notify, quiet, onWoken, within } = deps;
  while (!signal.aborted) {
    try {
      const now = clock.now();
      if (wakeSnoozed(db, now) > 0) onWoken();
      within(() => deliverPending(db, { now, quiet: quiet(), notify }));
    } catch (error) {
      // Boundary: it acts by itself; a full disk must not end it for good.
      logger.error('Alerts that are due could not be told', { error });
    }
    try {
      await clock.sleep(LOOK_EVERY_MS, signal);
    } catch (error) {
      if (!isAppError(error, 'cancelled')) throw error;
    }
  }
}
