/** A life told as the vendor tells it: the subscription as it stood after each act, as facts in normal form. */
import type { Discount, Price, Subscription, SubscriptionItem } from '../../../src/main/engine/domain/index.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { instant, type Instant } from '../../../src/shared/kernel/instant.ts';
import { coupon, item, price, subscription } from '../../unit/metrics/support/company.ts';
import { DAY_MINUTES, MINUTE, SPAN_DAYS, START, type Item, type LifeCurrency, type SubscriptionLife } from './life.ts';
import { monthsLater, standingAt, trialEndOf, type Given, type Standing } from './standing.ts';

export interface Sighting {
  readonly body: Subscription;
  readonly at: Instant;
}

export const priceIdOf = ({ product, unit, interval }: Item, currency: LifeCurrency) =>
  `price_${product}_${unit}_${interval}_${currency}`;

const at = (minute: number): Instant => instant(START + minute * MINUTE);
const atOrNull = (minute: number | null): Instant | null => (minute === null ? null : at(minute));

/** One sighting for each act and, where the life is told whole, for what time alone brought. */
export function storyOf(customerId: string, life: SubscriptionLife): Sighting[] {
  const minutes = new Set([life.start, ...life.events.map(({ minute }) => minute)]);
  if (life.incompleteMinutes !== null) minutes.add(life.start + life.incompleteMinutes);
  for (const minute of broughtByTime(life)) minutes.add(minute);
  const sightings: Sighting[] = [];
  for (const minute of [...minutes].toSorted((a, b) => a - b)) {
    const standing = standingAt(life, minute);
    if (!standing) continue;
    sightings.push({ body: bodyOf(customerId, life, minute, standing), at: at(minute) });
    if (standing.endedAt !== null) break;
  }
  return sightings;
}

/**
 * The minutes at which a trial, a pause or the subscription ended, or a planned phase began, by themselves. That a
 * phase has begun is always told; the others only where the life is told whole.
 */
function broughtByTime(life: SubscriptionLife): number[] {
  const minutes = life.told && life.trialDays !== null ? [trialEndOf(life)] : [];
  for (const { minute, act } of life.events) {
    const ends = life.told && (act.do === 'pause' || act.do === 'leave') && act.days !== null;
    if (ends || act.do === 'schedule') minutes.push(minute + (act.days ?? 0) * DAY_MINUTES);
  }
  return minutes.filter((minute) => minute < SPAN_DAYS * DAY_MINUTES);
}

function bodyOf(customerId: string, life: SubscriptionLife, minute: number, standing: Standing): Subscription {
  const { status, paused, resumesAt, leavesAt, leaveAskedAt, endedAt, planned, given } = standing;
  const start = at(life.start);
  const over = endedAt !== null;
  return subscription(start, {
    id: life.id,
    customerId,
    currency: currencyCode(life.currency),
    status,
    ...(life.trialDays !== null && { trialStart: start, trialEnd: at(trialEndOf(life)) }),
    cancelAt: atOrNull(leavesAt),
    cancelAtPeriodEnd: leavesAt !== null,
    canceledAt: atOrNull(leaveAskedAt ?? endedAt),
    endedAt: atOrNull(endedAt),
    pause: paused && !over ? { behavior: 'void', since: null, resumesAt: atOrNull(resumesAt) } : null,
    discounts: given
      .filter(({ from, until }) => from <= minute && (until === null || minute < until))
      .map((each) => discountOf(each, life)),
    items: standing.items.map((each, index) => itemOf(life, each, index, standing.anchors[index] ?? life.start)),
    ...(planned !== null && {
      phases: [
        {
          startAt: at(planned.at),
          endAt: at(planned.at + 1_000 * DAY_MINUTES),
          trialEnd: null,
          discounts: [],
          items: planned.items.map((each) => ({
            price: priceOf(each, life.currency),
            quantity: String(each.quantity),
            discounts: [],
            inclusiveTaxPercent: null,
          })),
        },
      ],
    }),
  });
}

function itemOf(life: SubscriptionLife, of: Item, index: number, anchor: number): SubscriptionItem {
  return item(priceOf(of, life.currency), {
    id: `si_${life.id}_${index}`,
    quantity: String(of.quantity),
    currentPeriodStart: at(anchor),
    currentPeriodEnd: at(monthsLater(anchor, of.interval === 'year' ? 12 : 1)),
  });
}

function priceOf(of: Item, currency: LifeCurrency): Price {
  const quarter = of.interval === 'quarter';
  return price({
    id: priceIdOf(of, currency),
    productId: `prod_${of.product}`,
    unitAmount: String(of.unit),
    interval: of.interval === 'quarter' ? 'month' : of.interval,
    count: quarter ? 3 : 1,
    currency: currencyCode(currency),
  });
}

function discountOf({ id, percent, amount, months, from }: Given, { currency, told }: SubscriptionLife): Discount {
  return {
    id,
    coupon: coupon({
      id: `coupon_${id}`,
      percentOff: percent === null ? null : String(percent),
      amountOff: amount,
      currency: amount === null ? null : currencyCode(currency),
      duration: months === null ? 'forever' : 'repeating',
      durationInMonths: months,
    }),
    start: at(from),
    // Few words give the months and leave the end to be worked out.
    end: months === null || !told ? null : at(monthsLater(from, months)),
    promotionCodeId: null,
  };
}
