import { describe, expect, it } from 'vitest';
import type { Fact, Invoice, Subscription } from '../../../src/main/engine/domain/index.ts';
import { Misfit, type ObjectType } from '../../../src/main/engine/sources/kit/index.ts';
import { customerType } from '../../../src/main/engine/sources/stripe/objects/customer.ts';
import { couponType } from '../../../src/main/engine/sources/stripe/objects/discount.ts';
import { invoiceType } from '../../../src/main/engine/sources/stripe/objects/invoice.ts';
import { chargeType, creditNoteType } from '../../../src/main/engine/sources/stripe/objects/payment.ts';
import { priceType } from '../../../src/main/engine/sources/stripe/objects/price.ts';
import {
  subscriptionEventType,
  subscriptionType,
} from '../../../src/main/engine/sources/stripe/objects/subscription.ts';
import { instant } from '../../../src/shared/kernel/instant.ts';

const AT = instant(1_800_000_000_000);
const T = 1_700_000_000;

function factsOf(type: ObjectType, raw: unknown): readonly Fact[] {
  return type.read(raw).facts(AT);
}

const isOf =
  <Kind extends Fact['kind']>(kind: Kind) =>
  (fact: Fact): fact is Extract<Fact, { kind: Kind }> =>
    fact.kind === kind;

function valueOf<Found extends Fact>(facts: readonly Fact[], is: (fact: Fact) => fact is Found): Found['value'] {
  const fact = facts.find(is);
  if (!fact) throw new Error(`Only ${facts.map(({ kind }) => kind).join()} came of it`);
  return fact.value;
}

/** The fact of one kind that comes of a raw object. */
function only<Kind extends Fact['kind']>(type: ObjectType, raw: unknown, kind: Kind) {
  return valueOf(factsOf(type, raw), isOf(kind));
}

function misfitOf(type: ObjectType, raw: unknown): Misfit {
  try {
    factsOf(type, raw);
  } catch (error) {
    if (error instanceof Misfit) return error;
    throw error;
  }
  throw new Error('It fits');
}

const PRICE = {
  id: 'price_1',
  object: 'price',
  active: true,
  billing_scheme: 'per_unit',
  currency: 'usd',
  metadata: {},
  nickname: null,
  product: 'prod_1',
  recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed' },
  tax_behavior: 'exclusive',
  tiers_mode: null,
  transform_quantity: null,
  unit_amount: 1900,
  unit_amount_decimal: '1900',
};
const PLAN = {
  id: 'price_1',
  object: 'plan',
  active: true,
  amount: 1900,
  amount_decimal: '1900',
  billing_scheme: 'per_unit',
  currency: 'usd',
  interval: 'month',
  interval_count: 1,
  metadata: {},
  nickname: null,
  product: 'prod_1',
  tiers_mode: null,
  transform_usage: null,
  usage_type: 'licensed',
};
const COUPON = {
  id: 'half',
  object: 'coupon',
  amount_off: null,
  applies_to: { products: ['prod_1'] },
  currency: null,
  duration: 'forever',
  duration_in_months: null,
  name: 'Half',
  percent_off: 50,
};

const SUBSCRIPTION = {
  id: 'sub_1',
  object: 'subscription',
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  collection_method: 'charge_automatically',
  created: T,
  currency: 'usd',
  customer: 'cus_1',
  ended_at: null,
  metadata: {},
  pause_collection: null,
  start_date: T,
  status: 'active',
  trial_end: null,
  trial_start: null,
};

