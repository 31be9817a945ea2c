/** A small company for tests of numbers: facts in through the store, figures out through the metrics' front door. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currencyCode, type CurrencyCode } from '../../../../src/shared/kernel/currency.ts';
import { dayAt, plainDay, startOfDay, UTC } from '../../../../src/shared/kernel/day.ts';
import type { CustomerId } from '../../../../src/shared/kernel/ids.ts';
import { instant, type Instant } from '../../../../src/shared/kernel/instant.ts';
import type {
  Coupon,
  Discount,
  Invoice,
  InvoiceLine,
  Price,
  Subscription,
  SubscriptionItem,
} from '../../../../src/main/engine/domain/index.ts';
import {
  recompute,
  VARIO,
  type MetricsContext,
  type RecomputeResult,
} from '../../../../src/main/engine/metrics/index.ts';
import { openWriter } from '../../../../src/main/engine/store/open.ts';
import { storeKey, writeEmptyDatabase } from '../../../support/store.ts';
import type { WriteDb } from '../../../../src/main/engine/store/handles.ts';

export const at = (text: string): Instant =>
  text.length === 10 ? startOfDay(plainDay(text), UTC) : instant(Date.parse(text));
export const USD = currencyCode('USD');
export const EUR = currencyCode('EUR');

let serial = 0;
const nextId = (prefix: string) => `${prefix}_${(serial += 1)}`;

export function price(
  over: Partial<Price> & { interval?: 'day' | 'week' | 'month' | 'year'; count?: number; metered?: boolean } = {},
): Price {
  const { interval = 'month', count = 1, metered = false, ...rest } = over;
  return {
    id: nextId('price'),
    productId: 'prod_main',
    nickname: null,
    currency: USD,
    recurring: { interval, intervalCount: count, usageType: metered ? 'metered' : 'licensed' },
    scheme: 'per_unit',
    unitAmount: '10000',
    tiers: [],
    transformQuantity: null,
    taxBehavior: 'unspecified',
    active: true,
    metadata: {},
    ...rest,
  };
}

export function item(itemPrice: Price, over: Partial<SubscriptionItem> = {}): SubscriptionItem {
  return {
    id: nextId('si'),
    price: itemPrice,
    quantity: '1',
    currentPeriodStart: null,
    currentPeriodEnd: null,
    trialEnd: null,
    discounts: [],
    inclusiveTaxPercent: null,
    ...over,
  };
}

export function coupon(over: Partial<Coupon> = {}): Coupon {
  return {
    id: nextId('coupon'),
    name: null,
    duration: 'forever',
    durationInMonths: null,
    percentOff: null,
    amountOff: null,
    currency: over.amountOff === undefined ? null : USD,
    appliesToProducts: [],
    ...over,
  };
}

export function discount(of: Coupon, start: Instant, end: Instant | null = null): Discount {
  return { id: nextId('di'), coupon: of, start, end, promotionCodeId: null };
}

export function subscription(start: Instant, over: Partial<Subscription> = {}): Subscription {
  return {
    id: nextId('sub'),
    customerId: 'cus_1',
    status: 'active',
    currency: USD,
    createdAt: start,
    startedAt: start,
    trialStart: null,
    trialEnd: null,
    cancelAt: null,
    cancelAtPeriodEnd: false,
    canceledAt: null,
    endedAt: null,
    cancellation: { reason: null, feedback: null, comment: null },
    pause: null,
    items: [],
    discounts: [],
    collection: 'charge_automatically',
    metadata: {},
    ...over,
  };
}

export interface LineInput extends Partial<InvoiceLine> {
  readonly periodStart: Instant;
  readonly periodEnd: Instant;
}

export interface Company {
  readonly db: WriteDb;
  readonly context: MetricsContext;
  on(day: string): MetricsContext;
  customer(id: string, over?: { discounts?: Discount[]; name?: string; country?: string }): CustomerId;
  see(body: Subscription, seenAt: Instant, by?: 'event' | 'read'): void;
  product(id: string, name: string): void;
  storePrice(value: Price): void;
  invoice(
    body: Omit<Partial<Invoice>, 'lines'> & { customerId: string; lines: LineInput[]; subscriptionId?: string },
  ): string;
  charge(customerId: string, amountMinor: number, createdAt: Instant, currency?: CurrencyCode): string;
  refund(amountMinor: number, createdAt: Instant): void;
  rate(day: string, quote: string, rate: string, provider?: string): void;
  recompute(context?: MetricsContext): RecomputeResult;
  close(): void;
}

/** An empty company in UTC and USD, «today» being the given day. */
export function company(today = '2026-06-30', over: Partial<MetricsContext> = {}): Company {
  const folder = mkdtempSync(join(tmpdir(), 'vario-ledger-'));
  const file = join(folder, 'test.db');
  writeEmptyDatabase(file);
  const { db, close } = openWriter(file, storeKey());
  db.prepareWrite(
    `INSERT INTO source (source_id, vendor, name, config, state, connected_at) VALUES (1, 'stripe', 'Stripe', '{}', 'ready', 0)`,
  ).run();
  const contextOn = (day: string): MetricsContext => ({
    now: at(`${day}T12:00:00Z`),
    today: dayAt(at(`${day}T12:00:00Z`), over.zone ?? UTC),
    zone: UTC,
    currency: USD,
    policy: VARIO,
    weekStartsOn: 1,
    fiscalYearStartMonth: 1,
    growthTarget: null,
    milestoneMinor: null,
    ...over,
  });
  const ids = new Map<string, CustomerId>();
  const dirty = (customerId: string) => {
    db.prepareWrite<[number]>(`INSERT OR IGNORE INTO dirty_customer VALUES (?)`).run(self.customer(customerId));
  };
  const self: Company = {
    db,
    context: contextOn(today),
    on: contextOn,
    customer(id, { discounts = [], name = id, country } = {}) {
      const known = ids.get(id);
      if (known !== undefined && discounts.length === 0) return known;
      const customerId =
        known ??
        (db
          .prepareWrite<[string, string | null]>(`INSERT INTO customer (name, country, created_at) VALUES (?, ?, 0)`)
          .run(name, country ?? null).lastId as CustomerId);
      ids.set(id, customerId);
      db.prepareWrite<[string, number, string, string]>(
        `INSERT INTO billing_customer (source_id, id, customer_id, name, created_at, delinquent, balance_minor, discounts, metadata)
         VALUES (1, ?, ?, ?, 0, 0, 0, ?, '{}') ON CONFLICT DO UPDATE SET discounts = excluded.discounts`,
      ).run(id, customerId, name, JSON.stringify(discounts));
      dirty(id);
      return customerId;
    },
    see(body, seenAt, by = 'event') {
      self.customer(body.customerId);
      const eventId = by === 'event' ? `evt_${body.id}_${seenAt}` : '';
      db.prepareWrite<[string, number, string, string, string]>(
        `INSERT OR REPLACE INTO subscription_sighting (source_id, subscription_id, seen_at, seen_by, event_id, event_type, body)
         VALUES (1, ?, ?, ?, ?, NULL, ?)`,
      ).run(body.id, seenAt, by, eventId, JSON.stringify(body));
      db.prepareWrite<[string, string, string, string, number, number, number | null, number, string]>(
        `INSERT INTO subscription (source_id, id, billing_customer_id, status, currency, created_at, started_at, ended_at, seen_at, body)
         VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET status = excluded.status, ended_at = excluded.ended_at, seen_at = excluded.seen_at, body = excluded.body WHERE excluded.seen_at >= subscription.seen_at`,
      ).run(
        body.id,
        body.customerId,
        body.status,
        body.currency,
        body.createdAt,
        body.startedAt,
        body.endedAt,
        seenAt,
        JSON.stringify(body),
      );
      dirty(body.customerId);
    },
    product(id, name) {
      db.prepareWrite<[string, string]>(`INSERT INTO product VALUES (1, ?, ?, 1, '{}')`).run(id, name);
    },
    storePrice(value) {
      db.prepareWrite<[string, string | null, string, string]>(
        `INSERT INTO price (source_id, id, product_id, currency, body) VALUES (1, ?, ?, ?, ?)`,
      ).run(value.id, value.productId, value.currency, JSON.stringify(value));
    },
    invoice({ lines, ...body }) {
      const id = body.id ?? nextId('in');
      const createdAt = body.createdAt ?? lines[0]?.periodStart ?? at('2026-01-01');
      const total = body.totalMinor ?? lines.reduce((sum, line) => sum + (line.amountMinor ?? 0), 0);
      self.customer(body.customerId);
      db.prepareWrite<(string | number | null)[]>(
        `INSERT INTO invoice (source_id, id, billing_customer_id, subscription_id, status, billing_reason, paid_at, attempt_count, currency, created_at, finalized_at,
           period_start_at, period_end_at, subtotal_minor, discount_minor, tax_minor, total_minor, amount_due_minor,
           amount_paid_minor, amount_remaining_minor, starting_balance_minor, collection)
         VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 'charge_automatically')`,
      ).run(
        id,
        body.customerId,
        body.subscriptionId ?? null,
        body.status ?? 'paid',
        body.billingReason ?? null,
        body.paidAt ?? ((body.status ?? 'paid') === 'paid' ? createdAt : null),
        body.attemptCount ?? 1,
        body.currency ?? USD,
        createdAt,
        body.finalizedAt === undefined ? createdAt : body.finalizedAt,
        createdAt,
        createdAt,
        total,
        body.discountMinor ?? 0,
        body.taxMinor ?? 0,
        total,
      );
      for (const [position, line] of lines.entries())
        db.prepareWrite<(string | number | null)[]>(
          `INSERT INTO invoice_line (source_id, invoice_id, position, id, subscription_id, subscription_item_id, kind, price_id,
             product_id, price, quantity, amount_minor, discounts, taxes, period_start_at, period_end_at, proration)
           VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ).run(
          id,
          position,
          line.id ?? nextId('il'),
          line.subscriptionId ?? body.subscriptionId ?? null,
          line.subscriptionItemId ?? null,
          line.kind ?? 'subscription',
          line.priceId ?? line.price?.id ?? null,
          line.productId ?? null,
          line.price ? JSON.stringify(line.price) : null,
          line.quantity ?? '1',
          line.amountMinor ?? 0,
          line.discounts ? JSON.stringify(line.discounts) : null,
          line.taxes ? JSON.stringify(line.taxes) : null,
          line.periodStart,
          line.periodEnd,
          line.proration ? 1 : 0,
        );
      dirty(body.customerId);
      return id;
    },
    charge(customerId, amountMinor, createdAt, currency = USD) {
      const id = nextId('ch');
      db.prepareWrite<(string | number)[]>(
        `INSERT INTO charge (source_id, id, billing_customer_id, status, currency, amount_minor, amount_refunded_minor, created_at)
         VALUES (1, ?, ?, 'succeeded', ?, ?, 0, ?)`,
      ).run(id, customerId, currency, amountMinor, createdAt);
      return id;
    },
    refund(amountMinor, createdAt) {
      db.prepareWrite<(string | number)[]>(
        `INSERT INTO refund (source_id, id, status, currency, amount_minor, created_at) VALUES (1, ?, 'succeeded', 'USD', ?, ?)`,
      ).run(nextId('re'), amountMinor, createdAt);
    },
    rate(day, quote, rate, provider = 'frankfurter') {
      db.prepareWrite<[string, string, string, string]>(
        `INSERT OR REPLACE INTO exchange_rate (provider, base, quote, rate_on, rate) VALUES (?, 'EUR', ?, ?, ?)`,
      ).run(provider, quote, day, rate);
    },
    recompute: (context = self.context) => recompute(db, context),
    close() {
      close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return self;
}
