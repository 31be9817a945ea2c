/** `cockpit.nextActions`: what the founder should do today, each with the place where it is done; computed, never stored. */
import type { NextAction } from '../../../shared/contract/cockpit.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { addDays } from '../../../shared/kernel/day.ts';
import { minor } from '../../../shared/kernel/money.ts';
import { divideRounded } from '../../../shared/kernel/rational.ts';
import { listAlerts, listRules } from '../alerts/index.ts';
import { openMonths } from '../closing/index.ts';
import { ledgerView, type MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import { customersAtRisk } from './leaving.ts';
import { counted, dayText, monthText, percentText, shareText } from '../wording/index.ts';

const RANKS: Record<NextAction['severity'], number> = { critical: 0, warning: 1, info: 2 };
/** From this share of MRR a customer who owes is grave, as in the rule of the alert. */
const GRAVE_SHARE = 0.05;
const GROWTH_DAYS = 30;
/** More open alerts than these are read in the inbox. */
const ALERTS_ASKED = 50;

/** The gravest first, then what most is at stake for. */
export function nextActions(
  db: ReadDb,
  { limit }: { readonly limit: number },
  context: MetricsContext,
): { total: number; currency: CurrencyCode; rows: NextAction[] } {
  const all = [
    ...sourceActions(db),
    ...quarantineActions(db),
    ...pastDueActions(db, context),
    ...alertActions(db, context),
    ...targetActions(db, context),
    ...mappingActions(db),
    ...closingActions(db, context),
  ].toSorted((a, b) => RANKS[a.severity] - RANKS[b.severity] || (b.amount ?? 0) - (a.amount ?? 0));
  return { total: all.length, currency: context.currency, rows: all.slice(0, limit) };
}

const PLAIN = { subject: null, ofCustomer: false, amount: null } as const;

function sourceActions(db: ReadDb): NextAction[] {
  const lastRun = db.prepare<[number], { error_code: string | null; error_message: string | null }>(
    'SELECT error_code, error_message FROM sync_run WHERE source_id = ? ORDER BY started_at DESC LIMIT 1',
  );
  return db
    .prepare<[], { source_id: number; name: string }>(
      `SELECT source_id, name FROM source WHERE state = 'failing' ORDER BY source_id`,
    )
    .all()
    .map(({ source_id, name }) => {
      const run = lastRun.first(source_id);
      const refused = run?.error_code === 'auth_failed';
      return {
        ...PLAIN,
        kind: refused ? 'sign_in_again' : 'source_failing',
        key: String(source_id),
        severity: 'critical',
        title: refused ? 'Renew the key of a source' : 'Repair a source that fails',
        subject: name,
        detail: run?.error_message ?? 'Its last sync failed; figures stand still until it is read again.',
        target: '/sources',
      };
    });
}

function quarantineActions(db: ReadDb): NextAction[] {
  const { n = 0 } = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM quarantine').first() ?? {};
  if (n === 0) return [];
  return [
    {
      ...PLAIN,
      kind: 'quarantine',
      key: 'all',
      severity: 'warning',
      title: 'Look at records that were set aside',
      subject: counted(n, 'record'),
      detail: 'They do not fit what is known of the vendor, and count in no figure.',
      target: '/reconciliation?tab=quarantine',
    },
  ];
}

/** Customers who owe and matter: the share of MRR is that of the alert about failed payments. */
function pastDueActions(db: ReadDb, context: MetricsContext): NextAction[] {
  const company = ledgerView(db).stock('mrr', context.today, context.currency).annual;
  const least = listRules(db).find(({ rule }) => rule === 'payment_failed')?.threshold ?? 0;
  const name = db.prepare<[number], { name: string }>('SELECT name FROM customer WHERE customer_id = ?');
  return customersAtRisk(db, context).flatMap(({ sign, annual, customerId, on }): NextAction[] => {
    if (sign !== 'past_due' || annual === null || company <= 0 || annual / company < least) return [];
    const share = annual / company;
    return [
      {
        kind: 'past_due',
        key: String(customerId),
        severity: share >= GRAVE_SHARE ? 'critical' : 'warning',
        title: 'Collect from a customer who owes',
        subject: name.first(customerId)?.name ?? `Customer ${customerId}`,
        ofCustomer: true,
        detail: `Past due${on === null ? '' : ` since ${dayText(on, context.today)}`}: ${shareText(share)} of MRR. Ask for another way to pay before the retries end.`,
        target: `/customers/${customerId}`,
        amount: divideRounded(annual, 12),
      },
    ];
  });
}

/** Alerts that are no action of their own here: a payment that failed and a sync that fails are, as they stand. */
const TOLD_OTHERWISE: ReadonlySet<string> = new Set(['payment_failed', 'sync_failing', 'growth_under_target']);
const ALERT_TITLES: Readonly<Record<string, string>> = {
  customer_cancelling: 'Talk to a customer who is leaving',
  customer_churned: 'Ask a customer who left why',
  sync_stale: 'Sync a source that is out of date',
  backup_failing: 'Repair the backup',
};

function alertActions(db: ReadDb, { now }: MetricsContext): NextAction[] {
  const name = db.prepare<[number], { name: string }>('SELECT name FROM customer WHERE customer_id = ?');
  return listAlerts(db, { state: 'open', limit: ALERTS_ASKED }, now).rows.flatMap((alert): NextAction[] => {
    if (TOLD_OTHERWISE.has(alert.rule) || alert.severity === 'info') return [];
    const { customerId } = alert;
    return [
      {
        kind: 'alert',
        key: String(alert.alertId),
        severity: alert.severity,
        title: ALERT_TITLES[alert.rule] ?? 'Look at an alert',
        subject: customerId === null ? null : (name.first(customerId)?.name ?? `Customer ${customerId}`),
        ofCustomer: customerId !== null,
        detail: alert.nextAction ?? alert.body,
        target: alert.target,
        amount: alert.amountMinor,
      },
    ];
  });
}

/** Growth over 30 days against the growth target of a month. */
function targetActions(db: ReadDb, { growthTarget, today, currency }: MetricsContext): NextAction[] {
  if (growthTarget === null) return [];
  const view = ledgerView(db);
  const [before, now] = [view.stock('mrr', addDays(today, -GROWTH_DAYS), currency), view.stock('mrr', today, currency)];
  if (before.annual <= 0 || before.missing.length > 0 || now.missing.length > 0) return [];
  const growth = now.annual / before.annual - 1;
  if (growth >= growthTarget) return [];
  return [
    {
      ...PLAIN,
      kind: 'target_missed',
      key: 'growth',
      severity: growth < 0 ? 'critical' : 'warning',
      title: 'Find what holds growth back',
      detail: `MRR ${growth < 0 ? 'fell' : 'grew'} by ${percentText(Math.abs(growth))} in ${GROWTH_DAYS} days; the target is ${percentText(growthTarget)} a month.`,
      target: '/revenue?part=movements',
      amount: minor(Math.max(0, divideRounded(Math.round(before.annual * (1 + growthTarget)) - now.annual, 12))),
    },
  ];
}

function mappingActions(db: ReadDb): NextAction[] {
  const { n = 0 } =
    db
      .prepare<[], { n: number }>(
        'SELECT count(*) AS n FROM (SELECT DISTINCT source_id, account_id FROM identity_suggestion)',
      )
      .first() ?? {};
  if (n === 0) return [];
  return [
    {
      ...PLAIN,
      kind: 'mapping',
      key: 'all',
      severity: 'info',
      title: 'Confirm which accounts belong to which customer',
      subject: counted(n, 'suggestion'),
      detail: 'Until then their deals, usage and requests stand beside the customers, not with them.',
      target: '/matching',
    },
  ];
}

/** The last month that is over, while it is open. */
function closingActions(db: ReadDb, context: MetricsContext): NextAction[] {
  const open = openMonths(db, context);
  const last = open.at(-1);
  const first = open[0];
  if (last === undefined || first === undefined) return [];
  return [
    {
      ...PLAIN,
      kind: 'month_to_close',
      key: last,
      severity: 'info',
      title: open.length === 1 ? 'Close the month' : 'Close the months that are over',
      subject: open.length === 1 ? monthText(last) : `${monthText(first)} to ${monthText(last)}`,
      detail: 'What was reported is frozen then, and every later difference is told with its cause.',
      target: '/reconciliation?tab=months',
    },
  ];
}
