/** Payouts against the balance, offers that are open, what meters counted: read off a synced demo company. */
import { expect, it } from 'vitest';
import { metricsContext } from '../../../src/main/engine/api/metrics-context.ts';
import { readWorkspace } from '../../../src/main/engine/api/workspace-settings.ts';
import {
  customerTimeline,
  meterUsage,
  openQuotes,
  payouts,
  plannedChanges,
  type MetricsContext,
} from '../../../src/main/engine/metrics/index.ts';
import type { CustomerId } from '../../../src/shared/kernel/ids.ts';
import { DAY_MS } from '../../../src/shared/kernel/instant.ts';
import { testCompany, type TestCompany } from '../../support/synced-company.ts';

async function synced(): Promise<TestCompany & { context(): MetricsContext }> {
  const company = await testCompany({ scale: 0.1 });
  await company.sync();
  return {
    ...company,
    context: () => metricsContext(readWorkspace(company.db), company.servers.control.now()),
  };
}

it('every payout of the last thirteen months consists of what it pays out', async () => {
  const { db, context, servers } = await synced();
  const first = payouts(db, { limit: 30 }, context());
  expect(first.total).toBe(servers.control.count('payouts'));
  expect(first.differs).toBe(0);
  expect(first.agrees).toBeGreaterThan(30);
  // Older ones are listed, and nobody asked what they consist of.
  expect(first.unheld).toBe(first.total - first.agrees);
  const [newest] = first.rows;
  expect(newest?.verdict).toBe('agrees');
  expect(newest?.parts).toBe(newest?.amount);
  const { charges, fees, returned, other } = newest ?? {};
  expect((charges ?? 0) + (fees ?? 0) + (returned ?? 0) + (other ?? 0)).toBe(newest?.amount);
  expect(fees).toBeLessThan(0);

  const second = payouts(db, { limit: 500, cursor: first.cursor }, context());
  expect(first.rows.length + second.rows.length).toBe(first.total);
  expect(second.rows.at(-1)).toMatchObject({ verdict: 'unread', parts: null, charges: null });
});

it('a payout with a part that is not stored differs, and says how many are missing', async () => {
  const { db, context } = await synced();
  const [newest] = payouts(db, { limit: 1 }, context()).rows;
  db.prepareWrite<[string]>(
    `DELETE FROM balance_transaction WHERE (source_id, id) IN
       (SELECT source_id, balance_transaction_id FROM payout_part WHERE payout_id = ? LIMIT 1)`,
  ).run(newest?.payoutId ?? '');
  const after = payouts(db, { limit: 1 }, context());
  expect(after.rows[0]).toMatchObject({ verdict: 'differs', missing: 1 });
  expect(after.differs).toBe(1);
});

it('a payout on its way is paid once it has arrived', async () => {
  const { db, context, servers, sync } = await synced();
  // The company’s Friday: the payout of this morning is under way until Monday.
  expect(payouts(db, { limit: 1 }, context()).rows[0]).toMatchObject({ status: 'in_transit' });
  servers.control.advance(4 * DAY_MS);
  await sync();
  expect(payouts(db, { limit: 1 }, context()).rows[0]).toMatchObject({ status: 'paid', verdict: 'agrees' });
});

it('open quotes are those that nobody has answered, valued a month as MRR counts', async () => {
  const { db, context, servers, sync } = await synced();
  const report = openQuotes(db, {}, context());
  expect(report.rows.length).toBeGreaterThan(0);
  for (const { monthly, total, status } of report.rows) {
    expect(status).toBe('open');
    // Yearly agreements: a year’s bill is due at acceptance.
    expect(monthly).toBe(Math.round(total / 12));
  }
  expect(report.unvalued).toBe(report.rows.filter(({ currency }) => currency !== 'usd' && currency !== 'USD').length);

  // A month later all of them have run out, and others stand.
  servers.control.advance(31 * DAY_MS);
  await sync();
  const later = openQuotes(db, {}, context());
  const before = new Set(report.rows.map(({ quoteId }) => quoteId));
  expect(later.rows.filter(({ quoteId }) => before.has(quoteId))).toEqual([]);
});

it('a quote stands on the timeline when it was sent and when it was accepted', async () => {
  const { db, context } = await synced();
  const quote = db
    .prepare<[], { customer_id: CustomerId; accepted_at: number }>(
      `SELECT b.customer_id, q.accepted_at FROM quote q
       JOIN billing_customer b ON b.source_id = q.source_id AND b.id = q.billing_customer_id
       WHERE q.status = 'accepted' ORDER BY q.id LIMIT 1`,
    )
    .first();
  const { entries } = customerTimeline(
    db,
    { customerId: quote?.customer_id ?? (0 as CustomerId), limit: 500 },
    context(),
  );
  const quotes = entries.filter(({ kind }) => kind === 'quote');
  expect(quotes.map(({ detail }) => detail?.split(' ').at(-1))).toEqual(expect.arrayContaining(['accepted', 'sent']));
  expect(quotes.some(({ at }) => at === quote?.accepted_at)).toBe(true);
});