/** One subscription with half off, as five API versions write it. */
const SUBSCRIPTION_SHAPES: Readonly<Record<string, unknown>> = {
  'before basil: periods on the subscription, one discount, its coupon inside': {
    ...SUBSCRIPTION,
    current_period_start: T,
    current_period_end: T + 100,
    discount: { id: 'di_1', object: 'discount', coupon: COUPON, start: T, end: null, promotion_code: null },
    items: { data: [{ id: 'si_1', object: 'subscription_item', price: PRICE, plan: PLAN, quantity: 3 }] },
  },
  'long before: a plan and no price': {
    ...SUBSCRIPTION,
    currency: undefined,
    start_date: undefined,
    current_period_start: T,
    current_period_end: T + 100,
    discount: { id: 'di_1', object: 'discount', coupon: COUPON, start: T, end: null },
    items: { data: [{ id: 'si_1', plan: PLAN, quantity: 3 }] },
  },
  'basil: periods on the items, discounts in a list': {
    ...SUBSCRIPTION,
    discounts: [{ id: 'di_1', object: 'discount', coupon: COUPON, start: T, end: null, promotion_code: null }],
    items: {
      has_more: false,
      data: [
        { id: 'si_1', price: PRICE, quantity: 3, current_period_start: T, current_period_end: T + 100, discounts: [] },
      ],
    },
  },
  'clover: the coupon under its source': {
    ...SUBSCRIPTION,
    discounts: [
      {
        id: 'di_1',
        object: 'discount',
        source: { type: 'coupon', coupon: COUPON },
        start: T,
        end: null,
        promotion_code: null,
      },
    ],
    items: {
      has_more: false,
      data: [
        { id: 'si_1', price: PRICE, quantity: 3, current_period_start: T, current_period_end: T + 100, discounts: [] },
      ],
    },
  },
  'dahlia: decimal quantities; expanded customer': {
    ...SUBSCRIPTION,
    customer: { id: 'cus_1', object: 'customer', name: 'Somebody' },
    discounts: [
      {
        id: 'di_1',
        object: 'discount',
        source: { type: 'coupon', coupon: COUPON },
        start: T,
        end: null,
        promotion_code: null,
      },
    ],
    items: {
      has_more: false,
      data: [
        {
          id: 'si_1',
          price: PRICE,
          quantity: 3,
          quantity_decimal: '3',
          current_period_start: T,
          current_period_end: T + 100,
          discounts: [],
          current_trial: null,
        },
      ],
    },
  },
};

describe('subscriptions', () => {
  const read = (raw: unknown): Subscription => only(subscriptionType, raw, 'subscription').subscription;

  it.each(Object.entries(SUBSCRIPTION_SHAPES))('%s', (_name, raw) => {
    const subscription = read(raw);
    expect(subscription).toMatchObject({
      id: 'sub_1',
      customerId: 'cus_1',
      status: 'active',
      currency: 'USD',
      startedAt: T * 1_000,
    });
    expect(subscription.items).toMatchObject([
      { id: 'si_1', quantity: '3', currentPeriodStart: T * 1_000, currentPeriodEnd: (T + 100) * 1_000 },
    ]);
    expect(subscription.items[0]?.price).toMatchObject({
      id: 'price_1',
      productId: 'prod_1',
      unitAmount: '1900',
      currency: 'USD',
    });
    expect(subscription.discounts).toMatchObject([
      {
        id: 'di_1',
        coupon: { id: 'half', percentOff: '50', duration: 'forever', appliesToProducts: ['prod_1'] },
        end: null,
      },
    ]);
  });

  it.each(Object.entries(SUBSCRIPTION_SHAPES))('are read the same from what was kept: %s', (_name, raw) => {
    const first = subscriptionType.read(raw);
    const again = subscriptionType.read(JSON.parse(JSON.stringify(first.kept)));
    expect(JSON.stringify(again.kept)).toBe(JSON.stringify(first.kept));
    expect(again.facts(AT)).toEqual(first.facts(AT));
  });

  const BASE = SUBSCRIPTION_SHAPES['clover: the coupon under its source'] as typeof SUBSCRIPTION;

  it('say since when they are paused, where the newest shape tells', () => {
    const raw = {
      ...BASE,
      pause_collection: { behavior: 'void', resumes_at: T + 500 },
      status_details: {
        paused: { type: 'subscription', transitioned_at: T + 5, subscription: { type: 'pause_requested' } },
      },
    };
    expect(read(raw).pause).toEqual({ behavior: 'void', since: (T + 5) * 1_000, resumesAt: (T + 500) * 1_000 });
  });

  it('sum the tax that an inclusive price contains', () => {
    const item = {
      id: 'si_1',
      price: PRICE,
      quantity: 1,
      tax_rates: [
        { inclusive: true, percentage: 7.7 },
        { inclusive: true, percentage: 0.3 },
        { inclusive: false, percentage: 5 },
      ],
    };
    expect(read({ ...BASE, items: { data: [item] } }).items[0]?.inclusiveTaxPercent).toBe('8');
  });

  it('never leave a discount out that they only know by name', () => {
    expect(misfitOf(subscriptionType, { ...BASE, discounts: ['di_unknown'] })).toMatchObject({ path: 'discounts.0' });
    const bare = { id: 'di_1', object: 'discount', source: { type: 'coupon', coupon: 'gone' }, start: T, end: null };
    expect(misfitOf(subscriptionType, { ...BASE, discounts: [bare] }).message).toContain('coupon gone');
  });

  it('do not guess at a status that is new', () => {
    expect(misfitOf(subscriptionType, { ...BASE, status: 'hibernating' })).toMatchObject({ path: 'status' });
  });

  it('are not taken from a list of items that is cut off', () => {
    expect(misfitOf(subscriptionType, { ...BASE, items: { has_more: true, data: [] } })).toMatchObject({
      path: 'items',
    });
  });

  it('in an event are a sighting at the moment of the event', () => {
    const event = {
      id: 'evt_1',
      object: 'event',
      created: T + 9,
      type: 'customer.subscription.updated',
      data: { object: BASE },
    };
    expect(only(subscriptionEventType, event, 'subscription')).toMatchObject({
      by: 'event',
      eventId: 'evt_1',
      eventType: 'customer.subscription.updated',
      seenAt: (T + 9) * 1_000,
    });
  });
});

