/** What discounts give away: MRR at list prices against MRR as paid. */
import type { DiscountsReport } from '../../../../shared/contract/revenue.ts';
import type { Slice } from '../../../../shared/contract/slice.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { dayOfNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import { minor, roundToTotal } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { convert } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { currencyOfNumber } from '../ledger/customer-block.ts';
import { askedView } from '../query/asked-view.ts';
import { ledgerKey, ledgerView, type LedgerView } from '../query/ledger-view.ts';
import { storedPolicy } from '../query/policy-view.ts';
import { defined, undefinedBecause, type Outcome } from '../query/rates-of-change.ts';
import { StepLine } from '../query/step-line.ts';
import type { SlicedView } from '../slices/sliced-view.ts';
import { givenSteps, spanParts } from './span-parts.ts';
import { couponOf, effects, spansOn, stateReader, termsText, type DiscountSpan } from './spans.ts';

/** What is given away at the end of a day: annual minor units of the reporting currency. */
export interface Given {
  readonly annual: number;
  readonly missing: readonly string[];
}

const lines = new WeakMap<ReadDb, { key: string; lines: Map<string, StepLine> }>();

/** At the end of a day, at that day's rates; of a slice what discounts take off its customers and prices. */
export function givenOn(
  db: ReadDb,
  view: LedgerView,
  day: PlainDay,
  currency: CurrencyCode,
  sliced: SlicedView | null = null,
): Given {
  let annual = 0;
  const missing: string[] = [];
  for (const [native, line] of sliced ? sliceLines(db, sliced) : linesOf(db)) {
    const amount = line.at(day);
    if (amount === 0) continue;
    const rate = view.rates.rate(native, currency, day);
    if (rate) annual += convert(amount, rate);
    else missing.push(native);
  }
  return { annual, missing };
}

/** What is given away by day, per currency; remembered until the ledger changes. */
function linesOf(db: ReadDb): Map<string, StepLine> {
  const key = ledgerKey(db);
  const known = lines.get(db);
  if (known?.key === key) return known.lines;
  const found = new Map<string, StepLine>();
  const rows = db.prepare<[], { changed_on: PlainDay; currency: string; delta: number }>(
    `SELECT changed_on, currency, delta FROM discount_rollup ORDER BY changed_on`,
  );
  for (const { changed_on, currency, delta } of rows.all()) {
    const line = found.get(currency) ?? new StepLine();
    line.add(changed_on, delta);
    found.set(currency, line);
  }
  lines.set(db, { key, lines: found });
  return found;
}

const slices = new WeakMap<SlicedView, Map<string, StepLine>>();

/** The same of a slice, as long as the slice is. */
function sliceLines(db: ReadDb, sliced: SlicedView): Map<string, StepLine> {
  const known = slices.get(sliced);
  if (known) return known;
  const { firstDay, changes } = givenSteps(db, sliced);
  const found = new Map<string, StepLine>();
  for (const [currency, days] of changes) {
    const line = new StepLine();
    for (const [offset, change] of days.entries()) if (change !== 0) line.add(dayOfNumber(firstDay + offset), change);
    found.set(currencyOfNumber(currency), line);
  }
  slices.set(sliced, found);
  return found;
}

/** The share of list prices that is given away. */
export function givenShare(given: number, paid: number): Outcome {
  return given + paid === 0 ? undefinedBecause('Nothing is billed on this day') : defined(given / (given + paid));
}

/**
 * `revenue.discounts`: what discounts in force give away, by coupon; each coupon's part is what would be billed without
 * it alone. Of a slice what is taken off its customers and prices.
 * @throws AppError `invalid_input` for a value that nothing has.
 */
export function discounts(
  db: ReadDb,
  input: { readonly asOf?: PlainDay | undefined; readonly slice?: Slice | undefined },
  context: MetricsContext,
): DiscountsReport {
  const asOf = input.asOf ?? context.today;
  const { sliced } = askedView(db, { slice: input.slice }, asOf, context);
  const view = sliced?.view ?? ledgerView(db);
  const { annual: given, missing } = givenOn(db, view, asOf, context.currency, sliced);
  const paid = view.stock('mrr', asOf, context.currency).annual;
  const coupons = byCoupon(db, view, asOf, context.currency, sliced);
  const weights = coupons.map((coupon) => coupon.annual);
  const sum = weights.reduce((a, b) => a + b, 0);
  const fitted = weights.map((weight) => (sum === 0 ? 0 : Math.round((weight / sum) * given)));
  const rest = given - fitted.reduce((a, b) => a + b, 0);
  if (fitted.length > 0) fitted[0] = (fitted[0] ?? 0) + rest;
  const listed = divideRounded(paid + given, 12);
  const monthly = listed - divideRounded(paid, 12);
  const shares = fitted.length === 0 ? [] : roundToTotal(monthly, fitted, 12);
  return {
    asOf,
    currency: context.currency,
    listed,
    paid: divideRounded(paid, 12),
    given: minor(monthly),
    share: givenShare(given, paid),
    coupons: coupons.map(({ id, name, terms, customers }, index) => ({
      id,
      name,
      terms,
      customers: customers.size,
      given: shares[index] ?? minor(0),
    })),
    withoutRate: [...missing],
  };
}

interface CouponSum {
  readonly id: string;
  readonly name: string;
  readonly terms: string;
  readonly customers: Set<number>;
  annual: number;
}

function byCoupon(
  db: ReadDb,
  view: LedgerView,
  day: PlainDay,
  currency: CurrencyCode,
  sliced: SlicedView | null,
): CouponSum[] {
  const policy = storedPolicy(db);
  const sums = new Map<string, CouponSum>();
  if (policy === null) return [];
  const stateAt = stateReader(db);
  const isIn = (span: DiscountSpan) => (priceId: string, productId: string | null) =>
    !sliced?.selection.byPrice ||
    sliced.selection.itemsOf(sliced.ledger.book, sliced.ledger.book.numberOf(span.sourceId, priceId, productId));
  for (const span of sliced ? spansIn(db, sliced, day) : spansOn(db, day)) {
    const rate = view.rates.rate(span.currency, currency, day);
    const state = rate ? stateAt(span, span.effectiveAt) : null;
    if (!rate || !state) continue;
    for (const { discount, annual } of effects(state, policy, isIn(span)).values()) {
      const coupon = couponOf(discount);
      const sum = sums.get(coupon.id) ?? {
        id: coupon.id,
        name: coupon.name,
        terms: termsText(discount),
        customers: new Set<number>(),
        annual: 0,
      };
      sum.annual += convert(annual, rate);
      sum.customers.add(span.customerId);
      sums.set(coupon.id, sum);
    }
  }
  return [...sums.values()].toSorted((a, b) => b.annual - a.annual || (a.id < b.id ? -1 : 1));
}

/** Those of a slice that are in force at the end of a day. */
function spansIn(db: ReadDb, sliced: SlicedView, day: PlainDay): DiscountSpan[] {
  return spanParts(db, sliced)
    .filter(({ from, until }) => from <= day && (until === null || until > day))
    .map(({ span }) => span);
}
