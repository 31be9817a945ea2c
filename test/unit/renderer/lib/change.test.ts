import { describe, expect, it } from 'vitest';
import { currencyCode, USD } from '../../../../src/shared/kernel/currency.ts';
import { UTC } from '../../../../src/shared/kernel/day.ts';
import { changeBetween, changeText } from '../../../../src/renderer/lib/change.ts';
import { createFormatter } from '../../../../src/renderer/lib/format.ts';
import { moneyUnit, PERCENT, type Quantity } from '../../../../src/renderer/lib/unit.ts';

const format = createFormatter('en-US', UTC);
const dollars = (value: number): Quantity => ({ unit: moneyUnit(USD), value });
const percent = (value: number): Quantity => ({ unit: PERCENT, value });

describe('a change against an earlier value', () => {
  it('judges by the direction that is good for the business', () => {
    expect(changeBetween(percent(0.03), percent(0.02), 'down')).toMatchObject({ direction: 'up', judgement: 'loss' });
    expect(changeBetween(percent(0.01), percent(0.02), 'down')?.judgement).toBe('gain');
    expect(changeBetween(dollars(2), dollars(1), 'neither')?.judgement).toBe('neutral');
    expect(changeBetween(dollars(1), dollars(1))).toMatchObject({ direction: 'flat', judgement: 'neutral' });
  });

  it('is relative for amounts and in points for percentages', () => {
    const grown = changeBetween(dollars(112_300), dollars(100_000));
    expect(grown && changeText(grown, dollars(112_300), format)).toBe('+12.3%');
    const fallen = changeBetween(percent(0.908), percent(0.92));
    expect(fallen && changeText(fallen, percent(0.908), format)).toBe('−1.2 pp');
  });

  it('is in points for scores, which may pass zero', () => {
    const points = (value: number): Quantity => ({ unit: { kind: 'score' }, value });
    const risen = changeBetween(points(43), points(34));
    expect(risen && changeText(risen, points(43), format)).toBe('+9');
  });

  it('states the amount where the earlier value was zero', () => {
    const first = changeBetween(dollars(120_000), dollars(0));
    expect(first?.fraction).toBeNull();
    expect(first && changeText(first, dollars(120_000), format)).toBe('+$1.2K');
  });

  it('measures against the size of a negative value, so that less loss is up', () => {
    expect(changeBetween(dollars(-50), dollars(-100))).toMatchObject({ direction: 'up', fraction: 0.5 });
  });

  it('does not exist where a value is unknown or the currencies differ', () => {
    expect(changeBetween(dollars(1), { unit: moneyUnit(USD), value: null, reason: 'no data' })).toBeNull();
    expect(changeBetween(dollars(1), { unit: moneyUnit(currencyCode('EUR')), value: 1 })).toBeNull();
    expect(changeBetween(dollars(1), percent(1))).toBeNull();
  });
});
