/** A period's revenue and cash, told apart by the values of a dimension. */
import { isItemDimension, type Dimension } from '../../../../../shared/contract/slice.ts';
import { dayNumber, dayOfNumber, monthOf, monthsBetween, type PlainDay } from '../../../../../shared/kernel/day.ts';
import { roundToTotal } from '../../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../../shared/kernel/rational.ts';
import { rateBook } from '../../../fx/index.ts';
import type { ReadDb } from '../../../store/handles.ts';
import type { MetricsContext } from '../../context.ts';
import { itemsGiven, spanParts } from '../../discounts/span-parts.ts';
import { spansOn } from '../../discounts/spans.ts';
import { currencyNumber, currencyOfNumber } from '../../ledger/customer-block.ts';
import { failedPayments } from '../../query/failed-payments.ts';
import { billedLabel } from '../catalogue-values.ts';
import type { SlicedView } from '../sliced-view.ts';
import { dimensionCoder } from '../tally.ts';
import { billedIn, partTest } from './billed-in.ts';
import { flowColumns, flowItems, NOBODY, READ_KINDS } from './flow-columns.ts';
import { invoiceLines } from './invoice-lines.ts';
import { mainItem, WHOLE } from './line-shares.ts';
import { addFlow, NAMES, noAmounts, type Amounts } from './part-amounts.ts';
import { addAmount, sharedOut, type PartSums } from './part-sums.ts';

export interface Part {
  readonly value: string | null;
  readonly label: string;
  readonly sums: Amounts;
}

export interface Ask {
  readonly db: ReadDb;
  readonly from: PlainDay;
  readonly to: PlainDay;
  readonly context: MetricsContext;
  readonly missing: Set<string>;
}

type PartsAsk = Ask & { readonly by: Exclude<Dimension, 'segment'>; readonly sliced: SlicedView | null };

/** Every value that has something in the period; they add up to the slice, or the company. */
export function valueParts(ask: PartsAsk): Part[] {
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

interface Place {
  readonly customer: number;
  readonly item: number;
  readonly currency: number;
}

/** Where each payment lies that failed at first. */
function paymentPlaces({ db, from, to, context, sliced }: PartsAsk): Place[] {
  const lines = invoiceLines(db, flowItems(db));
  return failedPayments(db, from, to, context.now, billedIn(db, sliced)).map((payment) => {
    const { sourceId, invoiceId, objectId, paymentId } = payment;
    const shares = lines.sharesOf({ sourceId, invoiceId, chargeId: objectId, paymentIntentId: paymentId }, WHOLE);
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
      ? itemsGiven(span).map(({ priceId, productId, given }) => ({
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
