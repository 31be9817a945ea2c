/** Behind what discounts give away: the difference of each subscription, and what it would be worth without any. */
import { roundToTotal } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { spanParts } from '../discounts/span-parts.ts';
import { spansOn } from '../discounts/spans.ts';
import { BLANK, type DraftRow, type Explanation, type Question } from './draft-row.ts';
import { sharesOf, stockRows } from './stock-rows.ts';

/** The subscriptions whose list price is higher than what counts, each with the difference. */
export function discountRows(question: Question): Explanation {
  return monthly(discounted(question));
}

/** Every subscription that counts, and those discounted to nothing, each at its list price. */
export function listPriceRows(question: Question): Explanation {
  const paid = stockRows(question, 'mrr', 'year');
  const given = discounted(question);
  const rows = new Map(paid.rows.map((row) => [keyOf(row), row]));
  for (const row of given.rows) {
    const known = rows.get(keyOf(row));
    rows.set(keyOf(row), known === undefined ? row : { ...known, ...sumOf(known, row) });
  }
  return monthly({ unit: 'money', total: paid.total + given.total, rows: [...rows.values()] });
}

/** In annual amounts, exact. */
function discounted({ db, view, to, currency, sliced }: Question): Explanation {
  const found = sliced
    ? spanParts(db, sliced)
        .filter(({ from, until }) => from <= to && (until === null || until > to))
        .map(({ span, given }) => ({ ...span, given }))
    : spansOn(db, to).map((span) => ({ ...span, given: span.listed - span.annual }));
  const { total, shares } = sharesOf(
    found.map(({ given, currency: native }) => ({ native: given, currency: native })),
    (native) => view.rates.rate(native, currency, to),
  );
  return {
    unit: 'money',
    total,
    rows: found.map((span, index) => ({
      ...BLANK,
      amount: shares[index] ?? 0,
      customerId: span.customerId,
      object: { sourceId: span.sourceId, id: span.subscriptionId },
      native: { annual: span.given, currency: span.currency },
      subscription: { sourceId: span.sourceId, id: span.subscriptionId, plan: null, day: to },
    })),
  };
}

/** Rounded once, as the figure is. */
function monthly({ total, rows }: Explanation): Explanation {
  const month = divideRounded(total, 12);
  const amounts = roundToTotal(
    month,
    rows.map(({ amount }) => amount),
    12,
  );
  return { unit: 'money', total: month, rows: rows.map((row, index) => ({ ...row, amount: amounts[index] ?? 0 })) };
}

function keyOf({ subscription, native }: DraftRow): string {
  return `${subscription?.sourceId}|${subscription?.id}|${native?.currency}`;
}

function sumOf(one: DraftRow, other: DraftRow): Pick<DraftRow, 'amount' | 'native'> {
  return {
    amount: one.amount + other.amount,
    native: one.native && { ...one.native, annual: one.native.annual + (other.native?.annual ?? 0) },
  };
}
