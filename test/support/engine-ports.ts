/** Ports for tests: a clock that the test moves, a logger that remembers, fresh folders. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { LogFields, Logger } from '../../src/main/engine/runtime/logger.ts';
import type { Clock } from '../../src/main/engine/runtime/ports.ts';
import { AppError } from '../../src/shared/kernel/errors.ts';
import { instant, instantOfIso, type Instant } from '../../src/shared/kernel/instant.ts';

export interface FakeClock extends Clock {
  /** Moves the time on and wakes who slept until then, in order. */
  advance(ms: number): Promise<void>;
}

export function fakeClock(start: string = '2026-11-21T02:00:00Z'): FakeClock {
  let now: Instant = instantOfIso(start);
  const sleepers = new Set<{ until: number; wake: () => void }>();
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        const cancelled = () => reject(new AppError('cancelled', 'The wait was cancelled'));
        if (signal?.aborted) return cancelled();
        const sleeper = { until: now + ms, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          cancelled();
        });
      });
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const [next] = [...sleepers].filter(({ until }) => until <= end).sort((a, b) => a.until - b.until);
        if (!next) break;
        now = instant(Math.max(now, next.until));
        sleepers.delete(next);
        next.wake();
        await settle();
      }
      now = instant(end);
      await settle();
    },
  };
}

export interface RecordedLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: LogFields;
}

/** A logger that keeps its lines for the test. */
export function recordingLogger(): Logger & { readonly lines: RecordedLine[] } {
  const lines: RecordedLine[] = [];
  const make = (base: LogFields): Logger => {
    const at = (level: RecordedLine['level']) => (message: string, fields?: LogFields) =>
      void lines.push({ level, message, fields: { ...base, ...fields } });
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      with: (fields) => make({ ...base, ...fields }),
    };
  };
  return { ...make({}), lines };
}

/** A fresh folder, removed when the test is over. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'vario-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}
