import { describe, expect, it } from 'vitest';
import { createAttemptLimit } from '../../../src/main/hosts/keyring/index.ts';
import { AppError } from '../../../src/shared/kernel/errors.ts';
import { fakeClock } from '../../support/engine-ports.ts';
import { rejectionOf } from '../../support/store.ts';

const wrong = () => Promise.reject(new AppError('auth_failed', 'The passphrase does not fit'));

describe('the limit on attempts to unlock', () => {
  it('lets five wrong ones pass, then asks for a wait that doubles', async () => {
    const clock = fakeClock();
    const limit = createAttemptLimit(() => clock.now());
    for (let n = 0; n < 5; n += 1)
      expect(await rejectionOf(limit.attempt(wrong))).toMatchObject({ code: 'auth_failed' });
    for (const seconds of [1, 2, 4, 8]) {
      expect(await rejectionOf(limit.attempt(async () => 'never asked'))).toMatchObject({
        code: 'rate_limited',
        details: { retryAfterMs: seconds * 1_000 },
      });
      await clock.advance(seconds * 1_000);
      expect(await rejectionOf(limit.attempt(wrong))).toMatchObject({ code: 'auth_failed' });
    }
  });

  it('never asks for more than five minutes', async () => {
    const clock = fakeClock();
    const limit = createAttemptLimit(() => clock.now());
    for (let n = 0; n < 40; n += 1) {
      await rejectionOf(limit.attempt(wrong));
      await clock.advance(300_000);
    }
    expect(await limit.attempt(async () => 'open')).toBe('open');
  });

  it('is forgotten after a right one', async () => {
    const clock = fakeClock();
    const limit = createAttemptLimit(() => clock.now());
    for (let n = 0; n < 4; n += 1) await rejectionOf(limit.attempt(wrong));
    await limit.attempt(async () => 'open');
    for (let n = 0; n < 5; n += 1)
      expect(await rejectionOf(limit.attempt(wrong))).toMatchObject({ code: 'auth_failed' });
  });

  it('does not count failures that are no wrong passphrase', async () => {
    const clock = fakeClock();
    const limit = createAttemptLimit(() => clock.now());
    const damaged = () => Promise.reject(new AppError('storage_failed', 'damaged'));
    for (let n = 0; n < 9; n += 1) await rejectionOf(limit.attempt(damaged));
    expect(await limit.attempt(async () => 'open')).toBe('open');
  });

  it('tries one at a time: many at once do not get around it', async () => {
    const clock = fakeClock();
    const limit = createAttemptLimit(() => clock.now());
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => rejectionOf(limit.attempt(wrong))));
    expect(outcomes.filter(({ code }) => code === 'auth_failed')).toHaveLength(1);
    expect(outcomes.filter(({ code }) => code === 'rate_limited')).toHaveLength(19);
  });
});
