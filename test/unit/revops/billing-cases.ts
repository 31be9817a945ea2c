/** Billings as the examples tell them, and the waterfall that they make. */
import {
  bookBilling,
  createWaterfall,
  type Billing,
  type BillingEvent,
} from '../../../src/main/engine/revops/index.ts';
import { PAR, type Rate } from '../../../src/main/engine/fx/index.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { monthsBetween, plainMonth, timeZone } from '../../../src/shared/kernel/day.ts';
import { instantOfIso, type Instant } from '../../../src/shared/kernel/instant.ts';

/** An instant from a day (`2026-01-15`, midnight UTC) or a whole ISO text. */
export function at(text: string): Instant {
  return instantOfIso(text.length === 10 ? `${text}T00:00:00Z` : text);
}

export interface LineCase {
  readonly amount: number;
  readonly from: string;
  readonly to: string;
  readonly accrues?: boolean;
  readonly id?: string;
}

export interface BillingCase {
  readonly on: string;
  readonly lines: readonly LineCase[];
  readonly events?: readonly BillingEvent[];
  /** With tax; without it the sum of the lines. */
  readonly total?: number;
  readonly currency?: string;
}

export function billingOf({ on, lines, events = [], total, currency = 'USD' }: BillingCase): Billing {
  return {
    id: 'in_1',
    currency: currencyCode(currency),
    billedAt: at(on),
    totalMinor: total ?? lines.reduce((sum, { amount }) => sum + amount, 0),
    lines: lines.map(({ amount, from, to, accrues = false, id }, index) => ({
      id: id ?? `il_${index}`,
      netMinor: amount,
      periodStart: at(from),
      periodEnd: at(to),
      accrues,
    })),
    events,
  };
}

/** The months of a waterfall over some billings. */
export function monthsOf(
  cases: readonly BillingCase[],
  from: string,
  to: string,
  { zone = 'UTC', rate = PAR }: { readonly zone?: string; readonly rate?: Rate } = {},
) {
  const waterfall = createWaterfall(monthsBetween(plainMonth(from), plainMonth(to)), timeZone(zone));
  for (const each of cases) bookBilling(billingOf(each), rate, waterfall);
  return waterfall.months();
}

/** Only what is not zero, by column, month after month: `{ recognised: [1700, 1400] }`. */
export function columnsOf(months: ReturnType<typeof monthsOf>): Record<string, number[]> {
  const columns: Record<string, number[]> = {};
  for (const [index, month] of months.entries())
    for (const [column, value] of Object.entries(month)) {
      if (typeof value !== 'number') continue;
      (columns[column] ??= months.map(() => 0))[index] = value;
    }
  return Object.fromEntries(Object.entries(columns).filter(([, values]) => values.some((value) => value !== 0)));
}
