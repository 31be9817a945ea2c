import { describe, expect, it } from 'vitest';
import {
  checkCredentials,
  checkSource,
  connectSource,
  disconnectSource,
  isSyncing,
  listQuarantine,
  renormalise,
} from '../../../src/main/engine/sync/index.ts';
import { DAY_MS } from '../../../src/shared/kernel/instant.ts';
import { logicalDump, rowsIn, testCompany, type TestCompany } from '../../support/synced-company.ts';
import { failureOf, rejectionOf } from '../../support/store.ts';

const LISTED = {
  customers: 'billing_customer',
  products: 'product',
  prices: 'price',
  coupons: 'coupon',
  subscriptions: 'subscription',
  invoices: 'invoice',
  charges: 'charge',
  refunds: 'refund',
  disputes: 'dispute',
  credit_notes: 'credit_note',
  balance_transactions: 'balance_transaction',
  invoice_payments: 'invoice_payment',
} as const;

function liveSubscription({ db }: TestCompany): { id: string; customer: string } {
  const found = db
    .prepare<[], { id: string; customer: string }>(
      `SELECT id, billing_customer_id AS customer FROM subscription WHERE status = 'active' AND cancel_at IS NULL ORDER BY id LIMIT 1`,
    )
    .first();
  if (!found) throw new Error('The company has no living subscription');
  return found;
}

/** Rows that a list of the vendor would show: a deleted customer is in none. */
function livingRows({ db }: TestCompany, table: string): number {
  if (table !== 'billing_customer') return rowsIn(db, table);
  return (
    db.prepare<[], { n: number }>('SELECT count(*) AS n FROM billing_customer WHERE deleted_at IS NULL').first()?.n ?? 0
  );
}

function clearDirty({ db }: TestCompany): void {
  db.prepareWrite<[]>('DELETE FROM dirty_customer').run();
}

describe('the first sync', () => {
  it('stores as many objects as the vendor holds, and proves it', async () => {
    const company = await testCompany();
    const { streams } = await company.sync();
    for (const [collection, table] of Object.entries(LISTED) as [keyof typeof LISTED, string][])
      expect(livingRows(company, table), collection).toBe(company.servers.control.count(collection));
    expect(streams.filter(({ complete }) => !complete)).toEqual([]);
    expect(rowsIn(company.db, 'quarantine')).toBe(0);
  });

  it('holds the sum of all balance transactions against the balance that Stripe states', async () => {
    const company = await testCompany();
    const { streams } = await company.sync();
    const proof = streams.find(({ stream }) => stream === 'balance_transactions')?.proof ?? '';
    const [, stated, stored] =
      /balance, available and pending is (-?\d+) USD in minor units, the sum stored is (-?\d+)/.exec(proof) ?? [];
    expect(stated).toBeDefined();
    expect(stored).toBe(stated);
  });

  it('keeps what events of the last 30 days show of subscriptions', async () => {
    const company = await testCompany();
    await company.sync();
    const { n, oldest } = company.db
      .prepare<[], { n: number; oldest: number }>(
        `SELECT count(*) AS n, min(seen_at) AS oldest FROM subscription_sighting WHERE seen_by = 'event'`,
      )
      .first() ?? { n: 0, oldest: 0 };
    expect(n).toBeGreaterThan(0);
    expect(oldest).toBeGreaterThanOrEqual(company.servers.control.now() - 31 * DAY_MS);
  });

  it('marks every customer as to be looked at', async () => {
    const company = await testCompany();
    await company.sync();
    expect(rowsIn(company.db, 'dirty_customer')).toBe(rowsIn(company.db, 'customer'));
  });

  it('tells how far it is, without going back', async () => {
    const company = await testCompany();
    const seen = new Map<string, number>();
    await company.sync({
      onProgress({ stream, fetched, total }) {
        expect(fetched).toBeGreaterThanOrEqual(seen.get(stream) ?? 0);
        if (total !== null) expect(total).toBeGreaterThanOrEqual(fetched);
        seen.set(stream, fetched);
      },
    });
    expect(seen.get('invoices')).toBe(company.servers.control.count('invoices'));
  });
});

