/** Payments that failed, payments that were made after they had failed, and what came in. */
import type { DigestLine, DigestSection } from '../../../../shared/contract/digest.ts';
import { dayAt, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { instant, type Instant } from '../../../../shared/kernel/instant.ts';
import { minor } from '../../../../shared/kernel/money.ts';
import { failedPayments, flowsOf, NO_FLOWS } from '../../metrics/index.ts';
import { knownCurrency, NO_BILLING, valued, type Ask } from '../ask.ts';
import { customerPath, objectLink } from '../customers.ts';
import { BLANK_LINE, MOST_LINES, section, summed, unknown, withoutRate } from '../section.ts';
import { counted, dayText, moneyText } from '../../wording/index.ts';

/** The invoice behind a failed payment says when it is tried again. */
export const NEXT_TRY = `
  WITH asked (source_id, payment_id) AS (VALUES (?, ?))
  SELECT i.next_attempt_at FROM asked a JOIN invoice i ON i.source_id = a.source_id AND i.id = coalesce(
    (SELECT f.invoice_id FROM failed_payment f WHERE f.source_id = a.source_id AND f.payment_id = a.payment_id),
    (SELECT p.invoice_id FROM invoice_payment p WHERE p.source_id = a.source_id AND p.payment_intent_id = a.payment_id LIMIT 1))`;

export function failedPaymentSection(ask: Ask): DigestSection {
  const named = {
    id: 'failedPayments',
    group: 'money',
    title: 'Failed payments',
    definition: 'Payments whose first try failed in these days, and what became of them.',
    how: 'failedPaymentsAmount',
  } as const;
  if (!ask.hasBilling) return unknown(named, NO_BILLING);
  const { db, context } = ask;
  const link = objectLink(db);
  const name = db.prepare<[number], { name: string }>('SELECT name FROM customer WHERE customer_id = ?');
  const nextTry = db.prepare<[number, string], { next_attempt_at: Instant | null }>(NEXT_TRY);
  const rows = failedPayments(db, ask.from, ask.to, context.now, null).map((payment) => ({
    ...payment,
    value: valued(ask, payment.amount, payment.currency, payment.failedOn),
  }));
  const { amount, missing } = summed(rows);
  const noteOf = ({ sourceId, paymentId, outcome, recoveredAt, code }: (typeof rows)[number]): string => {
    const why = code === null ? '' : `, ${code.replaceAll('_', ' ')}`;
    if (outcome === 'recovered' && recoveredAt !== null)
      return `paid on ${dayText(dayAt(recoveredAt, context.zone), context.today)}${why}`;
    if (outcome === 'lost') return `not collected${why}`;
    const next = nextTry.first(sourceId, paymentId)?.next_attempt_at ?? null;
    return next !== null && next > context.now
      ? `next try ${dayText(dayAt(instant(next), context.zone), context.today)}${why}`
      : `no further try is known${why}`;
  };
  return section(
    { ...named, why: { metric: 'failedPaymentsAmount', kind: null, from: ask.from, to: ask.to } },
    {
      count: rows.length,
      amount,
      amountIs: 'cash',
      note: withoutRate(missing, context.currency),
      lines: rows
        .toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0) || a.failedAt - b.failedAt)
        .slice(0, MOST_LINES)
        .map((payment) => ({
          ...BLANK_LINE,
          customerId: payment.customerId,
          who: (payment.customerId === null ? null : name.first(payment.customerId)?.name) ?? 'Nobody who is known',
          on: payment.failedOn,
          what: counted(payment.tries, 'try', 'tries'),
          amount: minor(payment.amount),
          currency: knownCurrency(payment.currency),
          note: noteOf(payment),
          target: customerPath(payment.customerId),
          sourceObjectId: payment.objectId,
          sourceUrl: link(payment.sourceId, payment.objectId),
        })),
    },
  );
}

interface RecoveredRow {
  source_id: number;
  charge_id: string;
  customer_id: CustomerId | null;
  name: string | null;
  currency: string;
  amount_minor: number;
  failed_at: Instant;
  failed_tries: number;
  recovered_at: Instant;
}

export const RECOVERED = `
  SELECT f.source_id, f.charge_id, b.customer_id, c.name, f.currency, f.amount_minor, f.failed_at, f.failed_tries, f.recovered_at
  FROM failed_payment f
  LEFT JOIN billing_customer b ON b.source_id = f.source_id AND b.id = f.billing_customer_id
  LEFT JOIN customer c ON c.customer_id = b.customer_id
  WHERE f.recovered_at >= ? AND f.recovered_at < ?`;

