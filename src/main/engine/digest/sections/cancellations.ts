/** Subscriptions that were called off and still pay: there is time until they end. */
import type { DigestSection } from '../../../../shared/contract/digest.ts';
import { dayAt } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { instant, type Instant } from '../../../../shared/kernel/instant.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { cancellationText } from '../../alerts/index.ts';
import type { Subscription } from '../../domain/index.ts';
import { NO_BILLING, valued, type Ask } from '../ask.ts';
import { customerPath, objectLink, subscriptionLevel } from '../customers.ts';
import { BLANK_LINE, MOST_LINES, section, summed, unknown, withoutRate } from '../section.ts';
import { dayText } from '../../wording/index.ts';

interface Row {
  source_id: number;
  id: string;
  customer_id: CustomerId;
  name: string;
  canceled_at: Instant;
  cancel_at: Instant | null;
  ended_at: Instant | null;
}

export const CALLED_OFF = `
  SELECT u.source_id, u.id, b.customer_id, c.name, u.canceled_at, u.cancel_at, u.ended_at
  FROM subscription u
  JOIN billing_customer b ON b.source_id = u.source_id AND b.id = u.billing_customer_id
  JOIN customer c USING (customer_id)
  WHERE u.canceled_at >= ? AND u.canceled_at < ? AND (u.ended_at IS NULL OR u.ended_at >= ?)`;

const BODY = 'SELECT body FROM subscription WHERE source_id = ? AND id = ?';

export function cancellationSection(ask: Ask): DigestSection {
  const named = {
    id: 'cancellations',
    group: 'losses',
    title: 'Called off',
    definition: 'Subscriptions that were called off and still pay until they end; the MRR is not lost yet.',
  } as const;
  if (!ask.hasBilling) return unknown(named, NO_BILLING);
  const { db, context } = ask;
  const levelAt = subscriptionLevel(db);
  const link = objectLink(db);
  const body = db.prepare<[number, string], { body: string }>(BODY);
  const rows = db
    .prepare<[number, number, number], Row>(CALLED_OFF)
    .all(ask.begins, ask.ends, ask.ends)
    .flatMap((row) => {
      const of = { customerId: row.customer_id, sourceId: row.source_id, subscriptionId: row.id };
      const level = levelAt(of, row.canceled_at);
      // A trial that is called off pays nothing that could be lost.
      if (level === null || level.annual === 0) return [];
      const on = dayAt(row.canceled_at, context.zone);
      return [{ ...row, on, currency: level.currency, value: valued(ask, -level.annual, level.currency, on) }];
    })
    .toSorted((a, b) => (a.value ?? 0) - (b.value ?? 0) || (a.name < b.name ? -1 : 1));
  const { amount, missing } = summed(rows);
  return section(named, {
    count: rows.length,
    amount: divideRounded(amount, 12),
    amountIs: 'mrr',
    note: withoutRate(missing, context.currency),
    // Bodies are large: only those of the lines that are shown are read.
    lines: rows.slice(0, MOST_LINES).map((row) => {
      const stored = body.first(row.source_id, row.id);
      // Written by this program and read back as it was.
      const said = stored ? (JSON.parse(stored.body) as Pick<Subscription, 'cancellation'>) : null;
      const end = row.ended_at ?? row.cancel_at;
      const ends = end === null ? null : `ends ${dayText(dayAt(instant(end), context.zone), context.today)}`;
      return {
        ...BLANK_LINE,
        customerId: row.customer_id,
        who: row.name,
        on: row.on,
        what: ends,
        amount: row.value === null ? null : divideRounded(row.value, 12),
        currency: context.currency,
        note: (said && cancellationText(said.cancellation)) ?? 'no reason given',
        target: customerPath(row.customer_id),
        sourceObjectId: row.id,
        sourceUrl: link(row.source_id, row.id),
      };
    }),
  });
}
