/** The seven days after: discounts that end, long terms that renew, subscriptions that are set to end. */
import type { DigestLine, DigestSection } from '../../../../shared/contract/digest.ts';
import { addDays, dayAt, endOfDay, startOfDay, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { minor } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { cancellationText } from '../../alerts/index.ts';
import type { Price, Subscription } from '../../domain/index.ts';
import { cliffsWithin } from '../../metrics/index.ts';
import { NO_BILLING, valued, type Ask } from '../ask.ts';
import { customerPath, objectLink, subscriptionLevel } from '../customers.ts';
import { BLANK_LINE, section, summed, unknown, withoutRate } from '../section.ts';
import { trialsEndingSection } from './sign-ups.ts';
import { moneyText } from '../../wording/index.ts';

const DAYS_AHEAD = 7;

/** What is to come from the end of the digest's last day on; while that runs, the rest of it too. */
export function aheadSections(ask: Ask): DigestSection[] {
  const from = ask.isNow ? ask.to : addDays(ask.to, 1);
  const to = addDays(ask.to, DAYS_AHEAD);
  return [
    trialsEndingSection(ask, from, to),
    discountsEndingSection(ask, addDays(ask.to, 1), to),
    renewalSection(ask, to),
    endingSection(ask, to),
  ];
}

function discountsEndingSection(ask: Ask, from: PlainDay, to: PlainDay): DigestSection {
  const named = {
    id: 'discountsEnding',
    group: 'ahead',
    title: 'Discounts ending',
    definition:
      'Limited discounts that stop counting in the seven days after; the amount is the MRR that comes on top if the customer stays.',
    isEvent: false,
  } as const;
  if (!ask.hasBilling) return unknown(named, NO_BILLING);
  const { db, context } = ask;
  const name = db.prepare<[number], { name: string }>('SELECT name FROM customer WHERE customer_id = ?');
  const link = objectLink(db);
  const rows = cliffsWithin(db, from, to).map((cliff) => ({
    ...cliff,
    value: valued(ask, cliff.after - cliff.before, cliff.currency, ask.to),
    was: valued(ask, cliff.before, cliff.currency, ask.to),
  }));
  const { amount, missing } = summed(rows);
  return section(named, {
    count: rows.length,
    amount: divideRounded(amount, 12),
    amountIs: 'mrr',
    note: withoutRate(missing, context.currency),
    lines: rows.map((row) => ({
      ...BLANK_LINE,
      customerId: row.customerId,
      who: name.first(row.customerId)?.name ?? `Customer ${row.customerId}`,
      on: row.on,
      what: row.ended.map(({ coupon }) => coupon.name ?? coupon.id).join(', '),
      amount: row.value === null ? null : divideRounded(row.value, 12),
      currency: context.currency,
      note: row.was === null ? null : `pays ${moneyText(divideRounded(row.was, 12), context.currency)} a month so far`,
      target: customerPath(row.customerId),
      sourceObjectId: row.subscriptionId,
      sourceUrl: link(row.sourceId, row.subscriptionId),
    })),
  });
}

interface SubscriptionRow {
  source_id: number;
  id: string;
  customer_id: CustomerId;
  name: string;
  at: Instant;
  body: string;
}

/** Its conditions are those of the index, word for word. */
export const RENEWALS = `
  SELECT u.source_id, u.id, b.customer_id, c.name, json_extract(u.body, '$.items[0].currentPeriodEnd') AS at, u.body
  FROM subscription u
  JOIN billing_customer b ON b.source_id = u.source_id AND b.id = u.billing_customer_id
  JOIN customer c USING (customer_id)
  WHERE json_extract(u.body, '$.items[0].currentPeriodEnd') >= ? AND json_extract(u.body, '$.items[0].currentPeriodEnd') < ?
    AND u.ended_at IS NULL AND (instr(u.body, '"interval":"year"') > 0 OR instr(u.body, '"intervalCount":1,') = 0)`;

export const ENDINGS = `
  SELECT u.source_id, u.id, b.customer_id, c.name, u.cancel_at AS at, u.body
  FROM subscription u
  JOIN billing_customer b ON b.source_id = u.source_id AND b.id = u.billing_customer_id
  JOIN customer c USING (customer_id)
  WHERE u.cancel_at >= ? AND u.cancel_at < ? AND u.ended_at IS NULL`;

const ONLY_NOW = 'Known from today on only: subscriptions do not say when earlier terms were to end';

function renewalSection(ask: Ask, to: PlainDay): DigestSection {
  const named = {
    id: 'renewals',
    group: 'ahead',
    title: 'Renewals of long terms',
    definition:
      'Subscriptions with terms longer than a month that renew in the seven days after; the amount is their MRR.',
    isEvent: false,
  } as const;
  return ofSubscriptions(ask, named, RENEWALS, to, (subscription) => {
    if (subscription.cancelAtPeriodEnd || subscription.cancelAt !== null) return null;
    if (subscription.status === 'trialing' || subscription.status === 'paused') return null;
    const price = subscription.items[0]?.price;
    return price?.recurring == null || !isLong(price) ? null : { what: termText(price), note: null };
  });
}

function endingSection(ask: Ask, to: PlainDay): DigestSection {
  const named = {
    id: 'endings',
    group: 'ahead',
    title: 'Set to end',
    definition: 'Subscriptions that were called off and stop paying in the seven days after; the amount is their MRR.',
    isEvent: false,
  } as const;
  return ofSubscriptions(ask, named, ENDINGS, to, ({ cancellation }) => ({
    what: 'called off',
    note: cancellationText(cancellation) ?? 'no reason given',
  }));
}

function isLong({ recurring }: Price): boolean {
  if (recurring === null) return false;
  return recurring.interval === 'year' || (recurring.interval === 'month' && recurring.intervalCount > 1);
}

function termText({ recurring }: Price): string {
  if (recurring === null) return '';
  const { interval, intervalCount } = recurring;
  return intervalCount === 1 ? `every ${interval}` : `every ${intervalCount} ${interval}s`;
}

type Named = Parameters<typeof section>[0];

function ofSubscriptions(
  ask: Ask,
  named: Named,
  sql: string,
  to: PlainDay,
  wordsOf: (subscription: Subscription) => Pick<DigestLine, 'what' | 'note'> | null,
): DigestSection {
  if (!ask.hasBilling) return unknown(named, NO_BILLING);
  if (!ask.isNow) return unknown(named, ONLY_NOW);
  const { db, context } = ask;
  const levelAt = subscriptionLevel(db);
  const link = objectLink(db);
  const begins = startOfDay(ask.to, context.zone);
  const rows = db
    .prepare<[number, number], SubscriptionRow>(sql)
    .all(begins > context.now ? begins : context.now, endOfDay(to, context.zone))
    .flatMap((row) => {
      // Written by this program and read back as it was.
      const words = wordsOf(JSON.parse(row.body) as Subscription);
      const of = { customerId: row.customer_id, sourceId: row.source_id, subscriptionId: row.id };
      const level = levelAt(of, context.now);
      if (words === null || level === null || level.annual === 0) return [];
      return [{ ...row, ...words, currency: level.currency, value: valued(ask, level.annual, level.currency, ask.to) }];
    })
    .toSorted((a, b) => a.at - b.at || a.customer_id - b.customer_id);
  const { amount, missing } = summed(rows);
  return section(named, {
    count: rows.length,
    amount: divideRounded(amount, 12),
    amountIs: 'mrr',
    note: withoutRate(missing, context.currency),
    lines: rows.map((row) => ({
      ...BLANK_LINE,
      customerId: row.customer_id,
      who: row.name,
      on: dayAt(row.at, context.zone),
      what: row.what,
      amount: row.value === null ? null : minor(divideRounded(row.value, 12)),
      currency: context.currency,
      note: row.note,
      target: customerPath(row.customer_id),
      sourceObjectId: row.id,
      sourceUrl: link(row.source_id, row.id),
    })),
  });
}
