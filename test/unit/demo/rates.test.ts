import { describe, expect, it } from 'vitest';
import { crossRate, isWorkingDay, ratesBetween, ratesOn } from '../../../src/main/demo/rates/reference-rates.ts';
import { plainDay } from '../../../src/shared/kernel/day.ts';
import { EUR, GBP, JPY, USD } from './lives.ts';

const day = plainDay;

describe('reference rates', () => {
  it('are published on working days only', () => {
    expect(
      ['2026-11-20', '2026-11-21', '2026-11-22', '2026-12-25', '2026-12-28'].map((text) => isWorkingDay(day(text))),
    ).toEqual([true, false, false, false, true]);
  });
  it('on other days are the last ones before', () => {
    expect(ratesOn(day('2026-11-22'))!.day).toBe('2026-11-20');
    expect(ratesOn(day('2026-12-27'))!.day).toBe('2026-12-24');
  });
  it('do not exist before the first day', () => expect(ratesOn(day('2019-12-31'))).toBeNull());
  it('depend on the day alone (a value worked out once, so that another machine would be noticed)', () => {
    const text = Object.fromEntries(ratesOn(day('2026-11-20'))!.perEuro);
    expect(text).toEqual({ USD: '1.1660', GBP: '0.86850', JPY: '156.14' });
  });
  it('stay in a plausible band and never jump by more than one per cent', () => {
    const days = ratesBetween(day('2023-01-01'), day('2026-12-31'));
    let before: number | null = null;
    for (const { perEuro } of days) {
      const dollar = Number(perEuro.get(USD));
      expect(dollar).toBeGreaterThan(1.04);
      expect(dollar).toBeLessThan(1.19);
      if (before !== null) expect(Math.abs(dollar / before - 1)).toBeLessThan(0.01);
      before = dollar;
    }
  });
  it('cross exactly: pounds to dollars go over the euro', () => {
    const [dollar, pound] = [crossRate(day('2026-11-20'), EUR, USD)!, crossRate(day('2026-11-20'), EUR, GBP)!];
    expect(crossRate(day('2026-11-20'), GBP, USD)!.equals(dollar.div(pound))).toBe(true);
    expect(crossRate(day('2026-11-20'), JPY, JPY)!.valueOf()).toBe(1);
  });
});
