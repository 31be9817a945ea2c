/**
 * Subscription schedules: what a subscription is planned to become, phase by phase.
 * https://docs.stripe.com/billing/subscriptions/subscription-schedules
 */
import { z } from 'zod';
import type { CurrencyCode } from '../../../../../shared/kernel/currency.ts';
import type { Discount, PlannedItem, PlannedPause, PlannedPhase, Price } from '../../../domain/index.ts';
import { Misfit, objectType } from '../../kit/index.ts';
import { at, atOrNull, Currency, Decimal, Id, maybe, Reference, Seconds, Word } from '../fields.ts';
import { CouponSchema, couponOf } from './discount.ts';
import { priceBilledIn, PriceSchema } from './price.ts';
import { inclusivePercent, TaxRates } from './tax-rate.ts';

/** Names one of three; made whole before it is read, so that the coupon is at hand. */
const PhaseDiscount = z.object({
  coupon: maybe(z.union([Id, CouponSchema])),
  discount: maybe(Reference),
  promotion_code: maybe(Reference),
});

const PhaseItem = z.object({
  discounts: maybe(z.array(PhaseDiscount).max(100)),
  price: z.union([Id, PriceSchema]),
  quantity: maybe(z.int().min(0, 'is a negative quantity')),
  quantity_decimal: maybe(Decimal),
  tax_rates: TaxRates,
});

const PhaseInNewerWords = z.object({
  currency: maybe(Currency),
  default_tax_rates: TaxRates,
  discounts: maybe(z.array(PhaseDiscount).max(100)),
  end_date: Seconds,
  items: z.array(PhaseItem).max(1_000),
  start_date: Seconds,
  trial: maybe(z.boolean()),
  trial_end: maybe(Seconds),
});

const Phase = z.preprocess(phaseInNewerWords, PhaseInNewerWords);

/**
 * A phase as older versions write it: `plans` for items, an item's `plan` for its price, one `coupon` for discounts.
 * https://docs.stripe.com/upgrades
 */
export function phaseInNewerWords(raw: unknown): unknown {
  const phase = OlderPhase.safeParse(raw).data;
  if (!phase) return raw;
  const { plans, coupon, items = plans, discounts, ...rest } = phase;
  return {
    ...rest,
    items: items?.map(({ plan, price, ...item }) => ({ ...item, price: price ?? plan })),
    discounts: discounts?.length || coupon == null ? discounts : [{ coupon }],
  };
}

const OlderItems = z.array(z.looseObject({ plan: maybe(Reference), price: z.unknown().optional() })).optional();
const OlderPhase = z.looseObject({
  items: OlderItems,
  plans: OlderItems,
  coupon: z.unknown().optional(),
  discounts: z.array(z.unknown()).nullish(),
});

const PauseSchedule = z.object({
  pause: z.object({ pause_at: Seconds }),
  resume: maybe(z.object({ resume_at: Seconds })),
});

export const ScheduleSchema = z.object({
  id: Id,
  object: z.literal('subscription_schedule').default('subscription_schedule'),
  end_behavior: maybe(Word),
  pause_schedules: z
    .array(PauseSchedule)
    .max(1_000)
    .nullish()
    .transform((pauses) => (pauses && pauses.length > 0 ? pauses : undefined)),
  phases: z.array(Phase).max(1_000),
  status: maybe(Word),
  subscription: maybe(Reference),
});
type StripeSchedule = z.output<typeof ScheduleSchema>;
type StripePhase = StripeSchedule['phases'][number];

/** A schedule that was released, canceled or is completed plans nothing any more. */
function isOver({ status }: StripeSchedule): boolean {
  return status === 'released' || status === 'canceled' || status === 'completed';
}

/** When the subscription ends by its schedule; null where it goes on. */
export function plannedEnd(schedule: StripeSchedule): number | null {
  const last = schedule.phases.at(-1);
  return last !== undefined && schedule.end_behavior === 'cancel' && !isOver(schedule) ? last.end_date : null;
}

export function plannedPauses(schedule: StripeSchedule): PlannedPause[] {
  if (isOver(schedule)) return [];
  return (schedule.pause_schedules ?? []).map(({ pause, resume }) => ({
    pauseAt: at(pause.pause_at),
    resumeAt: atOrNull(resume?.resume_at ?? null),
  }));
}

/**
 * The phases in normal form.
 * @param given the subscription's discounts of today: a phase that names one, or its coupon, goes on with it.
 * @throws Misfit for a discount of which nothing is known.
 */
export function plannedPhases(
  schedule: StripeSchedule,
  currency: CurrencyCode,
  given: readonly Discount[],
  path: string,
): PlannedPhase[] {
  if (isOver(schedule)) return [];
  return schedule.phases.map((phase, index) => {
    const here = `${path}schedule.phases.${index}.`;
    const discounts = (list: StripePhase['discounts'], inside: string) =>
      (list ?? []).map((entry, place) => discountOf(entry, phase, schedule.id, given, `${inside}discounts.${place}`));
    const trialEnd = phase.trial_end ?? (phase.trial === true ? phase.end_date : null);
    return {
      startAt: at(phase.start_date),
      endAt: at(phase.end_date),
      trialEnd: atOrNull(trialEnd),
      discounts: discounts(phase.discounts, here),
      items: phase.items.map((item, place): PlannedItem => ({
        price: pricedIn(item.price, currency, `${here}items.${place}.price.`),
        quantity: item.quantity_decimal ?? String(item.quantity ?? 1),
        discounts: discounts(item.discounts, `${here}items.${place}.`),
        inclusiveTaxPercent: inclusivePercent(item.tax_rates?.length ? item.tax_rates : phase.default_tax_rates),
      })),
    };
  });
}

/** A price of which only the id is known has no amount: the item is then listed as not valued. */
function pricedIn(price: StripePhase['items'][number]['price'], currency: CurrencyCode, path: string): Price {
  if (typeof price !== 'string') return priceBilledIn(price, currency, path);
  return {
    id: price,
    productId: null,
    nickname: null,
    currency,
    recurring: { interval: 'month', intervalCount: 1, usageType: 'licensed' },
    scheme: 'per_unit',
    unitAmount: null,
    tiers: [],
    transformQuantity: null,
    taxBehavior: 'unspecified',
    active: true,
    metadata: {},
  };
}

function discountOf(
  { coupon, discount, promotion_code }: z.output<typeof PhaseDiscount>,
  phase: StripePhase,
  scheduleId: string,
  given: readonly Discount[],
  path: string,
): Discount {
  const couponId = coupon === null || typeof coupon === 'string' ? coupon : coupon.id;
  const running = given.find((known) => known.id === discount || (couponId !== null && known.coupon.id === couponId));
  if (running) return running;
  if (coupon === null || typeof coupon === 'string')
    throw new Misfit(
      path,
      `“${path}”: nothing is known of discount ${discount ?? promotion_code ?? coupon} but its id`,
    );
  return {
    id: `${scheduleId}/${phase.start_date}/${coupon.id}`,
    coupon: couponOf(coupon, `${path}.coupon.`),
    start: at(phase.start_date),
    end: null,
    promotionCodeId: promotion_code,
  };
}

/** Kept as it is: subscriptions are made whole from it. */
export const scheduleType = objectType({
  type: 'subscription_schedule',
  version: 1,
  schema: ScheduleSchema,
  id: ({ id }) => id,
  normalise: () => [],
});
