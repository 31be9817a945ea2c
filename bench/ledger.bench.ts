/**
 * How fast the ledger is computed: whole, and after a hundred customers have
 * changed. Beside it DuckDB computes the same monthly movements by SQL from the
 * same subscription states, with all cores, and both results are compared.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { rebuild, recompute } from '../src/main/engine/metrics/index.ts';
import { rateBook } from '../src/main/engine/fx/index.ts';
import { customerMovements } from '../src/main/engine/metrics/ledger/customer-movements.ts';
import { storedHistories } from '../src/main/engine/metrics/query/policy-view.ts';
import type { WriteDb } from '../src/main/engine/store/index.ts';
import { dataset, benchContext } from './dataset.ts';
import { duckdbPeer } from './support/duckdb-peer.ts';
import { count, ms, percentile, printTable, timed } from './support/table.ts';

const CHANGED = 100;
const ROUNDS = 20;

export async function run(report: (line: string) => void): Promise<void> {
  const data = await dataset('facts', report);
  const store = await data.openStore();
  const { db } = store;
  try {
    const context = benchContext();
    const first = await timed(() => recompute(db, context));
    const again = await timed(() => rebuild(db, context));
    const changes = await recomputeChanged(db, () => recompute(db, context).customers);
    const changed = percentile(changes, 0.5);

    const peer = await duckdbPeer(db, join(data.dataDir, 'peer.duckdb'));
    const same = sameMonths(monthsOf(db), peer.months);
    const memory = process.memoryUsage().rss;
    const stepAlone = await movementsAlone(db);
    const { n: states } = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM subscription_state').first() ?? {
      n: 0,
    };

    printTable(
      [
        {
          what: `full rebuild: facts → ledger, written, ${count(first.result.customers)} customers`,
          target: `≤ DuckDB, ${ms(peer.ms)}`,
          measured: `${ms(first.ms)} (${count(first.result.customers / (first.ms / 1_000))} customers/s)`,
          met: first.ms <= peer.ms,
        },
        { what: 'full rebuild over a ledger that holds', target: '', measured: ms(again.ms), met: null },
        {
          what: `DuckDB: ${count(states)} ready-made states → monthly movements, ${peer.threads} threads`,
          target: '',
          measured: ms(peer.ms),
          met: null,
        },
        {
          what: 'the same step alone in the engine: ready-made states → movements, 1 thread, in memory',
          target: '',
          measured: `${ms(stepAlone.ms)} for ${count(stepAlone.movements)} movements`,
          met: null,
        },
        {
          what: `both agree on all ${count(same.compared)} months × kinds × currencies`,
          target: 'equal',
          measured: same.differences === 0 ? 'equal' : `${same.differences} differ`,
          met: same.differences === 0,
        },
        {
          what: `recompute after ${CHANGED} changed customers, median of ${ROUNDS}`,
          target: '< 50 ms',
          measured: ms(changed),
          met: changed < 50,
        },
        {
          what: 'the same, as a part of the full rebuild',
          target: '< 1/100',
          measured: `1/${Math.round(first.ms / changed)}`,
          met: changed < first.ms / 100,
        },
        {
          what: 'memory of the process (RSS)',
          target: '< 500 MB',
          measured: `${count(memory / 2 ** 20)} MB (with DuckDB)`,
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
     FROM subscription_sighting g JOIN subscription s ON s.source_id = g.source_id AND s.id = g.subscription_id
     JOIN billing_customer c ON c.source_id = s.source_id AND c.id = s.billing_customer_id
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

/** The part of a rebuild that the peer does: no facts read, nothing written. */
async function movementsAlone(db: WriteDb): Promise<{ ms: number; movements: number }> {
  const context = benchContext();
  const histories = [...storedHistories(db, context.policy, context.zone)];
  const valuation = { currency: context.currency, rates: rateBook(db), policy: context.policy };
  const { ms: taken, result } = await timed(() => {
    let movements = 0;
    const months = new Map<string, number>();
    for (const history of histories)
      for (const { on, kind, currency, annual } of customerMovements(history, valuation)) {
        const key = `${on.slice(0, 7)} ${kind} ${currency}`;
        months.set(key, (months.get(key) ?? 0) + annual);
        movements += 1;
      }
    return movements;
  });
  return { ms: taken, movements: result };
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

function sameMonths(ours: ReadonlyMap<string, number>, theirs: ReadonlyMap<string, number>) {
  const keys = new Set([...ours.keys(), ...theirs.keys()]);
  const differences = [...keys].filter((key) => (ours.get(key) ?? 0) !== (theirs.get(key) ?? 0)).length;
  return { compared: keys.size, differences };
}
