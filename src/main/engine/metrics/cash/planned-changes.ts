/** `cash.plannedChanges`: what subscriptions are planned to become, by schedules, scheduled ends, trials and pauses. */
import type { PlannedChange } from '../../../../shared/contract/cash.ts';
import type { Slice } from '../../../../shared/contract/slice.ts';
import { dayAt } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { instant, type Instant } from '../../../../shared/kernel/instant.ts';
import type { PlannedItem, Subscription } from '../../domain/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { sourceUrl } from '../explain/source-link.ts';
import { sliceCustomers } from '../slices/slice-customers.ts';

interface Row {
  source_id: number;
  id: string;
  vendor: string;
  customer_id: number;
  customer_name: string;
  body: string;
}

export interface PlannedChangesInput {
  readonly limit: number;
  readonly customerId?: CustomerId | undefined;
  /** Of its customers of today. */
  readonly slice?: Slice | undefined;
}

/**
 * Of subscriptions that have not ended, the next one first; `limit` bounds the answer, `total` does not.
 * @throws AppError `invalid_input` for a value of the slice that nothing has.
 */
export function plannedChanges(
  db: ReadDb,
  { limit, customerId, slice }: PlannedChangesInput,
  context: MetricsContext,
): { total: number; rows: PlannedChange[] } {
  const { now, zone } = context;
  const isMember = sliceCustomers(db, slice, context);
  const products = productNames(db);
  const rows = db
    .prepare<[number, number, number | null, number | null], Row>(
      `SELECT u.source_id, u.id, s.vendor, b.customer_id, c.name AS customer_name, u.body
       FROM subscription u JOIN source s USING (source_id)
       JOIN billing_customer b ON b.source_id = u.source_id AND b.id = u.billing_customer_id
       JOIN customer c ON c.customer_id = b.customer_id
       WHERE u.ended_at IS NULL AND u.status NOT IN ('canceled', 'incomplete', 'incomplete_expired')
         AND (u.cancel_at > ? OR u.trial_end_at > ? OR u.body ->> '$.phases[0]' IS NOT NULL
              OR u.body ->> '$.plannedPauses[0]' IS NOT NULL OR u.body ->> '$.pause.resumesAt' IS NOT NULL)
         AND (? IS NULL OR b.customer_id = ?)`,
    )
    .all(now, now, customerId ?? null, customerId ?? null);
  const changes = rows.flatMap((row) => {
    if (isMember !== null && !isMember(row.customer_id)) return [];
    // Written by this program and read back as it was.
    const subscription = JSON.parse(row.body) as Subscription;
    return changesOf(subscription, (items) => itemsText(items, row.source_id))
      .filter(({ at }) => at > now)
      .map(({ at, kind, detail }): PlannedChange & { readonly at: Instant } => ({
        at,
        on: dayAt(at, zone),
        kind,
        detail,
        customerId: row.customer_id as CustomerId,
        customerName: row.customer_name,
        subscriptionId: row.id,
        sourceUrl: sourceUrl(row.vendor, row.id),
      }));
  });
  changes.sort((a, b) => a.at - b.at || a.customerName.localeCompare(b.customerName));
  return { total: changes.length, rows: changes.slice(0, limit).map(({ at: _, ...change }) => change) };

  function itemsText(items: readonly PlannedItem[], sourceId: number): string {
    return items
      .map(({ price, quantity }) => {
        const name = price.nickname ?? products(sourceId, price.productId) ?? price.id;
        return quantity === '1' ? name : `${quantity} × ${name}`;
      })
      .join(', ');
  }
}

interface Change {
  readonly at: Instant;
  readonly kind: PlannedChange['kind'];
  readonly detail: string | null;
}

function changesOf(
  { cancelAt, cancellation, status, trialEnd, phases = [], plannedPauses = [], pause }: Subscription,
  textOf: (items: readonly PlannedItem[]) => string,
): Change[] {
  const reason = cancellation.feedback ?? cancellation.reason;
  return [
    ...(cancelAt === null
      ? []
      : [{ at: cancelAt, kind: 'ends' as const, detail: reason?.replaceAll('_', ' ') ?? null }]),
    ...(status === 'trialing' && trialEnd !== null && trialEnd !== cancelAt
      ? [{ at: trialEnd, kind: 'trial_ends' as const, detail: null }]
      : []),
    // The first phase is what is there already.
    ...phases.slice(1).map(({ startAt, items }) => ({ at: startAt, kind: 'changes' as const, detail: textOf(items) })),
    ...plannedPauses.flatMap(({ pauseAt, resumeAt }) => [
      { at: pauseAt, kind: 'pauses' as const, detail: null },
      ...(resumeAt === null ? [] : [{ at: resumeAt, kind: 'resumes' as const, detail: null }]),
    ]),
    ...(pause?.resumesAt == null ? [] : [{ at: instant(pause.resumesAt), kind: 'resumes' as const, detail: null }]),
  ];
}

function productNames(db: ReadDb): (sourceId: number, productId: string | null) => string | null {
  const name = db.prepare<[number, string], { name: string }>(
    'SELECT name FROM product WHERE source_id = ? AND id = ?',
  );
  return (sourceId, productId) => (productId === null ? null : (name.first(sourceId, productId)?.name ?? null));
}
