/** Payouts, quotes and meters in Stripe's shapes, and what they are in normal form. */
import { describe, expect, it } from 'vitest';
import { Misfit, type ObjectType } from '../../../src/main/engine/sources/kit/index.ts';
import { meterType, meterUsageType } from '../../../src/main/engine/sources/stripe/objects/meter.ts';
import { payoutType } from '../../../src/main/engine/sources/stripe/objects/payout.ts';
import { priceType } from '../../../src/main/engine/sources/stripe/objects/price.ts';
import { quoteType } from '../../../src/main/engine/sources/stripe/objects/quote.ts';
import { instant } from '../../../src/shared/kernel/instant.ts';

const AT = instant(1_800_000_000_000);

/** Reads an object as it came and as it was kept: both mean the same. */
function only(type: ObjectType, raw: unknown): unknown {
  const [fact, ...others] = type.read(raw).facts(AT);
  expect(others).toEqual([]);
  expect(type.read(type.read(raw).kept).facts(AT)).toEqual([fact]);
  return fact?.value;
}

/** As Stripe's own fixtures show one, with every field. */
const PAYOUT = {
  id: 'po_1Pgc79B7WZ01zgkWu1KToYf4',
  object: 'payout',
  amount: 1100,
  application_fee: null,
  application_fee_amount: null,
  arrival_date: 1234567890,
  automatic: true,
  balance_transaction: 'txn_1PgaxNB7WZ01zgkWEV3TLf40',
  created: 1234567890,
  currency: 'usd',
  description: 'STRIPE PAYOUT',
  destination: 'ba_1Pgc79B7WZ01zgkWoU5vBiXt',
  failure_balance_transaction: null,
  failure_code: null,
  failure_message: null,
  livemode: false,
  metadata: {},
  method: 'standard',
  original_payout: null,
  payout_method: null,
  reconciliation_status: 'completed',
  reversed_by: null,
  source_type: 'card',
  statement_descriptor: null,
  status: 'in_transit',
  trace_id: { status: 'status', value: null },
  type: 'bank_account',
};

describe('a payout', () => {
  it.each([
    ['known', { parts: ['txn_1', 'txn_2'] }, ['txn_1', 'txn_2']],
    ['unread', {}, []],
    ['pending', { reconciliation_status: 'in_progress' }, []],
    ['manual', { reconciliation_status: 'not_applicable' }, []],
    ['manual', { automatic: false, parts: ['txn_1'] }, []],
  ])('consists of parts that are %s', (membership, changes, parts) => {
    expect(only(payoutType, { ...PAYOUT, ...changes })).toMatchObject({ membership, parts, amountMinor: 1100 });
  });

  it('may take money from the bank, fail, and be in a currency without decimals', () => {
    const raw = { ...PAYOUT, amount: -150_000, currency: 'isk', status: 'failed', failure_code: 'account_closed' };
    expect(only(payoutType, raw)).toMatchObject({
      amountMinor: -1500,
      currency: 'ISK',
      status: 'failed',
      failureCode: 'account_closed',
    });
    expect(payoutType.read(raw).measure()).toEqual({ currency: 'ISK', minor: -1500 });
  });

  it('has to be worth something in a known currency', () => {
    expect(() => payoutType.read({ ...PAYOUT, amount: '11' })).toThrow(Misfit);
    expect(() => only(payoutType, { ...PAYOUT, currency: 'xyz' })).toThrow(/not a currency known to Vario/);
  });
});

const QUOTE = {
  id: 'qt_1Pgc79B7WZ01zgkWHyj9Adwl',
  object: 'quote',
  amount_subtotal: 12_000,
  amount_total: 14_280,
  computed: {
    recurring: {
      amount_subtotal: 12_000,
      amount_total: 14_280,
      interval: 'month',
      interval_count: 3,
      total_details: { amount_discount: 0, amount_shipping: null, amount_tax: 2_280 },
    },
    upfront: { amount_subtotal: 12_000, amount_total: 14_280, total_details: { amount_tax: 2_280 } },
  },
  created: 1_700_000_000,
  currency: 'eur',
  customer: { id: 'cus_1', object: 'customer' },
  expires_at: 1_702_592_000,
  invoice: null,
  number: 'QT-0001-1',
  status: 'open',
  status_transitions: { accepted_at: null, canceled_at: null, finalized_at: 1_700_000_060 },
  subscription: null,
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 2_280 },
};

describe('a quote', () => {
  it('is worth what it bills without tax, once and per interval', () => {
    expect(only(quoteType, QUOTE)).toMatchObject({
      customerId: 'cus_1',
      status: 'open',
      totalMinor: 12_000,
      recurring: { amountMinor: 12_000, interval: 'month', intervalCount: 3 },
      finalizedAt: 1_700_000_060_000,
      acceptedAt: null,
    });
  });

  it('of one-off work recurs nothing; a draft without lines has neither currency nor customer', () => {
    const draft = { ...QUOTE, computed: { recurring: null }, currency: null, customer: null, status: 'draft' };
    expect(only(quoteType, { ...draft, amount_total: 0 })).toMatchObject({
      recurring: null,
      currency: null,
      customerId: null,
      totalMinor: 0,
    });
  });

  it('in a status that nobody knows waits in quarantine', () => {
    expect(() => quoteType.read({ ...QUOTE, status: 'haggled' })).toThrow(/status that Vario does not know/);
  });
});

describe('a meter', () => {
  const METER = {
    id: 'mtr_123',
    object: 'billing.meter',
    created: 1234567890,
    customer_mapping: { event_payload_key: 'customer', type: 'by_id' },
    default_aggregation: { formula: 'sum' },
    display_name: 'API calls',
    event_name: 'api_call',
    event_time_window: null,
    livemode: true,
    status: 'active',
    status_transitions: { deactivated_at: null },
    updated: 1234567890,
    value_settings: { event_payload_key: 'value' },
  };

  it.each([
    ['sum', true],
    ['count', true],
    ['last', false],
    ['median', false],
  ])('that counts by %s adds up over days: %s', (formula, addsUp) => {
    expect(only(meterType, { ...METER, default_aggregation: { formula } })).toEqual({
      id: 'mtr_123',
      title: 'API calls',
      eventName: 'api_call',
      active: true,
      addsUp,
    });
  });

  it('counts days of UTC, in fractions too', () => {
    const summary = { aggregated_value: 2.5, customer: 'cus_1', meter: 'mtr_123', start_time: 1_700_006_400 };
    expect(only(meterUsageType, summary)).toEqual({
      meterId: 'mtr_123',
      customerId: 'cus_1',
      day: '2023-11-15',
      quantity: 2.5,
    });
  });

  it('is named by the price that it counts for, and by no other', () => {
    const price = { id: 'price_1', currency: 'usd', recurring: { interval: 'month', usage_type: 'metered' } };
    const metered = { ...price, recurring: { ...price.recurring, meter: 'mtr_123' } };
    expect(only(priceType, metered)).toMatchObject({ recurring: { usageType: 'metered', meterId: 'mtr_123' } });
    expect(JSON.stringify(priceType.read(price).kept)).not.toContain('meter"');
  });
});
