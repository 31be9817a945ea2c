/** Several accounts of one vendor in one company: which are told apart, which count, and which are refused. */
import { describe, expect, it } from 'vitest';
import { metricsContext } from '../../../src/main/engine/api/metrics-context.ts';
import { readWorkspace } from '../../../src/main/engine/api/workspace-settings.ts';
import { breakdown, customers, recompute, snapshot } from '../../../src/main/engine/metrics/index.ts';
import { systemHttp } from '../../../src/main/engine/runtime/index.ts';
import type { Http } from '../../../src/main/engine/runtime/ports.ts';
import { BILLING_FACTS } from '../../../src/main/engine/sync/counting.ts';
import { connectSource, disconnectSource, syncSource } from '../../../src/main/engine/sync/index.ts';
import type { ReadDb } from '../../../src/main/engine/store/handles.ts';
import { rejectionOf } from '../../support/store.ts';
import { NOW, rowsIn, testCompany } from '../../support/synced-company.ts';
import { plainDay } from '../../../src/shared/kernel/day.ts';

/** Keys of further accounts; the server behind all of them is the same one, so that all object ids are the same too. */
const keyOf = (mode: 'live' | 'test', account: string): string => ['rk', mode, `51${account}Key0000`].join('_');

/** Lets the demo's server be several accounts: the key says which. `nameless` keys may not see their own account. */
function manyAccounts(): Http & { theirs: string; nameless: boolean } {
  const http = Object.assign(
    async (request: Parameters<Http>[0]) => {
      const sent = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'authorization');
      const account = /_51(\w+?)Key/.exec(sent?.[1] ?? '')?.[1] ?? null;
      const headers = {
        ...request.headers,
        ...(sent && account !== null ? { [sent[0]]: `Bearer ${http.theirs}` } : {}),
      };
      const response = await systemHttp({ ...request, headers });
      if (!request.url.endsWith('/v1/account')) return response;
      if (http.nameless) return { ...response, status: 403, body: encoded({ error: { message: 'Not allowed' } }) };
      return account === null ? response : { ...response, body: encoded({ id: `acct_${account}`, object: 'account' }) };
    },
    { theirs: '', nameless: false },
  );
  return http;
}

