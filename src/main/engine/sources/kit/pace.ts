/** A token bucket: so many per second, a tenth of a second's worth at once. */
import type { Clock } from '../../runtime/ports.ts';

export interface Pace {
  /** Resolves when it is this caller's turn. @throws AppError `cancelled`. */
  wait(signal: AbortSignal): Promise<void>;
  /** Lets nobody through for a while: the vendor has had enough. */
  holdBack(ms: number): void;
}

/** Turns are given in the order of asking; each takes the next free moment at once, so none is given twice. */
export function pace(perSecond: number, clock: Clock): Pace {
  const gapMs = 1_000 / perSecond;
  const burstMs = 100;
  let nextAt = 0;
  return {
    async wait(signal) {
      const now = clock.now();
      nextAt = Math.max(nextAt, now - burstMs);
      const turn = nextAt;
      nextAt += gapMs;
      if (turn > now) await clock.sleep(turn - now, signal);
    },
    holdBack(ms) {
      nextAt = Math.max(nextAt, clock.now() + ms);
    },
  };
}
