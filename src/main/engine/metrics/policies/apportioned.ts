/** Amounts of one currency in another, so that they add up to a sum converted as one. */
import { minor, type Minor } from '../../../../shared/kernel/money.ts';
import type { Rate } from '../../fx/index.ts';

/**
 * Converts parts at a rate: each gets the whole units of its exact value, the
 * rest of the total goes to the largest remainders.
 * @param total what they must add up to: their exact sum, off by less than one unit.
 */
export function apportioned(total: number, parts: readonly number[], { num, den }: Rate): Minor[] {
  const exact = parts.map((part) => BigInt(part) * num);
  const floors = exact.map((value) => (value - positiveRest(value, den)) / den);
  const order = exact
    .map((value, index) => ({ index, rest: positiveRest(value, den) }))
    .sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  const left = BigInt(total) - floors.reduce((sum, floor) => sum + floor, 0n);
  const raised = new Set(order.slice(0, Number(left)).map(({ index }) => index));
  return floors.map((floor, index) => minor(Number(floor) + (raised.has(index) ? 1 : 0)));
}

function positiveRest(value: bigint, den: bigint): bigint {
  return ((value % den) + den) % den;
}
