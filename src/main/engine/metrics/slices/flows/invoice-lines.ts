/** The lines of invoices, valued, and the invoices that payments belong to. */
import { apportion } from '../../../../../shared/kernel/money.ts';
import { netLines, type InvoiceLine, type Price } from '../../../domain/index.ts';
import type { ReadDb } from '../../../store/handles.ts';
import type { ItemBook } from '../items.ts';
import { paidShares, type ItemShare, type LineValue } from './line-shares.ts';

interface LineRow {
  readonly id: string;
  readonly price_id: string | null;
  readonly product_id: string | null;
  readonly price: string | null;
  readonly amount_minor: number;
  readonly discounts: string | null;
  readonly taxes: string | null;
  readonly discount_minor: number;
  readonly tax_minor: number;
  readonly total_minor: number;
}

/** A payment as far as it says what it pays. */
export interface PaymentRef {
  readonly sourceId: number;
  /** The invoice that it pays, where that is one. */
  readonly invoiceId: string | null;
  readonly chargeId: string | null;
  readonly paymentIntentId: string | null;
}

export interface InvoiceLines {
  /** The valued lines of an invoice; none for one that is not stored. */
  linesOf(sourceId: number, invoiceId: string): readonly LineValue[];
  /** An amount of a payment over what it paid for; one payment may settle several invoices. */
  sharesOf(payment: PaymentRef, amount: number): ItemShare[];
  /** The item of what no line explains. */
  noneOf(sourceId: number): number;
}

/** Reads with prepared statements and remembers every invoice: belongs to one pass. */
export function invoiceLines(db: ReadDb, book: ItemBook): InvoiceLines {
  const rows = db.prepare<[number, string], LineRow>(
    `SELECT l.id, l.price_id, l.price, l.amount_minor, l.discounts, l.taxes, i.discount_minor, i.tax_minor, i.total_minor,
            coalesce(l.product_id, (SELECT p.product_id FROM price p WHERE p.source_id = l.source_id AND p.id = l.price_id)) AS product_id
     FROM invoice i JOIN invoice_line l ON l.source_id = i.source_id AND l.invoice_id = i.id
     WHERE i.source_id = ? AND i.id = ? ORDER BY l.position`,
  );
  const paidBy = (column: 'charge_id' | 'payment_intent_id', index: string) =>
    db.prepare<[number, string], { invoice_id: string; paid: number }>(
      `SELECT invoice_id, coalesce(sum(amount_paid_minor), 0) AS paid FROM invoice_payment INDEXED BY ${index}
       WHERE source_id = ? AND ${column} = ? GROUP BY invoice_id ORDER BY invoice_id`,
    );
  const byCharge = paidBy('charge_id', 'invoice_payment_by_charge');
  const byIntent = paidBy('payment_intent_id', 'invoice_payment_by_intent');
  const known = new Map<string, readonly LineValue[]>();
  const noneOf = (sourceId: number) => book.numberOf(sourceId, '', null);

  function linesOf(sourceId: number, invoiceId: string): readonly LineValue[] {
    const key = `${sourceId}|${invoiceId}`;
    let lines = known.get(key);
    if (!lines) known.set(key, (lines = valued(rows.all(sourceId, invoiceId), sourceId, book)));
    return lines;
  }

  function invoicesOf({ sourceId, invoiceId, chargeId, paymentIntentId }: PaymentRef) {
    if (invoiceId !== null) return [{ invoice_id: invoiceId, paid: 0 }];
    const ofCharge = chargeId === null ? [] : byCharge.all(sourceId, chargeId);
    if (ofCharge.length > 0 || paymentIntentId === null) return ofCharge;
    return byIntent.all(sourceId, paymentIntentId);
  }

  return {
    linesOf,
    noneOf,
    sharesOf(payment, amount) {
      const { sourceId } = payment;
      const invoices = invoicesOf(payment);
      const [only] = invoices;
      if (!only) return [{ item: noneOf(sourceId), amount }];
      if (invoices.length === 1) return paidShares(amount, linesOf(sourceId, only.invoice_id), noneOf(sourceId));
      const parts = apportion(amount, weightsOf(invoices.map(({ paid }) => paid)));
      return invoices.flatMap(({ invoice_id }, index) =>
        paidShares(parts[index] ?? 0, linesOf(sourceId, invoice_id), noneOf(sourceId)),
      );
    },
  };
}

/** Invoices of which nobody says what was paid have the same weight. */
function weightsOf(paid: readonly number[]): readonly number[] {
  return paid.some((amount) => amount > 0) ? paid.map((amount) => Math.max(0, amount)) : paid.map(() => 1);
}

function valued(rows: readonly LineRow[], sourceId: number, book: ItemBook): LineValue[] {
  const [first] = rows;
  if (!first) return [];
  const lines = rows.map((row) => ({
    amountMinor: row.amount_minor,
    discounts: row.discounts === null ? [] : (JSON.parse(row.discounts) as InvoiceLine['discounts']),
    taxes: row.taxes === null ? [] : (JSON.parse(row.taxes) as InvoiceLine['taxes']),
  }));
  const { discount_minor: discountMinor, tax_minor: taxMinor, total_minor: totalMinor } = first;
  const net = netLines(lines, { discountMinor, taxMinor, totalMinor });
  return rows.map((row, index) => ({
    lineId: row.id,
    item: book.numberOf(sourceId, row.price_id ?? '', productOf(row)),
    net: net[index] ?? 0,
    tax: (lines[index]?.taxes ?? []).reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  }));
}

function productOf({ product_id, price }: LineRow): string | null {
  if (product_id !== null || price === null) return product_id;
  return (JSON.parse(price) as Price).productId;
}
