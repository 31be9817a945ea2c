/** Native notifications for new alerts. */
import type { NativeNotification } from '../runtime/ports.ts';
import type { WriteDb } from '../store/index.ts';
import { counted } from './wording.ts';

/** More new alerts than this at once are told in one notification. */
const SEPARATE = 3;

interface PendingRow {
  readonly alert_id: number;
  readonly title: string;
  readonly body: string;
  readonly next_action: string | null;
  readonly target: string;
  readonly severity: string;
}

/**
 * Shows what is pending and marks it as sent. The mark is written after the
 * notification was handed over: should the process die between the two, it is
 * handed over again under the same id, which hosts show once.
 * @returns how many notifications were shown.
 */
export function deliverPending(db: WriteDb, notify: (notification: NativeNotification) => void): number {
  const pending = db
    .prepare<[], PendingRow>(
      `SELECT alert_id, title, body, next_action, target, severity FROM alert WHERE delivery = 'pending'
       ORDER BY CASE severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, amount_minor DESC, alert_id`,
    )
    .all();
  const notifications = bundle(pending);
  for (const notification of notifications) notify(notification);
  if (pending.length > 0)
    db.run(
      db.build
        .updateTable('alert')
        .set({ delivery: 'sent' })
        .where(
          'alert_id',
          'in',
          pending.map(({ alert_id }) => alert_id),
        ),
    );
  return notifications.length;
}

function bundle(pending: readonly PendingRow[]): NativeNotification[] {
  if (pending.length <= SEPARATE)
    return pending.map((row) => ({
      id: `alert-${row.alert_id}`,
      title: row.title,
      body: row.next_action ?? row.body,
      target: row.target,
    }));
  const [first] = pending;
  const last = Math.max(...pending.map(({ alert_id }) => alert_id));
  return [
    {
      id: `alerts-to-${last}`,
      title: counted(pending.length, 'new alert'),
      body: `${first?.title ?? ''}, and ${counted(pending.length - 1, 'other')}.`,
      target: '/alerts',
    },
  ];
}
