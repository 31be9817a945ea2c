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

/** Prices that bill differently, or contain another tax, are different ones. */
export const priceIdOf = ({ product, unit, interval, model, tax }: Item, currency: LifeCurrency) =>
  `price_${product}_${unit}_${interval}_${currency}_${JSON.stringify([model, tax])}`;

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
      .map((each) => discountOf(each, life.told)),
    items: standing.items.map((each, index) =>
      itemOf(life, each, index, { anchor: standing.anchors[index] ?? life.start, minute }),
    ),
    ...(planned !== null && {
      phases: [
        {
          startAt: at(planned.at),
          endAt: at(planned.at + 1_000 * DAY_MINUTES),
          trialEnd: null,
          discounts: [],
          items: planned.items.map((each, index) => ({
            price: priceOf(each, life.currency),
            quantity: String(each.halves / 2),
            discounts: ownOf(life, each, index, planned.at),
            inclusiveTaxPercent: taxOf(each),
          })),
        },
      ],
    }),
  });
}

function itemOf(
  life: SubscriptionLife,
  of: Item,
  index: number,
  { anchor, minute }: { readonly anchor: number; readonly minute: number },
): SubscriptionItem {
  const trial = minute < trialEndOf(life);
  return item(priceOf(of, life.currency), {
    id: `si_${life.id}_${index}`,
    quantity: of.model.is === 'usage' ? '0' : String(of.halves / 2),
    currentPeriodStart: at(trial ? life.start : anchor),
    currentPeriodEnd: at(trial ? trialEndOf(life) : monthsLater(anchor, of.interval === 'year' ? 12 : 1)),
    trialEnd: of.trialDays === null ? null : at(anchor + of.trialDays * DAY_MINUTES),
    discounts: ownOf(life, of, index, anchor),
    inclusiveTaxPercent: taxOf(of),
  });
}

function taxOf({ tax }: Item): string | null {
  return tax === null ? null : String(tax.tenths / 10);
}

/** An item's own discount, there as long as the item: another time the item is taken, it is another discount. */
function ownOf({ id }: SubscriptionLife, { own, product }: Item, index: number, anchor: number): Discount[] {
  if (own === null) return [];
  const products = own.elsewhere ? [`prod_${product + 1}`] : [];
  const of = coupon({ id: `own_${id}`, percentOff: String(own.percent), appliesToProducts: products });
  return [{ id: `di_${id}_${anchor}_${index}`, coupon: of, start: at(anchor), end: null, promotionCodeId: null }];
}

function priceOf(of: Item, currency: LifeCurrency): Price {
  const { interval, model, unit } = of;
  const tiered = model.is === 'graduated' || model.is === 'volume';
  return price({
    id: priceIdOf(of, currency),
    productId: `prod_${of.product}`,
    unitAmount: tiered ? null : model.is === 'unit' ? (unit + model.hundredths / 100).toFixed(2) : String(unit),
    ...(tiered && {
      scheme: model.is,
      tiers: model.tiers.map((tier) => ({
        upTo: tier.upTo,
        unitAmount: String(tier.unit),
        flatAmount: String(tier.flat),
      })),
    }),
    ...(model.is === 'package' && { transformQuantity: { divideBy: model.of, round: model.round } }),
    metered: model.is === 'usage',
    taxBehavior: of.tax?.said === true ? 'inclusive' : 'unspecified',
    interval: interval === 'quarter' ? 'month' : interval,
    count: interval === 'quarter' ? 3 : 1,
    currency: currencyCode(currency),
  });
}

export function discountOf(
  { id, percent, amount, months, once, product, from, currency }: Given,
  told: boolean,
): Discount {
  return {
    id,
    coupon: coupon({
      id: `coupon_${id}`,
      percentOff: percent === null ? null : String(percent),
      amountOff: amount,
      currency: amount === null ? null : currencyCode(currency),
      duration: once ? 'once' : months === null ? 'forever' : 'repeating',
      appliesToProducts: product === null ? [] : [`prod_${product}`],
      durationInMonths: months,
    }),
    start: at(from),
    // Few words give the months and leave the end to be worked out.
    end: months === null || !told ? null : at(monthsLater(from, months)),
    promotionCodeId: null,
  };
}
