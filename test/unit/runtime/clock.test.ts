import { describe, expect, it } from 'vitest';
import { systemClock, systemRandom } from '../../../src/main/engine/runtime/index.ts';
import { rejectionOf } from '../../support/store.ts';

describe('the system’s clock', () => {
  it('tells the wall clock’s time in whole milliseconds', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(100);
    expect(Number.isInteger(systemClock.now())).toBe(true);
  });

  it('sleeps, and wakes early as cancelled', async () => {
    const started = performance.now();
    await systemClock.sleep(30);
    expect(performance.now() - started).toBeGreaterThan(25);
    const controller = new AbortController();
    const sleeping = rejectionOf(systemClock.sleep(60_000, controller.signal));
    controller.abort();
    expect(await sleeping).toMatchObject({ code: 'cancelled' });
    expect(await rejectionOf(systemClock.sleep(60_000, controller.signal))).toMatchObject({ code: 'cancelled' });
  });
});

describe('the system’s random source', () => {
  it('gives as many bytes as asked for, other ones each time, and fractions below one', () => {
    expect(systemRandom.bytes(32)).toHaveLength(32);
    expect(systemRandom.bytes(32)).not.toEqual(systemRandom.bytes(32));
    for (let n = 0; n < 100; n += 1) {
      const fraction = systemRandom.fraction();
      expect(fraction >= 0 && fraction < 1).toBe(true);
    }
  });
});
