import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startDemoServers, type DemoServers } from '../../src/main/demo/index.ts';
import { instantOfIso } from '../../src/shared/kernel/instant.ts';
import { createDemoClient, type DemoClient, type JsonRecord } from './demo-client.ts';
import { EVENT_TYPES, queryParameters, violations } from './stripe-schema.ts';

let servers: DemoServers;
let client: DemoClient;

beforeAll(async () => {
  servers = await startDemoServers({ now: instantOfIso('2026-11-20T12:00:00Z') });
  client = createDemoClient(servers);
});
afterAll(() => servers.close());

/** The violations of many objects, each kind once, so that a failure reads well. */
function allViolations(component: string, objects: readonly JsonRecord[]): string[] {
  const found = new Set<string>();
  for (const object of objects)
    for (const violation of violations(component, object)) found.add(violation.replaceAll(/\/\d+/g, '/n'));
  return [...found];
}

const MeteredLine = z.looseObject({
  description: z.string().nullable(),
  quantity: z.number().nullable(),
  period: z.object({ start: z.number(), end: z.number() }),
});

describe('every object that the demo serves has the shape that Stripe publishes', () => {
  it.each([
    ['Customer', '/v1/customers'],
    ['Product', '/v1/products'],
    ['Price', '/v1/prices?expand[]=data.tiers'],
    ['Coupon', '/v1/coupons?expand[]=data.applies_to'],
    ['PromotionCode', '/v1/promotion_codes'],
    ['TaxRate', '/v1/tax_rates'],
    ['Subscription', '/v1/subscriptions?status=all'],
    [
      'Subscription',
      '/v1/subscriptions?status=all&expand[]=data.discounts&expand[]=data.latest_invoice&expand[]=data.customer',
    ],
    ['SubscriptionSchedule', '/v1/subscription_schedules'],
    ['Invoice', '/v1/invoices'],
    ['Invoice', '/v1/invoices?expand[]=data.payments&expand[]=data.discounts.source.coupon'],
    ['InvoicePayment', '/v1/invoice_payments'],
    ['PaymentIntent', '/v1/payment_intents'],
    ['Charge', '/v1/charges'],
    ['Refund', '/v1/refunds'],
    ['Dispute', '/v1/disputes'],
    ['CreditNote', '/v1/credit_notes'],
    ['BalanceTransaction', '/v1/balance_transactions'],
    ['Payout', '/v1/payouts'],
    ['Quote', '/v1/quotes'],
    ['Billing.Meter', '/v1/billing/meters'],
  ])('%s (%s)', { timeout: 300_000 }, async (component, path) => {
    const objects = await client.all(path);
    expect(objects.length).toBeGreaterThan(0);
    expect(allViolations(component, objects)).toEqual([]);
  });

  it.each([
    ['Account', '/v1/account'],
    ['Balance', '/v1/balance'],
  ])('%s (%s)', async (component, path) => {
    expect(violations(component, (await client.get(path)).body)).toEqual([]);
  });

  it('what a meter counted of a customer, by day', async () => {
    const [meter] = await client.all('/v1/billing/meters');
    const lines = z.array(z.looseObject({ customer: z.string(), lines: z.object({ data: z.array(MeteredLine) }) }));
    const invoices = lines.parse(await client.all('/v1/invoices?created[gte]=1777000000'));
    const metered = invoices.flatMap(({ customer, lines: { data } }) =>
      data.flatMap((line) => (line.description?.includes('API calls') === true ? [{ ...line, customer }] : [])),
    );
    const [billed] = metered;
    expect(billed).toBeDefined();
    // The days of a period add up to what its invoice bills.
    const midnight = (seconds: number): number => seconds - (seconds % 86_400);
    const { start, end } = billed?.period ?? { start: 0, end: 0 };
    const summaries = await client.all(
      `/v1/billing/meters/${String(meter?.['id'])}/event_summaries?value_grouping_window=day&customer=${billed?.customer}` +
        `&start_time=${midnight(start)}&end_time=${midnight(end)}`,
    );
    expect(summaries.length).toBeGreaterThanOrEqual(28);
    expect(allViolations('Billing.MeterEventSummary', summaries)).toEqual([]);
    const counted = summaries.reduce((sum, summary) => sum + Number(summary['aggregated_value']), 0);
    expect(counted).toBe(billed?.quantity);
  });

  it('a deleted customer is an object of its own', async () => {
    const deleted = (await client.all('/v1/events?type=customer.deleted'))[0];
    const id = z.object({ data: z.object({ object: z.object({ id: z.string() }) }) }).parse(deleted).data.object.id;
    const reply = await client.get(`/v1/customers/${id}`);
    expect(reply.body).toEqual({ id, object: 'customer', deleted: true });
    expect(violations('DeletedCustomer', reply.body)).toEqual([]);
  });

  it('the lines of an invoice with more than ten', async () => {
    const invoices = await client.all('/v1/invoices?limit=100');
    const long = invoices.find((invoice) => z.object({ has_more: z.boolean() }).parse(invoice['lines']).has_more);
    const lines = await client.all(`/v1/invoices/${String(long?.['id'])}/lines`);
    expect(lines.length).toBeGreaterThan(10);
    expect(allViolations('InvoiceLineItem', lines)).toEqual([]);
  });

  it('the lines of credit notes', async () => {
    const [note] = await client.all('/v1/credit_notes');
    const lines = await client.all(`/v1/credit_notes/${String(note?.['id'])}/lines`);
    expect(lines.length).toBeGreaterThan(0);
    expect(allViolations('CreditNoteLineItem', lines)).toEqual([]);
  });

  it('events: the envelope, a type that Stripe has, and the object in it', { timeout: 300_000 }, async () => {
    const component: Record<string, string> = {
      customer: 'Customer',
      subscription: 'Subscription',
      invoice: 'Invoice',
      charge: 'Charge',
      payment_intent: 'PaymentIntent',
      refund: 'Refund',
      dispute: 'Dispute',
      credit_note: 'CreditNote',
      payout: 'Payout',
      quote: 'Quote',
      price: 'Price',
      discount: 'Discount',
      invoice_payment: 'InvoicePayment',
      subscription_schedule: 'SubscriptionSchedule',
    };
    const envelope = z.object({
      id: z.string().startsWith('evt_'),
      object: z.literal('event'),
      api_version: z.literal('2026-10-28.endive'),
      created: z.int(),
      livemode: z.boolean(),
      pending_webhooks: z.int(),
      request: z.object({ id: z.string().nullable(), idempotency_key: z.string().nullable() }).nullable(),
      type: z.string().refine((type) => EVENT_TYPES.has(type)),
      data: z.object({
        object: z.looseObject({ object: z.string() }),
        previous_attributes: z.record(z.string(), z.unknown()).optional(),
      }),
    });
    const events = z.array(envelope).parse(await client.all('/v1/events'));
    expect(events.length).toBeGreaterThan(1000);
    const found = new Set<string>();
    for (const { data } of events.filter((event) => event.type !== 'invoice.upcoming'))
      for (const violation of violations(component[data.object.object] ?? 'unknown object', data.object))
        found.add(violation.replaceAll(/\/\d+/g, '/n'));
    expect([...found]).toEqual([]);
  });
});

