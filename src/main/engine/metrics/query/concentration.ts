/** `metrics.concentration`, R29: how much of MRR hangs on few customers. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { dayNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import type { Minor } from '../../../../shared/kernel/money.ts';
import { convert, type Rate } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { currencyOfNumber } from '../ledger/customer-block.ts';
import { askedView, type ViewQuestion } from './asked-view.ts';
import type { LedgerView } from './ledger-view.ts';

const TOPS = [1, 5, 10, 20] as const;

export interface CustomerValue {
  readonly customerId: CustomerId;
  /** Annual minor units of the reporting currency. */
  readonly annual: number;
}

export interface Concentration {
  readonly currency: CurrencyCode;
  readonly mrr: Minor;
  readonly shares: { top: number; share: { value: number | null; reason: string | null } }[];
  readonly hhi: { value: number | null; reason: string | null };
  readonly largest: { customerId: CustomerId; name: string; mrr: Minor; share: number }[];
}

/** Shares of the largest 1, 5, 10 and 20 customers, and the Herfindahl–Hirschman index (Σ of squared shares). */
export function concentration(
  db: ReadDb,
  input: ViewQuestion & { readonly asOf?: PlainDay | undefined },
  context: MetricsContext,
): Concentration {
  const asOf = input.asOf ?? context.today;
  const { view } = askedView(db, input, asOf, context);
  const { total, squares, largest } = weights(view, asOf, context.currency);
  const { annual: sum, missing } = view.stock('mrr', asOf, context.currency);
  const none = missing.length > 0 ? `No rate from ${missing.join(', ')} to ${context.currency}` : 'No MRR on this day';
  const figure = (value: number) =>
    total === 0 ? { value: null, reason: none } : { value: value / total, reason: null };
  const name = db.prepare<[number], { name: string }>(`SELECT name FROM customer WHERE customer_id = ?`);
  return {
    currency: context.currency,
    mrr: divideRounded(sum, 12),
    shares: TOPS.map((top) => ({
      top,
      share: figure(sumOf(largest.slice(0, top))),
    })),
    hhi: figure(squares / total),
    largest: largest.map(({ customerId, annual }) => ({
      customerId,
      name: name.first(customerId)?.name ?? String(customerId),
      mrr: divideRounded(annual, 12),
      share: annual / total,
    })),
  };
}

/** What concentration is made of, at the end of a day. */
export interface Weights {
  /** Σ of the customers' annual values. */
  readonly total: number;
  /** Σ of their squares. */
  readonly squares: number;
  /** The twenty largest, the largest first. */
  readonly largest: readonly CustomerValue[];
}

const LARGEST = 20;

const weighed = new WeakMap<LedgerView, Map<string, Weights>>();

/** One pass over all customers, which keeps the largest only; remembered per view and day. */
export function weights(view: LedgerView, day: PlainDay, currency: CurrencyCode): Weights {
  let known = weighed.get(view);
  if (!known) weighed.set(view, (known = new Map()));
  const key = `${day}${currency}`;
  let found = known.get(key);
  if (!found) known.set(key, (found = weigh(view, day, currency)));
  return found;
}

function weigh(view: LedgerView, day: PlainDay, currency: CurrencyCode): Weights {
  let total = 0;
  let squares = 0;
  let largest: CustomerValue[] = [];
  let least = 0;
  eachValue(view, day, currency, (customerId, annual) => {
    total += annual;
    squares += annual * annual;
    if (largest.length >= LARGEST && annual <= least) return;
    largest = [...largest, { customerId, annual }].sort(byValue).slice(0, LARGEST);
    least = largest.at(-1)?.annual ?? 0;
  });
  return { total, squares, largest };
}

function byValue(a: CustomerValue, b: CustomerValue): number {
  return b.annual - a.annual || a.customerId - b.customerId;
}

/** Σ of annual values. */
export function sumOf(values: readonly CustomerValue[]): number {
  return values.reduce((sum, { annual }) => sum + annual, 0);
}

const remembered = new WeakMap<LedgerView, Map<string, CustomerValue[]>>();
/** Days that are kept: today's, and the one that is looked at. Each holds a row per paying customer. */
const DAYS_KEPT = 2;

/** Every paying customer's annual value at the end of a day, at that day's rates, largest first; the last days asked for are remembered per view. */
export function customerValues(view: LedgerView, day: PlainDay, currency: CurrencyCode): readonly CustomerValue[] {
  let known = remembered.get(view);
  if (!known) remembered.set(view, (known = new Map()));
  const key = `${day}${currency}`;
  let values = known.get(key);
  if (!values) {
    const all: CustomerValue[] = [];
    eachValue(view, day, currency, (customerId, annual) => all.push({ customerId, annual }));
    values = all.sort(byValue);
    const [oldest] = known.keys();
    if (known.size >= DAYS_KEPT && oldest !== undefined) known.delete(oldest);
    known.set(key, values);
  }
  return values;
}

function eachValue(
  view: LedgerView,
  day: PlainDay,
  currency: CurrencyCode,
  visit: (customerId: CustomerId, annual: number) => void,
): void {
  const { length, levels, customers, days, currencies } = view.levels();
  const last = dayNumber(day);
  const rates = new Map<number, Rate | null>();
  const converted = (native: number, level: number): number => {
    if (level === 0) return 0;
    let rate = rates.get(native);
    if (rate === undefined) rates.set(native, (rate = view.rates.rate(currencyOfNumber(native), currency, day)));
    return rate ? convert(level, rate) : 0;
  };
  for (let index = 0; index < length;) {
    const customerId = customers[index] as CustomerId;
    // Nearly every customer pays in one currency: its last entry not after the day is its level.
    const first = currencies[index] ?? 0;
    let level = 0;
    let others: Map<number, number> | null = null;
    for (; index < length && customers[index] === customerId; index++) {
      if ((days[index] ?? 0) > last) continue;
      const native = currencies[index] ?? 0;
      if (native === first) level = levels[index] ?? 0;
      else (others ??= new Map<number, number>()).set(native, levels[index] ?? 0);
    }
    let annual = converted(first, level);
    if (others) for (const [native, held] of others) annual += converted(native, held);
    if (annual > 0) visit(customerId, annual);
  }
}
