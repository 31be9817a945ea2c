import { describe, expect, test } from 'vitest';
import { paidAndUsedSentence, pointsOf } from '../../../../src/renderer/features/usage/paid-and-used.ts';
import { createFormatter } from '../../../../src/renderer/lib/format.ts';
import { moneyUnit } from '../../../../src/renderer/lib/unit.ts';
import { currencyCode } from '../../../../src/shared/kernel/currency.ts';
import { UTC } from '../../../../src/shared/kernel/day.ts';
import type { CustomerId } from '../../../../src/shared/kernel/ids.ts';
import { minor } from '../../../../src/shared/kernel/money.ts';

const id = (value: number) => value as CustomerId;
const paying = [
  { customerId: id(1), name: 'Heron', mrr: minor(240_000) },
  { customerId: id(2), name: 'Osprey', mrr: minor(90_000) },
  { customerId: id(3), name: 'Kestrel', mrr: minor(10_000) },
  { customerId: id(4), name: 'Nobody knows', mrr: minor(5_000) },
];
const use = [
  { customerId: id(1), activeDays: 2 },
  { customerId: id(2), activeDays: 28 },
  { customerId: id(3), activeDays: 0 },
];
const format = createFormatter('en-US', UTC);

describe('what is paid against how often it is used', () => {
  test('stands in the order of days, without those of whom nothing is known', () => {
    expect(pointsOf(paying, use).map(({ label, x, y }) => `${label} ${x} ${y}`)).toEqual([
      'Kestrel 0 10000',
      'Heron 2 240000',
      'Osprey 28 90000',
    ]);
  });

  test('is a sentence that names who pays most and comes seldom', () => {
    expect(paidAndUsedSentence(pointsOf(paying, use), moneyUnit(currencyCode('USD')), format)).toBe(
      '3 customers pay $3,400 MRR. 2 customers with $2,500 MRR came on fewer than 5 of the last 30 days, the largest Heron.',
    );
    expect(paidAndUsedSentence([], moneyUnit(currencyCode('USD')), format)).toBe(
      '0 customers pay $0 MRR. 0 customers with $0 MRR came on fewer than 5 of the last 30 days.',
    );
  });
});
