import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startDemoServers, type DemoServers } from '../../src/main/demo/index.ts';
import { DAY_MS, instantOfIso } from '../../src/shared/kernel/instant.ts';
import { violations } from './stripe-schema.ts';
import { createDemoClient, errorOf, type DemoClient, type JsonRecord } from './demo-client.ts';

const NOW = instantOfIso('2026-11-20T12:00:00Z');
let servers: DemoServers;
let client: DemoClient;

beforeAll(async () => {
  servers = await startDemoServers({ now: NOW });
  client = createDemoClient(servers);
});
afterAll(() => servers.close());

const ids = (objects: readonly JsonRecord[]): unknown[] => objects.map(({ id }) => id);
const created = (objects: readonly JsonRecord[]): number[] =>
  objects.map((object) => z.number().parse(object['created']));

describe('authentication', () => {
  it('refuses requests without a key, and with a wrong one, by 401', async () => {
    const none = await client.get('/v1/customers', null);
    expect(none.status).toBe(401);
    expect(errorOf(none)).toMatchObject({
      type: 'invalid_request_error',
      message: expect.stringContaining('You did not provide an API key'),
    });
    const wrong = await client.get('/v1/customers', 'wrong-key-of-nobody');
    expect(wrong.status).toBe(401);
    expect(errorOf(wrong)['message']).toBe('Invalid API Key provided: wrong-ke********body');
  });
  it('refuses what a restricted key may not read, by 403, and names the permission', async () => {
    expect((await client.get('/v1/customers', servers.stripe.limitedKey)).status).toBe(200);
    const refused = await client.get('/v1/invoices', servers.stripe.limitedKey);
    expect(refused.status).toBe(403);
    expect(errorOf(refused)['message']).toContain(
      "Having the 'rak_invoice_read' permission would allow this request to continue",
    );
  });
  it('lets nobody write', async () => {
    const response = await fetch(`${servers.stripe.apiBase}/v1/customers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${servers.stripe.apiKey}` },
    });
    expect(response.status).toBe(404);
  });
  it('gives every answer a request id of its own', async () => {
    const [a, b] = [await client.get('/v1/account'), await client.get('/v1/nothing')];
    expect(a.headers.get('request-id')).toMatch(/^req_/);
    expect(a.headers.get('request-id')).not.toBe(b.headers.get('request-id'));
  });
});

