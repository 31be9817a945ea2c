/** `metrics.movements`: the ledger's rows, one per customer, day and subscription. */
import type { z } from 'zod';
import type { MovementKind, MovementRowSchema } from '../../../../shared/contract/metrics.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { minor } from '../../../../shared/kernel/money.ts';
import { convert, rateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import type { Evidence } from '../core/state.ts';

export type MovementRow = z.infer<typeof MovementRowSchema>;

export interface MovementsInput {
  readonly from: PlainDay;
  readonly to: PlainDay;
  readonly customerId?: CustomerId | undefined;
  readonly kind?: MovementKind | undefined;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

/** A movement of one subscription on one day, all its prices together. */
export interface SubscriptionMovement {
  readonly firstId: number;
  readonly on: PlainDay;
  readonly customerId: CustomerId;
  readonly customerName: string;
  readonly kind: Exclude<MovementKind, 'fx'>;
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

interface Row {
  first_id: number;
  moved_on: PlainDay;
  customer_id: CustomerId;
  name: string;
  kind: Exclude<MovementKind, 'fx'>;
  reason: string | null;
  source_id: number;
  subscription_id: string;
  price_id: string;
  plan: string | null;
  currency: string;
  annual_minor: number;
  reporting_minor: number | null;
  evidence: Evidence;
  evidence_id: string;
}

/** A page of the ledger by day, newest last. Transfers inside a customer, which come to nothing, are not listed. */
export function movements(
  db: ReadDb,
  input: MovementsInput,
  context: MetricsContext,
): { rows: MovementRow[]; cursor: string | null } {
  if (input.kind === 'fx') return { rows: [], cursor: null };
  const { from, to, customerId, kind, limit } = input;
  const after = parseCursor(input.cursor ?? null);
  const found = subscriptionMovements(db, { from, to, customerId, kind, after, limit: limit + 1 });
  const page = found.slice(0, input.limit);
  const rates = rateBook(db);
  const basis = db.prepare<[], { currency: string }>(`SELECT currency FROM ledger_basis`).first()?.currency;
  const last = page.at(-1);
  return {
    rows: page.map((row) => {
      const rate = rates.rate(row.currency, context.currency, row.on);
      const annual = basis === context.currency ? row.reporting : rate && convert(row.annual, rate);
      return {
        on: row.on,
        customerId: row.customerId,
        customerName: row.customerName,
        kind: row.kind,
        subscriptionId: row.subscriptionId,
        plan: row.plan,
        nativeAnnualMinor: minor(row.annual),
        nativeCurrency: row.currency,
        annualMinor: minor(annual ?? 0),
        evidence: row.evidence,
      };
    }),
    cursor: found.length > page.length && last ? `${last.on}|${last.customerId}|${last.firstId}` : null,
  };
}

export interface MovementFilter {
  readonly from: PlainDay;
  readonly to: PlainDay;
  readonly customerId?: CustomerId | undefined;
  readonly kind?: Exclude<MovementKind, 'fx'> | undefined;
  readonly after: MovementPosition | null;
  readonly limit: number;
}

export interface MovementPosition {
  readonly on: string;
  readonly customerId: number;
  readonly firstId: number;
}

const IN_FORCE = `m.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.reverses_id = m.movement_id)`;

/** The movements in force that a filter asks for, by day, customer and entry; the plan is that of the largest price. */
export function subscriptionMovements(db: ReadDb, filter: MovementFilter): SubscriptionMovement[] {
  const { from, to, customerId, kind, after, limit } = filter;
  const where = [
    `m.moved_on BETWEEN ? AND ?`,
    ...(customerId === undefined ? [] : [`m.customer_id = ?`]),
    kind === undefined ? `m.kind <> 'transfer'` : `m.kind = ?`,
  ];
  const parameters: (string | number)[] = [from, to];
  if (customerId !== undefined) parameters.push(customerId);
  if (kind !== undefined) parameters.push(kind);
  const having = after ? `HAVING (m.moved_on, m.customer_id, m.movement_id) > (?, ?, ?)` : '';
  if (after) {
    // Narrows the scan to days not yet listed; the HAVING finds the place within the day.
    where.push(`m.moved_on >= ?`);
    parameters.push(after.on, after.on, after.customerId, after.firstId);
  }
  return db
    .prepare<(string | number)[], Row>(
      `SELECT m.movement_id AS first_id, m.moved_on, m.customer_id, c.name, m.kind, m.reason, m.source_id,
              m.subscription_id, m.price_id, p.name AS plan, m.currency, sum(m.annual_minor) AS annual_minor,
              CASE WHEN count(m.reporting_minor) = count(*) THEN sum(m.reporting_minor) END AS reporting_minor,
              max(m.annual_minor) AS largest, m.evidence, m.evidence_id
       FROM movement m
       JOIN customer c ON c.customer_id = m.customer_id
       LEFT JOIN product p ON p.source_id = m.source_id AND p.id = m.product_id
       WHERE ${where.join(' AND ')} AND ${IN_FORCE}
       GROUP BY m.moved_on, m.customer_id, m.kind, m.source_id, m.subscription_id
       ${having}
       ORDER BY m.moved_on, m.customer_id, first_id LIMIT ?`,
    )
    .all(...parameters, limit)
    .map((row) => ({
      firstId: row.first_id,
      on: row.moved_on,
      customerId: row.customer_id,
      customerName: row.name,
      kind: row.kind,
      reason: row.reason,
      sourceId: row.source_id,
      subscriptionId: row.subscription_id,
      priceId: row.price_id,
      plan: row.plan ?? row.price_id,
      currency: row.currency,
      annual: row.annual_minor,
      reporting: row.reporting_minor,
      evidence: row.evidence,
      evidenceId: row.evidence_id,
    }));
}

/** @throws AppError `invalid_input` for a cursor that no page gave. */
function parseCursor(cursor: string | null): MovementPosition | null {
  if (cursor === null) return null;
  const [on, customerId, firstId] = cursor.split('|');
  if (on === undefined || !/^\d+$/.test(customerId ?? '') || !/^\d+$/.test(firstId ?? ''))
    throw new AppError('invalid_input', 'The cursor is not one that a page of movements gave');
  return { on, customerId: Number(customerId), firstId: Number(firstId) };
}