describe('the second sync', () => {
  it('writes nothing and asks for little when nothing happened', async () => {
    const company = await testCompany();
    await company.sync();
    clearDirty(company);
    const before = logicalDump(company.db);
    const { streams, requests } = await company.sync();
    expect(logicalDump(company.db)).toEqual(before);
    expect(streams.every(({ changed }) => changed === 0)).toBe(true);
    expect(streams.every(({ complete }) => complete)).toBe(true);
    expect(rowsIn(company.db, 'dirty_customer')).toBe(0);
    expect(requests).toBeLessThanOrEqual(4);
  });

  it('writes nothing when it lists everything again, either', async () => {
    const company = await testCompany();
    await company.sync();
    const before = logicalDump(company.db);
    const { streams } = await company.sync({ full: true });
    expect(logicalDump(company.db)).toEqual(before);
    expect(streams.find(({ stream }) => stream === 'invoices')).toMatchObject({ changed: 0, complete: true });
  });

  it('brings a cancellation: the state now, and the event that shows it', async () => {
    const company = await testCompany();
    await company.sync();
    clearDirty(company);
    const { id, customer } = liveSubscription(company);
    company.servers.control.cancelSubscription(id, { immediately: true });
    await company.sync();
    expect(company.db.prepare('SELECT status FROM subscription WHERE id = ?').first(id)).toEqual({
      status: 'canceled',
    });
    const sightings = company.db
      .prepare<[string], { event_type: string | null }>(
        'SELECT event_type FROM subscription_sighting WHERE subscription_id = ? ORDER BY seen_at',
      )
      .all(id);
    expect(sightings.map(({ event_type }) => event_type)).toContain('customer.subscription.deleted');
    const marked = company.db
      .prepare('SELECT c.id FROM dirty_customer d JOIN billing_customer c ON c.customer_id = d.customer_id')
      .all();
    expect(marked).toEqual([{ id: customer }]);
  });

  it('brings a failed payment and its recovery', async () => {
    const company = await testCompany();
    await company.sync();
    const { id } = liveSubscription(company);
    company.servers.control.failPayment(id);
    await company.sync();
    expect(company.db.prepare('SELECT status FROM subscription WHERE id = ?').first(id)).toEqual({
      status: 'past_due',
    });
    company.servers.control.recoverPayment(id);
    await company.sync();
    expect(company.db.prepare('SELECT status FROM subscription WHERE id = ?').first(id)).toEqual({ status: 'active' });
    expect(company.servers.control.count('charges')).toBe(rowsIn(company.db, 'charge'));
    expect(company.servers.control.count('invoice_payments')).toBe(rowsIn(company.db, 'invoice_payment'));
  });

  it('marks a deleted customer and leaves its history', async () => {
    const company = await testCompany();
    await company.sync();
    const { customer } = liveSubscription(company);
    const invoices = rowsIn(company.db, 'invoice');
    company.servers.control.deleteCustomer(customer);
    await company.sync();
    const row = company.db
      .prepare<[string], { deleted_at: number | null }>('SELECT deleted_at FROM billing_customer WHERE id = ?')
      .first(customer);
    expect(row?.deleted_at).not.toBeNull();
    expect(rowsIn(company.db, 'invoice')).toBeGreaterThanOrEqual(invoices);
  });

  it('gives a customer who was deleted before the first sync a row of its own', async () => {
    const company = await testCompany();
    const all = company.servers.control.company();
    const life = all.lives.find(({ contracts }) => contracts.length > 0);
    const key = life?.contracts[0]?.key ?? '';
    const response = await fetch(
      `${company.servers.stripe.apiBase}/v1/subscriptions/${company.servers.control.subscriptionId(key)}`,
      { headers: { authorization: `Bearer ${company.servers.stripe.apiKey}` } },
    );
    const { customer } = (await response.json()) as { customer: string };
    company.servers.control.deleteCustomer(customer);
    await company.sync();
    const row = company.db
      .prepare<[string], { deleted_at: number | null; created_at: number }>(
        'SELECT deleted_at, created_at FROM billing_customer WHERE id = ?',
      )
      .first(customer);
    expect(row?.deleted_at).not.toBeNull();
    expect(row?.created_at).toBeLessThan(company.servers.control.now());
  });

  it('ends equal to a first sync of the same moment', async () => {
    const company = await testCompany();
    await company.sync();
    const { id } = liveSubscription(company);
    company.servers.control.upgrade(id, { quantity: 7 });
    company.servers.control.advance(3 * DAY_MS);
    await company.sync();
    const kept = logicalDump(company.db);

    const fresh = await testCompany();
    fresh.servers.control.upgrade(id, { quantity: 7 });
    fresh.servers.control.advance(3 * DAY_MS);
    await fresh.sync();
    const anew = logicalDump(fresh.db);
    // When somebody was found to be deleted depends on when it was asked.
    const living = (rows: readonly string[] | undefined) => rows?.filter((row) => !/"deleted_at":\d/.test(row));
    for (const table of Object.values(LISTED)) expect(living(kept[table]), table).toEqual(living(anew[table]));
  });
});

