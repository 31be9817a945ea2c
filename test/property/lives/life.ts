/**
 * A company's life as it happened: what customers did and when, in minutes. It
 * knows neither Stripe nor the ledger; `story.ts` tells it as Stripe would,
 * `oracle.ts` works its MRR out.
 */
import fc from 'fast-check';

export const CURRENCIES = ['USD', 'EUR', 'JPY', 'KWD'] as const;
export type LifeCurrency = (typeof CURRENCIES)[number];

/** Where days begin and end: with clocks that change by an hour, by half of one, not at all, and a day that was left out. */
export const ZONES = [
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Pacific/Apia',
] as const;

export const START = Date.UTC(2025, 0, 1);
export const MINUTE = 60_000;
export const DAY_MINUTES = 1_440;
/** Everything happens within so many days; the company is looked at on the day after. */
export const SPAN_DAYS = 540;

export interface Item {
  readonly product: number;
  /** Minor units per unit and period. */
  readonly unit: number;
  readonly quantity: number;
  readonly interval: 'month' | 'quarter' | 'year' | 'week' | 'day';
}

export interface Discount {
  readonly percent: number | null;
  /** Minor units of the subscription's currency per period. */
  readonly amount: number | null;
  readonly months: number | null;
}

export type Act =
  | { readonly do: 'plan'; readonly items: readonly Item[] }
  | { readonly do: 'discount'; readonly discount: Discount }
  | { readonly do: 'undiscount' }
  | { readonly do: 'pause'; readonly days: number | null }
  | { readonly do: 'resume' | 'fail' | 'unpaid' | 'pay' | 'stay' | 'cancel' | 'refund' }
  | { readonly do: 'leave'; readonly days: number }
  | { readonly do: 'schedule'; readonly days: number; readonly items: readonly Item[] };

export interface Event {
  readonly minute: number;
  readonly act: Act;
}

export interface SubscriptionLife {
  readonly id: string;
  readonly currency: LifeCurrency;
  readonly start: number;
  readonly trialDays: number | null;
  readonly incompleteMinutes: number | null;
  readonly items: readonly Item[];
  /** By minute, no minute twice. */
  readonly events: readonly Event[];
  /** Whether the ends that time alone brings (of a trial, of a pause, of the subscription) are told by an event, too. */
  readonly told: boolean;
}

export interface CustomerLife {
  readonly id: string;
  readonly country: string;
  readonly subscriptions: readonly SubscriptionLife[];
}

const itemArb: fc.Arbitrary<Item> = fc.record({
  product: fc.integer({ min: 0, max: 3 }),
  unit: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 1, max: 60_000 }) },
    { weight: 1, arbitrary: fc.constant(0) },
  ),
  quantity: fc.integer({ min: 1, max: 9 }),
  interval: fc.constantFrom('month', 'month', 'month', 'quarter', 'year', 'year', 'week', 'day'),
});
const itemsArb = fc.array(itemArb, { minLength: 1, maxLength: 2 });

const discountArb: fc.Arbitrary<Discount> = fc
  .record({
    percent: fc.option(fc.constantFrom(5, 10, 12.5, 33.33, 50, 100), { freq: 4 }),
    amount: fc.integer({ min: 1, max: 40_000 }),
    months: fc.option(fc.integer({ min: 1, max: 5 })),
  })
  .map(({ percent, amount, months }) => ({ percent, amount: percent === null ? amount : null, months }));

const actArb: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: itemsArb.map((items): Act => ({ do: 'plan', items })) },
  { weight: 4, arbitrary: discountArb.map((discount): Act => ({ do: 'discount', discount })) },
  { weight: 2, arbitrary: fc.constant<Act>({ do: 'undiscount' }) },
  {
    weight: 2,
    arbitrary: fc.option(fc.integer({ min: 1, max: 60 })).map((days): Act => ({ do: 'pause', days })),
  },
  {
    weight: 7,
    arbitrary: fc
      .constantFrom('resume', 'fail', 'unpaid', 'pay', 'pay', 'stay', 'cancel', 'refund' as const)
      .map((kind): Act => ({ do: kind })),
  },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 90 }).map((days): Act => ({ do: 'leave', days })) },
  {
    weight: 1,
    arbitrary: fc
      .record({ days: fc.integer({ min: 1, max: 90 }), items: itemsArb })
      .map(({ days, items }): Act => ({ do: 'schedule', days, items })),
  },
);

