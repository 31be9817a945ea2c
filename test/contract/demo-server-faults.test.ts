import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { demoTruth, startDemoServers, type DemoServers } from '../../src/main/demo/index.ts';
import { DAY_MS, instantOfIso } from '../../src/shared/kernel/instant.ts';
import { createDemoClient, errorOf, type DemoClient } from './demo-client.ts';
import { violations } from './stripe-schema.ts';

const NOW = instantOfIso('2026-11-20T12:00:00Z');

describe('faults on demand', () => {
  let servers: DemoServers;
  let client: DemoClient;
  beforeAll(async () => {
    servers = await startDemoServers({ now: NOW });
    client = createDemoClient(servers);
  });
  afterEach(() => servers.control.faults.clear());
  afterAll(() => servers.close());
  const fault = (...[rule]: Parameters<DemoServers['control']['faults']['add']>) => servers.control.faults.add(rule);

  it('a bare 429, for as many requests as asked, on its route only', async () => {
    fault({ route: '/v1/invoices', fault: { kind: 'rate_limited' }, times: 2 });
    const replies = [
      await client.get('/v1/invoices'),
      await client.get('/v1/invoices'),
      await client.get('/v1/invoices'),
    ];
    expect(replies.map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(replies[0]!.headers.get('retry-after')).toBeNull();
    expect(replies[0]!.headers.get('stripe-should-retry')).toBeNull();
    expect(errorOf(replies[0]!)).toMatchObject({ code: 'rate_limit' });
    expect((await client.get('/v1/customers')).status).toBe(200);
  });
  it('a 429 with Retry-After', async () => {
    fault({ route: '*', fault: { kind: 'rate_limited', retryAfterSeconds: 3 }, times: 1 });
    expect((await client.get('/v1/invoices')).headers.get('retry-after')).toBe('3');
  });
  it('a 500 after the first request', async () => {
    fault({ route: '/v1/charges', fault: { kind: 'server_error' }, after: 1, times: 1 });
    expect([
      (await client.get('/v1/charges')).status,
      (await client.get('/v1/charges')).status,
      (await client.get('/v1/charges')).status,
    ]).toEqual([200, 500, 200]);
  });
  it('a connection cut in the middle of the body', async () => {
    fault({ route: '/v1/customers', fault: { kind: 'cut' }, times: 1 });
    await expect(client.get('/v1/customers')).rejects.toThrow();
    expect((await client.get('/v1/customers')).status).toBe(200);
  });
  it('a slow answer', async () => {
    fault({ route: '/v1/customers', fault: { kind: 'slow', ms: 120 } });
    const begun = performance.now();
    await client.get('/v1/customers');
    expect(performance.now() - begun).toBeGreaterThan(100);
  });
  it('a page that comes twice', async () => {
    const first = await client.page('/v1/customers?limit=5');
    fault({ route: '/v1/customers', fault: { kind: 'duplicate_page' } });
    const second = await client.page(`/v1/customers?limit=5&starting_after=${String(first.data[4]!['id'])}`);
    expect(second.data.slice(0, 5)).toEqual(first.data);
    expect(second.data).toHaveLength(10);
  });
  it('a permission that is missing', async () => {
    fault({ route: '/v1/disputes', fault: { kind: 'forbidden' } });
    expect((await client.get('/v1/disputes')).status).toBe(403);
  });
  it('old shapes for a share of the objects', async () => {
    fault({ route: '/v1/invoices', fault: { kind: 'pre_basil', share: 0.3 } });
    const invoices = await client.all('/v1/invoices');
    const old = invoices.filter((invoice) => 'subscription' in invoice);
    expect(old.length / invoices.length).toBeGreaterThan(0.25);
    expect(old.length / invoices.length).toBeLessThan(0.35);
    expect(old.every((invoice) => 'paid' in invoice && 'tax' in invoice && !('parent' in invoice))).toBe(true);
    const lines = old.flatMap(
      ({ lines: list }) => z.object({ data: z.array(z.record(z.string(), z.unknown())) }).parse(list).data,
    );
    expect(lines.every((line) => 'price' in line && 'proration' in line && !('pricing' in line))).toBe(true);
  });
  it('old shapes embed whole prices and plans, and name charge and payment intent', async () => {
    fault({ route: '/v1/invoices', fault: { kind: 'pre_basil', share: 1 } });
    const [paid] = await client.all('/v1/invoices?status=paid&created[gte]=1794571200');
    expect(paid).toMatchObject({
      paid: true,
      charge: expect.stringMatching(/^ch_/),
      payment_intent: expect.stringMatching(/^pi_/),
    });
    const { data } = z.object({ data: z.array(z.unknown()) }).parse(paid!['lines']);
    expect(data[0]).toMatchObject({
      price: { object: 'price', recurring: { interval_count: 1 } },
      plan: { object: 'plan', interval_count: 1 },
    });
  });
  it('old payment intents name their invoice', async () => {
    fault({ route: '/v1/payment_intents', fault: { kind: 'pre_basil', share: 1 } });
    const { data } = await client.page('/v1/payment_intents?limit=10');
    for (const { id, invoice } of data) {
      const { body } = await client.get(
        `/v1/invoice_payments?payment[payment_intent]=${String(id)}&payment[type]=payment_intent`,
      );
      expect(body).toMatchObject({ data: [{ invoice }] });
    }
  });
  it('old subscriptions have their period and their discount on themselves', async () => {
    fault({ route: '/v1/subscriptions', fault: { kind: 'pre_basil', share: 1 } });
    const subscriptions = await client.all('/v1/subscriptions');
    expect(subscriptions.every(({ current_period_end }) => typeof current_period_end === 'number')).toBe(true);
    const discounted = subscriptions.filter(({ discount }) => discount !== null);
    expect(discounted.length).toBeGreaterThan(5);
    expect(discounted[0]!['discount']).toMatchObject({ object: 'discount', coupon: { object: 'coupon' } });
  });
  it('a value that nobody knows', async () => {
    fault({ route: '/v1/subscriptions', fault: { kind: 'unknown_enum', share: 0.1 } });
    const found = (await client.all('/v1/subscriptions')).filter(({ status }) => status === 'newly_invented');
    expect(found.length).toBeGreaterThan(10);
  });
  it('objects that break their shape', async () => {
    fault({ route: '/v1/charges', fault: { kind: 'malformed', share: 0.05 } });
    const broken = (await client.all('/v1/charges')).filter((charge) => violations('Charge', charge).length > 0);
    expect(broken.length).toBeGreaterThan(50);
    expect(broken.every((charge) => typeof charge['id'] === 'string')).toBe(true);
  });
});

describe('the rate limit', () => {
  it('answers 429 beyond its requests per second', async () => {
    const servers = await startDemoServers({ now: NOW, rate: 10 });
    const client = createDemoClient(servers);
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async () => (await client.get('/v1/account')).status),
    );
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(10);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(5);
    await servers.close();
  });
});