describe('lists', () => {
  it('give ten, newest first, and say that there is more', async () => {
    const page = await client.page('/v1/invoices');
    expect(page).toMatchObject({ object: 'list', has_more: true, url: '/v1/invoices' });
    expect(page.data).toHaveLength(10);
    expect(created(page.data)).toEqual(created(page.data).toSorted((a, b) => b - a));
  });
  it('walked through by starting_after give every object once', async () => {
    const all = await client.all('/v1/customers');
    expect(new Set(ids(all)).size).toBe(all.length);
    expect(all.length).toBe(servers.control.count('customers'));
  });
  it('turn back by ending_before', async () => {
    const first = await client.page('/v1/charges?limit=5');
    const second = await client.page(`/v1/charges?limit=5&starting_after=${String(first.data[4]!['id'])}`);
    const back = await client.page(`/v1/charges?limit=5&ending_before=${String(second.data[0]!['id'])}`);
    expect(ids(back.data)).toEqual(ids(first.data));
    expect(back.has_more).toBe(false);
  });
  it('end with has_more false', async () => {
    const all = await client.all('/v1/products');
    const last = await client.page(`/v1/products?starting_after=${String(all.at(-2)!['id'])}`);
    expect(last).toMatchObject({ has_more: false, data: [{ id: all.at(-1)!['id'] }] });
  });
  it.each([
    ['limit=0', 'This value must be greater than or equal to 1.'],
    ['limit=101', "This value must be less than or equal to 100 (it currently is '101')."],
    ['limit=ten', 'Invalid integer: ten'],
    ['colour=red', 'Received unknown parameter: colour'],
    ['created[after]=1', 'Received unknown parameter: created[after]'],
    ['created[gte]=yesterday', 'Invalid integer: yesterday'],
    ['starting_after=in_none', "No such invoice: 'in_none'"],
    [
      'expand[]=data.lines.data.price.product.name',
      'You cannot expand more than 4 levels of a property. Property: data.lines.data.price.product.name',
    ],
    ['expand[]=data.total', 'This property cannot be expanded (data.total).'],
    ['expand[]=customer', 'This property cannot be expanded (customer).'],
  ])('refuse %s by 400', async (query, message) => {
    const reply = await client.get(`/v1/invoices?${query}`);
    expect(reply.status).toBe(400);
    expect(errorOf(reply)).toMatchObject({ type: 'invalid_request_error', message });
  });
  it('refuse both cursors at once', async () => {
    const { data } = await client.page('/v1/invoices?limit=2');
    const [a, b] = ids(data).map(String);
    expect((await client.get(`/v1/invoices?starting_after=${a}&ending_before=${b}`)).status).toBe(400);
  });
  it('keep to a range of creation, bounds as named', async () => {
    const some = created((await client.page('/v1/charges?limit=50')).data);
    const [newest, middle] = [some[0]!, some[25]!];
    const count = async (query: string) => created(await client.all(`/v1/charges?${query}`));
    expect(Math.min(...(await count(`created[gte]=${middle}`)))).toBe(middle);
    expect(Math.min(...(await count(`created[gt]=${middle}`)))).toBeGreaterThan(middle);
    expect(Math.max(...(await count(`created[lte]=${middle}&created[gte]=${middle - 86_400}`)))).toBe(middle);
    expect(Math.max(...(await count(`created[lt]=${middle}&created[gte]=${middle - 86_400}`)))).toBeLessThan(middle);
    expect(await count(`created=${newest}`)).toContain(newest);
  });
  it('ranges side by side give the whole and nothing twice', async () => {
    const all = await client.all('/v1/invoices');
    const border = created(all)[Math.floor(all.length / 2)]!;
    const [older, newer] = [
      await client.all(`/v1/invoices?created[lt]=${border}`),
      await client.all(`/v1/invoices?created[gte]=${border}`),
    ];
    expect([...ids(newer), ...ids(older)]).toEqual(ids(all));
  });
});

describe('filters', () => {
  it('subscriptions: without a status all but cancelled ones, «all» all of them', async () => {
    const [usual, all, canceled] = [
      await client.all('/v1/subscriptions'),
      await client.all('/v1/subscriptions?status=all'),
      await client.all('/v1/subscriptions?status=canceled'),
    ];
    expect(usual.every(({ status }) => status !== 'canceled')).toBe(true);
    expect(usual.length + canceled.length).toBe(all.length);
    expect(canceled.length).toBeGreaterThan(100);
  });
  it('by customer, subscription, invoice, price and payout', async () => {
    const [subscription] = await client.all('/v1/subscriptions?status=past_due');
    const { id, customer, latest_invoice, items } = z
      .object({
        id: z.string(),
        customer: z.string(),
        latest_invoice: z.string(),
        items: z.object({ data: z.array(z.object({ price: z.object({ id: z.string() }) })) }),
      })
      .parse(subscription);
    expect(ids(await client.all(`/v1/subscriptions?customer=${customer}`))).toEqual([id]);
    expect(ids(await client.all(`/v1/subscriptions?price=${items.data[0]!.price.id}&status=past_due`))).toContain(id);
    const invoices = await client.all(`/v1/invoices?subscription=${id}`);
    expect(ids(invoices)).toContain(latest_invoice);
    expect(invoices.length).toBeLessThan(60);
    expect(await client.all(`/v1/invoice_payments?invoice=${latest_invoice}`)).toHaveLength(1);
    const [payout] = await client.all('/v1/payouts');
    const transactions = await client.all(`/v1/balance_transactions?payout=${String(payout!['id'])}`);
    expect(transactions.reduce((sum, { net }) => sum + z.number().parse(net), 0)).toBe(0);
  });
  it('events by one type, several types, or a whole family', async () => {
    const types = async (query: string) => new Set((await client.all(`/v1/events?${query}`)).map(({ type }) => type));
    expect(await types('type=invoice.paid')).toEqual(new Set(['invoice.paid']));
    expect(await types('types[]=invoice.paid&types[]=customer.deleted')).toEqual(
      new Set(['invoice.paid', 'customer.deleted']),
    );
    expect(
      [...(await types('type=customer.subscription.*'))].every((type) =>
        String(type).startsWith('customer.subscription.'),
      ),
    ).toBe(true);
  });
  it('events reach back thirty days, several in one second', async () => {
    const moments = created(await client.all('/v1/events'));
    expect(Math.min(...moments)).toBeGreaterThanOrEqual((NOW - 30 * DAY_MS) / 1000);
    expect(new Set(moments).size).toBeLessThan(moments.length);
  });
});

