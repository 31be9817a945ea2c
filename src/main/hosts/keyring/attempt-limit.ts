/** Slows guessing through the unlock screen and the loopback server. Guessing on a stolen file is slowed by scrypt. */
import { AppError } from '../../../shared/kernel/errors.ts';
import { SECOND_MS, type Instant } from '../../../shared/kernel/instant.ts';

const FREE_ATTEMPTS = 5;
const LONGEST_WAIT_MS = 300 * SECOND_MS;

export interface AttemptLimit {
  /**
   * Runs one attempt to unlock.
   * @throws AppError `rate_limited` with `retryAfterMs` while the wait after wrong passphrases lasts, or while another attempt runs; else what the attempt throws.
   */
  attempt<Result>(unlock: () => Promise<Result>): Promise<Result>;
}

/** After five wrong passphrases in a row each further one costs a wait: 1, 2, 4 … 300 seconds. A right one ends that. */
export function createAttemptLimit(now: () => Instant): AttemptLimit {
  let wrong = 0;
  let notBefore = 0;
  let busy = false;
  return {
    async attempt(unlock) {
      const wait = notBefore - now();
      if (busy || wait > 0)
        throw new AppError(
          'rate_limited',
          `Wait ${Math.max(1, Math.ceil(wait / SECOND_MS))} s before the next attempt`,
          {
            details: { retryAfterMs: Math.max(SECOND_MS, wait) },
          },
        );
      busy = true;
      try {
        const result = await unlock();
        wrong = 0;
        return result;
      } catch (error) {
        if (error instanceof AppError && error.code === 'auth_failed') {
          wrong += 1;
          const excess = wrong - FREE_ATTEMPTS;
          if (excess >= 0) notBefore = now() + Math.min(LONGEST_WAIT_MS, SECOND_MS * 2 ** excess);
        }
        throw error;
      } finally {
        busy = false;
      }
    },
  };
}