export function recoverySection(ask: Ask): DigestSection {
  const named = {
    id: 'recoveries',
    group: 'money',
    title: 'Recovered payments',
    definition: 'Payments that had failed and were made in these days.',
    how: 'recoveryRate',
  } as const;
  if (!ask.hasBilling) return unknown(named, NO_BILLING);
  const { db, context } = ask;
  const link = objectLink(db);
  const rows = db
    .prepare<[number, number], RecoveredRow>(RECOVERED)
    .all(ask.begins, ask.ends)
    .map((row) => {
      const on = dayAt(row.recovered_at, context.zone);
      return { ...row, on, value: valued(ask, row.amount_minor, row.currency, on) };
    })
    .toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0) || a.recovered_at - b.recovered_at);
  const { amount, missing } = summed(rows);
  return section(named, {
    count: rows.length,
    amount,
    amountIs: 'cash',
    note: withoutRate(missing, context.currency),
    lines: rows.map((row) => ({
      ...BLANK_LINE,
      customerId: row.customer_id,
      who: row.name ?? 'Nobody who is known',
      on: row.on,
      what: `after ${counted(row.failed_tries, 'failed try', 'failed tries')}`,
      amount: minor(row.amount_minor),
      currency: knownCurrency(row.currency),
      note: `first failed ${dayText(dayAt(row.failed_at, context.zone), context.today)}`,
      target: customerPath(row.customer_id),
      sourceObjectId: row.charge_id,
      sourceUrl: link(row.source_id, row.charge_id),
    })),
  });
}

interface ChargeRow {
  source_id: number;
  id: string;
  billing_customer_id: string | null;
  currency: string;
  amount: number;
  created_at: Instant;
}

export const CHARGES = `
  SELECT source_id, id, billing_customer_id, currency, coalesce(amount_captured_minor, amount_minor) AS amount, created_at
  FROM charge WHERE created_at >= ? AND created_at < ? AND status = 'succeeded'`;

export function cashSection(ask: Ask): DigestSection {
  const named = {
    id: 'cash',
    group: 'money',
    title: 'Cash in',
    definition: 'Payments that succeeded less refunds, by the day they were made.',
    how: 'cashCollected',
  } as const;
  if (!ask.hasBilling) return unknown(named, NO_BILLING);
  const { db, context } = ask;
  const [flows = NO_FLOWS] = flowsOf(db, [ask], context.currency);
  const rows = db
    .prepare<[number, number], ChargeRow>(CHARGES)
    .all(ask.begins, ask.ends)
    .map((row) => {
      const on = dayAt(row.created_at, context.zone);
      return { ...row, on, value: valued(ask, row.amount, row.currency, on) };
    })
    .toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0) || (a.id < b.id ? -1 : 1));
  const refunds = flows.refunds === 0 ? null : `after refunds of ${moneyText(flows.refunds, context.currency)}`;
  const missing = withoutRate(new Set(flows.missing), context.currency);
  return section(
    { ...named, why: { metric: 'cashCollected', kind: null, from: ask.from, to: ask.to } },
    {
      count: rows.length,
      amount: flows.cashCollected,
      amountIs: 'cash',
      note: [refunds, missing].filter((part) => part !== null).join('; ') || null,
      lines: chargeLines(ask, rows.slice(0, MOST_LINES)),
    },
  );
}

function chargeLines({ db }: Ask, rows: readonly (ChargeRow & { readonly on: PlainDay })[]): DigestLine[] {
  const link = objectLink(db);
  const payer = db.prepare<[number, string], { customer_id: CustomerId; name: string }>(
    `SELECT c.customer_id, c.name FROM billing_customer b JOIN customer c USING (customer_id) WHERE b.source_id = ? AND b.id = ?`,
  );
  return rows.map((row) => {
    const who = row.billing_customer_id === null ? undefined : payer.first(row.source_id, row.billing_customer_id);
    return {
      ...BLANK_LINE,
      customerId: who?.customer_id ?? null,
      who: who?.name ?? 'Nobody who is known',
      on: row.on,
      amount: minor(row.amount),
      currency: knownCurrency(row.currency),
      target: customerPath(who?.customer_id ?? null),
      sourceObjectId: row.id,
      sourceUrl: link(row.source_id, row.id),
    };
  });
}
