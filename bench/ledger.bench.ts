/**
 * How fast the ledger is computed: whole, and after a hundred customers have
 * changed. Beside it DuckDB computes the same monthly movements by SQL from the
 * same subscription states, with all cores, and both results are compared.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  recompute,
  rebuildOnThreads,
  recomputeOnThreads,
  type MetricsContext,
} from '../src/main/engine/metrics/index.ts';
import { rateBook } from '../src/main/engine/fx/index.ts';
import { movementMonths } from '../src/main/engine/metrics/ledger/movement-months.ts';
import { readStateColumns } from '../src/main/engine/metrics/ledger/state-block.ts';
import type { WriteDb } from '../src/main/engine/store/index.ts';
import { dataset, benchContext, derivingThreads } from './dataset.ts';
import { duckdbPeer } from './support/duckdb-peer.ts';
import { keptMovements } from './support/kept-movements.ts';
import { count, ms, percentile, printTable, timed } from './support/table.ts';

const CHANGED = 100;
const ROUNDS = 20;

export async function run(report: (line: string) => void): Promise<void> {
  const data = await dataset('facts', report);
  const store = await data.openStore();
  const { db } = store;
  try {
    const context = benchContext();
    // The engine has the key at hand: deriving it from a passphrase is no part of the work.
    const key = await data.key();
    const threads = () => derivingThreads({ file: data.file, key: async () => key });
    const started = await timed(threads);
    const first = await timed(() => recomputeOnThreads(db, context, async () => started.result));
    const again = await timed(() => rebuildOnThreads(db, context, threads));
    const changes = await recomputeChanged(db, () => recompute(db, context).customers);
    const changed = percentile(changes, 0.5);
    const memory = process.memoryUsage().rss;

    const peer = await duckdbPeer(db, join(data.dataDir, 'peer.duckdb'));
    const same = differences(monthsOf(db), peer.months);
    const columns = await monthsFromColumns(db, context);
    const sameColumns = differences(columns.months, peer.months);
    const kept = keptMovements(db, data.file, key);
    const netted = Math.min(...columns.times);
    const { n: states } = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM subscription_state').first() ?? {
      n: 0,
    };

    printTable(
      [
        {
          what: `states → monthly movements, from its own stored columns, 1 thread (${count(states)} states)`,
          target: `≤ DuckDB, ${ms(peer.best)}`,
          measured: `${ms(Math.min(...columns.times))} (median ${ms(percentile(columns.times, 0.5))})`,
          met: Math.min(...columns.times) <= peer.best,
        },
        {
          what: `DuckDB, the same from its own table on disk, ${peer.threads} threads`,
          target: '',
          measured: `${ms(peer.best)} (median ${ms(peer.median)})`,
          met: null,
        },
        {
          what: `full rebuild: facts → ledger with evidence, indexes and rollups, encrypted, on disk, ${count(first.result.customers)} customers`,
          target: `≤ DuckDB durable, ${ms(peer.durable)}`,
          measured: `${ms(first.ms)} (${count(first.result.customers / (first.ms / 1_000))} customers/s, ${peer.threads - 1} threads and the writer)`,
          met: first.ms <= peer.durable,
        },
        {
          what: 'start of its threads, from the sources (each strips their types)',
          target: '',
          measured: ms(started.ms),
          met: null,
        },
        { what: 'full rebuild over a ledger that holds', target: '', measured: ms(again.ms), met: null },
        {
          what: `states → ${count(kept.rows)} movements with prices and evidence, in a table under a key, indexed, on disk`,
          target: `≤ DuckDB, ${ms(peer.kept)}`,
          measured: `${ms(netted + kept.ms)} (netted ${ms(netted)} on 1 thread, written ${ms(kept.ms)})`,
          met: netted + kept.ms <= peer.kept,
        },
        {
          what: `DuckDB, the same: ${count(peer.rows)} rows under a key, three indexes, checkpointed, ${peer.threads} threads`,
          target: '',
          measured: ms(peer.kept),
          met: null,
        },
        {
          what: 'DuckDB durable: ready-made states → movements per customer and day, written and checkpointed, plain',
          target: '',
          measured: ms(peer.durable),
          met: null,
        },
        {
          what: `the ledger, the columns and DuckDB agree on all ${count(same.compared)} months × kinds × currencies`,
          target: 'equal',
          measured:
            same.different + sameColumns.different === 0 ? 'equal' : `${same.different + sameColumns.different} differ`,
          met: same.different + sameColumns.different === 0,
        },
        {
          what: `recompute after ${CHANGED} changed customers, median of ${ROUNDS}`,
          target: '< 50 ms',
          measured: `${ms(changed)} (best ${ms(Math.min(...changes))})`,
          met: changed < 50,
        },
        {
          what: 'the same, as a part of the full rebuild',
          target: '< 1/100',
          measured: `1/${Math.round(first.ms / changed)}`,
          met: changed < first.ms / 100,
        },
        {
          what: 'memory of the process after it (RSS), from the sources',
          target: '',
          measured: `${count(memory / 2 ** 20)} MB`,
          met: null,
        },
      ],
      report,
    );
  } finally {
    store.close();
    rmSync(join(data.dataDir, 'peer.duckdb'), { force: true });
    data.release();
  }
}

/** Milliseconds of each round: a hundred customers anywhere get one more seat, then the ledger follows. */
async function recomputeChanged(db: WriteDb, follow: () => number): Promise<number[]> {
  const change = db.prepareWrite<[number, number]>(
    `INSERT INTO subscription_sighting (source_id, subscription_id, seen_at, seen_by, event_id, event_type, body)
     SELECT g.source_id, g.subscription_id, max(g.seen_at) + 3600000, 'event', 'evt_bench_' || g.subscription_id || max(g.seen_at), g.event_type,
            json_set(g.body, '$.items[0].quantity', CAST(json_extract(g.body, '$.items[0].quantity') + ? AS TEXT))
     FROM billing_customer c
     CROSS JOIN subscription s INDEXED BY subscription_by_customer ON s.source_id = c.source_id AND s.billing_customer_id = c.id
     CROSS JOIN subscription_sighting g ON g.source_id = s.source_id AND g.subscription_id = s.id
     WHERE c.customer_id = ? GROUP BY g.source_id, g.subscription_id`,
  );
  const mark = db.prepareWrite<[number]>('INSERT OR IGNORE INTO dirty_customer (customer_id) VALUES (?)');
  const all = db.prepare<[], { n: number }>('SELECT max(customer_id) AS n FROM customer').first()?.n ?? 0;
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    db.transaction(() => {
      for (let index = 0; index < CHANGED; index++) {
        const customerId = 1 + ((round * 7_919 + index * 997) % all);
        change.run(1 + (round % 3), customerId);
        mark.run(customerId);
      }
    });
    const { ms: taken, result } = await timed(follow);
    if (result !== CHANGED) throw new Error(`${result} customers were recomputed instead of ${CHANGED}`);
    times.push(taken);
  }
  return times;
}

