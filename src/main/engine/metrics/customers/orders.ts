/** Positions in an order of values; what is empty comes last either way, equals by position. */

export type Direction = 'asc' | 'desc';

/** @param values NaN: empty. */
export function orderByNumber(values: Float64Array | Int32Array, direction: Direction): Int32Array {
  const length = values.length;
  let [least, most, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (let position = 0; position < length; position++) {
    const value = values[position] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) whole = false;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  // Value and position in one number, as long as that is exact: the platform sorts plain numbers many times faster.
  if (!whole || (most - least + 1) * length > Number.MAX_SAFE_INTEGER) return compared(values, direction);
  const keys = new Float64Array(length);
  const empty: number[] = [];
  let count = 0;
  for (let position = 0; position < length; position++) {
    const value = values[position] ?? Number.NaN;
    if (Number.isNaN(value)) empty.push(position);
    else keys[count++] = (direction === 'asc' ? value - least : most - value) * length + position;
  }
  const order = new Int32Array(length);
  const sorted = keys.subarray(0, count).sort();
  for (let index = 0; index < count; index++) order[index] = (sorted[index] ?? 0) % length;
  order.set(empty, count);
  return order;
}

function compared(values: Float64Array | Int32Array, direction: Direction): Int32Array {
  const sign = direction === 'asc' ? 1 : -1;
  return positionsOf(values.length).sort((a, b) => {
    const [first = Number.NaN, second = Number.NaN] = [values[a], values[b]];
    if (Number.isNaN(first) || Number.isNaN(second))
      return Number(Number.isNaN(first)) - Number(Number.isNaN(second)) || a - b;
    return sign * (first - second) || a - b;
  });
}

/** By code units, as `<` compares texts. */
export function orderByText(texts: readonly string[], direction: Direction): Int32Array {
  const sign = direction === 'asc' ? 1 : -1;
  return positionsOf(texts.length).sort((a, b) => {
    const [first = '', second = ''] = [texts[a], texts[b]];
    if (first === second) return a - b;
    return first < second ? -sign : sign;
  });
}

function positionsOf(length: number): Int32Array {
  const positions = new Int32Array(length);
  for (let position = 0; position < length; position++) positions[position] = position;
  return positions;
}
