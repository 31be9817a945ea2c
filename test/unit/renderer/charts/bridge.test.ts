import { describe, expect, it } from 'vitest';
import { USD } from '../../../../src/shared/kernel/currency.ts';
import { UTC } from '../../../../src/shared/kernel/day.ts';
import { MOVEMENT_KINDS } from '../../../../src/shared/contract/metrics.ts';
import { barExtremes, barSum, barTable, MOVEMENT_PARTS } from '../../../../src/renderer/charts/bars.ts';
import {
  bridgeFloor,
  bridgeHolds,
  bridgeSentence,
  bridgeSteps,
  bridgeTable,
} from '../../../../src/renderer/charts/bridge-steps.ts';
import { createFormatter } from '../../../../src/renderer/lib/format.ts';
import { moneyUnit } from '../../../../src/renderer/lib/unit.ts';

const format = createFormatter('en-US', UTC);
const none = { new: 0, expansion: 0, reactivation: 0, resumed: 0, contraction: 0, churn: 0, paused: 0, fx: 0 };
const amounts = { ...none, opening: 1_000_000, new: 300_000, churn: -100_000, fx: -50_000, closing: 1_150_000 };

describe('the bridge', () => {
  it('knows every kind of movement of the contract', () => {
    expect(MOVEMENT_PARTS.map((part) => part.id).toSorted()).toEqual([...MOVEMENT_KINDS].toSorted());
  });

  it('walks from opening to closing, each step beginning where the last one ended', () => {
    const steps = bridgeSteps(amounts);
    expect(steps.map((step) => step.id)).toEqual(['opening', 'new', 'churn', 'fx', 'closing']);
    expect(steps.map((step) => step.to)).toEqual([1_000_000, 1_300_000, 1_200_000, 1_150_000, 1_150_000]);
    for (const [index, step] of steps.slice(1, -1).entries()) expect(step.from).toBe(steps[index]!.to);
  });

  it('notices when the steps do not add up', () => {
    expect(bridgeHolds(amounts)).toBe(true);
    expect(bridgeHolds({ ...amounts, closing: 1_150_001 })).toBe(false);
  });

  it('of a part of the company has what came from and went to the rest of it', () => {
    const part = { ...amounts, movedIn: 20_000, movedOut: -30_000, closing: 1_140_000 };
    expect(bridgeSteps(part).map((step) => step.id)).toEqual([
      'opening',
      'new',
      'churn',
      'fx',
      'movedIn',
      'movedOut',
      'closing',
    ]);
    expect(bridgeHolds(part)).toBe(true);
    expect(bridgeSentence('MRR', part, moneyUnit(USD), format)).toContain('moved in +$200, moved out −$300');
    expect(bridgeTable(part, moneyUnit(USD)).rows).toContainEqual(['Moved out', -30_000]);
  });

  it('cuts the axis only where movements would be slivers', () => {
    expect(bridgeFloor(bridgeSteps(amounts))).toBeGreaterThan(0);
    expect(bridgeFloor(bridgeSteps({ ...none, opening: 100, new: 900, closing: 1000 }))).toBe(0);
    expect(bridgeFloor(bridgeSteps({ ...none, opening: 0, new: 10, closing: 10 }))).toBe(0);
  });

  it('tells the same in a sentence, and keeps idle kinds in the table', () => {
    expect(bridgeSentence('MRR', amounts, moneyUnit(USD), format)).toBe(
      'MRR from $10K to $11.5K: new +$3K, churn −$1K, FX −$500.',
    );
    expect(bridgeTable(amounts, moneyUnit(USD)).rows).toHaveLength(10);
    expect(bridgeTable(amounts, moneyUnit(USD)).rows).toContainEqual(['Paused', 0]);
  });
});

describe('stacked bars', () => {
  const rows = [{ label: 'Jan', values: [5, 3, -4, null] }];

  it('reach as far up and down as their parts of one sign', () => {
    expect(barExtremes(rows)).toEqual([8, -4]);
    expect(barSum(rows[0]!)).toBe(4);
  });

  it('have every value and the sum in their table', () => {
    const parts = ['a', 'b', 'c', 'd'].map((id) => ({ id, label: id, color: 'red' }));
    expect(barTable(parts, rows, moneyUnit(USD), 'Month', true).rows).toEqual([['Jan', 5, 3, -4, null, 4]]);
  });
});