const INVOICE = {
  id: 'in_1',
  object: 'invoice',
  amount_due: 2_261,
  amount_paid: 2_261,
  amount_remaining: 0,
  attempt_count: 1,
  billing_reason: 'subscription_cycle',
  collection_method: 'charge_automatically',
  created: T,
  currency: 'usd',
  customer: 'cus_1',
  due_date: null,
  ending_balance: 0,
  next_payment_attempt: null,
  number: 'A-1',
  period_end: T,
  period_start: T - 100,
  starting_balance: 0,
  status: 'paid',
  status_transitions: { finalized_at: T, marked_uncollectible_at: null, paid_at: T + 1, voided_at: null },
  subtotal: 3_800,
  total: 2_261,
  total_discount_amounts: [{ amount: 1_900, discount: 'di_1' }],
};
const LINE = {
  id: 'il_1',
  object: 'line_item',
  amount: 3_800,
  currency: 'usd',
  description: '2 × Starter',
  discount_amounts: [{ amount: 1_900, discount: 'di_1' }],
  period: { start: T, end: T + 100 },
  quantity: 2,
};

/** One paid invoice of 2 × 19.00, half off, 19 % tax on top, as it was written before and after «basil». */
const INVOICE_SHAPES: Readonly<Record<string, unknown>> = {
  'before basil: subscription, price, proration and tax on the object': {
    ...INVOICE,
    charge: 'ch_1',
    payment_intent: 'pi_1',
    subscription: 'sub_1',
    tax: 361,
    total_tax_amounts: [{ amount: 361, inclusive: false, tax_rate: 'txr_1' }],
    lines: {
      has_more: false,
      data: [
        {
          ...LINE,
          type: 'subscription',
          subscription: 'sub_1',
          subscription_item: 'si_1',
          proration: false,
          price: PRICE,
          plan: PLAN,
          tax_amounts: [{ amount: 361, inclusive: false, tax_rate: 'txr_1' }],
        },
      ],
    },
  },
  'long before: a plan and no price, the sum of tax only': {
    ...INVOICE,
    charge: 'ch_1',
    payment_intent: 'pi_1',
    subscription: 'sub_1',
    tax: 361,
    lines: {
      has_more: false,
      data: [
        {
          ...LINE,
          type: 'subscription',
          subscription: 'sub_1',
          subscription_item: 'si_1',
          proration: false,
          plan: PLAN,
          tax_amounts: [{ amount: 361, inclusive: false }],
        },
      ],
    },
  },
  'since basil: parent, pricing and taxes': {
    ...INVOICE,
    parent: {
      type: 'subscription_details',
      subscription_details: { subscription: 'sub_1', metadata: {} },
      quote_details: null,
    },
    total_taxes: [
      {
        amount: 361,
        tax_behavior: 'exclusive',
        type: 'tax_rate_details',
        taxability_reason: 'standard_rated',
        taxable_amount: 1_900,
      },
    ],
    lines: {
      has_more: false,
      data: [
        {
          ...LINE,
          quantity_decimal: '2',
          parent: {
            type: 'subscription_item_details',
            invoice_item_details: null,
            subscription_item_details: {
              subscription: 'sub_1',
              subscription_item: 'si_1',
              proration: false,
              invoice_item: null,
              proration_details: null,
            },
          },
          pricing: {
            type: 'price_details',
            price_details: { price: 'price_1', product: 'prod_1' },
            unit_amount_decimal: '1900',
          },
          taxes: [{ amount: 361, tax_behavior: 'exclusive', type: 'tax_rate_details' }],
        },
      ],
    },
  },
};

