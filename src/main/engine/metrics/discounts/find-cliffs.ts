/** Days on which a limited discount stops counting while its subscription goes on. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { Discount } from '../../domain/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { Policy } from '../core/policy.ts';
import { ledgerKey } from '../query/ledger-view.ts';
import { storedPolicy } from '../query/policy-view.ts';
import { effects, risingSpans, risingSpansWithin, stateReader, type DiscountSpan } from './spans.ts';

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

const remembered = new WeakMap<ReadDb, { key: string; found: FoundCliff[] }>();

/** All cliffs, past and to come, by day; remembered until the ledger changes. */
export function findCliffs(db: ReadDb): readonly FoundCliff[] {
  const key = ledgerKey(db);
  const known = remembered.get(db);
  if (known?.key === key) return known.found;
  const policy = storedPolicy(db);
  const found = policy === null ? [] : risingSpans(db).flatMap(cliffOf(stateReader(db), policy));
  found.sort((a, b) => (a.on === b.on ? a.customerId - b.customerId : a.on < b.on ? -1 : 1));
  remembered.set(db, { key, found });
  return found;
}

/** The cliffs from one day to another, both included, by day: read without those before and after. */
export function cliffsWithin(db: ReadDb, from: PlainDay, to: PlainDay): FoundCliff[] {
  const policy = storedPolicy(db);
  if (policy === null) return [];
  return risingSpansWithin(db, from, to)
    .flatMap(cliffOf(stateReader(db), policy))
    .sort((a, b) => (a.on === b.on ? a.customerId - b.customerId : a.on < b.on ? -1 : 1));
}

/** A rise is a cliff where a limited discount that counted does no longer. */
function cliffOf(stateAt: ReturnType<typeof stateReader>, policy: Policy): (span: DiscountSpan) => FoundCliff[] {
  return (span) => {
    const state = stateAt(span, span.effectiveAt);
    const next = span.nextAt === null ? null : stateAt(span, span.nextAt);
    if (state === null || next === null || span.until === null) return [];
    const limited = [...effects(state, policy).values()].filter(({ discount }) => isLimited(discount));
    if (limited.length === 0) return [];
    const still = effects(next, policy);
    const ended = limited.flatMap(({ discount }) => (still.has(discount.id) ? [] : [discount]));
    if (ended.length === 0) return [];
    return [
      {
        on: span.until,
        customerId: span.customerId,
        sourceId: span.sourceId,
        subscriptionId: span.subscriptionId,
        currency: span.currency,
        before: span.annual,
        after: span.nextAnnual,
        ended,
        productId: next.items[0]?.price.productId ?? null,
      },
    ];
  };
}

/** A discount without an end never leads to a cliff: it is taken away, or stays. */
function isLimited({ coupon, end }: Discount): boolean {
  return coupon.duration !== 'forever' || end !== null;
}
