/**
 * The database of the benchmarks: encrypted, deterministic, made once per
 * version of schema and company and kept in the folder for temporary files.
 * Its facts are written by SQL, not synced: benchmarks of the ledger and of
 * the pages need no server.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DEFAULT_WORKSPACE, writeWorkspace } from '../src/main/engine/api/workspace-settings.ts';
import type { QueryTable } from '../src/main/engine/api/call-types.ts';
import { compactWhenDue } from '../src/main/engine/api/compact.ts';
import type { Derivations } from '../src/main/engine/api/derivations.ts';
import { metricsContext } from '../src/main/engine/api/metrics-context.ts';
import {
  recompute,
  recomputeOnThreads,
  type DerivingThreads,
  type MetricsContext,
} from '../src/main/engine/metrics/index.ts';
import { createLogger, systemClock } from '../src/main/engine/runtime/index.ts';
import { openReaderPool, openStore, type Store, type WriteDb } from '../src/main/engine/store/index.ts';
import { MIGRATIONS } from '../src/main/engine/store/migrations/index.ts';
import { factWriter } from '../src/main/engine/store/tables/fact-writer.ts';
import { createKeyring, unlockKeyring } from '../src/main/hosts/keyring/index.ts';
import { DATABASE_FILE, KEYRING_FILE } from '../src/main/hosts/workspace-host.ts';
import { currencyCode } from '../src/shared/kernel/currency.ts';
import { dayAt, dayNumber, dayOfNumber, timeZone, UTC } from '../src/shared/kernel/day.ts';
import { addMs, DAY_MS } from '../src/shared/kernel/instant.ts';
import {
  COMPANY_VERSION,
  customerOf,
  CUSTOMERS,
  FROM,
  NOW,
  PRICES,
  PRODUCTS,
  type BenchCustomer,
} from './support/company.ts';

const READER_WORKER_URL = new URL('../src/main/engine/api/reader-worker.ts', import.meta.url);

/** Protects generated data only; anybody may know it. */
export const PASSPHRASE = 'generated data for benchmarks';
const SETTINGS = {
  companyName: 'Bench',
  reportingCurrency: currencyCode('USD'),
  timeZone: timeZone('Europe/Berlin'),
  growthTarget: 0.05,
  onboardedAt: NOW,
} as const;
const CUSTOMERS_PER_TRANSACTION = 2_000;

export interface Dataset {
  /** A data directory of its own, removed by `release`. */
  readonly dataDir: string;
  readonly file: string;
  openStore(): Promise<Store>;
  key(): Promise<Uint8Array>;
  release(): void;
}

/** A copy of the generated database: `facts` as after a sync, `ledger` with everything computed. */
export async function dataset(state: 'facts' | 'ledger', report: (line: string) => void): Promise<Dataset> {
  const cached = await cachedFolder(state, report);
  const dataDir = mkdtempSync(join(tmpdir(), 'vario-bench-'));
  for (const name of [DATABASE_FILE, KEYRING_FILE]) copyFileSync(join(cached, name), join(dataDir, name));
  return datasetIn(dataDir);
}

