/** Round marks on a value axis (1, 2, 2.5 or 5 times a power of ten), in the unit of the values. */

export interface ValueScale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
}

/**
 * A scale that holds all values with about `count` steps. It starts at zero unless `fromZero` is
 * false and all values lie far from it; `whole` keeps the steps whole. Without values: 0 to 1.
 * @example valueScale([0, 87], 4) // 0, 25, 50, 75, 100
 */
export function valueScale(values: readonly number[], count: number, fromZero = true, whole = false): ValueScale {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { min: 0, max: 1, ticks: [0, 1] };
  if (fromZero || low < (high - low) * 0.5) {
    low = Math.min(0, low);
    high = Math.max(0, high);
  }
  if (low === high) high = low + Math.max(1, Math.abs(low) * 0.1);
  // Half a customer is no mark on a scale of customers.
  const step = whole ? Math.ceil(niceStep(Math.max(1, (high - low) / count))) : niceStep((high - low) / count);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => cleaned((first + index) * step));
  return { min: ticks[0] ?? 0, max: ticks.at(-1) ?? 1, ticks };
}

/** The smallest of 1, 2, 2.5, 5, 10 times a power of ten that is not below `rough`. */
export function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const leading = rough / power;
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => leading <= candidate * (1 + 1e-9)) ?? 10;
  return cleaned(factor * power);
}

/** Takes the noise of binary fractions off (0.30000000000000004). */
function cleaned(value: number): number {
  return Number(value.toPrecision(12));
}
