import { describe, expect, it } from 'vitest';
import { timeZone, UTC } from '../../../../src/shared/kernel/day.ts';
import { instantOfIso, isoOfInstant } from '../../../../src/shared/kernel/instant.ts';
import { nextTime, timeAt, timeOfDay } from '../../../../src/shared/kernel/time-of-day.ts';

const BERLIN = timeZone('Europe/Berlin');
const KATHMANDU = timeZone('Asia/Kathmandu');
const next = (from: string, time: string, zone = BERLIN) =>
  isoOfInstant(nextTime(instantOfIso(from), timeOfDay(time), zone));

describe('a time of day', () => {
  it('is hours and minutes of a day, and nothing else', () => {
    expect(timeOfDay('07:30')).toBe('07:30');
    for (const wrong of ['7:30', '24:00', '07:60', '', '07:30:00'])
      expect(() => timeOfDay(wrong)).toThrow(/is no time of day/);
  });

  it('is what the clock of the zone shows', () => {
    expect(timeAt(instantOfIso('2026-11-21T22:59:59Z'), UTC)).toBe('22:59');
    expect(timeAt(instantOfIso('2026-11-21T22:59:59Z'), BERLIN)).toBe('23:59');
    expect(timeAt(instantOfIso('2026-11-21T22:59:59Z'), KATHMANDU)).toBe('04:44');
  });
});

describe('the next time', () => {
  it('is later on the same day, or on the next one', () => {
    expect(next('2026-11-21T05:00:00Z', '07:00')).toBe('2026-11-21T06:00:00.000Z');
    expect(next('2026-11-21T06:00:00Z', '07:00')).toBe('2026-11-22T06:00:00.000Z');
    expect(next('2026-11-21T06:00:00Z', '07:00', KATHMANDU)).toBe('2026-11-22T01:15:00.000Z');
  });

  it('keeps to the wall clock over both changes of the clocks', () => {
    expect(next('2026-03-28T22:00:00Z', '07:00'), 'the night is an hour shorter').toBe('2026-03-29T05:00:00.000Z');
    expect(next('2026-10-24T21:00:00Z', '07:00'), 'the night is an hour longer').toBe('2026-10-25T06:00:00.000Z');
  });

  it('comes right after the gap where the clocks skip it', () => {
    expect(next('2026-03-29T00:00:00Z', '02:30')).toBe('2026-03-29T01:00:00.000Z');
  });

  it('comes the first time where the clocks show it twice, and then not again until the next day', () => {
    expect(next('2026-10-25T00:00:00Z', '02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(next('2026-10-25T00:30:00Z', '02:30')).toBe('2026-10-26T01:30:00.000Z');
  });
});
