/** `revenue.byPart`: a period's revenue and cash by all the values of a dimension. */
import type { RevenueByPart, RevenuePart } from '../../../../../shared/contract/revenue.ts';
import type { Dimension } from '../../../../../shared/contract/slice.ts';
import { isItemDimension } from '../../../../../shared/contract/slice.ts';
import { dayNumber, dayOfNumber, monthOf, monthsBetween, type PlainDay } from '../../../../../shared/kernel/day.ts';
import { minor, roundToTotal } from '../../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../../shared/kernel/rational.ts';
import { rateBook } from '../../../fx/index.ts';
import type { ReadDb } from '../../../store/handles.ts';
import type { MetricsContext } from '../../context.ts';
import { itemsGiven, spanParts } from '../../discounts/span-parts.ts';
import { spansOn } from '../../discounts/spans.ts';
import { currencyNumber, currencyOfNumber } from '../../ledger/customer-block.ts';
import { askedView } from '../../query/asked-view.ts';
import { failedPayments } from '../../query/failed-payments.ts';
import { knowsFees } from '../../query/revenue-figures.ts';
import { billedLabel } from '../catalogue-values.ts';
import { storedSegments } from '../segment-store.ts';
import type { SlicedView } from '../sliced-view.ts';
import { dimensionCoder } from '../tally.ts';
import { billedIn, partTest } from './billed-in.ts';
import { flowColumns, flowItems, NOBODY, READ_KINDS } from './flow-columns.ts';
import { invoiceLines } from './invoice-lines.ts';
import { mainItem } from './line-shares.ts';
import { addAmount, sharedOut, type PartSums } from './part-sums.ts';

