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

export interface Tier {
  /** Null for the last one. */
  readonly upTo: number | null;
  readonly unit: number;
  readonly flat: number;
}

/** How a quantity is billed; `hundredths` of a minor unit come on top of the unit's whole ones. */
export type Model =
  | { readonly is: 'unit'; readonly hundredths: number }
  | { readonly is: 'package'; readonly of: number; readonly round: 'up' | 'down' }
  | { readonly is: 'graduated' | 'volume'; readonly tiers: readonly Tier[] }
  | { readonly is: 'usage' };

export interface Item {
  readonly product: number;
  /** Minor units per unit (or package) and period. */
  readonly unit: number;
  readonly model: Model;
  /** Half units. */
  readonly halves: number;
  readonly interval: 'month' | 'quarter' | 'year' | 'week' | 'day';
  /** Tax that the price contains, in tenths of a per cent; the price says so, or the rate alone does. */
  readonly tax: { readonly tenths: number; readonly said: boolean } | null;
  /** Per cent off by a coupon of its own, which may be for another product than this. */
  readonly own: { readonly percent: number; readonly elsewhere: boolean } | null;
  readonly trialDays: number | null;
}

export interface Discount {
  readonly percent: number | null;
  /** Minor units of the subscription's currency per period. */
  readonly amount: number | null;
  readonly months: number | null;
  readonly once: boolean;
  /** The one product that it is for; null: all. */
  readonly product: number | null;
}

export type Act =
  | { readonly do: 'plan'; readonly items: readonly Item[] }
  | { readonly do: 'discount'; readonly discount: Discount }
  | { readonly do: 'undiscount' }
  | { readonly do: 'pause'; readonly days: number | null }
  | { readonly do: 'halt' | 'resume' | 'fail' | 'unpaid' | 'pay' | 'stay' | 'cancel' | 'refund' }
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
  /** One of the customer's own, from a minute on. */
  readonly discount: (Discount & { readonly from: number }) | null;
  readonly subscriptions: readonly SubscriptionLife[];
}

/** Null, but for one of so many. */
function oneOf<Value>(count: number, arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.oneof({ weight: count - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

const tiersArb = fc
  .tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.tuple(fc.integer({ max: 9_000, min: 0 }), fc.integer({ max: 9_000, min: 0 })),
    fc.tuple(fc.constantFrom(0, 0, 500, 12_345), fc.constantFrom(0, 0, 700)),
  )
  .map(([upTo, [low, high], [first, second]]): readonly Tier[] => [
    { upTo, unit: low, flat: first },
    { upTo: null, unit: high, flat: second },
  ]);

const modelArb: fc.Arbitrary<Model> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(0, 0, 0, 1, 37).map((hundredths): Model => ({ is: 'unit', hundredths })) },
  {
    weight: 1,
    arbitrary: fc
      .record({ of: fc.integer({ min: 2, max: 5 }), round: fc.constantFrom('up', 'down' as const) })
      .map((packs): Model => ({ is: 'package', ...packs })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ is: fc.constantFrom('graduated', 'volume' as const), tiers: tiersArb })
      .map((model): Model => model),
  },
  { weight: 1, arbitrary: fc.constant<Model>({ is: 'usage' }) },
);

const itemArb: fc.Arbitrary<Item> = fc.record({
  product: fc.integer({ min: 0, max: 3 }),
  unit: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 1, max: 60_000 }) },
    { weight: 1, arbitrary: fc.constant(0) },
  ),
  model: modelArb,
  halves: fc.oneof(
    { weight: 7, arbitrary: fc.integer({ min: 1, max: 9 }).map((whole) => 2 * whole) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 19 }) },
  ),
  interval: fc.constantFrom('month', 'month', 'month', 'quarter', 'year', 'year', 'week', 'day'),
  tax: oneOf(8, fc.record({ tenths: fc.constantFrom(77, 190, 200), said: fc.boolean() })),
  own: oneOf(8, fc.record({ percent: fc.constantFrom(10, 25, 100), elsewhere: fc.boolean() })),
  trialDays: oneOf(8, fc.integer({ min: 1, max: 30 })),
});
const itemsArb = fc.array(itemArb, { minLength: 1, maxLength: 2 });

