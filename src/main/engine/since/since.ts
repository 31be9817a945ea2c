/** `since.changes`: everything that is new since the last look before this visit. */
import type { Since } from '../../../shared/contract/since.ts';
import { dayAt, type PlainDay } from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { TOLD_COLUMNS, toldOf, type ToldRow } from '../alerts/index.ts';
import type { MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import { customerChanges, pastChanges } from './customers.ts';
import { calledOff, failedSources, payments } from './fact-news.ts';
import { ledgerNews, type LedgerNews } from './ledger-news.ts';
import { markBefore, type Mark } from './visits.ts';

const NONE = { total: 0, rows: [] };

/** Each list is cut to `limit` rows; totals are not. On the first visit there is nothing to compare with. */
export function since(db: ReadDb, { limit }: { readonly limit: number }, context: MetricsContext): Since {
  const { now, today, zone, currency } = context;
  const mark = markBefore(db, now);
  if (mark === null) return { ...firstVisit(), today, currency };
  const lookedOn = dayAt(mark.lookedAt, zone);
  const news = ledgerNews(db, mark, lookedOn, context);
  const told = {
    ...customersOf(db, news, mark, lookedOn, limit),
    closedMonthEntries: restatementsAfter(db, mark),
    calledOff: calledOff(db, mark, context, limit),
    failed: payments(db, mark, now, 'failed', limit),
    recovered: payments(db, mark, now, 'recovered', limit),
    sources: failedSources(db, mark),
    alertsOpened: alertNews(db, 'opened', mark.lookedAt, now, limit),
    alertsClosed: alertNews(db, 'closed', mark.lookedAt, now, limit),
  };
  const { customers, past, calledOff: off, failed, recovered, alertsOpened, alertsClosed } = told;
  const counts = [customers, past, off, failed, recovered, alertsOpened, alertsClosed].map(({ total }) => total);
  return {
    lookedAt: mark.lookedAt,
    lookedOn,
    today,
    currency,
    mrr: news.bridge,
    ...told,
    nothing:
      counts.every((total) => total === 0) &&
      told.closedMonthEntries === 0 &&
      told.sources.length === 0 &&
      news.bridge.from === news.bridge.to,
  };
}

type Customers = Pick<Since, 'customers' | 'past'>;

const remembered = new WeakMap<LedgerNews, { readonly limit: number; readonly customers: Customers }>();

/** Remembered as long as the news of the ledger are. */
function customersOf(db: ReadDb, news: LedgerNews, mark: Mark, lookedOn: PlainDay, limit: number): Customers {
  const known = remembered.get(news);
  if (known?.limit === limit) return known.customers;
  const customers = {
    customers: customerChanges(db, news, limit),
    past: pastChanges(db, news, mark, lookedOn, limit),
  };
  remembered.set(news, { limit, customers });
  return customers;
}

function firstVisit(): Omit<Since, 'today' | 'currency'> {
  return {
    lookedAt: null,
    lookedOn: null,
    mrr: null,
    customers: NONE,
    past: NONE,
    closedMonthEntries: 0,
    calledOff: NONE,
    failed: NONE,
    recovered: NONE,
    sources: [],
    alertsOpened: NONE,
    alertsClosed: NONE,
    nothing: true,
  };
}

function restatementsAfter(db: ReadDb, { restatementHead }: Mark): number {
  return (
    db
      .prepare<[number], { n: number }>('SELECT count(*) AS n FROM restatement WHERE restatement_id > ?')
      .first(restatementHead)?.n ?? 0
  );
}

interface AlertRow extends ToldRow {
  alert_id: number;
  severity: Since['alertsOpened']['rows'][number]['severity'];
  at: Instant;
  target: string;
}

/** Alerts that were raised since, or that ended by themselves: what the founder settled is known. */
function alertNews(
  db: ReadDb,
  what: 'opened' | 'closed',
  since: Instant,
  now: Instant,
  limit: number,
): Since['alertsOpened'] {
  const at = what === 'opened' ? 'raised_at' : 'closed_at';
  const which = what === 'opened' ? 'raised_at > ?' : `closed_at > ? AND closed_by = 'engine'`;
  const rows = db
    .prepare<[number], AlertRow>(
      `SELECT alert_id, ${TOLD_COLUMNS}, severity, ${at} AS at, target FROM alert WHERE ${which} ORDER BY ${at} DESC, alert_id DESC`,
    )
    .all(since);
  return {
    total: rows.length,
    rows: rows.slice(0, limit).map((row) => ({
      alertId: row.alert_id,
      title: toldOf(row, now).title,
      severity: row.severity,
      at: row.at,
      target: row.target,
    })),
  };
}
