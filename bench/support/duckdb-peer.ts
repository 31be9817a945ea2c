/** The peer of the ledger: the same movements by SQL in DuckDB. */
import { rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { ReadDb } from '../../src/main/engine/store/index.ts';
import { percentile, timed } from './table.ts';

export interface Peer {
  /** Milliseconds for the sums by month: the best and the median of five. */
  readonly best: number;
  readonly median: number;
  /** Milliseconds until every customer's day is in a table on disk and the log is carried over; the best of three. */
  readonly durable: number;
  /** Milliseconds until the ledger's rows are in an encrypted, indexed table on disk; the best of three. */
  readonly kept: number;
  /** How many rows those are. */
  readonly rows: number;
  readonly threads: number;
  /** Annual minor units by `month kind currency`. */
  readonly months: ReadonlyMap<string, number>;
}

/**
 * R11 as SQL: the last state of each subscription and day, its change, the
 * customer's net of the day, its kind. Every customer of the benchmark bills in
 * one currency, which spares the peer the valuation of mixed days.
 */
const KINDS = `
  WITH ends AS (
    SELECT customer_id, subscription_id, effective_on, currency, standing, annual
    FROM state
    QUALIFY row_number() OVER (PARTITION BY subscription_id, effective_on ORDER BY effective_at DESC) = 1
  ), changes AS (
    SELECT customer_id, subscription_id, effective_on, currency, standing,
           lag(standing) OVER w AS was,
           annual - coalesce(lag(annual) OVER w, 0) AS delta
    FROM ends WINDOW w AS (PARTITION BY subscription_id ORDER BY effective_on)
  ), days AS (
    SELECT customer_id, effective_on, currency, sum(delta) AS net,
           bool_and(delta >= 0 OR standing = 'paused') AS only_paused,
           bool_and(delta <= 0 OR was IS NOT DISTINCT FROM 'paused') AS only_resumed
    FROM changes WHERE delta <> 0 GROUP BY ALL
  ), levels AS (
    SELECT *, sum(net) OVER w AS after, sum(net) OVER w - net AS before
    FROM days WINDOW w AS (PARTITION BY customer_id ORDER BY effective_on)
  ), kinds AS (
    SELECT *, max(after) OVER (PARTITION BY customer_id ORDER BY effective_on ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) > 0 AS ever_paid
    FROM levels
  )`;

const KIND = `
  CASE WHEN before = 0 AND after > 0 THEN CASE WHEN NOT coalesce(ever_paid, false) THEN 'new' WHEN only_resumed THEN 'resumed' ELSE 'reactivation' END
       WHEN before > 0 AND after = 0 THEN CASE WHEN only_paused THEN 'paused' ELSE 'churn' END
       WHEN net > 0 THEN CASE WHEN only_resumed THEN 'resumed' ELSE 'expansion' END
       WHEN net < 0 THEN CASE WHEN only_paused THEN 'paused' ELSE 'contraction' END
       ELSE 'transfer' END`;

const MONTHS = `${KINDS}
  SELECT left(effective_on, 7) || ' ' || ${KIND} || ' ' || currency AS key, sum(net)::BIGINT AS annual
  FROM kinds GROUP BY 1`;

const DURABLE = `CREATE OR REPLACE TABLE movement AS ${KINDS}
  SELECT customer_id, effective_on AS moved_on, ${KIND} AS kind, currency, net AS annual FROM kinds
  ORDER BY customer_id, moved_on`;

/** A table like the ledger's own: a row a subscription and day with its kind, both amounts, its price and its evidence. */
const KEPT = `CREATE TABLE kept.movement (
  movement_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, moved_on VARCHAR NOT NULL, kind VARCHAR NOT NULL,
  source_id INTEGER NOT NULL, subscription_id VARCHAR NOT NULL, price_id VARCHAR, product_id VARCHAR, currency VARCHAR NOT NULL,
  annual_minor BIGINT NOT NULL, reporting_minor BIGINT, evidence VARCHAR NOT NULL, evidence_id VARCHAR NOT NULL)`;

const KEPT_ROWS = `INSERT INTO kept.movement ${KINDS}, priced AS (
    SELECT k.*, ${KIND} AS kind FROM kinds k
  )
  SELECT row_number() OVER (ORDER BY c.customer_id, c.effective_on), c.customer_id, c.effective_on, k.kind, s.source_id,
         c.subscription_id, s.price_id, s.product_id, c.currency, c.delta, round(c.delta * coalesce(r.rate, 1))::BIGINT,
         s.evidence, s.evidence_id
  FROM changes c
  JOIN priced k ON k.customer_id = c.customer_id AND k.effective_on = c.effective_on
  JOIN proof s ON s.subscription_id = c.subscription_id AND s.effective_on = c.effective_on
  LEFT JOIN rate r ON r.currency = c.currency AND r.day = c.effective_on
  WHERE c.delta <> 0`;

interface StateRow {
  customer_id: number;
  subscription_id: string;
  effective_at: number;
  effective_on: string;
  currency: string;
  standing: string;
  annual_minor: number;
}

/** Loads the stored states into a table of DuckDB on disk, untimed, and computes from it, timed. */
export async function duckdbPeer(db: ReadDb, file: string): Promise<Peer> {
  const threads = cpus().length;
  const instance = await DuckDBInstance.create(file, { threads: String(threads) });
  const connection = await instance.connect();
  try {
    await load(connection, db);
    await connection.run('CHECKPOINT');
    const times: number[] = [];
    let months = new Map<string, number>();
    for (let round = 0; round < 5; round++) {
      const { ms, result } = await timed(() => connection.runAndReadAll(MONTHS));
      times.push(ms);
      months = new Map(result.getRows().map(([key, annual]) => [String(key), Number(annual)]));
    }
    let durable = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round++) {
      const { ms } = await timed(async () => {
        await connection.run(DURABLE);
        await connection.run('CHECKPOINT');
      });
      durable = Math.min(durable, ms);
    }
    await loadProof(connection, db);
    const kept = await keptRows(connection, `${file}.kept`);
    return { best: Math.min(...times), median: percentile(times, 0.5), durable, ...kept, months, threads };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/**
 * The rows of movements in a file of their own, under a key and with the indexes by customer and by day. The encryption
 * that DuckDB recommends for writing comes with an extension from the network; the built-in one is taken.
 */
async function keptRows(connection: DuckDBConnection, file: string): Promise<{ kept: number; rows: number }> {
  let kept = Number.POSITIVE_INFINITY;
  let rows = 0;
  await connection.run(`SET force_mbedtls_unsafe = 'true'`);
  for (let round = 0; round < 3; round++) {
    rmSync(file, { force: true });
    await connection.run(`ATTACH '${file}' AS kept (ENCRYPTION_KEY 'generated data for benchmarks')`);
    const { ms } = await timed(async () => {
      await connection.run(KEPT);
      await connection.run(KEPT_ROWS);
      await connection.run('CREATE INDEX movement_by_customer ON kept.movement (customer_id, moved_on)');
      await connection.run('CREATE INDEX movement_by_day ON kept.movement (moved_on, customer_id)');
      await connection.run('CHECKPOINT kept');
    });
    kept = Math.min(kept, ms);
    const counted = await connection.runAndReadAll('SELECT count(*) FROM kept.movement');
    rows = Number(counted.getRows()[0]?.[0]);
    await connection.run('DETACH kept');
  }
  rmSync(file, { force: true });
  return { kept, rows };
}

interface ProofRow {
  subscription_id: string;
  effective_on: string;
  source_id: number;
  price_id: string | null;
  product_id: string | null;
  evidence: string;
  evidence_id: string;
}

/** What a row of the ledger tells beside the state's amount, by subscription and day; and the rates of days. */
async function loadProof(connection: DuckDBConnection, db: ReadDb): Promise<void> {
  await connection.run(
    `CREATE TABLE proof (subscription_id VARCHAR, effective_on VARCHAR, source_id INTEGER, price_id VARCHAR, product_id VARCHAR,
                         evidence VARCHAR, evidence_id VARCHAR)`,
  );
  const proofs = await connection.createAppender('proof');
  const found = db
    .prepare<[], ProofRow>(
      `SELECT subscription_id, moved_on AS effective_on, source_id, max(price_id) AS price_id, product_id, evidence, evidence_id
       FROM movement m WHERE reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.reverses_id = m.movement_id)
       GROUP BY subscription_id, moved_on`,
    )
    .iterate();
  const text = (value: string | null) => (value === null ? proofs.appendNull() : proofs.appendVarchar(value));
  for (const row of found) {
    proofs.appendVarchar(row.subscription_id);
    proofs.appendVarchar(row.effective_on);
    proofs.appendInteger(row.source_id);
    text(row.price_id);
    text(row.product_id);
    proofs.appendVarchar(row.evidence);
    proofs.appendVarchar(row.evidence_id);
    proofs.endRow();
  }
  proofs.closeSync();
  await connection.run('CREATE TABLE rate (currency VARCHAR, day VARCHAR, rate DOUBLE)');
  const rates = await connection.createAppender('rate');
  for (const { currency, moved_on, rate } of db
    .prepare<[], { currency: string; moved_on: string; rate: string }>(
      `SELECT currency, moved_on, rate FROM ledger_rate WHERE rate <> ''`,
    )
    .iterate()) {
    rates.appendVarchar(currency);
    rates.appendVarchar(moved_on);
    const [num, den] = rate.split('/').map(Number);
    rates.appendDouble((num ?? 0) / (den ?? 1));
    rates.endRow();
  }
  rates.closeSync();
  await connection.run('CHECKPOINT');
}

async function load(connection: DuckDBConnection, db: ReadDb): Promise<void> {
  await connection.run(
    `CREATE TABLE state (customer_id INTEGER, subscription_id VARCHAR, effective_at BIGINT, effective_on VARCHAR,
                         currency VARCHAR, standing VARCHAR, annual BIGINT)`,
  );
  const appender = await connection.createAppender('state');
  const rows = db
    .prepare<[], StateRow>(
      `SELECT customer_id, subscription_id, effective_at, effective_on, currency, standing, annual_minor FROM subscription_state`,
    )
    .iterate();
  for (const row of rows) {
    appender.appendInteger(row.customer_id);
    appender.appendVarchar(row.subscription_id);
    appender.appendBigInt(BigInt(row.effective_at));
    appender.appendVarchar(row.effective_on);
    appender.appendVarchar(row.currency);
    appender.appendVarchar(row.standing);
    appender.appendBigInt(BigInt(row.annual_minor));
    appender.endRow();
  }
  appender.closeSync();
}
