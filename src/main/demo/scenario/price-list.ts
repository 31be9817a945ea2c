/** The price list of the demo company: four plans, seats, metered calls and negotiated prices, in four currencies. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { assert } from '../../../shared/kernel/errors.ts';
import type { CouponCard, PlanKey, PriceCard, ProductKey, TierStep } from './life.ts';

export const PRODUCT_NAMES: Readonly<Record<ProductKey, string>> = {
  starter: 'Starter',
  growth: 'Growth',
  pro: 'Pro',
  scale: 'Scale',
  enterprise: 'Enterprise',
  seats: 'Extra seat',
  calls: 'API calls',
  services: 'Services',
};

export const [USD, EUR, GBP, JPY] = ['USD', 'EUR', 'GBP', 'JPY'] as CurrencyCode[] as [
  CurrencyCode,
  CurrencyCode,
  CurrencyCode,
  CurrencyCode,
];
export const DEMO_CURRENCIES: readonly CurrencyCode[] = [USD, EUR, GBP, JPY];

type ListPlan = Exclude<PlanKey, 'enterprise'>;

/** Per month, in minor units. A year costs ten months. */
const CURRENT: Readonly<Record<string, Readonly<Record<ListPlan | 'seats', number>>>> = {
  USD: { starter: 1900, growth: 4900, pro: 9900, scale: 19900, seats: 1200 },
  EUR: { starter: 1900, growth: 4900, pro: 9900, scale: 19900, seats: 1200 },
  GBP: { starter: 1700, growth: 4500, pro: 8900, scale: 17900, seats: 1000 },
  JPY: { starter: 2900, growth: 7500, pro: 15000, scale: 29800, seats: 1800 },
};
/** Before the price migration. */
const FORMER: Readonly<Record<string, Readonly<Partial<Record<ListPlan, number>>>>> = {
  USD: { growth: 3900, pro: 7900 },
  EUR: { growth: 3900, pro: 7900 },
  GBP: { growth: 3500, pro: 6900 },
  JPY: { growth: 5900, pro: 12000 },
};
/** Scale includes ten seats; the further ones, by step. */
const SCALE_SEATS: Readonly<Record<string, readonly [number, number]>> = {
  USD: [1500, 1200],
  EUR: [1500, 1200],
  GBP: [1300, 1000],
  JPY: [2200, 1800],
};
const INCLUDED_TAX: Readonly<Record<string, { percent: number; growth: number; pro: number }>> = {
  DE: { percent: 19, growth: 5950, pro: 11900 },
  FR: { percent: 20, growth: 6000, pro: 12000 },
};

export type Interval = 'month' | 'year';
export type Generation = 'former' | 'current';

const cards = new Map<string, PriceCard>();

function remember(card: PriceCard): PriceCard {
  const known = cards.get(card.key);
  if (known) return known;
  cards.set(card.key, card);
  return card;
}

const plain = {
  tiers: [] as readonly TierStep[],
  metered: false,
  taxIncludedPercent: 0,
  retired: false,
};

/** The list price of a plan (or of an extra seat). Plans without a former price have only one generation. */
export function listCard(
  product: ListPlan | 'seats',
  currency: CurrencyCode,
  interval: Interval,
  generation: Generation = 'current',
): PriceCard {
  const former = generation === 'former' && product !== 'seats' ? FORMER[currency]?.[product] : undefined;
  const monthly = former ?? CURRENT[currency]?.[product];
  assert(monthly !== undefined, `the price list has no ${product} in ${currency}`);
  const months = interval === 'year' ? 10 : 1;
  const key = `${product}-${currency}-${interval}${former === undefined ? '' : '-former'}`.toLowerCase();
  const tiers = product === 'scale' ? scaleTiers(currency, monthly, months) : [];
  return remember({
    ...plain,
    key,
    product,
    currency,
    interval,
    nickname: `${PRODUCT_NAMES[product]} ${interval === 'year' ? 'yearly' : 'monthly'}${former === undefined ? '' : ' (2024 price)'}`,
    unitMinor: tiers.length > 0 ? null : String(monthly * months),
    tiers,
    retired: former !== undefined,
  });
}

