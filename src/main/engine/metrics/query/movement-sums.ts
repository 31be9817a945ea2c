/** A period's movements with its opening and closing: the bridge. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { addDays, type PlainDay } from '../../../../shared/kernel/day.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { minor, roundToTotal, type Minor } from '../../../../shared/kernel/money.ts';
import { MOVEMENT_KINDS, type Bridge, type MovementKind } from '../../../../shared/contract/metrics.ts';
import type { MetricsContext } from '../context.ts';
import type { ReadDb } from '../../store/handles.ts';
import { ledgerView, type LedgerView } from './ledger-view.ts';

export type Movements = Bridge['mrr'];

export interface MovementSums {
  /** Annual minor units, exact: opening + Σ movements = closing. */
  readonly arr: Movements;
  /** Monthly: opening and closing rounded plainly, the movements apportioned so that the sum holds. */
  readonly mrr: Movements;
  /** Customers by kind; 0 under fx. */
  readonly counts: Record<MovementKind, number>;
}

/**
 * The bridge from the end of the day before `from` to the end of `to`. FX is
 * what the movements, each at its day's rate, leave between the two stocks.
 */
export function movementSums(view: LedgerView, from: PlainDay, to: PlainDay, currency: CurrencyCode): MovementSums {
  const opening = view.stock('mrr', addDays(from, -1), currency).annual;
  const closing = view.stock('mrr', to, currency).annual;
  const amounts = {} as Record<MovementKind, number>;
  const counts = {} as Record<MovementKind, number>;
  let moved = 0;
  for (const kind of MOVEMENT_KINDS) {
    if (kind === 'fx') continue;
    const { annual, customers } = view.moved(kind, from, to, currency);
    amounts[kind] = annual;
    counts[kind] = customers;
    moved += annual;
  }
  amounts.fx = closing - opening - moved;
  counts.fx = 0;
  const monthly = monthlyParts(opening, closing, amounts);
  return {
    arr: { opening: minor(opening), ...minors(amounts), closing: minor(closing) },
    mrr: { opening: divideRounded(opening, 12), ...monthly, closing: divideRounded(closing, 12) },
    counts,
  };
}

function minors(amounts: Record<MovementKind, number>): Record<MovementKind, Minor> {
  const result = {} as Record<MovementKind, Minor>;
  for (const kind of MOVEMENT_KINDS) result[kind] = minor(amounts[kind]);
  return result;
}

function monthlyParts(
  opening: number,
  closing: number,
  annual: Record<MovementKind, number>,
): Record<MovementKind, Minor> {
  const total = divideRounded(closing, 12) - divideRounded(opening, 12);
  const parts = roundToTotal(
    total,
    MOVEMENT_KINDS.map((kind) => annual[kind]),
    12,
  );
  const result = {} as Record<MovementKind, Minor>;
  for (const [index, kind] of MOVEMENT_KINDS.entries()) result[kind] = parts[index] ?? minor(0);
  return result;
}

/** `metrics.bridge`. */
export function bridge(
  db: ReadDb,
  input: { readonly from: PlainDay; readonly to: PlainDay },
  context: MetricsContext,
): Bridge {
  const { arr, mrr, counts } = movementSums(ledgerView(db), input.from, input.to, context.currency);
  return { from: input.from, to: input.to, currency: context.currency, mrr, arr, counts };
}