describe('away for more than 30 days', () => {
  it('lists everything again by itself, says so, and finds what is gone', async () => {
    const company = await testCompany();
    await company.sync();
    const { customer } = liveSubscription(company);
    company.servers.control.deleteCustomer(customer);
    company.servers.control.advance(40 * DAY_MS);
    const { notes, streams } = await company.sync();
    expect(notes.join()).toContain('everything is listed again');
    expect(rowsIn(company.db, 'invoice')).toBe(company.servers.control.count('invoices'));
    expect(streams.filter(({ complete }) => !complete)).toEqual([]);
    const row = company.db
      .prepare<[string], { deleted_at: number | null }>('SELECT deleted_at FROM billing_customer WHERE id = ?')
      .first(customer);
    expect(row?.deleted_at).not.toBeNull();
    expect(rowsIn(company.db, 'relisted')).toBe(0);
  });

  it('warns from the 25th day on', async () => {
    const company = await testCompany();
    await company.sync();
    company.servers.control.advance(26 * DAY_MS);
    const { notes } = await company.sync();
    expect(notes.join()).toContain('26 days ago');
  });
});

describe('a full listing that is torn off', () => {
  it('goes on, and still finds what is gone', async () => {
    const company = await testCompany();
    await company.sync();
    const { customer } = liveSubscription(company);
    company.servers.control.deleteCustomer(customer);
    company.servers.control.advance(40 * DAY_MS);
    const stop = new AbortController();
    const torn = company.sync({
      signal: stop.signal,
      onProgress: ({ stream }) => stream === 'charges' && stop.abort(),
    });
    expect(await rejectionOf(torn)).toMatchObject({ code: 'cancelled' });
    const { streams } = await company.sync();
    expect(streams.filter(({ complete }) => !complete)).toEqual([]);
    const row = company.db
      .prepare<[string], { deleted_at: number | null }>('SELECT deleted_at FROM billing_customer WHERE id = ?')
      .first(customer);
    expect(row?.deleted_at).not.toBeNull();
    expect(rowsIn(company.db, 'invoice')).toBe(company.servers.control.count('invoices'));
  });
});

describe('refusals', () => {
  it('show a stream that the key may not read as a gap, and read the others', async () => {
    const company = await testCompany();
    company.servers.control.faults.add({ route: '/v1/disputes', fault: { kind: 'forbidden' } });
    const { streams } = await company.sync();
    const disputes = streams.find(({ stream }) => stream === 'disputes');
    expect(disputes).toMatchObject({ complete: false, fetched: 0 });
    expect(disputes?.proof).toContain('may not read /v1/disputes');
    expect(streams.filter(({ complete }) => !complete).map(({ stream }) => stream)).toEqual(['disputes']);
    company.servers.control.faults.clear();
    const again = await company.sync();
    expect(again.streams.filter(({ complete }) => !complete)).toEqual([]);
    expect(rowsIn(company.db, 'dispute')).toBe(company.servers.control.count('disputes'));
  });

  it('name every missing permission when a key is checked', async () => {
    const company = await testCompany();
    const { limitedKey, apiBase } = company.servers.stripe;
    const report = await checkCredentials(company.deps, 'stripe', { apiBase }, { apiKey: limitedKey });
    expect(report.ok).toBe(false);
    expect(report.missingScopes.map(({ id }) => id)).toEqual([
      'coupon_read',
      'promotion_code_read',
      'subscription_read',
      'subscription_schedule_read',
      'invoice_read',
      'credit_note_read',
      'charge_read',
      'payment_intent_read',
      'dispute_read',
      'balance_read',
      'payout_read',
      'quote_read',
      'billing_meter_read',
      'event_read',
    ]);
    const refused = await rejectionOf(
      connectSource(company.deps, {
        vendor: 'stripe',
        name: 'Second',
        config: { apiBase },
        secrets: { apiKey: limitedKey },
      }),
    );
    expect(refused).toMatchObject({ code: 'auth_failed' });
    expect(refused.message).toContain('“Invoices: Read”');
  });

  it('are found again when a stored source is checked', async () => {
    const company = await testCompany();
    expect(await checkSource(company.deps, company.sourceId)).toMatchObject({ ok: true, accountName: 'Kestrel Labs' });
    company.servers.control.faults.add({ route: '/v1/invoices', fault: { kind: 'forbidden' } });
    const report = await checkSource(company.deps, company.sourceId);
    expect(report).toMatchObject({ ok: false, missingScopes: [{ id: 'invoice_read' }] });
  });

  it('end the run on a key that is dead, and say what to do', async () => {
    const company = await testCompany();
    company.db
      .prepareWrite<[string]>(`UPDATE secret SET value = ? WHERE name = 'apiKey'`)
      .run('rk_test_nobodyKnowsThisKey');
    const failure = await rejectionOf(company.sync());
    expect(failure).toMatchObject({ code: 'auth_failed' });
    expect(failure.message).not.toContain('nobodyKnowsThisKey');
    expect(company.db.prepare('SELECT outcome, error_code FROM sync_run').all()).toEqual([
      { outcome: 'failed', error_code: 'auth_failed' },
    ]);
    expect(company.db.prepare('SELECT state FROM source').first()).toEqual({ state: 'failing' });
  });
});

