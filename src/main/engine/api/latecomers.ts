/**
 * Sources that fall due while a long sync is under way: they are read beside it instead of after it. Hours of one
 * vendor's history hold no other vendor back, and no source is ever read twice at once.
 */
import { addMs, MINUTE_MS, type Instant } from '../../../shared/kernel/instant.ts';
import type { Clock } from '../runtime/index.ts';
import type { WriteDb } from '../store/index.ts';
import { dueTimes } from '../sync/index.ts';

/** A sync that is through by then has nobody waiting for it. */
const FIRST_AFTER_MS = 2 * MINUTE_MS;
const EVERY_MS = MINUTE_MS;

export interface Latecomers {
  /** Looks for sources that are due, at most once a minute. Called before every page. */
  look(): void;
  /** Ends when all who came late are through. @throws what the first of them to fail threw. */
  settled(): Promise<void>;
}

export interface LatecomersDeps {
  readonly db: WriteDb;
  readonly clock: Clock;
  /** Whether a source may be begun now: it is not being read, and nobody means to read it later. */
  readonly mayBegin: (sourceId: number) => boolean;
  readonly read: (sourceId: number) => Promise<void>;
}

export function latecomers({ db, clock, mayBegin, read }: LatecomersDeps): Latecomers {
  const underway: Promise<void>[] = [];
  let nextAt: Instant = addMs(clock.now(), FIRST_AFTER_MS);
  return {
    look() {
      const now = clock.now();
      if (now < nextAt) return;
      nextAt = addMs(now, EVERY_MS);
      for (const { sourceId, nextAt: dueAt } of dueTimes(db, now)) {
        if (dueAt > now || !mayBegin(sourceId)) continue;
        const begun = read(sourceId);
        // Heard of when all are waited for.
        begun.catch(() => undefined);
        underway.push(begun);
      }
    },
    async settled() {
      // While one is waited for, another may come.
      for (let index = 0; index < underway.length; index++) await underway[index];
    },
  };
}
