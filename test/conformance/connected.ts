/** A fresh database with one source connected, whose every answer a check can bend. */
import { enterCosts } from '../../src/main/engine/costs/index.ts';
import { systemHttp } from '../../src/main/engine/runtime/index.ts';
import { SOURCES, sourceOf } from '../../src/main/engine/sources/registry.ts';
import {
  connectSource,
  disconnectSource,
  syncSource,
  type SyncDeps,
  type SyncOptions,
} from '../../src/main/engine/sync/index.ts';
import type { WriteDb } from '../../src/main/engine/store/index.ts';
import { AppError } from '../../src/shared/kernel/errors.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { plainMonth } from '../../src/shared/kernel/day.ts';
import { minor } from '../../src/shared/kernel/money.ts';
import { logicalDump, testCompany, type TestCompany } from '../support/synced-company.ts';
import { bentHttp, type VendorFixture } from './vendor-fixture.ts';

export async function connected(fixture: VendorFixture) {
  const http = bentHttp(fixture.http ?? systemHttp);
  const company = await testCompany({ scale: 0.02, http: fixture.http ? systemHttp : http });
  const sources = fixture.source ? [...SOURCES, fixture.source] : SOURCES;
  const deps: SyncDeps = { ...company.deps, http, sources };
  if (sourceOf(fixture.vendor, sources).family === 'rates') spendAbroad(company);
  // No account is read twice: the one that the company comes with makes room.
  if (fixture.vendor === 'stripe') disconnectSource(deps, company.sourceId, { deleteData: true });
  const connection = await fixture.connection(company.servers);
  const { sourceId } = await connectSource(deps, { vendor: fixture.vendor, name: 'Under test', ...connection });
  company.waits.length = 0;
  http.count = 0;
  const sync = async (options?: SyncOptions) => await syncSource(deps, sourceId, options);
  return { company, deps, http, sourceId, sync, db: company.db, connection };
}

/** Sources of rates need amounts, to know the currencies and the days to ask for. */
function spendAbroad({ db, deps }: TestCompany): void {
  const spent = ['EUR', 'GBP', 'JPY'].map((currency) => ({
    month: plainMonth('2026-06'),
    kind: 'marketing' as const,
    channel: null,
    currency: currencyCode(currency),
    amount: minor(10_000),
  }));
  enterCosts(db, spent, deps.clock.now());
}

export type Connected = Awaited<ReturnType<typeof connected>>;

const known = new Map<VendorFixture, Promise<Record<string, string[]>>>();

/** What a sync that nothing disturbs stores: the same every time, and so asked for once. */
export async function undisturbed(fixture: VendorFixture): Promise<Record<string, string[]>> {
  let dump = known.get(fixture);
  if (!dump) known.set(fixture, (dump = dumped(fixture)));
  return await dump;
}

async function dumped(fixture: VendorFixture): Promise<Record<string, string[]>> {
  const { sync, db } = await connected(fixture);
  await sync();
  return logicalDump(db);
}

/** A database whose process ends after so many more transactions: whatever comes next is not written. */
export function mortal(db: WriteDb, transactions: number): WriteDb {
  let left = transactions;
  let depth = 0;
  const transaction: WriteDb['transaction'] = (work) => {
    if (depth === 0 && left-- <= 0) throw new AppError('internal', 'Killed');
    depth += 1;
    try {
      return db.transaction(work);
    } finally {
      depth -= 1;
    }
  };
  return new Proxy(db, {
    get(target, name) {
      if (name === 'transaction') return transaction;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

export function cursors({ db, sourceId }: Connected): unknown {
  return db
    .prepare<[number], { stream: string; cursor: string | null }>(
      'SELECT stream, cursor FROM stream_state WHERE source_id = ? ORDER BY stream',
    )
    .all(sourceId);
}