it('what a meter counted is shown by day up to yesterday, and asked for once a day', async () => {
  const { db, context, sync, servers } = await synced();
  const metered = db
    .prepare<[], { customer_id: CustomerId }>(
      `SELECT DISTINCT b.customer_id FROM meter_usage u
       JOIN billing_customer b ON b.source_id = u.source_id AND b.id = u.billing_customer_id ORDER BY b.id LIMIT 1`,
    )
    .first();
  const customerId = metered?.customer_id ?? (0 as CustomerId);
  const [meter] = meterUsage(db, { customerId }, context());
  expect(meter).toMatchObject({ title: 'API calls', addsUp: true, through: '2026-11-19' });
  expect(meter?.days).toHaveLength(90);
  expect(meter?.last30).toBe(meter?.days.slice(60).reduce((sum, { quantity }) => sum + quantity, 0));
  expect(meter?.before30).toBe(meter?.days.slice(30, 60).reduce((sum, { quantity }) => sum + quantity, 0));

  // Usage is asked for once a day, not with every sync.
  servers.control.forgetRequests();
  await sync();
  const asked = (): number => servers.control.requests().filter(({ url }) => url.includes('event_summaries')).length;
  expect(asked()).toBe(0);
  servers.control.advance(DAY_MS);
  await sync();
  expect(asked()).toBeGreaterThan(0);
  expect(meterUsage(db, { customerId }, context())[0]?.through).toBe('2026-11-20');
});

it('planned changes are scheduled ends and trials ahead, the next one first, and go when they have come', async () => {
  const { db, context, servers, sync } = await synced();
  const active = db
    .prepare<[], { id: string }>(
      `SELECT id FROM subscription WHERE status = 'active' AND cancel_at IS NULL ORDER BY id LIMIT 1`,
    )
    .first();
  const before = plannedChanges(db, { limit: 1_000 }, context());
  servers.control.cancelSubscription(active?.id ?? '', { immediately: false });
  await sync();
  const { total, rows } = plannedChanges(db, { limit: 1_000 }, context());
  expect(total).toBe(before.total + 1);
  expect(rows.map(({ on }) => on)).toEqual(rows.map(({ on }) => on).toSorted());
  const planned = rows.find(({ subscriptionId }) => subscriptionId === active?.id);
  expect(planned).toMatchObject({ kind: 'ends', detail: 'other' });
  expect(plannedChanges(db, { limit: 1_000, customerId: planned?.customerId }, context()).rows).toContainEqual(planned);
  expect(plannedChanges(db, { limit: 1 }, context())).toEqual({ total, rows: rows.slice(0, 1) });

  servers.control.advance(400 * DAY_MS);
  expect(plannedChanges(db, { limit: 1_000 }, context()).rows).not.toContainEqual(planned);
});

it('phases of a schedule to come are planned changes, with what the subscription becomes', async () => {
  const { db, context } = await synced();
  const held = db
    .prepare<[], { id: string; body: string }>(
      `SELECT id, body FROM subscription WHERE status = 'active' AND cancel_at IS NULL ORDER BY id LIMIT 1`,
    )
    .first();
  const subscription = JSON.parse(held?.body ?? '{}') as { items: { price: object }[] };
  const { now } = context();
  const phase = (startAt: number, quantity: string) => ({
    startAt,
    endAt: startAt + 30 * DAY_MS,
    trialEnd: null,
    discounts: [],
    items: [{ price: subscription.items[0]?.price, quantity, discounts: [], inclusiveTaxPercent: null }],
  });
  const phases = [phase(now - DAY_MS, '1'), phase(now + 5 * DAY_MS, '7')];
  db.prepareWrite<[string, string]>('UPDATE subscription SET body = ? WHERE id = ?').run(
    JSON.stringify({ ...subscription, phases, plannedPauses: [{ pauseAt: now + 9 * DAY_MS, resumeAt: null }] }),
    held?.id ?? '',
  );
  const own = plannedChanges(db, { limit: 1_000 }, context()).rows.filter(
    ({ subscriptionId }) => subscriptionId === held?.id,
  );
  expect(own.map(({ kind, on }) => [kind, on])).toEqual([
    ['changes', '2026-11-25'],
    ['pauses', '2026-11-29'],
  ]);
  expect(own[0]?.detail).toMatch(/^7 × /);
});
