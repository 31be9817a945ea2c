/**
 * A month's money that flows in packed columns, told apart by customer, price and currency: what a slice's sums are read
 * from. Some 30 bytes a row; kept per connection until a fact changes, up to a limit.
 */
import { dayNumber, firstDayOf, lastDayOf, type PlainMonth } from '../../../../../shared/kernel/day.ts';
import type { CreditNote } from '../../../domain/index.ts';
import type { ReadDb } from '../../../store/handles.ts';
import { currencyNumber } from '../../ledger/customer-block.ts';
import { FLOW_KINDS, type FlowKindName } from '../../ledger/flow-kinds.ts';
import { ledgerKey } from '../../query/ledger-view.ts';
import { itemBook, type ItemBook } from '../items.ts';
import { flowFacts, type FlowFact } from './flow-facts.ts';
import { invoiceLines, type InvoiceLines, type PaymentRef } from './invoice-lines.ts';
import { creditShares, mainItem, ownShares, WHOLE, type ItemShare } from './line-shares.ts';

/** The kinds that are read; charges of customers are charges. */
export const READ_KINDS = (Object.keys(FLOW_KINDS) as FlowKindName[]).filter((kind) => kind !== 'customer_charged');

/** The customer of what belongs to nobody, and of what belongs to somebody who is not known yet. */
export const NOBODY = 0;
const NOT_KNOWN_YET = -1;

/** Each row is one price's part of one fact; without items, the whole fact. */
export interface FlowColumns {
  readonly length: number;
  /** Index into `READ_KINDS`. */
  readonly kinds: Uint8Array;
  readonly days: Int32Array;
  readonly customers: Int32Array;
  /** In the book of `flowItems`. */
  readonly items: Int32Array;
  /** As `currencyNumber`: of the amount, and of the payment. */
  readonly currencies: Int32Array;
  readonly paidCurrencies: Int32Array;
  /** Minor units. */
  readonly amounts: Float64Array;
  /** 1 where the fact is counted: in the row of its main price. */
  readonly counted: Uint8Array;
}

interface Remembered {
  readonly key: string;
  readonly book: ItemBook;
  readonly months: Map<string, FlowColumns>;
  rows: number;
}

const remembered = new WeakMap<ReadDb, Remembered>();
const MOST_ROWS = 600_000;

/** Changes with every fact that money that flows is read from, and with every run of the ledger. */
export function flowsKey(db: ReadDb): string {
  const flows = db.prepare<[], { value: number }>(`SELECT value FROM ledger_head WHERE name = 'flows'`).first()?.value;
  return `${flows ?? 0}:${ledgerKey(db)}`;
}

function memory(db: ReadDb): Remembered {
  const key = flowsKey(db);
  let known = remembered.get(db);
  if (known?.key !== key) remembered.set(db, (known = { key, book: itemBook(db), months: new Map(), rows: 0 }));
  return known;
}

/** Whether the flows of a slice were asked for over this connection. */
export function hasFlowColumns(db: ReadDb): boolean {
  return remembered.has(db);
}

/** The prices that the columns name by number. */
export function flowItems(db: ReadDb): ItemBook {
  return memory(db).book;
}

/** @param withItems false: customers and currencies alone, which saves reading invoice lines. */
export function flowColumns(db: ReadDb, month: PlainMonth, withItems: boolean): FlowColumns {
  const { book, months, ...rest } = memory(db);
  const full = months.get(`${month}|items`);
  const found = full ?? (withItems ? undefined : months.get(month));
  if (found) return found;
  const columns = read(db, month, withItems ? invoiceLines(db, book) : null);
  const known = remembered.get(db);
  if (known?.key !== rest.key) return columns;
  known.rows += columns.length;
  for (const [oldest, { length }] of months) {
    if (known.rows <= MOST_ROWS) break;
    months.delete(oldest);
    known.rows -= length;
  }
  months.set(withItems ? `${month}|items` : month, columns);
  return columns;
}

interface Row {
  readonly kind: number;
  readonly fact: FlowFact;
  readonly item: number;
  readonly amount: number;
  readonly counted: 0 | 1;
}

function read(db: ReadDb, month: PlainMonth, lines: InvoiceLines | null): FlowColumns {
  const rows: Row[] = [];
  for (const [index, kind] of READ_KINDS.entries())
    for (const fact of flowFacts(db, kind, firstDayOf(month), lastDayOf(month))) {
      if (lines === null) {
        rows.push({ kind: index, fact, item: 0, amount: fact.amount, counted: 1 });
        continue;
      }
      const shares = factShares(fact, kind, lines);
      const main = factMain(fact, kind, lines, shares);
      for (const { item, amount } of shares)
        rows.push({ kind: index, fact, item, amount, counted: item === main ? 1 : 0 });
    }
  return {
    length: rows.length,
    kinds: Uint8Array.from(rows, ({ kind }) => kind),
    days: Int32Array.from(rows, ({ fact }) => dayNumber(fact.day)),
    customers: Int32Array.from(rows, ({ fact }) => customerOf(fact)),
    items: Int32Array.from(rows, ({ item }) => item),
    currencies: Int32Array.from(rows, ({ fact }) => currencyNumber(fact.currency)),
    paidCurrencies: Int32Array.from(rows, ({ fact }) => currencyNumber(fact.paid_currency)),
    amounts: Float64Array.from(rows, ({ amount }) => amount),
    counted: Uint8Array.from(rows, ({ counted }) => counted),
  };
}

export function customerOf({ customer_id, has_customer }: FlowFact): number {
  return customer_id ?? (has_customer === 1 ? NOT_KNOWN_YET : NOBODY);
}

/** What of a fact belongs to which price; the shares add up to its amount. */
export function factShares(fact: FlowFact, kind: FlowKindName, lines: InvoiceLines): ItemShare[] {
  const { source_id: sourceId, invoice_id: invoiceId, amount } = fact;
  const none = lines.noneOf(sourceId);
  const { table } = FLOW_KINDS[kind];
  if (table === 'invoice' || table === 'credit_note') {
    const billed = invoiceId === null ? [] : lines.linesOf(sourceId, invoiceId);
    const of = kind === 'tax_paid' || kind === 'tax_credited' ? 'tax' : 'net';
    if (table === 'invoice') return ownShares(amount, billed, of, none);
    const credited = fact.credited === null ? [] : (JSON.parse(fact.credited) as CreditNote['lines']);
    return creditShares(amount, credited, billed, of, none);
  }
  return invoiceId === null ? [{ item: none, amount }] : lines.sharesOf(paymentOf(fact), amount);
}

/** The price that a fact is counted with as a whole, of those that it has shares of. */
export function factMain(
  fact: FlowFact,
  kind: FlowKindName,
  lines: InvoiceLines,
  shares: readonly ItemShare[],
): number {
  const { table } = FLOW_KINDS[kind];
  const isPayment = table !== 'invoice' && table !== 'credit_note';
  // Rounded shares may be equal where what was paid for is not.
  const weighed = isPayment && shares.length > 1 ? lines.sharesOf(paymentOf(fact), WHOLE) : shares;
  return mainItem(weighed, lines.noneOf(fact.source_id));
}

function paymentOf({ source_id, invoice_id, pays_several, charge_id, payment_intent_id }: FlowFact): PaymentRef {
  return {
    sourceId: source_id,
    invoiceId: pays_several === 1 ? null : invoice_id,
    chargeId: charge_id,
    paymentIntentId: payment_intent_id,
  };
}
