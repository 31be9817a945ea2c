/**
 * The company of the benchmarks: 100,000 customers, 150,000 subscriptions,
 * 36 months. Everything follows from the number of a customer, so any part of
 * it can be made again anywhere.
 */
import type { Coupon, Discount, Price, Subscription, SubscriptionStatus } from '../../src/main/engine/domain/index.ts';
import { currencyCode, type CurrencyCode } from '../../src/shared/kernel/currency.ts';
import { addMs, DAY_MS, instantOfIso, type Instant } from '../../src/shared/kernel/instant.ts';

export const CUSTOMERS = 100_000;
/** Bump when the company changes: databases of another version are not used. */
export const COMPANY_VERSION = 6;

export const FROM = instantOfIso('2023-11-21T00:00:00Z');
export const NOW = instantOfIso('2026-11-20T12:00:00Z');
const SPAN_DAYS = Math.floor((NOW - FROM) / DAY_MS);

export interface BenchCustomer {
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly currency: CurrencyCode;
  readonly country: string;
  readonly createdAt: Instant;
  readonly metadata: Readonly<Record<string, string>>;
  readonly subscriptions: readonly BenchSubscription[];
}

/** A subscription as every one of its events shows it, oldest first. */
export interface BenchSubscription {
  readonly id: string;
  readonly sightings: readonly { readonly at: Instant; readonly type: string; readonly subscription: Subscription }[];
}

const MARKETS = [
  { currency: currencyCode('USD'), countries: ['US', 'CA', 'AU', 'BR'] },
  { currency: currencyCode('EUR'), countries: ['DE', 'FR', 'NL', 'ES', 'IT'] },
  { currency: currencyCode('GBP'), countries: ['GB', 'IE'] },
] as const;

export const COUNTRIES: readonly string[] = MARKETS.flatMap(({ countries }) => countries);

/** What slices cut by, besides plan, currency and country. */
export const CHANNELS = ['organic', 'ads', 'partner', 'referral', 'outbound'] as const;
export const INDUSTRIES = ['software', 'retail', 'health', 'finance', 'education', 'media', 'logistics'] as const;

export const PRODUCTS = ['Starter', 'Team', 'Business', 'Enterprise'].map((name, index) => ({
  id: `prod_${index}`,
  name,
}));

const UNIT_AMOUNTS = [1_900, 4_900, 12_900, 39_900];

/** Product × interval × currency. */
export const PRICES: readonly Price[] = MARKETS.flatMap(({ currency }) =>
  PRODUCTS.flatMap(({ id: productId }, index) =>
    (['month', 'year'] as const).map((interval) => ({
      id: `price_${productId}_${interval}_${currency.toLowerCase()}`,
      productId,
      nickname: null,
      currency,
      recurring: { interval, intervalCount: 1, usageType: 'licensed' as const },
      scheme: 'per_unit' as const,
      unitAmount: String((UNIT_AMOUNTS[index] ?? 0) * (interval === 'year' ? 10 : 1)),
      tiers: [],
      transformQuantity: null,
      taxBehavior: 'exclusive' as const,
      active: true,
      metadata: {},
    })),
  ),
);

const COUPON: Coupon = {
  id: 'PARTNER20',
  name: 'Partner, 20 % off',
  duration: 'forever',
  durationInMonths: null,
  percentOff: '20',
  amountOff: null,
  currency: null,
  appliesToProducts: [],
};

/** Reproducible numbers in [0, 1) from a seed: mulberry32, by Tommy Ettinger, public domain. */
export function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The customer of a number from 0 on, with its subscriptions' whole history. Every second one has two subscriptions. */
export function customerOf(number: number): BenchCustomer {
  const random = randomOf(number * 7_919 + 17);
  const draw = random();
  const market = draw < 0.7 ? MARKETS[0] : draw < 0.9 ? MARKETS[1] : MARKETS[2];
  // More customers join later: the company grows.
  const joinedOn = Math.floor(Math.sqrt(random()) * (SPAN_DAYS - 1));
  const createdAt = addMs(FROM, joinedOn * DAY_MS + Math.floor(random() * DAY_MS));
  const id = `cus_${String(number).padStart(8, '0')}`;
  return {
    number,
    id,
    name: `Company ${number}`,
    email: `finance@company-${number}.example`,
    currency: market.currency,
    country: market.countries[number % market.countries.length] ?? market.countries[0],
    createdAt,
    metadata: {
      channel: CHANNELS[(number * 31) % CHANNELS.length] ?? CHANNELS[0],
      industry: INDUSTRIES[(number * 17) % INDUSTRIES.length] ?? INDUSTRIES[0],
    },
    subscriptions: Array.from({ length: number % 2 === 0 ? 2 : 1 }, (_, index) =>
      subscriptionOf(id, index, market.currency, createdAt, random),
    ),
  };
}