describe('invoices', () => {
  const read = (raw: unknown): Invoice => only(invoiceType, raw, 'invoice');
  const BASIL = INVOICE_SHAPES['since basil: parent, pricing and taxes'] as Record<string, unknown>;

  it.each(Object.entries(INVOICE_SHAPES))('%s', (_name, raw) => {
    const invoice = read(raw);
    expect(invoice).toMatchObject({
      subscriptionId: 'sub_1',
      subtotalMinor: 3_800,
      discountMinor: 1_900,
      taxMinor: 361,
      totalMinor: 2_261,
      status: 'paid',
      paidAt: (T + 1) * 1_000,
      currency: 'USD',
    });
    expect(invoice.lines).toMatchObject([
      {
        kind: 'subscription',
        subscriptionId: 'sub_1',
        subscriptionItemId: 'si_1',
        priceId: 'price_1',
        productId: 'prod_1',
        quantity: '2',
        amountMinor: 3_800,
        proration: false,
        discounts: [{ discountId: 'di_1', amountMinor: 1_900 }],
        taxes: [{ amountMinor: 361, inclusive: false }],
      },
    ]);
  });

  it('before basil also name the payment that settled them', () => {
    const old = INVOICE_SHAPES['before basil: subscription, price, proration and tax on the object'];
    expect(only(invoiceType, old, 'invoice_payment')).toMatchObject({
      id: 'in_1/payment',
      invoiceId: 'in_1',
      chargeId: 'ch_1',
      paymentIntentId: 'pi_1',
      status: 'paid',
      amountPaidMinor: 2_261,
    });
    expect(factsOf(invoiceType, BASIL).map(({ kind }) => kind)).toEqual(['invoice']);
  });

  it.each(Object.entries(INVOICE_SHAPES))('are read the same from what was kept: %s', (_name, raw) => {
    const first = invoiceType.read(raw);
    const again = invoiceType.read(JSON.parse(JSON.stringify(first.kept)));
    expect(JSON.stringify(again.kept)).toBe(JSON.stringify(first.kept));
  });

  it.each([
    [
      'a proration of a subscription',
      {
        type: 'invoice_item_details',
        subscription_item_details: null,
        invoice_item_details: { invoice_item: 'ii_1', proration: true, subscription: 'sub_1' },
      },
      'subscription',
    ],
    [
      'an extra charge on a subscription invoice',
      {
        type: 'invoice_item_details',
        subscription_item_details: null,
        invoice_item_details: { invoice_item: 'ii_1', proration: false, subscription: 'sub_1' },
      },
      'one_off',
    ],
    ['a free line', null, 'one_off'],
  ])('tell apart: %s', (_name, parent, kind) => {
    const line = { ...LINE, id: 'il_2', amount: -500, parent };
    expect(read({ ...BASIL, lines: { has_more: false, data: [line] } }).lines).toMatchObject([
      { kind, amountMinor: -500 },
    ]);
  });
});

