/** Native notifications for new alerts; in quiet hours they wait, and come as one digest afterwards. */
import { instant, type Instant } from '../../../shared/kernel/instant.ts';
import type { NativeNotification } from '../runtime/ports.ts';
import type { WriteDb } from '../store/index.ts';
import type { AlertSentences } from './sentences.ts';
import { TOLD_COLUMNS, toldOf, type ToldRow } from './told.ts';
import { isQuiet, type Quiet } from './quiet-hours.ts';
import { counted } from '../wording/index.ts';

/** More new alerts than this at once are told in one notification. */
const SEPARATE = 3;

interface StoredRow extends ToldRow {
  readonly alert_id: number;
  readonly target: string;
  readonly severity: string;
  readonly raised_at: number;
}

type PendingRow = Omit<StoredRow, keyof ToldRow> & AlertSentences;

export interface Delivery {
  readonly now: Instant;
  readonly quiet: Quiet;
  readonly notify: (notification: NativeNotification) => void;
}

/**
 * Shows what is pending and marks it as sent. In quiet hours only critical alerts are shown, and only where the
 * founder lets them through; whatever was held back then comes as one digest. The mark is written after the
 * notification was handed over: should the process die between the two, it is handed over again under the same id,
 * which hosts show once.
 * @returns how many notifications were shown.
 */
export function deliverPending(db: WriteDb, { now, quiet, notify }: Delivery): number {
  const pending = db
    .prepare<[], StoredRow>(
      `SELECT alert_id, ${TOLD_COLUMNS}, target, severity, raised_at FROM alert WHERE delivery = 'pending'
       ORDER BY CASE severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, amount_minor DESC, alert_id`,
    )
    .all()
    .map((row) => ({ ...row, ...toldOf(row, now) }));
  const shown = isQuiet(now, quiet) ? pending.filter((row) => breaksThrough(row, quiet)) : pending;
  const held = shown.filter((row) => isQuiet(instant(row.raised_at), quiet) && !breaksThrough(row, quiet));
  const notifications = [
    ...bundle(shown.filter((row) => !held.includes(row))),
    ...(held.length > 1 ? [digest(held)] : held.map(single)),
  ];
  for (const notification of notifications) notify(notification);
  const mark = db.prepareWrite<[number]>(`UPDATE alert SET delivery = 'sent' WHERE alert_id = ?`);
  db.transaction(() => {
    for (const { alert_id } of shown) mark.run(alert_id);
  });
  return notifications.length;
}

function breaksThrough(row: PendingRow, { hours }: Quiet): boolean {
  return row.severity === 'critical' && hours !== null && hours.criticalThrough;
}

function bundle(rows: readonly PendingRow[]): NativeNotification[] {
  return rows.length <= SEPARATE ? rows.map(single) : [together(rows, 'alerts', counted(rows.length, 'new alert'))];
}

function digest(rows: readonly PendingRow[]): NativeNotification {
  return together(rows, 'digest', `${counted(rows.length, 'alert')} during quiet hours`);
}

function single(row: PendingRow): NativeNotification {
  return { id: `alert-${row.alert_id}`, title: row.title, body: row.nextAction ?? row.body, target: row.target };
}

/** One notification for many, named after the gravest. */
function together(rows: readonly PendingRow[], kind: string, title: string): NativeNotification {
  const last = Math.max(...rows.map(({ alert_id }) => alert_id));
  return {
    id: `${kind}-to-${last}`,
    title,
    body: `${rows[0]?.title ?? ''}, and ${counted(rows.length - 1, 'other')}.`,
    target: '/alerts',
  };
}