describe('the story goes on', () => {
  let servers: DemoServers;
  let client: DemoClient;
  beforeAll(async () => {
    servers = await startDemoServers({ now: NOW });
    client = createDemoClient(servers);
  });
  afterAll(() => servers.close());
  const newestTypes = async (count: number) =>
    (await client.page(`/v1/events?limit=${count}`)).data.map(({ type }) => type);
  const subscription = async (id: string) => (await client.get(`/v1/subscriptions/${id}`)).body;

  it('a cancellation at once: the object changes, an event is told, the truth follows', async () => {
    const id = servers.control.subscriptionId('nordfjell-1');
    const before = demoTruth(servers.control.company()).today;
    servers.control.cancelSubscription(id, { immediately: true });
    expect(await subscription(id)).toMatchObject({ status: 'canceled', ended_at: NOW / 1000 + 1 });
    expect(await newestTypes(1)).toEqual(['customer.subscription.deleted']);
    const after = demoTruth(servers.control.company()).today;
    // 72 seats: 199 + 40 × 15 + 22 × 12.
    expect(before.mrr.byCurrency['EUR']!.mrr - after.mrr.byCurrency['EUR']!.mrr).toBe(19_900 + 40 * 1_500 + 22 * 1_200);
  });
  it('a cancellation at the period’s end takes effect when time has passed', async () => {
    const id = servers.control.subscriptionId('arroyo-1');
    servers.control.cancelSubscription(id, { immediately: false });
    expect(await subscription(id)).toMatchObject({ status: 'active', cancel_at_period_end: true });
    const event = (await client.page('/v1/events?limit=1')).data[0];
    expect(event).toMatchObject({
      type: 'customer.subscription.updated',
      data: { previous_attributes: { cancel_at_period_end: false, cancel_at: null } },
    });
    servers.control.advance(31 * DAY_MS);
    expect(await subscription(id)).toMatchObject({ status: 'canceled', cancel_at_period_end: false });
  });
  it('a payment fails and recovers', async () => {
    const id = servers.control.subscriptionId('verdant-1');
    servers.control.failPayment(id);
    expect(await subscription(id)).toMatchObject({ status: 'past_due' });
    expect(await newestTypes(6)).toContain('invoice.payment_failed');
    servers.control.recoverPayment(id);
    expect(await subscription(id)).toMatchObject({ status: 'active' });
  });
  it('an upgrade is billed at once', async () => {
    const id = servers.control.subscriptionId('meridian-1');
    servers.control.upgrade(id, { quantity: 2 });
    expect(await subscription(id)).toMatchObject({ items: { data: [{ quantity: 2 }] } });
    expect((await client.page(`/v1/invoices?subscription=${id}&limit=1`)).data[0]).toMatchObject({
      billing_reason: 'subscription_update',
    });
  });
  it('a customer is deleted', async () => {
    const [customer] = (await client.page('/v1/customers?limit=1')).data;
    const id = String(customer!['id']);
    servers.control.deleteCustomer(id);
    expect((await client.get(`/v1/customers/${id}`)).body).toEqual({ id, object: 'customer', deleted: true });
    expect(await newestTypes(3)).toContain('customer.deleted');
    expect((await client.all('/v1/customers')).some((other) => other['id'] === id)).toBe(false);
  });
  it('a coupon is deleted: gone from the list, still on the discounts', async () => {
    servers.control.deleteCoupon('founding-20');
    expect((await client.all('/v1/coupons')).some(({ id }) => id === 'founding-20')).toBe(false);
    expect((await client.get('/v1/coupons/founding-20')).body).toEqual({
      id: 'founding-20',
      object: 'coupon',
      deleted: true,
    });
    expect(await newestTypes(3)).toContain('coupon.deleted');
    const discounts = (await client.all('/v1/subscriptions?expand[]=data.discounts.source.coupon')).flatMap(
      ({ discounts: list }) => z.array(z.unknown()).parse(list),
    );
    expect(discounts).toContainEqual(
      expect.objectContaining({
        source: expect.objectContaining({ coupon: expect.objectContaining({ id: 'founding-20', percent_off: 20 }) }),
      }),
    );
  });
  it('what was told before keeps its ids', async () => {
    const before = (await client.all('/v1/events')).map(({ id }) => id);
    servers.control.advance(60_000);
    const after = new Set((await client.all('/v1/events')).map(({ id }) => id));
    const lost = before.filter((id) => !after.has(id));
    expect(lost.length).toBeLessThan(before.length / 100);
  });
  it('a gap of more than thirty days: older events are gone', async () => {
    servers.control.serveEventsFor(0);
    expect(await client.all('/v1/events')).toEqual([]);
    servers.control.serveEventsFor(30);
    expect((await client.all('/v1/events')).length).toBeGreaterThan(1000);
  });
  it('keeps a log of requests', async () => {
    servers.control.forgetRequests();
    await client.get('/v1/account');
    expect(servers.control.requests()).toEqual([{ method: 'GET', url: '/v1/account', status: 200 }]);
  });
  it('says which subscription it does not know', () => {
    expect(() => servers.control.failPayment('sub_none')).toThrow('The demo company has no subscription sub_none');
  });
});