function datasetIn(dataDir: string): Dataset {
  const file = join(dataDir, DATABASE_FILE);
  const key = async () => await unlockKeyring(join(dataDir, KEYRING_FILE), { passphrase: PASSPHRASE });
  return {
    dataDir,
    file,
    key,
    openStore: async () => storeOf(dataDir, await key()),
    release: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

function storeOf(dataDir: string, key: Uint8Array): Store {
  return openStore({
    file: join(dataDir, DATABASE_FILE),
    key,
    program: 'bench',
    backupDir: join(dataDir, 'backups'),
    clock: systemClock,
    logger: createLogger({ file: null, stderrLevel: 'error' }),
  });
}

/** The settings under which every benchmark computes. */
export function benchContext(): MetricsContext {
  return metricsContext({ ...DEFAULT_WORKSPACE, ...SETTINGS }, NOW);
}

/** Threads for a large computation on the dataset, as the engine opens them. */
export async function derivingThreads({ file, key }: Pick<Dataset, 'file' | 'key'>): Promise<DerivingThreads> {
  const size = Math.max(1, availableParallelism() - 1);
  const pool = await openReaderPool<Derivations>({
    url: READER_WORKER_URL,
    file,
    key: await key(),
    clock: systemClock,
    logger: createLogger({ file: null, stderrLevel: 'error' }),
    size,
    serves: 'derivations',
  });
  return { size, derive: (input) => pool.run('ledger.derive', input), close: () => pool.close() };
}

/** As the engine does after a first sync: else every benchmark would see it happen. */
async function compact(store: Store, { file, key }: Dataset): Promise<void> {
  const logger = createLogger({ file: null, stderrLevel: 'error' });
  const options = { url: READER_WORKER_URL, file, key: await key(), clock: systemClock, logger };
  const readers = await openReaderPool<QueryTable>(options);
  await compactWhenDue(store, readers, logger);
  await readers.close();
}

async function cachedFolder(state: 'facts' | 'ledger', report: (line: string) => void): Promise<string> {
  const version = createHash('sha256')
    .update(JSON.stringify([COMPANY_VERSION, CUSTOMERS, MIGRATIONS]))
    .digest('hex')
    .slice(0, 16);
  const folder = join(tmpdir(), `vario-bench-data-${version}`, state);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const making = mkdtempSync(`${folder}-`);
  report(`(making the database of the benchmarks, ${state}; kept in ${folder})`);
  if (state === 'facts') {
    const store = storeOf(making, await createKeyring(join(making, KEYRING_FILE), [{ passphrase: PASSPHRASE }], NOW));
    writeFacts(store.db);
    store.close();
  } else {
    const facts = await cachedFolder('facts', report);
    for (const name of [DATABASE_FILE, KEYRING_FILE]) copyFileSync(join(facts, name), join(making, name));
    const store = await datasetIn(making).openStore();
    await recomputeOnThreads(store.db, benchContext(), () => derivingThreads(datasetIn(making)));
    await compact(store, datasetIn(making));
    store.close();
  }
  // Of two runs that make it at once the first one's stays.
  if (existsSync(folder)) rmSync(making, { recursive: true });
  else renameSync(making, folder);
  return folder;
}

function writeFacts(db: WriteDb): void {
  writeWorkspace(db, SETTINGS);
  // The engine takes the settings up while there is nothing to compute yet: the calendar of the zone lies ready.
  recompute(db, benchContext());
  // Paused: a host that opens this database does not go looking for a server.
  const sourceId = db
    .prepareWrite<[number]>(
      `INSERT INTO source (vendor, name, config, account_id, account_name, state, connected_at)
       VALUES ('stripe', 'Stripe', '{"apiBase":"http://127.0.0.1:9"}', 'acct_bench', 'Bench', 'paused', ?)`,
    )
    .run(NOW).lastId;
  const writeFact = factWriter(db, sourceId, 'stripe');
  const charge = db.prepareWrite<[number, string, string, string, number, number]>(
    `INSERT INTO charge (source_id, id, billing_customer_id, status, currency, amount_minor, amount_refunded_minor, created_at)
     VALUES (?, ?, ?, 'succeeded', ?, ?, 0, ?)`,
  );
  db.transaction(() => {
    for (const product of PRODUCTS) writeFact({ kind: 'product', value: { ...product, active: true, metadata: {} } });
    for (const price of PRICES) writeFact({ kind: 'price', value: price });
  });
  for (let from = 0; from < CUSTOMERS; from += CUSTOMERS_PER_TRANSACTION)
    db.transaction(() => {
      for (let number = from; number < from + CUSTOMERS_PER_TRANSACTION; number++) {
        const customer = customerOf(number);
        writeCustomer(customer, writeFact);
        for (let at = customer.createdAt, quarter = 0; at < NOW; at = addMs(at, 91 * DAY_MS), quarter++)
          charge.run(
            sourceId,
            `ch_${customer.number}_${quarter}`,
            customer.id,
            customer.currency,
            4_900 + (number % 90) * 100,
            at,
          );
      }
    });
  writeRates(db);
}

/** A quote of one euro for every day, from a year before the company began. */
function writeRates(db: WriteDb): void {
  const rate = db.prepareWrite<[string, string, string]>(
    `INSERT INTO exchange_rate (provider, base, quote, rate_on, rate) VALUES ('frankfurter', 'EUR', ?, ?, ?)`,
  );
  const last = dayNumber(dayAt(systemClock.now(), UTC)) + 365;
  db.transaction(() => {
    for (let number = dayNumber(dayAt(FROM, UTC)) - 365; number <= last; number++) {
      rate.run('USD', dayOfNumber(number), (1.1 + Math.sin(number / 90) / 20).toFixed(4));
      rate.run('GBP', dayOfNumber(number), (0.86 + Math.cos(number / 70) / 50).toFixed(5));
    }
  });
}

function writeCustomer(customer: BenchCustomer, writeFact: ReturnType<typeof factWriter>): void {
  const { id, name, email, currency, country, createdAt, metadata, subscriptions } = customer;
  writeFact({
    kind: 'customer',
    value: {
      id,
      name,
      email,
      description: null,
      currency,
      country,
      createdAt,
      deleted: false,
      delinquent: false,
      balanceMinor: 0,
      discounts: [],
      metadata,
      seenAt: createdAt,
    },
  });
  for (const { id: subscriptionId, sightings } of subscriptions) {
    // Newest first: what an event says of a subscription is taken over only where nothing is known yet.
    for (const [index, { at, type, subscription }] of [...sightings.entries()].toReversed())
      writeFact({
        kind: 'subscription',
        value: { subscription, seenAt: at, by: 'event', eventId: `evt_${subscriptionId}_${index}`, eventType: type },
      });
  }
}
