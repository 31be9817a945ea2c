/** `cash.payouts`: every payout against the balance transactions that it consists of. */
import type { z } from 'zod';
import type { PayoutReportSchema, PayoutRow } from '../../../../shared/contract/cash.ts';
import { dayAt } from '../../../../shared/kernel/day.ts';
import type { SourceId } from '../../../../shared/kernel/ids.ts';
import { instant } from '../../../../shared/kernel/instant.ts';
import { minor, type Minor } from '../../../../shared/kernel/money.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { sourceUrl } from '../explain/source-link.ts';

interface Row {
  source_id: number;
  source_name: string;
  vendor: string;
  id: string;
  status: string;
  currency: string;
  amount_minor: number;
  created_at: number;
  arrival_at: number;
  failure: string | null;
  membership: 'known' | 'pending' | 'manual' | 'unread';
  parts: number;
  stored: number;
  net: number;
  charges: number;
  fees: number;
  returned: number;
}

/** Reporting categories by https://docs.stripe.com/reports/reporting-categories */
const PAYOUTS = `
  SELECT p.source_id, s.name AS source_name, s.vendor, p.id, p.status, p.currency, p.amount_minor, p.created_at,
    p.arrival_at, coalesce(p.failure_message, p.failure_code) AS failure, p.membership,
    count(m.balance_transaction_id) AS parts, count(b.id) AS stored, coalesce(sum(b.net_minor), 0) AS net,
    coalesce(sum(CASE WHEN b.reporting_category = 'charge' THEN b.amount_minor END), 0) AS charges,
    coalesce(sum(b.fee_minor), 0) AS fees,
    coalesce(sum(CASE WHEN b.reporting_category IN ('refund', 'refund_failure', 'dispute', 'dispute_reversal')
                      THEN b.amount_minor END), 0) AS returned
  FROM payout p JOIN source s USING (source_id)
  LEFT JOIN payout_part m ON m.source_id = p.source_id AND m.payout_id = p.id
  LEFT JOIN balance_transaction b ON b.source_id = m.source_id AND b.id = m.balance_transaction_id`;

export interface PayoutInput {
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

/** Newest first; the cursor is the last payout's time and id. */
export function payouts(
  db: ReadDb,
  { limit, cursor }: PayoutInput,
  { zone }: MetricsContext,
): z.output<typeof PayoutReportSchema> {
  const [before, id] = placeOf(cursor);
  const rows = db
    .prepare<[number, number, string, number], Row>(
      `${PAYOUTS} WHERE p.created_at < ? OR (p.created_at = ? AND p.id < ?)
       GROUP BY p.source_id, p.id ORDER BY p.created_at DESC, p.id DESC LIMIT ?`,
    )
    .all(before, before, id, limit + 1);
  const page = rows.slice(0, limit).map((row): PayoutRow => {
    const verdict = verdictOf(row);
    const isHeld = verdict === 'agrees' || verdict === 'differs';
    const held = (amount: number): Minor | null => (isHeld ? minor(amount) : null);
    return {
      sourceId: row.source_id as SourceId,
      sourceName: row.source_name,
      payoutId: row.id,
      createdAt: instant(row.created_at),
      arrivalOn: dayAt(instant(row.arrival_at), zone),
      status: row.status,
      failure: row.failure,
      currency: row.currency,
      amount: minor(row.amount_minor),
      parts: held(row.net),
      charges: held(row.charges),
      fees: held(-row.fees),
      returned: held(row.returned),
      other: held(row.net - row.charges + row.fees - row.returned),
      count: row.parts,
      missing: row.parts - row.stored,
      verdict,
      sourceUrl: sourceUrl(row.vendor, row.id),
    };
  });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { ...verdicts(db), rows: page, cursor: last ? `${last.created_at}/${last.id}` : null };
}

function verdictOf({ membership, net, amount_minor }: Pick<Row, 'membership' | 'net' | 'amount_minor'>) {
  if (membership !== 'known') return membership;
  return net === amount_minor ? 'agrees' : 'differs';
}

function verdicts(db: ReadDb): { agrees: number; differs: number; unheld: number; total: number } {
  const row = db
    .prepare<[], { agrees: number | null; differs: number | null; total: number }>(
      `SELECT sum(membership = 'known' AND net = amount_minor) AS agrees,
              sum(membership = 'known' AND net <> amount_minor) AS differs, count(*) AS total
       FROM (${PAYOUTS} GROUP BY p.source_id, p.id)`,
    )
    .first();
  const [agrees, differs, total] = [row?.agrees ?? 0, row?.differs ?? 0, row?.total ?? 0];
  return { agrees, differs, unheld: total - agrees - differs, total };
}

function placeOf(cursor: string | null | undefined): [number, string] {
  if (cursor == null) return [Number.MAX_SAFE_INTEGER, ''];
  const slash = cursor.indexOf('/');
  return [Number(cursor.slice(0, slash)), cursor.slice(slash + 1)];
}
