/** The system's clock. */
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../../shared/kernel/errors.ts';
import { systemNow } from '../../../shared/kernel/instant.ts';
import type { Clock } from './ports.ts';

/** Real time. */
export const systemClock: Clock = {
  now: systemNow,
  async sleep(ms, signal) {
    try {
      await wait(ms, undefined, signal ? { signal } : {});
    } catch (cause) {
      if (signal?.aborted) throw new AppError('cancelled', 'The wait was cancelled', { cause });
      throw cause;
    }
  },
};
