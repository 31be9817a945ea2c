/** Sums of parts in one currency, converted so that they add up to the whole. */
import { apportion } from '../../../../../shared/kernel/money.ts';
import { convert, PAR, type Rate } from '../../../fx/index.ts';

/** By what is converted as one (a day, a kind and a currency), and then by the number of the part. */
export type PartSums = Map<string, Map<number, number>>;

export function addAmount(sums: PartSums, key: string, part: number, amount: number): void {
  let parts = sums.get(key);
  if (!parts) sums.set(key, (parts = new Map()));
  parts.set(part, (parts.get(part) ?? 0) + amount);
}

/**
 * The sum converted as one and shared out by the largest remainder, so that the parts add up to what the company's sum
 * comes to. Credits beside bills would blow such shares up: then each part is converted by itself, and what rounding
 * leaves goes to the largest of them.
 */
export function sharedOut(parts: ReadonlyMap<number, number>, rate: Rate): [part: number, amount: number][] {
  if (rate === PAR) return [...parts];
  const natives = [...parts.values()];
  const total = convert(
    natives.reduce((a, b) => a + b, 0),
    rate,
  );
  if (total !== 0 && (natives.every((native) => native >= 0) || natives.every((native) => native <= 0))) {
    const shares = apportion(total, natives);
    return [...parts.keys()].map((part, index) => [part, shares[index] ?? 0]);
  }
  const own = natives.map((native) => convert(native, rate));
  const rest = total - own.reduce<number>((a, b) => a + b, 0);
  const largest = natives.reduce(
    (best, native, index) => (Math.abs(native) > Math.abs(natives[best] ?? 0) ? index : best),
    0,
  );
  return [...parts.keys()].map((part, index) => [part, (own[index] ?? 0) + (index === largest ? rest : 0)]);
}
