/** Days on which a limited discount stops counting while its subscription goes on. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { Discount } from '../../domain/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import { storedPolicy } from '../query/policy-view.ts';
import { discountSpans, effects, type DiscountSpan } from './spans.ts';

/** Annual minor units of the subscription's currency. */
export interface FoundCliff {
  readonly on: PlainDay;
  readonly customerId: CustomerId;
  readonly sourceId: number;
  readonly subscriptionId: string;
  readonly currency: CurrencyCode;
  readonly before: number;
  readonly after: number;
  readonly ended: readonly Discount[];
  readonly productId: string | null;
}

const remembered = new WeakMap<readonly DiscountSpan[], FoundCliff[]>();

/** All cliffs, past and to come, by day; remembered until the ledger changes. */
export function findCliffs(db: ReadDb): readonly FoundCliff[] {
  const spans = discountSpans(db);
  let known = remembered.get(spans);
  if (known) return known;
  const policy = storedPolicy(db);
  known = spans.flatMap((span): FoundCliff[] => {
    const { state, next, until, annual, nextAnnual } = span;
    if (policy === null || next === null || until === null || nextAnnual <= annual) return [];
    const counted = effects(state, policy);
    const limited = [...counted.values()].filter(({ discount }) => isLimited(discount));
    if (limited.length === 0) return [];
    const still = effects(next, policy);
    const ended = limited.flatMap(({ discount }) => (still.has(discount.id) ? [] : [discount]));
    if (ended.length === 0) return [];
    return [
      {
        on: until,
        customerId: span.customerId,
        sourceId: span.sourceId,
        subscriptionId: span.subscriptionId,
        currency: state.currency,
        before: annual,
        after: nextAnnual,
        ended,
        productId: next.items[0]?.price.productId ?? null,
      },
    ];
  });
  known.sort((a, b) => (a.on === b.on ? a.customerId - b.customerId : a.on < b.on ? -1 : 1));
  remembered.set(spans, known);
  return known;
}

/** A discount without an end never leads to a cliff: it is taken away, or stays. */
function isLimited({ coupon, end }: Discount): boolean {
  return coupon.duration !== 'forever' || end !== null;
}
