/** A stub account, synced into a fresh store through the real source, and its figures through the front doors. */
import { expect } from 'vitest';
import {
  evidenceDisagreements,
  movements,
  recompute,
  snapshot,
  verify,
  type MetricsContext,
} from '../../src/main/engine/metrics/index.ts';
import type { SnapshotInput } from '../../src/main/engine/metrics/query/snapshot.ts';
import { metricsContext } from '../../src/main/engine/api/metrics-context.ts';
import { readWorkspace } from '../../src/main/engine/api/workspace-settings.ts';
import { deferredRevenue } from '../../src/main/engine/revops/index.ts';
import { systemHttp, systemRandom } from '../../src/main/engine/runtime/index.ts';
import {
  connectSource,
  listQuarantine,
  syncSource,
  type SyncOptions,
  type SyncResult,
} from '../../src/main/engine/sync/index.ts';
import type { ReadDb, WriteDb } from '../../src/main/engine/store/index.ts';
import { plainDay, plainMonth, timeZone } from '../../src/shared/kernel/day.ts';
import { instantOfIso } from '../../src/shared/kernel/instant.ts';
import { recordingLogger } from '../support/engine-ports.ts';
import { testStore } from '../support/store.ts';
import { stubStripe, type StripeObject, type StubOptions, type StubStripe } from './stub-stripe.ts';
import { customer } from './stripe-objects.ts';

export interface Account {
  readonly stripe: StubStripe;
  /** Sets the clock to a day's noon, syncs, and brings the ledger up to date. */
  sync(on?: string, options?: SyncOptions): Promise<SyncResult>;
  on(day: string, input?: SnapshotInput): ReturnType<typeof snapshot>;
  month(text: string, input?: SnapshotInput): ReturnType<typeof snapshot>;
  /** The ledger as `day kind annual`. */
  ledger(): string[];
  /** Where invoices and what was seen differ. */
  disagreements(): ReturnType<typeof evidenceDisagreements>['rows'];
  /** The ledger as `customer kind`. */
  movementsOf(): string[];
  /** What does not fit, as `id: sentence`. */
  quarantined(): string[];
  revenue(from: string, to: string): ReturnType<typeof deferredRevenue>;
  /** What a front door of the metrics answers, today. */
  ask<Answer>(of: (db: ReadDb, context: MetricsContext) => Answer): Answer;
  /** What a module that writes answers, today. */
  tell<Answer>(of: (db: WriteDb, context: MetricsContext) => Answer): Answer;
  connect(vendor: string, config: Record<string, string>): Promise<number>;
  syncRates(sourceId: number): Promise<SyncResult>;
}

export const TODAY = '2026-11-20';

export interface AccountOptions extends StubOptions {
  readonly zone?: string;
  /** Whether `cus_a` … is listed for every subscription that names it; default: yes. */
  readonly customers?: boolean;
}

/** An account with the given lists, synced once. */
export async function account(
  lists: Readonly<Record<string, readonly StripeObject[]>>,
  { zone, customers = true, ...options }: AccountOptions = {},
): Promise<Account> {
  const stripe = await stubStripe(options);
  for (const [name, objects] of Object.entries(lists)) stripe.put(name, ...objects);
  const named = [...(lists['subscriptions'] ?? []), ...(lists['invoices'] ?? [])].map((body) => body['customer']);
  const missing = [...new Set(named)].filter((id) => !(lists['customers'] ?? []).some((known) => known.id === id));
  if (customers) stripe.put('customers', ...missing.map((id) => customer(String(id))));

  const { db } = testStore();
  let now = instantOfIso(`${TODAY}T12:00:00Z`);
  const clock = {
    now: () => now,
    sleep: () => new Promise<void>((resolve) => void setImmediate(resolve)),
  };
  const deps = { db, clock, http: systemHttp, random: systemRandom, logger: recordingLogger() };
  const { sourceId } = await connectSource(deps, {
    vendor: 'stripe',
    config: { apiBase: stripe.apiBase },
    secrets: { apiKey: 'sk_test_acceptance' },
  });
  const context = (): MetricsContext => ({
    ...metricsContext(readWorkspace(db), now),
    ...(zone !== undefined && { zone: timeZone(zone) }),
  });
  const self: Account = {
    stripe,
    async sync(on = TODAY, how = {}) {
      now = instantOfIso(on.length === 10 ? `${on}T12:00:00Z` : on);
      const result = await syncSource(deps, sourceId, how);
      recompute(db, context());
      expect(verify(db, context()).differences).toEqual([]);
      return result;
    },
    on: (day, input = {}) => snapshot(db, { asOf: plainDay(day), ...input }, context()),
    month: (text, input = {}) => snapshot(db, { month: plainMonth(text), ...input }, context()),
    ledger: () =>
      movements(db, { from: plainDay('2000-01-01'), to: plainDay('2099-12-31'), limit: 1_000 }, context()).rows.map(
        (row) => `${row.on} ${row.kind} ${row.annualMinor}`,
      ),
    disagreements: () => evidenceDisagreements(db, { limit: 100 }, context()).rows,
    movementsOf: () =>
      movements(db, { from: plainDay('2000-01-01'), to: plainDay('2099-12-31'), limit: 1_000 }, context()).rows.map(
        (row) => `${row.customerName} ${row.kind}`,
      ),
    quarantined: () => listQuarantine(db, { sourceId, limit: 100 }).rows.map((row) => `${row.objectId}: ${row.reason}`),
    revenue: (from, to) => deferredRevenue(db, { from: plainMonth(from), to: plainMonth(to) }, context()),
    ask: (of) => of(db, context()),
    tell: (of) => of(db, context()),
    connect: async (vendor, config) => (await connectSource(deps, { vendor, config, secrets: {} })).sourceId,
    async syncRates(rates) {
      const result = await syncSource(deps, rates, {});
      recompute(db, context());
      return result;
    },
  };
  await self.sync();
  return self;
}

/** The account of these subscriptions alone. */
export const selling = async (...subscriptions: StripeObject[]) => await account({ subscriptions });
