/** A billing system's meters as use: their own source, limits held against them, and nothing counted twice. */
import { beforeEach, describe, expect, it } from 'vitest';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { plainDay } from '../../../src/shared/kernel/day.ts';
import type { CustomerId, SourceId } from '../../../src/shared/kernel/ids.ts';
import { recompute, VARIO } from '../../../src/main/engine/metrics/index.ts';
import {
  customerLimits,
  featureUse,
  limitUse,
  saveLimit,
  usageMapping,
  usageSources,
} from '../../../src/main/engine/usage/index.ts';
import { UTC } from '../../../src/shared/kernel/day.ts';
import { NOW, testCompany, type TestCompany } from '../../support/synced-company.ts';

const TODAY = plainDay('2026-11-20');
let company: TestCompany;
let stripe: SourceId;
let customer: CustomerId;

beforeEach(async () => {
  company = await testCompany({ scale: 0.05 });
  await company.sync();
  stripe = company.sourceId as SourceId;
  recompute(company.db, {
    now: NOW,
    today: TODAY,
    zone: UTC,
    currency: currencyCode('USD'),
    policy: VARIO,
    weekStartsOn: 1,
    fiscalYearStartMonth: 1,
    growthTarget: null,
    milestoneMinor: null,
  });
  const [found] = company.db
    .prepare<[], { id: CustomerId }>(
      `SELECT b.customer_id AS id FROM meter_usage u JOIN billing_customer b ON b.source_id = u.source_id AND b.id = u.billing_customer_id
       JOIN customer_standing s ON s.customer_id = b.customer_id AND s.churned_on IS NULL
       WHERE u.used_on BETWEEN '2026-11-01' AND '2026-11-30' GROUP BY b.customer_id ORDER BY sum(u.quantity) DESC`,
    )
    .all();
  if (!found) throw new Error('Nobody uses the meter');
  customer = found.id;
});

function usedBy(customerId: CustomerId, from: string, to: string): number {
  const row = company.db
    .prepare<[number, string, string], { n: number }>(
      `SELECT sum(u.quantity) AS n FROM meter_usage u
       JOIN billing_customer b ON b.source_id = u.source_id AND b.id = u.billing_customer_id
       WHERE b.customer_id = ? AND u.used_on BETWEEN ? AND ?`,
    )
    .first(customerId, from, to);
  return row?.n ?? 0;
}

