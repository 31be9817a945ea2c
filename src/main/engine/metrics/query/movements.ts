/** `metrics.movements`: the ledger's rows, one per customer, day and kind, each with the subscriptions that made it. */
import type { z } from 'zod';
import type { MovementRowSchema, SliceMovementKind } from '../../../../shared/contract/metrics.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { minor } from '../../../../shared/kernel/money.ts';
import type { Slice } from '../../../../shared/contract/slice.ts';
import { convert, rateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import { sliceDay } from '../slices/slice-day.ts';
import type { SlicedView } from '../slices/sliced-view.ts';
import { askedView } from './asked-view.ts';
import type { PolicyInput } from '../../../../shared/contract/policy.ts';
import type { MetricsContext } from '../context.ts';
import type { LedgerRow } from './ledger-row.ts';
import { ledgerRowsUnder, otherPolicy } from './rows-under.ts';
import type { Evidence } from '../core/state.ts';

export type MovementRow = z.infer<typeof MovementRowSchema>;

export interface MovementsInput {
  readonly from: PlainDay;
  readonly to: PlainDay;
  readonly customerId?: CustomerId | undefined;
  readonly kind?: SliceMovementKind | undefined;
  readonly slice?: Slice | undefined;
  /** Another policy than the company's. */
  readonly policy?: PolicyInput | undefined;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

/** A movement of one subscription on one day, all its prices together. */
export interface SubscriptionMovement {
  readonly on: PlainDay;
  readonly customerId: CustomerId;
  readonly customerName: string;
  readonly kind: Exclude<SliceMovementKind, 'fx'>;
  readonly reason: string | null;
  readonly sourceId: number;
  readonly subscriptionId: string;
  readonly priceId: string;
  readonly plan: string | null;
  readonly currency: string;
  readonly annual: number;
  /** In the ledger's reporting currency; null without a rate. */
  readonly reporting: number | null;
  readonly evidence: Evidence;
  readonly evidenceId: string;
}

/**
 * A page of the ledger by day, newest last. A page ends between two customers'
 * days; transfers inside a customer, which come to nothing, are not listed.
 */
export function movements(
  db: ReadDb,
  input: MovementsInput,
  context: MetricsContext,
): { rows: MovementRow[]; cursor: string | null } {
  if (input.kind === 'fx') return { rows: [], cursor: null };
  const { from, to, customerId, kind, limit } = input;
  const after = parseCursor(input.cursor ?? null);
  const page: SubscriptionMovement[][] = [];
  let more = false;
  const { sliced } = askedView(db, { slice: input.slice, policy: input.policy }, from, context);
  const other = otherPolicy(db, input.policy, context);
  const rows = other && ledgerRowsUnder(db, other, context);
  for (const day of customerDays(db, { from, to, customerId, kind, after, sliced, rows })) {
    const groups = [...Map.groupBy(day, (part) => `${part.kind}|${part.currency}`).values()];
    more = page.length > 0 && page.length + groups.length > limit;
    if (more) break;
    page.push(...groups);
  }
  const valued = valuer(db, context);
  const last = page.at(-1)?.[0];
  return {
    rows: page.map((parts) => rowOf(parts, valued)),
    cursor: more && last ? `${last.on}|${last.customerId}` : null,
  };
}

/** Annual minor units of the reporting currency; 0 where there is no rate. */
function valuer(db: ReadDb, { currency }: MetricsContext): (part: SubscriptionMovement) => number {
  const rates = rateBook(db);
  const basis = db.prepare<[], { currency: string }>(`SELECT currency FROM ledger_basis`).first()?.currency;
  return (part) => {
    if (basis === currency) return part.reporting ?? 0;
    const rate = rates.rate(part.currency, currency, part.on);
    return rate ? convert(part.annual, rate) : 0;
  };
}

/** A customer's movement of one kind and currency: named after the subscription that did most in its direction. */
function rowOf(parts: readonly SubscriptionMovement[], valued: (part: SubscriptionMovement) => number): MovementRow {
  const annual = parts.reduce((sum, part) => sum + part.annual, 0);
  const sign = Math.sign(annual) || 1;
  const main = parts.reduce((a, b) => (b.annual * sign > a.annual * sign ? b : a));
  return {
    on: main.on,
    customerId: main.customerId,
    customerName: main.customerName,
    kind: main.kind,
    reason: main.reason,
    subscriptionId: main.subscriptionId,
    plan: main.plan,
    nativeAnnualMinor: minor(annual),
    nativeCurrency: main.currency,
    annualMinor: minor(parts.reduce((sum, part) => sum + valued(part), 0)),
    evidence: main.evidence,
    parts: parts.map((part) => ({
      subscriptionId: part.subscriptionId,
      plan: part.plan,
      nativeAnnualMinor: minor(part.annual),
      annualMinor: minor(valued(part)),
      evidence: part.evidence,
    })),
  };
}

export interface MovementFilter {
  readonly from: PlainDay;
  readonly to: PlainDay;
  readonly customerId?: CustomerId | undefined;
  readonly kind?: Exclude<SliceMovementKind, 'fx'> | undefined;
  /** Only what is in a slice, as it sees it. */
  readonly sliced?: SlicedView | null | undefined;
  /** Rows of another policy's ledger, in its order, instead of the stored ones. */
  readonly rows?: readonly LedgerRow[] | null | undefined;
  /** The customer's day behind which to begin. */
  readonly after?: Position | null;
}

interface Position {
  readonly on: string;
  readonly customerId: number;
}

/** The movements in force that a filter asks for, by day and customer. */
export function subscriptionMovements(db: ReadDb, filter: MovementFilter): SubscriptionMovement[] {
  return [...customerDays(db, filter)].flat();
}

/** A customer's day after the other, each as its movements by subscription; read only as far as asked. */
function* customerDays(db: ReadDb, filter: MovementFilter): Generator<SubscriptionMovement[]> {
  const { sliced, kind } = filter;
  for (const rows of daysOf(filter.rows ? givenRows(filter.rows, filter) : storedRows(db, filter))) {
    const own = sliced ? sliceDay(rows, sliced).filter((row) => kind === undefined || row.kind === kind) : rows;
    if (own.length > 0) yield bySubscription(own);
  }
}

function* daysOf(stored: Iterable<LedgerRow>): Generator<LedgerRow[]> {
  let rows: LedgerRow[] = [];
  for (const row of stored) {
    const [first] = rows;
    if (first && (first.moved_on !== row.moved_on || first.customer_id !== row.customer_id)) {
      yield rows;
      rows = [];
    }
    rows.push(row);
  }
  if (rows.length > 0) yield rows;
}

/** Of rows that are there already, those that the filter asks for. */
function* givenRows(
  rows: readonly LedgerRow[],
  { from, to, customerId, kind, after, sliced }: MovementFilter,
): Generator<LedgerRow> {
  for (const row of rows) {
    if (row.moved_on < from || row.moved_on > to) continue;
    if (customerId !== undefined && row.customer_id !== customerId) continue;
    if (!sliced && (row.kind === 'transfer' || (kind !== undefined && row.kind !== kind))) continue;
    if (after && (row.moved_on < after.on || (row.moved_on === after.on && row.customer_id <= after.customerId)))
      continue;
    yield row;
  }
}

function storedRows(
  db: ReadDb,
  { from, to, customerId, kind, after, sliced }: MovementFilter,
): IterableIterator<LedgerRow> {
  const parameters: (string | number)[] = [after?.on ?? from, to];
  const where = [`m.moved_on BETWEEN ? AND ?`];
  if (after) {
    where.push(`(m.moved_on, m.customer_id) > (?, ?)`);
    parameters.push(after.on, after.customerId);
  }
  if (customerId !== undefined) {
    where.push(`m.customer_id = ?`);
    parameters.push(customerId);
  }
  // What moved over the border of a slice may stand under any kind.
  if (!sliced) where.push(kind === undefined ? `m.kind <> 'transfer'` : `+m.kind = ?`);
  if (!sliced && kind !== undefined) parameters.push(kind);
  const index = customerId === undefined ? '' : 'INDEXED BY movement_by_customer';
  // CROSS JOIN keeps the ledger outermost, so that its index gives the order and nothing is sorted.
  const text = `SELECT m.moved_on, m.customer_id, c.name, m.kind, m.reason, m.source_id, m.subscription_id, m.price_id,
            m.product_id, coalesce(p.name, (SELECT json_extract(r.body, '$.nickname') FROM price r
              WHERE r.source_id = m.source_id AND r.id = m.price_id)) AS plan, m.currency, m.annual_minor, m.reporting_minor, m.evidence, m.evidence_id
     FROM movement m ${index}
     CROSS JOIN customer c ON c.customer_id = m.customer_id
     LEFT JOIN product p ON p.source_id = m.source_id AND p.id = m.product_id
     WHERE ${where.join(' AND ')} AND m.reverses_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.reverses_id = m.movement_id)
     ORDER BY m.moved_on, m.customer_id, m.movement_id`;
  return db.prepare<(string | number)[], LedgerRow>(text).iterate(...parameters);
}

type ListedRow = LedgerRow & { readonly kind: SubscriptionMovement['kind'] };

/** A transfer comes to nothing but for a slice, which has turned it into what came and went. */
function isListed(row: LedgerRow): row is ListedRow {
  return row.kind !== 'transfer';
}

/** A customer's day by subscription: amounts summed, the plan that of the price that gained most; where all lost, lost most. */
function bySubscription(rows: readonly LedgerRow[]): SubscriptionMovement[] {
  const groups = new Map<string, ListedRow[]>();
  for (const row of rows) {
    if (!isListed(row)) continue;
    const key = `${row.kind}|${row.source_id}|${row.subscription_id}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map((group) => {
    const gained = group.some(({ annual_minor }) => annual_minor > 0);
    const main = group.reduce((a, b) => (b.annual_minor > a.annual_minor === gained ? b : a));
    return {
      on: main.moved_on,
      customerId: main.customer_id,
      customerName: main.name,
      kind: main.kind,
      reason: main.reason,
      sourceId: main.source_id,
      subscriptionId: main.subscription_id,
      priceId: main.price_id,
      plan: main.plan ?? main.price_id,
      currency: main.currency,
      annual: group.reduce((sum, row) => sum + row.annual_minor, 0),
      reporting: group.reduce<number | null>(
        (sum, row) => (sum === null || row.reporting_minor === null ? null : sum + row.reporting_minor),
        0,
      ),
      evidence: main.evidence,
      evidenceId: main.evidence_id,
    };
  });
}

/** @throws AppError `invalid_input` for a cursor that no page gave. */
function parseCursor(cursor: string | null): Position | null {
  if (cursor === null) return null;
  const [on, customerId] = cursor.split('|');
  if (on === undefined || !/^\d+$/.test(customerId ?? ''))
    throw new AppError('invalid_input', 'The cursor is not one that a page of movements gave');
  return { on, customerId: Number(customerId) };
}
