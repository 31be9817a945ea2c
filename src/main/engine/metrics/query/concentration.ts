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
import { ledgerView, type LedgerView } from './ledger-view.ts';

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
  input: { readonly asOf?: PlainDay | undefined },
  context: MetricsContext,
): Concentration {
  const asOf = input.asOf ?? context.today;
  const view = ledgerView(db);
  const values = customerValues(view, asOf, context.currency).sort(
    (a, b) => b.annual - a.annual || a.customerId - b.customerId,
  );
  const total = values.reduce((sum, { annual }) => sum + annual, 0);
  const figure = (value: number) =>
    total === 0 ? { value: null, reason: 'No MRR on this day' } : { value: value / total, reason: null };
  const name = db.prepare<[number], { name: string }>(`SELECT name FROM customer WHERE customer_id = ?`);
  return {
    currency: context.currency,
    mrr: divideRounded(view.stock('mrr', asOf, context.currency).annual, 12),
    shares: TOPS.map((top) => ({
      top,
      share: figure(values.slice(0, top).reduce((sum, { annual }) => sum + annual, 0)),
    })),
    hhi: figure(values.reduce((sum, { annual }) => sum + annual * (annual / total), 0)),
    largest: values.slice(0, 20).map(({ customerId, annual }) => ({
      customerId,
      name: name.first(customerId)?.name ?? String(customerId),
      mrr: divideRounded(annual, 12),
      share: annual / total,
    })),
  };
}

/** Every paying customer's annual value at the end of a day, at that day's rates. */
export function customerValues(view: LedgerView, day: PlainDay, currency: CurrencyCode): CustomerValue[] {
  const { length, levels, customers, days, currencies } = view.levels();
  const rates = new Map<number, Rate | null>();
  const last = dayNumber(day);
  const values: CustomerValue[] = [];
  let index = 0;
  while (index < length) {
    const customerId = customers[index] as CustomerId;
    const held = new Map<number, number>();
    for (; index < length && customers[index] === customerId; index++)
      if ((days[index] ?? 0) <= last) held.set(currencies[index] ?? 0, levels[index] ?? 0);
    let annual = 0;
    for (const [native, level] of held) {
      if (level === 0) continue;
      let rate = rates.get(native);
      if (rate === undefined) rates.set(native, (rate = view.rates.rate(currencyOfNumber(native), currency, day)));
      if (rate) annual += convert(level, rate);
    }
    if (annual > 0) values.push({ customerId, annual });
  }
  return values;
}