it('announced invoices have no id yet, and are whole otherwise', async () => {
  const events = await client.all('/v1/events?type=invoice.upcoming');
  expect(events.length).toBeGreaterThan(100);
  const found = new Set(
    events.flatMap(({ data }) => violations('Invoice', z.object({ object: z.unknown() }).parse(data).object)),
  );
  expect([...found]).toEqual(['Invoice must have required property \'id\' {"missingProperty":"id"}']);
});

describe('every parameter that Stripe documents for a list is taken', () => {
  const values: Record<string, string> = {
    created: 'created[gte]=1',
    due_date: 'due_date[gte]=1',
    arrival_date: 'arrival_date[gte]=1',
    current_period_start: 'current_period_start[gte]=1',
    current_period_end: 'current_period_end[gte]=1',
    canceled_at: 'canceled_at[gte]=1',
    completed_at: 'completed_at[gte]=1',
    released_at: 'released_at[gte]=1',
    expand: '',
    limit: 'limit=3',
    starting_after: '',
    ending_before: '',
    recurring: 'recurring[interval]=month',
    payment: 'payment[type]=payment_intent',
    automatic_tax: 'automatic_tax[enabled]=false',
  };
  it.each([
    'customers',
    'products',
    'prices',
    'coupons',
    'promotion_codes',
    'subscriptions',
    'invoices',
    'invoice_payments',
    'charges',
    'payment_intents',
    'refunds',
    'disputes',
    'credit_notes',
    'balance_transactions',
    'payouts',
    'events',
    'quotes',
    'subscription_schedules',
    'tax_rates',
  ])('/v1/%s', async (name) => {
    const parameters = queryParameters(`/v1/${name}`);
    expect(parameters).toContain('limit');
    for (const parameter of parameters) {
      const query = values[parameter] ?? `${parameter}=x`;
      const reply = await client.get(`/v1/${name}?${query}`);
      expect([parameter, reply.status]).toEqual([parameter, 200]);
    }
  });
});