/** The step that the peer does, as `verify` does it: out of the stored columns, decrypted and netted each time. */
async function monthsFromColumns(
  db: WriteDb,
  { currency, policy }: MetricsContext,
): Promise<{ times: number[]; months: ReadonlyMap<string, number> }> {
  const times: number[] = [];
  let months: ReadonlyMap<string, number> = new Map();
  for (let round = 0; round < 5; round++) {
    const { ms: taken, result } = await timed(() =>
      movementMonths(readStateColumns(db), { currency, policy, rates: rateBook(db) }),
    );
    times.push(taken);
    months = result;
  }
  return { times, months };
}

/** Annual minor units by month, kind and currency, as the ledger holds them. */
function monthsOf(db: WriteDb): Map<string, number> {
  const rows = db
    .prepare<[], { key: string; annual: number }>(
      `SELECT substr(moved_on, 1, 7) || ' ' || kind || ' ' || currency AS key, sum(annual_minor) AS annual
       FROM movement_rollup GROUP BY 1`,
    )
    .all();
  return new Map(rows.map(({ key, annual }) => [key, annual]));
}

function differences(ours: ReadonlyMap<string, number>, theirs: ReadonlyMap<string, number>) {
  const keys = new Set([...ours.keys(), ...theirs.keys()]);
  const different = [...keys].filter((key) => (ours.get(key) ?? 0) !== (theirs.get(key) ?? 0)).length;
  return { compared: keys.size, different };
}
