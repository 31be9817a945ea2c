/** What discounts take off, price by price, for parts of the company. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { Policy } from '../core/policy.ts';
import { valueState } from '../core/valuation.ts';
import { currencyNumber } from '../ledger/customer-block.ts';
import { ledgerKey } from '../query/ledger-view.ts';
import { storedPolicy } from '../query/policy-view.ts';
import type { SlicedView } from '../slices/sliced-view.ts';
import { allSpans, stateReader, type DiscountSpan } from './spans.ts';

/** A stretch of time over which a subscription's discounts take something off; annual minor units of its currency. */
export interface SpanPart {
  readonly span: DiscountSpan;
  readonly from: PlainDay;
  readonly until: PlainDay | null;
  readonly currency: string;
  readonly given: number;
}

interface ItemGiven {
  readonly priceId: string;
  readonly productId: string | null;
  readonly given: number;
}

/** The spans of a slice, each with what it takes off the slice's prices. */
export function spanParts(db: ReadDb, { selection, ledger }: SlicedView): SpanPart[] {
  const { customer, currency, byPrice, itemsOf } = selection;
  const found: SpanPart[] = [];
  const known = memory(db);
  for (const span of allSpans(db)) {
    if (customer !== null && !customer(span.customerId)) continue;
    if (currency !== null && !currency(currencyNumber(span.currency))) continue;
    const given = byPrice
      ? givenIn(known, span)
          .filter(({ priceId, productId }) =>
            itemsOf(ledger.book, ledger.book.numberOf(span.sourceId, priceId, productId)),
          )
          .reduce((sum, item) => sum + item.given, 0)
      : span.listed - span.annual;
    if (given !== 0) found.push({ span, from: span.from, until: span.until, currency: span.currency, given });
  }
  return found;
}

interface Remembered {
  readonly key: string;
  readonly spans: Map<string, readonly ItemGiven[]>;
  /** Keeps its statements, and the prices that it met, for all spans of a revision. */
  readonly valued: (span: DiscountSpan) => readonly ItemGiven[];
}

const remembered = new WeakMap<ReadDb, Remembered>();

/** What a span takes off each of its prices: a state is valued once per revision of the ledger. */
export function itemsGiven(db: ReadDb, span: DiscountSpan): readonly ItemGiven[] {
  return givenIn(memory(db), span);
}

function givenIn({ spans, valued }: Remembered, span: DiscountSpan): readonly ItemGiven[] {
  const name = `${span.sourceId}|${span.subscriptionId}|${span.effectiveAt}`;
  let items = spans.get(name);
  if (!items) spans.set(name, (items = valued(span)));
  return items;
}

/** Whether the discounts of some prices were asked for over this connection. */
export function hasSpans(db: ReadDb): boolean {
  return remembered.has(db);
}

/** Values every span, before somebody asks for the discounts of some prices. */
export function prepareSpans(db: ReadDb): void {
  const known = memory(db);
  for (const span of allSpans(db)) givenIn(known, span);
}

function memory(db: ReadDb): Remembered {
  const key = ledgerKey(db);
  let known = remembered.get(db);
  if (known?.key !== key) remembered.set(db, (known = { key, spans: new Map(), valued: valuer(db) }));
  return known;
}

function valuer(db: ReadDb): Remembered['valued'] {
  const policy = storedPolicy(db);
  if (policy === null) return () => [];
  const undiscounted: Policy = { ...policy, discounts: 'none' };
  const stateAt = stateReader(db);
  return (span) => {
    const state = stateAt(span, span.effectiveAt);
    if (state === null) return [];
    const paid = valueState(state, policy).items;
    return valueState(state, undiscounted).items.map(({ priceId, productId, annual }, index) => ({
      priceId,
      productId,
      given: annual - (paid[index]?.annual ?? 0),
    }));
  };
}