describe('meters', () => {
  it('are a source of use of their own, by the name of the events that they count', () => {
    expect(usageSources(company.db)).toMatchObject([{ sourceId: stripe, vendor: 'stripe', kind: 'meters' }]);
    const span = { from: plainDay('2026-10-01'), to: plainDay('2026-10-31') };
    const counted = company.db
      .prepare<[], { n: number }>(
        `SELECT sum(quantity) AS n FROM meter_usage WHERE used_on BETWEEN '2026-10-01' AND '2026-10-31'`,
      )
      .first();
    expect(featureUse(company.db, { sourceId: stripe, ...span })).toMatchObject({
      daysBeforeKnown: true,
      rows: [{ event: 'api_call', count: counted?.n, usersPerDay: null }],
    });
    expect(usageMapping(company.db, { sourceId: stripe }).events).toMatchObject([{ event: 'api_call' }]);
  });

  it('have limits: the customer’s own goes before the plan’s', () => {
    const limit = { sourceId: stripe, event: 'api_call', measure: 'count', plan: null, customerId: customer } as const;
    saveLimit(company.db, { ...limit, amount: 1_000 });
    const used = usedBy(customer, '2026-11-01', '2026-11-30');
    expect(used).toBeGreaterThan(0);
    expect(limitUse(company.db, { atLeast: 0, limit: 10 }, TODAY)).toMatchObject({
      total: 1,
      rows: [
        {
          customerId: customer,
          event: 'api_call',
          used,
          limit: 1_000,
          share: used / 1_000,
          shareBefore: usedBy(customer, '2026-10-01', '2026-10-31') / 1_000,
          isOwn: true,
        },
      ],
    });
    const { plan } = customerLimits(company.db, { customerId: customer }, TODAY).rows[0] ?? {};
    saveLimit(company.db, { ...limit, plan: plan ?? '', customerId: null, amount: 5 });
    const rows = limitUse(company.db, { atLeast: 0, limit: 500 }, TODAY).rows;
    expect(rows.filter(({ customerId }) => customerId === customer)).toMatchObject([{ limit: 1_000, isOwn: true }]);
    saveLimit(company.db, { ...limit, amount: null });
    expect(customerLimits(company.db, { customerId: customer }, TODAY)).toMatchObject({
      rows: [{ limit: 5, isOwn: false }],
      own: [],
      choices: [{ kind: 'meters', events: ['api_call'] }],
    });
  });

  it('of which the last value counts are not added up', () => {
    company.db.transaction(() => {
      company.db.run(company.db.build.updateTable('billing_meter').set({ adds_up: 0 }));
    });
    saveLimit(company.db, {
      sourceId: stripe,
      event: 'api_call',
      measure: 'count',
      plan: null,
      customerId: customer,
      amount: 1_000,
    });
    const last = company.db
      .prepare<[number], { n: number }>(
        `SELECT u.quantity AS n FROM meter_usage u JOIN billing_customer b ON b.source_id = u.source_id AND b.id = u.billing_customer_id
         WHERE b.customer_id = ? AND u.used_on LIKE '2026-11-%' ORDER BY u.used_on DESC LIMIT 1`,
      )
      .first(customer);
    expect(limitUse(company.db, { atLeast: 0, limit: 10 }, TODAY).rows).toMatchObject([{ used: last?.n }]);
    expect(featureUse(company.db, { sourceId: stripe, from: plainDay('2026-10-01'), to: TODAY }).rows).toEqual([]);
  });

  it('go before an event of the same name that product analytics report: a limit is used once', () => {
    const { db } = company;
    const other = db.run(
      db.build.insertInto('source').values({
        vendor: 'posthog',
        name: 'PostHog',
        config: '{}',
        state: 'ready',
        connected_at: NOW,
      }),
    ).lastId;
    db.transaction(() => {
      const account = db.run(
        db.build.insertInto('product_account').values({ source_id: other, id: 'acme', emails: '[]' }),
      ).lastId;
      const event = db.run(db.build.insertInto('product_event').values({ source_id: other, name: 'api_call' })).lastId;
      db.run(
        db.build.insertInto('usage_day').values({
          product_account_id: account,
          day_on: '2026-11-10',
          product_event_id: event,
          usage_batch_id: 1,
          count: 7,
          users: 1,
        }),
      );
      const decision = db.run(
        db.build.insertInto('identity_decision').values({
          decided_at: NOW,
          by_hand: 0,
          action: 'link',
          source_id: other,
          record_id: 'acme',
          customer_id: customer,
          evidence: 'The same id',
        }),
      ).lastId;
      db.run(
        db.build.insertInto('identity_link').values({
          source_id: other,
          account_id: 'acme',
          customer_id: customer,
          rule: 'billing_id',
          decision_id: decision,
        }),
      );
    });
    const limit = { event: 'api_call', measure: 'count', plan: null, customerId: customer } as const;
    saveLimit(db, { ...limit, sourceId: other, amount: 10 });
    expect(customerLimits(db, { customerId: customer }, TODAY).rows).toMatchObject([{ sourceId: other, used: 7 }]);
    saveLimit(db, { ...limit, sourceId: stripe, amount: 1_000 });
    expect(customerLimits(db, { customerId: customer }, TODAY).rows).toMatchObject([
      { sourceId: stripe, used: usedBy(customer, '2026-11-01', '2026-11-30') },
    ]);
  });
});