describe('one run at a time', () => {
  it('refuses a second one of the same source', async () => {
    const company = await testCompany();
    const first = company.sync();
    expect(isSyncing(company.deps, company.sourceId)).toBe(true);
    expect(failureOf(() => disconnectSource(company.deps, company.sourceId, { deleteData: true }))).toMatchObject({
      code: 'conflict',
    });
    expect(await rejectionOf(company.sync())).toMatchObject({ code: 'conflict' });
    await first;
    expect(isSyncing(company.deps, company.sourceId)).toBe(false);
  });

  it('stops when it is told to, keeps what it has, and goes on from there', async () => {
    const company = await testCompany();
    const stop = new AbortController();
    const cut = rejectionOf(
      company.sync({ signal: stop.signal, onProgress: ({ stream }) => stream === 'invoices' && stop.abort() }),
    );
    expect(await cut).toMatchObject({ code: 'cancelled' });
    const stored = rowsIn(company.db, 'invoice');
    expect(stored).toBeGreaterThan(0);
    expect(stored).toBeLessThan(company.servers.control.count('invoices'));
    await company.sync();

    const undisturbed = await testCompany();
    await undisturbed.sync();
    expect(logicalDump(company.db)).toEqual(logicalDump(undisturbed.db));
    expect(company.db.prepare('SELECT outcome FROM sync_run ORDER BY sync_run_id').all()).toEqual([
      { outcome: 'cancelled' },
      { outcome: 'done' },
    ]);
  });
});

describe('stored records', () => {
  it('normalised again say the same', async () => {
    const company = await testCompany();
    await company.sync();
    const before = logicalDump(company.db);
    const { records, misfits } = await renormalise(company.deps, company.sourceId);
    expect(records).toBe(rowsIn(company.db, 'raw_object'));
    expect(misfits).toBe(0);
    expect(logicalDump(company.db)).toEqual(before);
  });

  it('rebuild facts that were lost', async () => {
    const company = await testCompany();
    await company.sync();
    const before = logicalDump(company.db);
    for (const table of ['invoice_line', 'invoice', 'charge', 'subscription', 'price'])
      company.db.prepareWrite<[]>(`DELETE FROM ${table}`).run();
    await renormalise(company.deps, company.sourceId);
    expect(logicalDump(company.db)).toEqual(before);
  });
});

describe('a malformed record', () => {
  it('waits in quarantine with its reason, and leaves it once it fits', async () => {
    const company = await testCompany();
    company.servers.control.faults.add({ route: '/v1/customers', fault: { kind: 'malformed', share: 0.2 } });
    const { streams } = await company.sync();
    const held = listQuarantine(company.db, { limit: 200 });
    expect(held.total).toBeGreaterThan(0);
    expect(held.rows[0]).toMatchObject({ stream: 'customers', path: 'created' });
    expect(held.rows[0]?.reason).toContain('“created”');
    expect(JSON.parse(held.rows[0]?.record ?? '')).toMatchObject({ object: 'customer', created: 'yesterday' });
    expect(streams.find(({ stream }) => stream === 'customers')).toMatchObject({
      complete: false,
      quarantined: held.total,
    });

    company.servers.control.faults.clear();
    const again = await company.sync({ full: true });
    expect(listQuarantine(company.db, { limit: 1 }).total).toBe(0);
    expect(again.streams.filter(({ complete }) => !complete)).toEqual([]);
  });
});

describe('disconnecting', () => {
  it('forgets the secret and keeps the data, or deletes both', async () => {
    const company = await testCompany();
    await company.sync();
    disconnectSource(company.deps, company.sourceId, { deleteData: false });
    expect(rowsIn(company.db, 'secret')).toBe(0);
    expect(rowsIn(company.db, 'invoice')).toBeGreaterThan(0);
    expect(await rejectionOf(company.sync())).toMatchObject({ code: 'conflict' });
    disconnectSource(company.deps, company.sourceId, { deleteData: true });
    expect(rowsIn(company.db, 'invoice')).toBe(0);
    expect(rowsIn(company.db, 'raw_object')).toBe(0);
  });
});