const discountArb: fc.Arbitrary<Discount> = fc
  .record({
    percent: fc.option(fc.constantFrom(5, 10, 12.5, 33.33, 50, 100), { freq: 3 }),
    amount: fc.integer({ min: 1, max: 40_000 }),
    months: fc.option(fc.integer({ min: 1, max: 14 }), { freq: 2 }),
    once: fc.boolean(),
    product: oneOf(4, fc.integer({ min: 0, max: 3 })),
  })
  .map(({ percent, amount, months, once, product }) => ({
    percent,
    amount: percent === null ? amount : null,
    months,
    once: once && months === null,
    product,
  }));

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
      .constantFrom('halt', 'resume', 'fail', 'unpaid', 'pay', 'pay', 'stay', 'cancel', 'refund' as const)
      .map((kind): Act => ({ do: kind })),
  },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 90 }).map((days): Act => ({ do: 'leave', days })) },
  {
    weight: 1,
    arbitrary: fc
      .record({ days: fc.integer({ min: 1, max: 90 }), items: itemsArb })
      .map(({ days, items }): Act => ({ do: 'schedule', days, items: items.map(paidAtOnce) })),
  },
);

/**
 * What may follow a trial: no trials of single items, and no halt where nobody tells that the trial was paid: one that
 * is seen halted next was halted at its end.
 */
function afterTrial(act: Act, { told }: Pick<SubscriptionLife, 'told'>): Act {
  if (act.do === 'plan') return { ...act, items: act.items.map(paidAtOnce) };
  return act.do === 'halt' && !told ? { do: 'refund' } : act;
}

/** A planned phase has no trials of single items. */
function paidAtOnce(of: Item): Item {
  return { ...of, trialDays: null };
}

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
      trialDays: oneOf(3, fc.integer({ min: 1, max: 31 })),
      incompleteMinutes: oneOf(6, fc.integer({ min: 1, max: 3_000 })),
      items: itemsArb,
      events: fc.array(fc.tuple(gapArb, actArb), { maxLength: 7 }),
      told: fc.boolean(),
    })
    .map(({ start, trialDays, incompleteMinutes, events, items, ...rest }) => {
      const incomplete = trialDays === null ? incompleteMinutes : null;
      // A trial of the whole subscription is one of its items.
      const whole = trialDays !== null || incomplete !== null;
      let minute = start + (incomplete ?? 0);
      return {
        ...rest,
        currency,
        start,
        trialDays,
        incompleteMinutes: incomplete,
        items: whole ? items.map(paidAtOnce) : items,
        events: events
          .map(([gap, act]) => ({ minute: (minute += gap), act }))
          .filter((event) => event.minute < SPAN_DAYS * DAY_MINUTES)
          .map(({ minute: at, act }): Event => ({ minute: at, act: trialDays === null ? act : afterTrial(act, rest) })),
      };
    });
}

const customerArb = fc.record({
  country: fc.constantFrom('DE', 'US', 'JP', 'KW'),
  currency: fc.constantFrom<LifeCurrency>('USD', 'USD', 'EUR', 'JPY', 'KWD'),
  other: fc.constantFrom<LifeCurrency>('EUR', 'USD'),
  discount: oneOf(
    4,
    fc
      .record({ given: discountArb, from: fc.integer({ min: 0, max: (SPAN_DAYS - 1) * DAY_MINUTES }) })
      .map(({ given, from }) => ({ ...given, from })),
  ),
  /** `joined`: one after the other on the same day. `moved`: the same into another currency. */
  shape: fc.constantFrom('one', 'one', 'several', 'several', 'joined', 'moved', 'two currencies' as const),
});

/** So many customers, with one to three subscriptions each. */
export function companyArb(customers: number): fc.Arbitrary<readonly CustomerLife[]> {
  const one = customerArb.chain(({ country, currency, other, shape, discount }) => {
    const second = shape === 'moved' || shape === 'two currencies' ? other : currency;
    const count = shape === 'one' ? 1 : shape === 'several' ? 3 : 2;
    return fc
      .tuple(...Array.from({ length: count }, (_, n) => subscriptionArb(n === 1 ? second : currency)))
      .map((subscriptions) => ({
        country,
        discount,
        subscriptions: shape === 'joined' || shape === 'moved' ? joined(subscriptions) : subscriptions,
      }));
  });
  return fc.array(one, { minLength: customers, maxLength: customers, size: 'max' }).map((all) =>
    all.map(({ country, discount, subscriptions }, c): CustomerLife => ({
      id: `cus_${c}`,
      country,
      discount,
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