export interface RevenueByPartInput {
  readonly from: PlainDay;
  readonly to: PlainDay;
  readonly by: Dimension;
  readonly slice?: Parameters<typeof askedView>[1]['slice'];
  readonly search?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

type Amounts = { -readonly [Name in Exclude<keyof RevenuePart, 'value' | 'label'>]: number };

interface Part {
  readonly value: string | null;
  readonly label: string;
  readonly sums: Amounts;
}

/**
 * All values of a dimension by what was invoiced for them, one page of them, and one row for the rest. Of everything but
 * segments, which overlap, the rows add up to the total to the minor unit: the sum of each day and currency is converted
 * as one and shared out by the largest remainder.
 * @throws AppError `invalid_input` for a value of the slice that nothing has.
 */
export function revenueByPart(db: ReadDb, input: RevenueByPartInput, context: MetricsContext): RevenueByPart {
  const { from, to, by } = input;
  const { sliced } = askedView(db, { slice: input.slice }, from, context);
  const missing = new Set<string>();
  const ask = { db, from, to, context, missing };
  const parts = by === 'segment' ? segmentParts(ask, input) : valueParts({ ...ask, by, sliced });
  const whole = by === 'segment' ? summed(valueParts({ ...ask, by: 'account', sliced })) : summed(parts);
  const sorted = parts.toSorted(
    (a, b) =>
      b.sums.netRevenue - a.sums.netRevenue || b.sums.grossCash - a.sums.grossCash || (a.label < b.label ? -1 : 1),
  );
  const wanted = input.search?.toLowerCase() ?? '';
  const found = wanted === '' ? sorted : sorted.filter(({ label }) => label.toLowerCase().includes(wanted));
  const page = found.slice(input.offset, input.offset + input.limit);
  const rest = by === 'segment' ? [] : sorted.filter((part) => !page.includes(part));
  const feesKnown = knowsFees(db, whole);
  const rows = page.map((part) => rowOf(part, feesKnown));
  if (rest.length > 0) {
    const label = rest.length === 1 ? '1 other' : `${rest.length} others`;
    rows.push(rowOf({ value: null, label, sums: summed(rest) }, feesKnown));
  }
  return {
    from,
    to,
    by,
    currency: context.currency,
    values: found.length,
    rows,
    total: rowOf({ value: null, label: 'Total', sums: whole }, feesKnown),
    missing: [...missing],
  };
}

function rowOf({ value, label, sums }: Part, feesKnown: boolean): RevenuePart {
  const amounts = Object.entries(sums).map(([name, amount]) => [name, minor(amount)]);
  const row = { ...Object.fromEntries(amounts), value, label } as RevenuePart;
  return feesKnown ? row : { ...row, fees: null, netCash: null };
}

function summed(parts: readonly Part[]): Amounts {
  const sums = noAmounts();
  for (const part of parts) for (const name of NAMES) sums[name] += part.sums[name];
  return sums;
}

function noAmounts(): Amounts {
  return Object.fromEntries(NAMES.map((name) => [name, 0])) as Amounts;
}

const NAMES = [
  'netRevenue',
  'grossCash',
  'refunds',
  'cashCollected',
  'fees',
  'disputesOpened',
  'disputesOpenedAmount',
  'disputesWonAmount',
  'netCash',
  'taxCollected',
  'discountGiven',
  'payments',
  'failedPayments',
] as const satisfies readonly (keyof Amounts)[];

interface Ask {
  readonly db: ReadDb;
  readonly from: PlainDay;
  readonly to: PlainDay;
  readonly context: MetricsContext;
  readonly missing: Set<string>;
}

type PartsAsk = Ask & { readonly by: Exclude<Dimension, 'segment'>; readonly sliced: SlicedView | null };

/** Segments overlap: each is a slice of its own. */
function segmentParts(ask: Ask, { slice }: RevenueByPartInput): Part[] {
  return storedSegments(ask.db).map(({ segmentId, name }): Part => {
    const value = String(segmentId);
    const where = [...(slice?.where ?? []), { dimension: 'segment' as const, values: [value] }];
    const { sliced } = askedView(ask.db, { slice: { where } }, ask.from, ask.context);
    return { value, label: name, sums: summed(valueParts({ ...ask, by: 'account', sliced })) };
  });
}

function valueParts(ask: PartsAsk): Part[] {
  const { db, from, to, by, sliced, context, missing } = ask;
  const byPrice = isItemDimension(by) && by !== 'currency';
  const withItems = byPrice || (sliced?.selection.byPrice ?? false);
  const months = monthsBetween(monthOf(from), monthOf(to)).map((month) => flowColumns(db, month, withItems));
  const book = flowItems(db);
  const test = sliced ? partTest(sliced.selection, book) : null;
  const payments = paymentPlaces(ask);
  const { codeOf, nameOf } = dimensionCoder(db, book, by);
  const [begin, end] = [dayNumber(from), dayNumber(to)];
  const sums: PartSums = new Map();
  const counts = new Map<number, { payments: number; disputesOpened: number; failedPayments: number }>();
  const countOf = (code: number) => {
    let count = counts.get(code);
    if (!count) counts.set(code, (count = { payments: 0, disputesOpened: 0, failedPayments: 0 }));
    return count;
  };
  for (const { length, kinds, days, customers, items, currencies, paidCurrencies, amounts, counted } of months)
    for (let index = 0; index < length; index++) {
      const day = days[index] ?? 0;
      if (day < begin || day > end) continue;
      const [customer = 0, item = 0, paid = 0] = [customers[index], items[index], paidCurrencies[index]];
      if (test && !(test.customer(customer) && test.currency(paid) && (!withItems || test.items(item)))) continue;
      const kind = READ_KINDS[kinds[index] ?? 0] ?? 'charged';
      const code = codeOf(Math.max(customer, NOBODY), item, paid);
      addAmount(sums, `${day}|${kind}|${currencies[index] ?? 0}`, code, amounts[index] ?? 0);
      if (kind === 'disputed') countOf(code).disputesOpened += counted[index] ?? 0;
      if (kind === 'charged' && customer !== NOBODY) countOf(code).payments += counted[index] ?? 0;
    }
  for (const { customer, item, currency } of payments) countOf(codeOf(customer, item, currency)).failedPayments += 1;
  const rates = rateBook(db);
  const found = new Map<number, Amounts>();
  const amountsOf = (code: number): Amounts => {
    let amounts = found.get(code);
    if (!amounts) found.set(code, (amounts = noAmounts()));
    return amounts;
  };
  for (const [key, parts] of sums) {
    const [day = '', kind = '', currency = ''] = key.split('|');
    const native = currencyOfNumber(Number(currency));
    const rate = rates.rate(native, context.currency, dayOfNumber(Number(day)));
    if (!rate) {
      missing.add(native);
      continue;
    }
    for (const [code, amount] of sharedOut(parts, rate)) addFlow(amountsOf(code), kind, amount);
  }
  for (const [code, count] of counts) Object.assign(amountsOf(code), count);
  for (const [code, given] of discountsByCode(ask, codeOf)) amountsOf(code).discountGiven = given;
  return [...found]
    .filter(([, amounts]) => NAMES.some((name) => amounts[name] !== 0))
    .map(([code, amounts]): Part => {
      const { value, label } = nameOf(code);
      return { value, label: isItemDimension(by) ? billedLabel(by, value, label) : label, sums: amounts };
    });
}

/** What an amount of a kind is in the figures of a row. */
function addFlow(sums: Amounts, kind: string, amount: number): void {
  switch (kind) {
    case 'invoiced':
      sums.netRevenue += amount;
      return;
    case 'credited':
      sums.netRevenue -= amount;
      return;
    case 'charged':
      for (const name of ['grossCash', 'cashCollected', 'netCash'] as const) sums[name] += amount;
      return;
    case 'refunded':
      sums.refunds += amount;
      for (const name of ['cashCollected', 'netCash'] as const) sums[name] -= amount;
      return;
    case 'fee':
      sums.fees += amount;
      sums.netCash -= amount;
      return;
    case 'disputed':
      sums.disputesOpenedAmount += amount;
      sums.netCash -= amount;
      return;
    case 'dispute_won':
      sums.disputesWonAmount += amount;
      sums.netCash += amount;
      return;
    case 'tax_paid':
      sums.taxCollected += amount;
      return;
    case 'tax_credited':
      sums.taxCollected -= amount;
      return;
  }
}

interface Place {
  readonly customer: number;
  readonly item: number;
  readonly currency: number;
}

/** Where each payment lies that failed at first. */
function paymentPlaces({ db, from, to, context, sliced }: PartsAsk): Place[] {
  const lines = invoiceLines(db, flowItems(db));
  return failedPayments(db, from, to, context.now, billedIn(db, sliced)).map((payment) => {
    const { sourceId, invoiceId, objectId, paymentId, amount } = payment;
    const shares = lines.sharesOf({ sourceId, invoiceId, chargeId: objectId, paymentIntentId: paymentId }, amount);
    return {
      customer: payment.customerId ?? NOBODY,
      item: mainItem(shares, lines.noneOf(sourceId)),
      currency: currencyNumber(payment.currency),
    };
  });
}

/** Monthly, in the reporting currency; the parts add up to the rounded whole. */
function discountsByCode(
  { db, to, by, sliced, context }: PartsAsk,
  codeOf: (customer: number, item: number, currency: number) => number,
): Map<number, number> {
  const rates = rateBook(db);
  const book = flowItems(db);
  const test = sliced ? partTest(sliced.selection, book) : null;
  const sums: PartSums = new Map();
  const spans = sliced
    ? spanParts(db, sliced)
        .filter(({ from, until }) => from <= to && (until === null || until > to))
        .map(({ span }) => span)
    : spansOn(db, to);
  const byPrice = (isItemDimension(by) && by !== 'currency') || (sliced?.selection.byPrice ?? false);
  for (const span of spans) {
    const currency = currencyNumber(span.currency);
    const items = byPrice
      ? itemsGiven(db, span).map(({ priceId, productId, given }) => ({
          item: book.numberOf(span.sourceId, priceId, productId),
          given,
        }))
      : [{ item: 0, given: span.listed - span.annual }];
    for (const { item, given } of items)
      if (given !== 0 && (!byPrice || !test || test.items(item)))
        addAmount(sums, span.currency, codeOf(span.customerId, item, currency), given);
  }
  const annual = new Map<number, number>();
  for (const [currency, parts] of sums) {
    const rate = rates.rate(currency, context.currency, to);
    if (rate) for (const [code, amount] of sharedOut(parts, rate)) annual.set(code, (annual.get(code) ?? 0) + amount);
  }
  const amounts = [...annual.values()];
  const total = divideRounded(
    amounts.reduce((a, b) => a + b, 0),
    12,
  );
  const monthly = amounts.length === 0 ? [] : roundToTotal(total, amounts, 12);
  return new Map([...annual.keys()].map((code, index) => [code, monthly[index] ?? 0]));
}
