/** R12, second view: movements in constant currency, so that exchange rates move nothing. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { addDays, type PlainDay } from '../../../../shared/kernel/day.ts';
import { convert, type Rate } from '../../fx/index.ts';
import type { LedgerView, SliceKind } from './ledger-view.ts';

/** The kinds that are shown; transfers come to nothing but between currencies. */
type ShownKind = Exclude<SliceKind, 'transfer'>;

/**
 * The movements of a period with every amount at the view's one day, in annual minor units, so that opening plus
 * movements is closing: each currency's change of the stock is shared out over its kinds by the largest remainder.
 * What a customer who changes currency gains or loses at these rates, though at its own day's rate it was worth the
 * same, is an expansion or a contraction.
 */
export function constantMovements(
  view: LedgerView,
  from: PlainDay,
  to: PlainDay,
  currency: CurrencyCode,
  kinds: readonly ShownKind[],
): Record<ShownKind, number> {
  const sums = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<ShownKind, number>;
  const before = view.natives('mrr', addDays(from, -1));
  const after = view.natives('mrr', to);
  const all: readonly SliceKind[] = [...kinds, 'transfer'];
  const moved = all.map((kind) => view.movedNatives(kind, from, to));
  let switched = 0;
  for (const native of new Set([...before.keys(), ...after.keys(), ...moved.flatMap((sum) => [...sum.keys()])])) {
    const rate = view.rates.rate(native, currency, to);
    if (!rate) continue;
    const change = convert(after.get(native) ?? 0, rate) - convert(before.get(native) ?? 0, rate);
    const parts = converted(
      change,
      moved.map((sum) => sum.get(native) ?? 0),
      rate,
    );
    for (const [index, kind] of kinds.entries()) sums[kind] += parts[index] ?? 0;
    switched += parts[kinds.length] ?? 0;
  }
  sums[switched > 0 ? 'expansion' : 'contraction'] += switched;
  return sums;
}

/** Converts parts so that they add up to their converted sum, which was rounded at both ends: floors, then the largest remainders. */
function converted(total: number, parts: readonly number[], rate: Rate): number[] {
  const floors = parts.map((part) => floored(BigInt(part) * rate.num, rate.den));
  const results = floors.map(({ quotient }) => Number(quotient));
  const rest = total - results.reduce((a, b) => a + b, 0);
  const moving = floors
    .map(({ remainder }, index) => ({ remainder, index }))
    .filter(({ index }) => parts[index] !== 0)
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1));
  // Both ends of the stock were rounded, so that the rest may be one more, or less, than remainders there are.
  const [first] = moving;
  for (let given = 0; given < Math.abs(rest); given++) {
    const { index } = moving[given % moving.length] ?? first ?? { index: 0 };
    results[index] = (results[index] ?? 0) + Math.sign(rest);
  }
  return results;
}

function floored(a: bigint, b: bigint): { quotient: bigint; remainder: bigint } {
  const remainder = ((a % b) + b) % b;
  return { quotient: (a - remainder) / b, remainder };
}