function encoded(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

async function company() {
  const http = manyAccounts();
  const made = await testCompany({ scale: 0.02, http });
  http.theirs = made.servers.stripe.apiKey;
  const { deps, servers, db } = made;
  const { apiBase } = servers.stripe;
  const connect = async (name: string, apiKey: string) =>
    (await connectSource(deps, { vendor: 'stripe', name, config: { apiBase }, secrets: { apiKey } })).sourceId;
  const invoicesOf = (sourceId: number): number =>
    db.prepare<[number], { n: number }>('SELECT count(*) AS n FROM invoice WHERE source_id = ?').first(sourceId)?.n ??
    0;
  return { ...made, http, connect, invoicesOf, sync: async (id: number) => await syncSource(deps, id) };
}

describe('accounts side by side', () => {
  it('keep objects of the same ids apart', async () => {
    const { connect, sync, db, invoicesOf } = await company();
    const one = await connect('Kestrel Inc', keyOf('live', 'Inc'));
    const two = await connect('Kestrel GmbH', keyOf('live', 'Gmbh'));
    await sync(one);
    const { streams } = await sync(two);
    expect(streams.filter(({ complete }) => !complete)).toEqual([]);
    expect(invoicesOf(one)).toBeGreaterThan(0);
    expect(invoicesOf(two)).toBe(invoicesOf(one));
    expect(rowsIn(db, 'customer')).toBe(2 * (rowsIn(db, 'billing_customer') / 2));
  });

  it('are slices of the company’s figures, which add up to the whole', async () => {
    const { connect, sync, db } = await company();
    const one = await connect('Kestrel Inc', keyOf('live', 'Inc'));
    const two = await connect('Kestrel GmbH', keyOf('live', 'Gmbh'));
    await sync(one);
    await sync(two);
    const context = metricsContext(readWorkspace(db), NOW);
    recompute(db, context);
    const arr = (account?: string): number | null =>
      snapshot(
        db,
        account === undefined ? {} : { slice: { where: [{ dimension: 'account', values: [account] }] } },
        context,
      ).arr;
    const whole = arr();
    expect(whole).toBeGreaterThan(0);
    expect(arr('Kestrel Inc')).toBe((whole ?? 0) / 2);
    expect(arr(String(two))).toBe((whole ?? 0) / 2);
    const { rows } = breakdown(
      db,
      { from: plainDay('2026-11-01'), to: plainDay('2026-11-20'), by: 'account', offset: 0, limit: 10 },
      context,
    );
    expect(
      rows.map(({ label, share }) => [label, share]).toSorted(([a], [b]) => String(a).localeCompare(String(b))),
    ).toEqual([
      ['Kestrel GmbH', 0.5],
      ['Kestrel Inc', 0.5],
    ]);
    const where = [{ dimension: 'account' as const, values: ['kestrel gmbh'] }];
    const found = customers(db, { filter: { where }, limit: 1, offset: 0, sort: 'mrr', direction: 'desc' }, context);
    expect(found.total).toBe(
      db
        .prepare<[number], { n: number }>(
          `SELECT count(DISTINCT s.customer_id) AS n FROM customer_standing s JOIN billing_customer b USING (customer_id)
         WHERE b.source_id = ? AND s.churned_on IS NULL AND s.first_paid_on IS NOT NULL`,
        )
        .first(two)?.n,
    );
    expect(() => arr('Kestrel Ltd')).toThrow(/There is no account “Kestrel Ltd”; known: Kestrel GmbH, Kestrel Inc/);
  });

  it('say whose they are and in which mode', async () => {
    const { connect, db } = await company();
    await connect('Kestrel Inc', keyOf('live', 'Inc'));
    expect(db.all(db.build.selectFrom('source').select(['name', 'account_id', 'live_mode', 'counts']))).toEqual([
      { name: 'Stripe', account_id: expect.stringMatching(/^acct_/), live_mode: 0, counts: 0 },
      { name: 'Kestrel Inc', account_id: 'acct_Inc', live_mode: 1, counts: 1 },
    ]);
  });
});

describe('a test account', () => {
  it('counts while it is the only one, and is set aside when a live one comes', async () => {
    const { connect, sync, sourceId, invoicesOf, db } = await company();
    await sync(sourceId);
    const counted = invoicesOf(sourceId);
    expect(counted).toBeGreaterThan(0);
    const live = await connect('Live', keyOf('live', 'Inc'));
    expect(invoicesOf(sourceId)).toBe(0);
    expect(rowsIn(db, 'dirty_customer')).toBeGreaterThan(0);
    // It is still read, and still proven complete.
    const { streams } = await sync(sourceId);
    expect(streams.filter(({ complete }) => !complete)).toEqual([]);
    expect(invoicesOf(sourceId)).toBe(0);
    await sync(live);
    expect(rowsIn(db, 'invoice')).toBe(counted);
  });

  it('counts again when the last live account has gone with its data', async () => {
    const { connect, sync, sourceId, invoicesOf, deps } = await company();
    await sync(sourceId);
    const counted = invoicesOf(sourceId);
    const live = await connect('Live', keyOf('live', 'Inc'));
    disconnectSource(deps, live, { deleteData: false });
    await sync(sourceId);
    expect(invoicesOf(sourceId)).toBe(0);
    disconnectSource(deps, live, { deleteData: true });
    await sync(sourceId);
    expect(invoicesOf(sourceId)).toBe(counted);
  });

  it('leaves nothing behind in any table that a sync fills', async () => {
    const { db, sync, sourceId, connect } = await company();
    const tables = db
      .prepare<[], { name: string }>(
        `SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND c.name = 'source_id' ORDER BY m.name`,
      )
      .all()
      .map(({ name }) => name);
    const filled = (): string[] => tables.filter((name) => !ABOUT_SYNC.has(name) && rowsOf(db, name, sourceId) > 0);
    await sync(sourceId);
    expect(filled()).toEqual(expect.arrayContaining(['invoice', 'payout', 'quote', 'meter_usage']));
    await connect('Live', keyOf('live', 'Inc'));
    expect(filled()).toEqual([]);
    expect(BILLING_FACTS.filter((name) => !tables.includes(name))).toEqual([]);
  });
});

/** Kept about a source whether it counts or not. */
const ABOUT_SYNC = new Set([
  'source',
  'secret',
  'sync_run',
  'sync_plan',
  'stream_state',
  'raw_object',
  'source_budget',
]);

function rowsOf(db: ReadDb, table: string, sourceId: number): number {
  const count = db.prepare<[number], { n: number }>(`SELECT count(*) AS n FROM ${table} WHERE source_id = ?`);
  return count.first(sourceId)?.n ?? 0;
}

describe('the same account', () => {
  it('is refused a second time, by its id and mode', async () => {
    const { connect } = await company();
    await connect('Kestrel', keyOf('live', 'Inc'));
    expect(await rejectionOf(connect('Again', keyOf('live', 'Inc')))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('acct_Inc (live mode) is connected already, as “Kestrel”'),
    });
    // Its test mode is another set of objects.
    await connect('Kestrel, test', keyOf('test', 'Inc'));
  });

  it('is known by its objects where the key may not see whose it is', async () => {
    const { connect, http, sync, sourceId } = await company();
    await sync(sourceId);
    http.nameless = true;
    expect(await rejectionOf(connect('Again', keyOf('test', 'Inc')))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('is connected already, as “Stripe”'),
    });
  });

  it('does not change its mode under one name', async () => {
    const { connect } = await company();
    await connect('Kestrel', keyOf('live', 'Inc'));
    expect(await rejectionOf(connect('Kestrel', keyOf('test', 'Inc')))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('holds the live data of its account'),
    });
  });
});
