/** The path to a target: what it asks for on a day, and by how many days a value is behind it. */
import { describe, expect, test } from 'vitest';
import { daysBehind, pathOver, valueOn, type Path } from '../../../src/main/engine/targets/path.ts';
import type { Target } from '../../../src/shared/contract/targets.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { plainDay } from '../../../src/shared/kernel/day.ts';

const day = plainDay;

function target(dueOn: string, value: number, over: Partial<Target> = {}): Target {
  return {
    targetId: 1,
    metric: 'arr',
    startsOn: day('2026-01-01'),
    startValue: null,
    dueOn: day(dueOn),
    value,
    currency: currencyCode('USD'),
    shape: 'linear',
    ...over,
  };
}

function path(...targets: Target[]): Path {
  const made = pathOver(targets, 100);
  if (made === null) throw new Error('no path');
  return made;
}

describe('a linear path', () => {
  const straight = path(target('2026-01-11', 200));

  test('asks for the same amount each day', () => {
    expect(['2026-01-01', '2026-01-02', '2026-01-06', '2026-01-11'].map((on) => valueOn(straight, day(on)))).toEqual([
      100, 110, 150, 200,
    ]);
  });

  test('asks for nothing before it begins, and for the target ever after', () => {
    expect(valueOn(straight, day('2025-12-31'))).toBeNull();
    expect(valueOn(straight, day('2027-01-01'))).toBe(200);
  });

  test('is counted in days: so long ago it asked for as much', () => {
    expect(daysBehind(straight, day('2026-01-06'), 150)).toBe(0);
    expect(daysBehind(straight, day('2026-01-06'), 125)).toBe(3);
    expect(daysBehind(straight, day('2026-01-06'), 172)).toBe(-3);
  });

  test('knows no day for less than its beginning or more than its end', () => {
    expect(daysBehind(straight, day('2026-01-06'), 99)).toBeNull();
    expect(daysBehind(straight, day('2026-01-06'), 201)).toBeNull();
  });
});

describe('a compounding path', () => {
  test('grows by the same share each day: half of the way is the geometric mean', () => {
    const curve = path(target('2026-01-11', 400, { shape: 'compound' }));
    expect(valueOn(curve, day('2026-01-06'))).toBe(200);
  });

  test('is linear from nothing, which nothing multiplies', () => {
    const curve = path(target('2026-01-11', 400, { shape: 'compound', startValue: 0 }));
    expect(valueOn(curve, day('2026-01-06'))).toBe(200);
  });
});

test('a later target begins where the one before it ends, whatever its own first day', () => {
  const two = path(target('2026-01-11', 200), target('2026-01-21', 400, { startsOn: day('2026-01-15') }));
  expect(valueOn(two, day('2026-01-12'))).toBe(220);
  expect(valueOn(two, day('2026-01-16'))).toBe(300);
});

test('the beginning is what the target says, else what was on that day', () => {
  expect(valueOn(path(target('2026-01-11', 200, { startValue: 50 })), day('2026-01-01'))).toBe(50);
  expect(valueOn(path(target('2026-01-11', 200)), day('2026-01-01'))).toBe(100);
});