describe('currencies in which Stripe counts otherwise', () => {
  const CHARGE = {
    id: 'ch_1',
    object: 'charge',
    amount: 150_000,
    amount_refunded: 0,
    created: T,
    currency: 'usd',
    customer: null,
    status: 'succeeded',
  };
  it.each([
    ['usd', 150_000],
    ['jpy', 150_000],
    ['isk', 1_500],
    ['ugx', 1_500],
    ['mga', 15_000_000],
    ['kwd', 150_000],
  ])('%s', (currency, minor) => {
    expect(only(chargeType, { ...CHARGE, currency }, 'charge').amountMinor).toBe(minor);
  });

  it.each([
    [150_049, 1_500],
    [150_050, 1_501],
    [50, 1],
  ])('round a fraction of a króna, as it was charged until 2023: %i', (amount, minor) => {
    expect(only(chargeType, { ...CHARGE, currency: 'isk', amount }, 'charge').amountMinor).toBe(minor);
  });

  it('refuse an amount that is none any more', () => {
    const amount = Number.MAX_SAFE_INTEGER - 1;
    expect(misfitOf(chargeType, { ...CHARGE, currency: 'mga', amount })).toMatchObject({ path: 'amount' });
  });

  it('keep fractions of a minor unit in prices', () => {
    expect(only(priceType, { ...PRICE, unit_amount: null, unit_amount_decimal: '0.0125' }, 'price').unitAmount).toBe(
      '0.0125',
    );
    expect(
      only(priceType, { ...PRICE, currency: 'isk', unit_amount: null, unit_amount_decimal: '12.5' }, 'price')
        .unitAmount,
    ).toBe('0.125');
  });

  it('name a currency that cannot be valued', () => {
    expect(misfitOf(priceType, { ...PRICE, currency: 'xxa' }).message).toContain(
      'xxa is not a currency known to Vario',
    );
  });
});

describe('prices, coupons, customers, credit notes', () => {
  it('take tiers with their flat amounts and an open end', () => {
    const tiers = [
      { up_to: 10, unit_amount: 500, unit_amount_decimal: '500', flat_amount: 1_000, flat_amount_decimal: '1000' },
      { up_to: null, unit_amount: null, unit_amount_decimal: '0.5', flat_amount: null, flat_amount_decimal: null },
    ];
    const price = only(
      priceType,
      { ...PRICE, billing_scheme: 'tiered', tiers_mode: 'volume', unit_amount: null, unit_amount_decimal: null, tiers },
      'price',
    );
    expect(price).toMatchObject({
      scheme: 'volume',
      unitAmount: null,
      tiers: [
        { upTo: 10, unitAmount: '500', flatAmount: '1000' },
        { upTo: null, unitAmount: '0.5', flatAmount: '0' },
      ],
    });
  });

  it('refuse a coupon that takes off both or neither', () => {
    expect(misfitOf(couponType, { ...COUPON, percent_off: null }).message).toContain('neither or both');
    expect(misfitOf(couponType, { ...COUPON, amount_off: 100 }).message).toContain('neither or both');
  });

  it('keep of a customer what is on the list, and no more', () => {
    const { kept } = customerType.read({
      id: 'cus_1',
      object: 'customer',
      created: T,
      name: 'Ada',
      email: 'ada@example.com',
      phone: '+49 30 1234',
      balance: 0,
      address: { country: 'de', line1: 'Secret street 1' },
      default_source: 'card_1',
      description: null,
      metadata: {},
      livemode: true,
    });
    expect(JSON.stringify(kept)).not.toMatch(/Secret|1234|card_1|livemode/);
    expect(kept).toMatchObject({ address: { country: 'de' }, name: 'Ada' });
  });

  it('fall back on the whole where an old credit note does not split tax off', () => {
    const note = {
      id: 'cn_1',
      object: 'credit_note',
      created: T,
      currency: 'usd',
      customer: 'cus_1',
      invoice: 'in_1',
      reason: null,
      status: 'issued',
      subtotal: 100,
      total: 119,
      type: 'post_payment',
      voided_at: null,
    };
    expect(only(creditNoteType, note, 'credit_note')).toMatchObject({ totalMinor: 119, totalExcludingTaxMinor: 119 });
    expect(only(creditNoteType, { ...note, total_excluding_tax: 100 }, 'credit_note')).toMatchObject({
      totalExcludingTaxMinor: 100,
    });
  });
});
