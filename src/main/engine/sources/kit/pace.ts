/**
 * A pace that finds the vendor's limit: so many a second at most, a tenth of a
 * second's worth at once; slower after a refusal, and slowly faster again.
 */
import { SECOND_MS } from '../../../../shared/kernel/instant.ts';
import type { Clock } from '../../runtime/ports.ts';

export interface Pace {
  /** Resolves when it is this caller's turn. @param priority higher ones go first. @throws AppError `cancelled`. */
  wait(signal: AbortSignal, priority?: number): Promise<void>;
  /** Lets nobody through for a while: the vendor said how long. */
  holdBack(ms: number): void;
  /** A request was let through by the vendor. */
  succeeded(): void;
  /** A request was turned away without a word about when to come again. */
  refused(): void;
}

const BURST_MS = 100;
const SLOWEST_PER_SECOND = 1;
/** After a refusal a little less than what went through in the last second; then so much more every second. */
const AFTER_REFUSAL = 0.97;
const RECOVERY_PER_SECOND = 0.02;

interface Waiter {
  readonly priority: number;
  readonly go: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Whoever asks takes the next free moment at once, so that none is given twice. Who goes when a moment has come is
 * decided then: by priority, and among equals in the order of asking.
 */
export function pace(mostPerSecond: number, clock: Clock): Pace {
  let perSecond = mostPerSecond;
  let nextAt = 0;
  let changedAt = 0;
  let passed: number[] = [];
  const waiting: Waiter[] = [];
  const first = (): Waiter | undefined => {
    const highest = Math.max(...waiting.map(({ priority }) => priority));
    const place = waiting.findIndex(({ priority }) => priority === highest);
    return waiting.splice(place, 1)[0];
  };

  function recover(now: number): void {
    if (perSecond >= mostPerSecond || now <= changedAt) return;
    perSecond = Math.min(mostPerSecond, perSecond * (1 + (RECOVERY_PER_SECOND * (now - changedAt)) / SECOND_MS));
    changedAt = now;
  }

  return {
    async wait(signal, priority = 0) {
      const now = clock.now();
      recover(now);
      nextAt = Math.max(nextAt, now - BURST_MS);
      const turn = nextAt;
      nextAt += SECOND_MS / perSecond;
      if (turn <= now && waiting.length === 0) return;
      const ours = new Promise<void>((go, fail) => waiting.push({ priority, go, fail }));
      clock.sleep(Math.max(0, Math.ceil(turn - now)), signal).then(
        () => first()?.go(),
        (error: unknown) => first()?.fail(error),
      );
      await ours;
    },
    holdBack(ms) {
      nextAt = Math.max(nextAt, clock.now() + ms);
    },
    succeeded() {
      const now = clock.now();
      passed.push(now);
      if (passed.length > 4 * mostPerSecond || passed.length > 10_000) passed = passed.slice(passed.length / 2);
    },
    refused() {
      const now = clock.now();
      // One refusal rarely comes alone: those of the same second say the same thing.
      if (now - changedAt < SECOND_MS && perSecond < mostPerSecond) return;
      passed = passed.filter((at) => at > now - SECOND_MS);
      perSecond = Math.min(perSecond, Math.max(SLOWEST_PER_SECOND, passed.length * AFTER_REFUSAL));
      changedAt = now;
      nextAt = now;
    },
  };
}