function scaleTiers(currency: CurrencyCode, monthly: number, months: number): TierStep[] {
  const [upTo50, above] = SCALE_SEATS[currency]!;
  return [
    { upTo: 10, unitMinor: 0, flatMinor: monthly * months },
    { upTo: 50, unitMinor: upTo50 * months, flatMinor: 0 },
    { upTo: null, unitMinor: above * months, flatMinor: 0 },
  ];
}

/** A monthly price in euro with the country's VAT inside (R14). */
export function taxInclusiveCard(product: 'growth' | 'pro', country: 'DE' | 'FR'): PriceCard {
  const tax = INCLUDED_TAX[country]!;
  return remember({
    ...plain,
    key: `${product}-eur-month-incl-${country}`.toLowerCase(),
    product,
    currency: EUR,
    interval: 'month',
    nickname: `${PRODUCT_NAMES[product]} monthly incl. VAT ${country}`,
    unitMinor: String(tax[product]),
    taxIncludedPercent: tax.percent,
  });
}

/** A negotiated price: minor units per interval. */
export function negotiatedCard(
  customerKey: string,
  version: number,
  currency: CurrencyCode,
  interval: Interval,
  amountMinor: number,
): PriceCard {
  return remember({
    ...plain,
    key: `enterprise-${customerKey}-v${version}-${amountMinor}-${currency}-${interval}`.toLowerCase(),
    product: 'enterprise',
    currency,
    interval,
    nickname: 'Enterprise agreement',
    unitMinor: String(amountMinor),
  });
}

/** API calls: 0.2 minor units each, metered, billed monthly in arrears. */
export function callsCard(currency: CurrencyCode): PriceCard {
  return remember({
    ...plain,
    key: `calls-${currency}-month`.toLowerCase(),
    product: 'calls',
    currency,
    interval: 'month',
    nickname: 'API calls',
    unitMinor: '0.2',
    metered: true,
  });
}

const coupon = { months: null, percentOff: null, amountOff: null, products: [], code: null } as const;

export const COUPONS = {
  founding: {
    ...coupon,
    key: 'founding-20',
    name: 'Founding customer',
    duration: 'forever',
    percentOff: 20,
    code: 'FOUNDING20',
  },
  stay: { ...coupon, key: 'stay-25', name: 'Stay with us', duration: 'forever', percentOff: 25 },
  launch: {
    ...coupon,
    key: 'launch-50-3m',
    name: 'Launch offer',
    duration: 'repeating',
    months: 3,
    percentOff: 50,
    code: 'LAUNCH50',
  },
  spring: {
    ...coupon,
    key: 'spring-30-6m',
    name: 'Spring offer',
    duration: 'repeating',
    months: 6,
    percentOff: 30,
    code: 'SPRING30',
  },
  first: {
    ...coupon,
    key: 'first-month-50',
    name: 'First invoice half price',
    duration: 'once',
    percentOff: 50,
    code: 'HALFFIRST',
  },
  annual: {
    ...coupon,
    key: 'annual-15-once',
    name: 'First year 15 % off',
    duration: 'once',
    percentOff: 15,
    code: 'YEAR15',
  },
  tenOff: {
    ...coupon,
    key: 'ten-dollars-off',
    name: 'Ten dollars off',
    duration: 'forever',
    amountOff: { minor: 1000, currency: USD },
    code: 'TENOFF',
  },
  seats: {
    ...coupon,
    key: 'seats-25',
    name: 'A quarter off extra seats',
    duration: 'forever',
    percentOff: 25,
    products: ['seats'],
  },
  partner: { ...coupon, key: 'partner-15', name: 'Partner', duration: 'forever', percentOff: 15 },
  friends: { ...coupon, key: 'friends-100', name: 'Friends of the house', duration: 'forever', percentOff: 100 },
} as const satisfies Record<string, CouponCard>;