/** Now and then several things happen on one day, or within the hour. */
const gapArb = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 120 * DAY_MINUTES }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 600 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 5 }) },
);

function subscriptionArb(currency: LifeCurrency): fc.Arbitrary<Omit<SubscriptionLife, 'id'>> {
  return fc
    .record({
      start: fc.integer({ min: 0, max: (SPAN_DAYS - 150) * DAY_MINUTES }),
      trialDays: fc.option(fc.integer({ min: 1, max: 31 }), { freq: 4 }),
      incompleteMinutes: fc.option(fc.integer({ min: 1, max: 3_000 }), { freq: 8 }),
      items: itemsArb,
      events: fc.array(fc.tuple(gapArb, actArb), { maxLength: 7 }),
      told: fc.boolean(),
    })
    .map(({ start, trialDays, incompleteMinutes, events, ...rest }) => {
      const incomplete = trialDays === null ? incompleteMinutes : null;
      let minute = start + (incomplete ?? 0);
      return {
        ...rest,
        currency,
        start,
        trialDays,
        incompleteMinutes: incomplete,
        events: events
          .map(([gap, act]) => ({ minute: (minute += gap), act }))
          .filter((event) => event.minute < SPAN_DAYS * DAY_MINUTES),
      };
    });
}

const customerArb = fc.record({
  country: fc.constantFrom('DE', 'US', 'JP', 'KW'),
  currency: fc.constantFrom<LifeCurrency>('USD', 'USD', 'EUR', 'JPY', 'KWD'),
  other: fc.constantFrom<LifeCurrency>('EUR', 'USD'),
  /** `joined`: one after the other on the same day. `moved`: the same into another currency. */
  shape: fc.constantFrom('one', 'one', 'several', 'several', 'joined', 'moved', 'two currencies' as const),
});

/** Customers with one to three subscriptions each. */
export function companyArb(customers: number): fc.Arbitrary<readonly CustomerLife[]> {
  const one = customerArb.chain(({ country, currency, other, shape }) => {
    const second = shape === 'moved' || shape === 'two currencies' ? other : currency;
    const count = shape === 'one' ? 1 : shape === 'several' ? 3 : 2;
    return fc
      .tuple(...Array.from({ length: count }, (_, n) => subscriptionArb(n === 1 ? second : currency)))
      .map((subscriptions) => ({
        country,
        subscriptions: shape === 'joined' || shape === 'moved' ? joined(subscriptions) : subscriptions,
      }));
  });
  return fc.array(one, { minLength: 1, maxLength: customers, size: 'max' }).map((all) =>
    all.map(({ country, subscriptions }, c): CustomerLife => ({
      id: `cus_${c}`,
      country,
      subscriptions: subscriptions.map((life, s) => ({ ...life, id: `sub_${c}_${s}` })),
    })),
  );
}

/** The second begins some minutes after the first is canceled: a migration. */
function joined(lives: readonly Omit<SubscriptionLife, 'id'>[]): Omit<SubscriptionLife, 'id'>[] {
  const [first, second] = lives;
  if (!first || !second) return [...lives];
  const end = (first.events.at(-1)?.minute ?? first.start + (first.incompleteMinutes ?? 0)) + 7;
  const shift = end + 30 - second.start;
  return [
    { ...first, events: [...first.events, { minute: end, act: { do: 'cancel' } }] },
    {
      ...second,
      start: second.start + shift,
      trialDays: null,
      events: second.events
        .map((event) => ({ ...event, minute: event.minute + shift }))
        .filter((event) => event.minute < SPAN_DAYS * DAY_MINUTES),
    },
  ];
}
