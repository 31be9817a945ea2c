/** A small demo company behind local servers, and everything that syncs it into a fresh store. */
import { onTestFinished } from 'vitest';
import { startDemoServers, type DemoServers, type DemoServersOptions } from '../../src/main/demo/index.ts';
import { systemHttp, systemRandom } from '../../src/main/engine/runtime/index.ts';
import type { Clock, Http } from '../../src/main/engine/runtime/ports.ts';
import type { ReadDb, WriteDb } from '../../src/main/engine/store/handles.ts';
import {
  connectSource,
  syncSource,
  type SyncDeps,
  type SyncOptions,
  type SyncResult,
} from '../../src/main/engine/sync/index.ts';
import { AppError } from '../../src/shared/kernel/errors.ts';
import { addMs, instantOfIso } from '../../src/shared/kernel/instant.ts';
import { recordingLogger } from './engine-ports.ts';
import { storeKey, testStore } from './store.ts';

export const NOW = instantOfIso('2026-11-20T12:00:00Z');

export interface TestCompany {
  readonly servers: DemoServers;
  readonly db: WriteDb;
  /** Of the database: another process may open a copy. */
  readonly key: Uint8Array;
  readonly deps: SyncDeps;
  readonly sourceId: number;
  /** What the waits of the limiter asked for, in milliseconds; they do not really pass. */
  readonly waits: number[];
  sync(options?: SyncOptions): Promise<SyncResult>;
  /** Lets the engine's own clock run ahead of the vendor's. */
  skipAhead(ms: number): void;
  /** Sync of another source against the same servers. */
  connect(vendor: string, config: Record<string, string>): Promise<number>;
}

/** Stripe is connected, nothing is synced yet. */
export async function testCompany(
  options: Partial<DemoServersOptions> & { readonly http?: Http; readonly apiKey?: string } = {},
): Promise<TestCompany> {
  const { http = systemHttp, apiKey, ...demo } = options;
  const servers = await startDemoServers({ now: NOW, scale: 0.05, ...demo });
  onTestFinished(() => servers.close());
  const key = storeKey();
  const { db } = testStore({ key: Uint8Array.from(key) });
  const waits: number[] = [];
  const clock = vendorsClock(servers, waits);
  const deps: SyncDeps = { db, clock, http, random: systemRandom, logger: recordingLogger() };
  const connect = async (vendor: string, config: Record<string, string>, secrets: Record<string, string> = {}) =>
    (await connectSource(deps, { vendor, config, secrets })).sourceId;
  const { apiBase } = servers.stripe;
  const sourceId = await connect('stripe', { apiBase }, { apiKey: apiKey ?? servers.stripe.apiKey });
  return {
    servers,
    db,
    key,
    deps,
    sourceId,
    waits,
    sync: async (how) => await syncSource(deps, sourceId, how),
    skipAhead: clock.skipAhead,
    connect,
  };
}

/** Tells the vendor's time; waits are noted and end at once. */
function vendorsClock(servers: DemoServers, waits: number[]): Clock & { skipAhead(ms: number): void } {
  let ahead = 0;
  return {
    now: () => addMs(servers.control.now(), ahead),
    async sleep(ms, signal) {
      waits.push(ms);
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted) throw new AppError('cancelled', 'The wait was cancelled');
    },
    skipAhead(ms) {
      ahead += ms;
    },
  };
}

const TABLES: Readonly<Record<string, string>> = {
  billing_customer: 'source_id, id',
  product: 'source_id, id',
  price: 'source_id, id',
  coupon: 'source_id, id',
  subscription: 'source_id, id',
  subscription_sighting: 'source_id, subscription_id, seen_by, event_id, body',
  invoice: 'source_id, id',
  invoice_counted: 'source_id, counted_day, created_day',
  invoice_day: 'source_id, created_day',
  invoice_line: 'source_id, invoice_id, position',
  invoice_payment: 'source_id, id',
  credit_note: 'source_id, id',
  charge: 'source_id, id',
  crm_account: 'source_id, id',
  crm_contact: 'source_id, id',
  crm_deal: 'source_id, id',
  crm_deal_line: 'source_id, id',
  crm_deal_stage: 'source_id, deal_id, position',
  crm_field: 'source_id, object, key',
  crm_owner: 'source_id, id',
  crm_pipeline: 'source_id, id',
  support_company: 'source_id, id',
  support_contact: 'source_id, id',
  support_ticket: 'source_id, id',
  nps_response: 'source_id, id',
  product_account: 'source_id, id',
  usage_batch: 'source_id, name',
  active_user: 'source_id, period, starts_on',
  first_visit: 'source_id, day_on, channel',
  visitor: 'source_id, visitor',
  event_property: 'source_id, name',
  refund: 'source_id, id',
  dispute: 'source_id, id',
  balance_transaction: 'source_id, id',
  payout: 'source_id, id',
  payout_part: 'source_id, payout_id, balance_transaction_id',
  quote: 'source_id, id',
  billing_meter: 'source_id, id',
  meter_usage: 'source_id, billing_customer_id, meter_id, used_on',
  exchange_rate: 'provider, base, quote, rate_on',
  raw_object: 'source_id, type, object_id',
  quarantine: 'source_id, stream, object_id',
};

/**
 * All facts as text, in the order of their keys. Left out is what two runs of
 * the same sync may rightly differ in: Vario's own row numbers, and the moment
 * at which something was read.
 */
export function logicalDump(db: ReadDb): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(TABLES).map(([table, order]) => [
      table,
      db
        .prepare<[], Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY ${order}`)
        .all()
        .map((row) => JSON.stringify(withoutMoment(table, row))),
    ]),
  );
}

function withoutMoment(table: string, row: Record<string, unknown>): Record<string, unknown> {
  const {
    customer_id: _id,
    product_account_id: _account,
    usage_batch_id: _batch,
    fetched_at: _fetched,
    quarantine_id: _quarantine,
    first_seen_at: _first,
    last_seen_at: _last,
    ...rest
  } = row;
  const { seen_at: seenAt, ...same } = rest;
  const isRead = table === 'subscription' || row['seen_by'] === 'read';
  const kept = isRead ? same : { ...same, ...(seenAt === undefined ? {} : { seen_at: seenAt }) };
  return Object.fromEntries(
    Object.entries(kept).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    ]),
  );
}

export function rowsIn(db: ReadDb, table: string): number {
  return db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).first()?.n ?? 0;
}
