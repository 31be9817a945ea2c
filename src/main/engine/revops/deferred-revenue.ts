/** The deferred-revenue waterfall of a range of months. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { dayAt, monthsBetween, type PlainMonth, type TimeZone } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { minor } from '../../../shared/kernel/money.ts';
import type { DeferredRevenue } from '../../../shared/contract/revops.ts';
import { rateBook } from '../fx/index.ts';
import type { MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import { bookBilling } from './book-billing.ts';
import { readBillings } from './read-billings.ts';
import { createWaterfall } from './waterfall.ts';

export interface DeferredRevenueInput {
  readonly from: PlainMonth;
  readonly to: PlainMonth;
}

const MAX_MONTHS = 600;
const MAX_REMEMBERED = 8;
const answers = new WeakMap<ReadDb, { state: string; known: Map<string, DeferredRevenue> }>();

/**
 * `revops.deferredRevenue`: revenue by month of the company's time zone, in
 * minor units of the reporting currency, each billing at the rate of its day.
 * Billings without a rate are left out and told in `unvalued`. Remembered per
 * connection until the database changes.
 * @throws AppError `invalid_input` when `to` is before `from` or the range is longer than 50 years.
 */
export function deferredRevenue(
  db: ReadDb,
  { from, to }: DeferredRevenueInput,
  { zone, currency }: Pick<MetricsContext, 'zone' | 'currency'>,
): DeferredRevenue {
  if (to < from) throw new AppError('invalid_input', `The last month, ${to}, is before the first, ${from}`);
  const months = monthsBetween(from, to);
  if (months.length > MAX_MONTHS)
    throw new AppError('invalid_input', `${months.length} months are too many; at most ${MAX_MONTHS} can be shown`);
  const known = rememberedIn(db);
  const key = [from, to, zone, currency].join(' ');
  let answer = known.get(key);
  if (!answer) {
    answer = compute(db, months, zone, currency);
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(key, answer);
  }
  return answer;
}

/** What is remembered for the database as it is: other connections' writes show in data_version, own ones in total_changes. */
function rememberedIn(db: ReadDb): Map<string, DeferredRevenue> {
  const version = db.prepare<[], { data_version: number }>('PRAGMA data_version').first()?.data_version;
  const changes = db.prepare<[], { changes: number }>('SELECT total_changes() AS changes').first()?.changes;
  const state = `${version}/${changes}`;
  let remembered = answers.get(db);
  if (remembered?.state !== state) answers.set(db, (remembered = { state, known: new Map() }));
  return remembered.known;
}

function compute(db: ReadDb, months: readonly PlainMonth[], zone: TimeZone, currency: CurrencyCode): DeferredRevenue {
  const waterfall = createWaterfall(months, zone);
  const rates = rateBook(db);
  const unvalued = new Map<CurrencyCode, { billings: number; billedMinor: number }>();
  for (const billing of readBillings(db)) {
    const rate = rates.rate(billing.currency, currency, dayAt(billing.billedAt, zone));
    if (rate) bookBilling(billing, rate, waterfall);
    else {
      const sum = unvalued.get(billing.currency) ?? { billings: 0, billedMinor: 0 };
      const billedMinor = billing.lines.reduce((total, { netMinor }) => total + netMinor, sum.billedMinor);
      unvalued.set(billing.currency, { billings: sum.billings + 1, billedMinor });
    }
  }
  return {
    currency,
    timeZone: zone,
    months: waterfall.months(),
    unvalued: [...unvalued].map(([code, { billings, billedMinor }]) => ({
      currency: code,
      billings,
      billedMinor: minor(billedMinor),
    })),
  };
}