describe('payment intents', () => {
  it('name the charge that they came to, or have failed before there was one', async () => {
    const charges = new Map((await client.all('/v1/charges')).map((charge) => [charge['id'], charge]));
    const intents = await client.all('/v1/payment_intents');
    const named = intents.filter(({ latest_charge }) => latest_charge !== null);
    for (const { id, latest_charge, status, amount, customer } of named)
      expect(charges.get(latest_charge)).toMatchObject({
        payment_intent: id,
        amount,
        customer,
        status: status === 'succeeded' ? 'succeeded' : 'failed',
      });
    expect(new Set(named.map(({ id }) => id)).size).toBe(
      new Set([...charges.values()].map((charge) => charge['payment_intent'])).size,
    );
    const never = intents.filter(({ latest_charge }) => latest_charge === null);
    expect(never.length).toBeGreaterThan(3);
    expect(never.filter(({ last_payment_error }) => last_payment_error !== null).length).toBeGreaterThan(0);
    for (const intent of never)
      expect(intent).toMatchObject({ status: 'canceled', cancellation_reason: 'void_invoice' });
  });
  it('belong to invoices', async () => {
    const payments = await client.all('/v1/invoice_payments');
    const paid = new Set(payments.map(({ payment }) => (payment as { payment_intent: string }).payment_intent));
    const intents = await client.all('/v1/payment_intents');
    expect(intents.filter(({ id }) => !paid.has(String(id)))).toEqual([]);
  });
});

describe('single objects', () => {
  it('are what the list shows', async () => {
    for (const name of [
      'customers',
      'prices',
      'subscriptions',
      'invoices',
      'charges',
      'payment_intents',
      'events',
      'payouts',
      'coupons',
    ]) {
      const { data } = await client.page(`/v1/${name}?limit=1`);
      expect((await client.get(`/v1/${name}/${String(data[0]!['id'])}`)).body).toEqual(data[0]);
    }
  });
  it('that do not exist are 404 «resource_missing»', async () => {
    const reply = await client.get('/v1/customers/cus_none');
    expect(reply.status).toBe(404);
    expect(errorOf(reply)).toMatchObject({
      code: 'resource_missing',
      message: "No such customer: 'cus_none'",
      param: 'id',
    });
  });
  it('of another kind are not found', async () => {
    const { data } = await client.page('/v1/charges?limit=1');
    expect((await client.get(`/v1/customers/${String(data[0]!['id'])}`)).status).toBe(404);
  });
  it('unknown routes are 404', async () => expect((await client.get('/v1/customer')).status).toBe(404));
});

