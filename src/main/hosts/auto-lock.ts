/** Locks the database after a time without a call: as the host was told, else as the company's settings say. */
import { MINUTE_MS } from '../../shared/kernel/instant.ts';
import { isAppError } from '../../shared/kernel/errors.ts';
import type { EngineCalls } from '../engine/index.ts';
import type { Logger } from '../engine/runtime/index.ts';

export interface AutoLockOptions {
  /** What goes before the setting: minutes, null for never; undefined leaves it to the setting. */
  readonly fixed: number | null | undefined;
  /** Minutes where neither says anything; null: never. */
  readonly preset: number | null;
  readonly logger: Logger;
  readonly lock: () => Promise<void>;
}

export interface AutoLock {
  /** Somebody uses Vario: the time begins anew. */
  touch(): void;
  /** Begins with an open engine and follows its settings. */
  follow(calls: Pick<EngineCalls, 'ask' | 'changes'>): void;
  /** The database is closed. */
  stop(): void;
}

export function createAutoLock({ fixed, preset, logger, lock }: AutoLockOptions): AutoLock {
  let timer: NodeJS.Timeout | null = null;
  let minutes: number | null = null;
  let following: AbortController | null = null;
  const touch = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (minutes === null || following === null) return;
    const after = minutes;
    timer = setTimeout(() => {
      logger.info('Locked after a time without use', { minutes: after });
      lock().catch((error: unknown) => logger.error('The database could not be locked', { error }));
    }, after * MINUTE_MS).unref();
  };
  const read = async (calls: Pick<EngineCalls, 'ask'>): Promise<void> => {
    const { autoLockMinutes } = await calls.ask('workspace.get', undefined);
    const chosen = autoLockMinutes === 0 ? null : (autoLockMinutes ?? preset);
    if (chosen === minutes && timer !== null) return;
    minutes = chosen;
    touch();
  };
  const watch = async (calls: Pick<EngineCalls, 'ask' | 'changes'>, signal: AbortSignal): Promise<void> => {
    // Listens before it reads: a change between the two would be missed.
    const changes = calls.changes.watch(signal);
    await read(calls);
    for await (const { topics } of changes) if (topics.includes('workspace')) await read(calls);
  };
  return {
    touch,
    follow(calls) {
      const mine = new AbortController();
      following = mine;
      if (fixed !== undefined) {
        minutes = fixed;
        touch();
        return;
      }
      watch(calls, mine.signal).catch((error: unknown) => {
        // Boundary: closing the database ends what is followed.
        if (!mine.signal.aborted && !isAppError(error, 'locked', 'unavailable'))
          logger.warn('The time of the automatic lock is not followed any more', { error });
      });
    },
    stop() {
      if (timer) clearTimeout(timer);
      timer = null;
      following?.abort();
      following = null;
    },
  };
}
