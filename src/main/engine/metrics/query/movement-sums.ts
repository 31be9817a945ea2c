/** A period's movements with its opening and closing: the bridge. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { addDays, type PlainDay } from '../../../../shared/kernel/day.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { minor, roundToTotal } from '../../../../shared/kernel/money.ts';
import { MOVEMENT_KINDS, type Bridge, type MovementKind } from '../../../../shared/contract/metrics.ts';
import { constantMovements } from './constant-currency.ts';
import type { LedgerView } from './ledger-view.ts';

export type Movements = Bridge['mrr'];

export interface MovementSums {
  /** Annual minor units, exact: opening + Σ movements = closing. */
  readonly arr: Movements;
  /** Monthly: opening and closing rounded plainly, the movements apportioned so that the sum holds. */
  readonly mrr: Movements;
  /** Customers by kind; 0 under fx. */
  readonly counts: Record<MovementKind, number>;
  /** Customers that moved into and out of a slice; null for the whole company. */
  readonly moved: { readonly in: number; readonly out: number } | null;
  /** The currencies that are not in the amounts for want of a rate: in the movements, and in anything. */
  readonly missing: { readonly moved: readonly string[]; readonly any: readonly string[] };
}

const OWN_KINDS = ['new', 'expansion', 'contraction', 'churn', 'reactivation', 'paused', 'resumed'] as const;
const SLICE_KINDS = ['movedIn', 'movedOut'] as const;
type ShownKind = (typeof OWN_KINDS)[number] | (typeof SLICE_KINDS)[number];

/**
 * The bridge from the end of the day before `from` to the end of `to`. FX is
 * what the movements, each at its day's rate, leave between the two stocks. A
 * slice has two movements more: what came from and went to the rest of the company.
 */
export function movementSums(view: LedgerView, from: PlainDay, to: PlainDay, currency: CurrencyCode): MovementSums {
  const before = view.stock('mrr', addDays(from, -1), currency);
  const after = view.stock('mrr', to, currency);
  const [opening, closing] = [before.annual, after.annual];
  const kinds: readonly ShownKind[] = view.slice ? [...OWN_KINDS, ...SLICE_KINDS] : OWN_KINDS;
  const moved = kinds.map((kind) => view.moved(kind, from, to, currency));
  const constant = view.ratesOn === null ? null : constantMovements(view, from, to, currency, kinds);
  const amounts = kinds.map((kind, index) => (constant ? constant[kind] : (moved[index]?.annual ?? 0)));
  const fx = closing - opening - amounts.reduce((a, b) => a + b, 0);
  const ends = { opening: divideRounded(opening, 12), closing: divideRounded(closing, 12) };
  const monthly = roundToTotal(ends.closing - ends.opening, [...amounts, fx], 12);
  const counts = Object.fromEntries(MOVEMENT_KINDS.map((kind) => [kind, 0])) as Record<MovementKind, number>;
  for (const [index, kind] of kinds.entries())
    if (kind !== 'movedIn' && kind !== 'movedOut') counts[kind] = moved[index]?.customers ?? 0;
  const countOf = (kind: ShownKind) => moved[kinds.indexOf(kind)]?.customers ?? 0;
  return {
    arr: named({ opening, closing }, kinds, [...amounts, fx]),
    mrr: named(ends, kinds, monthly),
    counts,
    moved: view.slice ? { in: countOf('movedIn'), out: countOf('movedOut') } : null,
    missing: { moved: currenciesOf(moved), any: currenciesOf([before, after, ...moved]) },
  };
}

function currenciesOf(amounts: readonly { readonly missing: readonly string[] }[]): string[] {
  return [...new Set(amounts.flatMap(({ missing }) => missing))];
}

/** The amounts under their names; the last is FX. */
function named(
  { opening, closing }: { readonly opening: number; readonly closing: number },
  kinds: readonly ShownKind[],
  amounts: readonly number[],
): Movements {
  const own = Object.fromEntries(kinds.map((kind, index) => [kind, minor(amounts[index] ?? 0)]));
  return { opening, ...own, fx: amounts.at(-1) ?? 0, closing } as Movements;
}