interface Life {
  status: SubscriptionStatus;
  price: Price;
  quantity: number;
  paused: boolean;
  cancelAt: Instant | null;
  canceledAt: Instant | null;
  endedAt: Instant | null;
}

function subscriptionOf(
  customerId: string,
  index: number,
  currency: CurrencyCode,
  customerSince: Instant,
  random: () => number,
): BenchSubscription {
  const id = `sub_${customerId.slice(4)}_${index}`;
  const startedAt = index === 0 ? customerSince : addMs(customerSince, Math.floor(random() * 200) * DAY_MS);
  const trialDays = random() < 0.15 ? 14 : 0;
  const trialEnd = trialDays > 0 ? addMs(startedAt, trialDays * DAY_MS) : null;
  const discounts: readonly Discount[] =
    random() < 0.1 ? [{ id: `di_${id}`, coupon: COUPON, start: startedAt, end: null, promotionCodeId: null }] : [];
  const life: Life = {
    status: trialEnd === null ? 'active' : 'trialing',
    price: priceAt(Math.floor(random() ** 2 * 4), random() < 0.2, currency),
    quantity: 1 + Math.floor(random() ** 3 * 25),
    paused: false,
    cancelAt: null,
    canceledAt: null,
    endedAt: null,
  };
  const sightings: BenchSubscription['sightings'][number][] = [];
  const see = (at: Instant, type: string) =>
    sightings.push({
      at,
      type: `customer.subscription.${type}`,
      subscription: {
        id,
        customerId,
        status: life.status,
        currency,
        createdAt: startedAt,
        startedAt,
        trialStart: trialEnd === null ? null : startedAt,
        trialEnd,
        cancelAt: life.cancelAt,
        cancelAtPeriodEnd: life.cancelAt !== null,
        canceledAt: life.canceledAt,
        endedAt: life.endedAt,
        cancellation: {
          reason: life.canceledAt === null ? null : 'cancellation_requested',
          feedback: null,
          comment: null,
        },
        pause: life.paused ? { behavior: 'void', since: null, resumesAt: null } : null,
        items: [
          {
            id: `si_${id}`,
            price: life.price,
            quantity: String(life.quantity),
            currentPeriodStart: startedAt,
            currentPeriodEnd: addMs(startedAt, (life.price.recurring?.interval === 'year' ? 365 : 30) * DAY_MS),
            trialEnd: null,
            discounts: [],
            inclusiveTaxPercent: null,
          },
        ],
        discounts,
        collection: 'charge_automatically',
        metadata: {},
      },
    });

  see(startedAt, 'created');
  let at = startedAt;
  if (trialEnd !== null) {
    if (trialEnd >= NOW) return { id, sightings };
    at = trialEnd;
    life.status = 'active';
    see(at, 'updated');
  }
  for (;;) {
    at = addMs(at, Math.floor((60 + random() * 300) * DAY_MS));
    if (at >= NOW) return { id, sightings };
    const what = random();
    if (what < 0.3) {
      life.canceledAt = at;
      life.cancelAt = addMs(at, 15 * DAY_MS);
      see(at, 'updated');
      if (life.cancelAt >= NOW) return { id, sightings };
      life.status = 'canceled';
      life.endedAt = life.cancelAt;
      see(life.endedAt, 'deleted');
      return { id, sightings };
    }
    if (what < 0.34) life.paused = !life.paused;
    else if (what < 0.5) life.quantity = Math.max(1, life.quantity - 1 - Math.floor(random() * 4));
    else if (what < 0.6)
      life.price = priceAt(Math.floor(random() * 4), life.price.recurring?.interval === 'year', currency);
    else life.quantity += 1 + Math.floor(random() * 5);
    see(at, 'updated');
  }
}

function priceAt(product: number, yearly: boolean, currency: CurrencyCode): Price {
  const found = PRICES.find(
    (price) =>
      price.currency === currency &&
      price.productId === `prod_${product}` &&
      (price.recurring?.interval === 'year') === yearly,
  );
  if (!found) throw new RangeError(`no price of product ${product} in ${currency}`);
  return found;
}
