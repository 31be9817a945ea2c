/** The peer of the ledger: the same movements by SQL in DuckDB. */
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
    SELECT customer_id, effective_on, currency, standing,
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
    return { best: Math.min(...times), median: percentile(times, 0.5), durable, months, threads };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
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