describe('expansion', () => {
  it('turns ids into objects, also through lists and several levels', async () => {
    const { data } = await client.page(
      '/v1/invoices?limit=3&expand[]=data.customer&expand[]=data.discounts.source.coupon',
    );
    for (const { customer } of data) expect(customer).toMatchObject({ object: 'customer' });
    const discounted = (await client.all('/v1/subscriptions?expand[]=data.discounts.source.coupon')).flatMap(
      ({ discounts }) => z.array(z.unknown()).parse(discounts),
    );
    expect(discounted.length).toBeGreaterThan(5);
    expect(discounted[0]).toMatchObject({
      object: 'discount',
      source: { type: 'coupon', coupon: { object: 'coupon' } },
    });
  });
  it('shows what Stripe keeps back: tiers, applies_to, payments', async () => {
    const prices = await client.all('/v1/prices?expand[]=data.tiers');
    expect((await client.all('/v1/prices')).some((price) => 'tiers' in price)).toBe(false);
    expect(prices.filter((price) => 'tiers' in price).every(({ billing_scheme }) => billing_scheme === 'tiered')).toBe(
      true,
    );
    expect(
      (await client.all('/v1/coupons?expand[]=data.applies_to')).filter((coupon) => 'applies_to' in coupon),
    ).toHaveLength(1);
    const [invoice] = (await client.page('/v1/invoices?limit=1&status=paid&expand[]=data.payments')).data;
    expect(invoice!['payments']).toMatchObject({ object: 'list' });
  });
  it('works on single objects', async () => {
    const { data } = await client.page('/v1/charges?limit=1');
    const reply = await client.get(
      `/v1/charges/${String(data[0]!['id'])}?expand[]=balance_transaction&expand[]=payment_intent.latest_charge`,
    );
    expect(reply.body).toMatchObject({
      balance_transaction: { object: 'balance_transaction' },
      payment_intent: { latest_charge: { object: 'charge' } },
    });
  });
});

describe('invoice lines', () => {
  it('are embedded up to ten; the rest is listed, in the same order', async () => {
    const invoices = await client.all('/v1/invoices');
    const shape = z.object({
      id: z.string(),
      lines: z.object({
        data: z.array(z.object({ id: z.string() })),
        has_more: z.boolean(),
        url: z.string(),
        total_count: z.int(),
      }),
    });
    const long = invoices.map((invoice) => shape.parse(invoice)).filter(({ lines }) => lines.has_more);
    expect(long.length).toBeGreaterThan(0);
    const { lines } = long[0]!;
    expect(lines.data).toHaveLength(10);
    const all = await client.all(lines.url);
    expect(all).toHaveLength(lines.total_count);
    expect(ids(all).slice(0, 10)).toEqual(lines.data.map(({ id }) => id));
    const rest = await client.page(`${lines.url}?starting_after=${lines.data[9]!.id}`);
    expect(ids(rest.data)).toEqual(ids(all).slice(10));
  });
});

it('survives a request line that is no address', async () => {
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(servers.stripe.apiBase).port), '127.0.0.1', () => {
      socket.end('GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    });
    let text = '';
    socket.on('data', (chunk) => (text += String(chunk)));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  expect((await client.get('/v1/account')).status).toBe(200);
});

describe('subscription items', () => {
  it('are listed by subscription, in pages, with what Stripe keeps back, and one by one', async () => {
    const items = z.object({ data: z.array(z.object({ id: z.string() })) });
    const subscriptions = await client.all('/v1/subscriptions');
    const several = subscriptions.find((subscription) => items.parse(subscription['items']).data.length > 1)!;
    const own = items.parse(several['items']).data.map(({ id }) => id);
    const route = `/v1/subscription_items?subscription=${String(several['id'])}`;
    expect(ids(await client.all(route))).toEqual(own);
    expect((await client.page(`${route}&limit=1`)).has_more).toBe(true);
    expect(ids((await client.page(`${route}&starting_after=${own[0]}`)).data)).toEqual(own.slice(1));
    expect((await client.get(`/v1/subscription_items/${own[1]}`)).body).toMatchObject({
      id: own[1],
      object: 'subscription_item',
    });
    expect((await client.get('/v1/subscription_items')).status).toBe(400);
  });
  it('show the tiers of their prices on request', async () => {
    const subscription = servers.control.subscriptionId('kitsune-1');
    const [item] = await client.all(`/v1/subscription_items?subscription=${subscription}&expand[]=data.price.tiers`);
    expect(violations('SubscriptionItem', item)).toEqual([]);
    expect(item).toMatchObject({ price: { tiers: [{ up_to: 10 }, { up_to: 50 }, { up_to: null }] } });
  });
});

it('serves more than 10,000 objects in a second of the processor, reading them included', async () => {
  await client.all('/v1/invoices');
  const begun = process.cpuUsage();
  const invoices = await client.all('/v1/invoices');
  const { user, system } = process.cpuUsage(begun);
  expect(invoices.length / ((user + system) / 1_000_000)).toBeGreaterThan(10_000);
});
