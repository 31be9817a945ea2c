/**
 * Monthly movements as dbt's public MRR playbook defines them, in SQL of our own, run by DuckDB.
 * Definitions: https://github.com/dbt-labs/mrr-playbook (models/mrr.md). README.md says how they map to the ledger's.
 */
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

/** A customer pays so much a month from one month's first day up to, and not including, another's. */
export interface Period {
  readonly customer: string;
  /** Months since the first one. */
  readonly from: number;
  readonly until: number;
  readonly amount: number;
}

export interface PlaybookMovement {
  readonly customer: string;
  readonly month: number;
  readonly category: 'new' | 'churn' | 'upgrade' | 'downgrade' | 'reactivation';
  readonly change: number;
}

/**
 * What each customer pays in each month from its first to the one after its last, months in between without a period
 * included at 0; against the month before, the first one is new, a fall to nothing churn, a rise from nothing
 * reactivation, any other rise or fall an upgrade or downgrade.
 */
const MOVEMENTS = `
  WITH paid AS (
    SELECT p.customer, m.month::INTEGER AS month, sum(p.amount)::BIGINT AS amount
    FROM period p, range(p.from_month, p.until_month) AS m(month)
    GROUP BY ALL
  ), life AS (
    SELECT customer, min(month) AS first, max(month) + 1 AS last FROM paid WHERE amount > 0 GROUP BY customer
  ), months AS (
    SELECT l.customer, l.first, m.month::INTEGER AS month FROM life l, range(l.first, l.last + 1) AS m(month)
  ), compared AS (
    SELECT s.customer, s.month, s.first, coalesce(p.amount, 0) AS amount,
           coalesce(lag(coalesce(p.amount, 0)) OVER (PARTITION BY s.customer ORDER BY s.month), 0) AS before
    FROM months s LEFT JOIN paid p ON p.customer = s.customer AND p.month = s.month
  )
  SELECT customer, month, amount - before AS change,
         CASE WHEN month = first THEN 'new'
              WHEN amount = 0 THEN 'churn'
              WHEN before = 0 THEN 'reactivation'
              WHEN amount > before THEN 'upgrade'
              ELSE 'downgrade' END AS category
  FROM compared WHERE amount <> before ORDER BY customer, month`;

const CREATE = `CREATE OR REPLACE TABLE period (customer VARCHAR, from_month INTEGER, until_month INTEGER, amount BIGINT)`;

export interface Playbook {
  movements(periods: readonly Period[]): Promise<PlaybookMovement[]>;
  close(): void;
}

export async function openPlaybook(): Promise<Playbook> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  return {
    async movements(periods) {
      await load(connection, periods);
      const reader = await connection.runAndReadAll(MOVEMENTS);
      return reader.getRows().map(([customer, month, change, category]) => ({
        customer: String(customer),
        month: Number(month),
        change: Number(change),
        category: categoryOf(category),
      }));
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function load(connection: DuckDBConnection, periods: readonly Period[]): Promise<void> {
  await connection.run(CREATE);
  const appender = await connection.createAppender('period');
  for (const { customer, from, until, amount } of periods) {
    appender.appendVarchar(customer);
    appender.appendInteger(from);
    appender.appendInteger(until);
    appender.appendBigInt(BigInt(amount));
    appender.endRow();
  }
  appender.closeSync();
}

function categoryOf(value: unknown): PlaybookMovement['category'] {
  for (const known of ['new', 'churn', 'upgrade', 'downgrade', 'reactivation'] as const)
    if (value === known) return known;
  throw new TypeError(`no category of the playbook: ${String(value)}`);
}
