/** Who signed up: new customers at the billing vendor, and trials that began. */
import type { DigestSection } from '../../../../shared/contract/digest.ts';
import { dayAt, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { NO_BILLING, valued, type Ask } from '../ask.ts';
import { customerPath, objectLink } from '../customers.ts';
import { BLANK_LINE, MOST_LINES, section, summed, unknown, withoutRate } from '../section.ts';
import { dayText } from '../../wording/index.ts';

interface SignUpRow {
  customer_id: CustomerId;
  name: string;
  created_at: Instant;
  source_id: number;
  id: string;
  country: string | null;
  standing: string | null;
  plan: string | null;
}

/**
 * A further record of somebody who was there before is no sign-up. Of a deleted record vendors do not say any more when it
 * was made.
 */
export const SIGN_UPS = `
  SELECT b.customer_id, c.name, min(b.created_at) AS created_at, b.source_id, b.id, b.country, s.standing, s.plan
  FROM billing_customer b JOIN customer c USING (customer_id) LEFT JOIN customer_standing s USING (customer_id)
  WHERE b.created_at >= ? AND b.created_at < ? AND b.deleted_at IS NULL AND c.erased_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM billing_customer o WHERE o.customer_id = b.customer_id AND o.created_at < ?)
  GROUP BY b.customer_id ORDER BY created_at DESC, b.customer_id`;

const STANDINGS: Readonly<Record<string, string>> = {
  paying: 'pays now',
  past_due: 'pays now, past due',
  trialing: 'on trial now',
  free: 'on a free plan now',
  paused: 'paused now',
};

export function signUpSection(ask: Ask): DigestSection {
  const named = {
    id: 'signUps',
    group: 'growth',
    title: 'Sign-ups',
    definition: 'Customers whose first record at the billing vendor was made in these days.',
  } as const;
  if (!ask.hasBilling) return unknown(named, NO_BILLING);
  const link = objectLink(ask.db);
  const rows = ask.db.prepare<[number, number, number], SignUpRow>(SIGN_UPS).all(ask.begins, ask.ends, ask.begins);
  return section(named, {
    count: rows.length,
    lines: rows.map((row) => ({
      ...BLANK_LINE,
      customerId: row.customer_id,
      who: row.name,
      on: dayAt(row.created_at, ask.context.zone),
      what: [row.plan, row.country].filter((part) => part !== null).join(', ') || null,
      note: STANDINGS[row.standing ?? ''] ?? 'no subscription that pays',
      target: customerPath(row.customer_id),
      sourceObjectId: row.id,
      sourceUrl: link(row.source_id, row.id),
    })),
  });
}

interface TrialRow {
  customer_id: CustomerId;
  name: string;
  source_id: number;
  subscription_id: string;
  started_on: PlainDay;
  ended_on: PlainDay | null;
  converted_on: PlainDay | null;
  plan: string | null;
  currency: string | null;
  /** Annual, native: what it would pay. */
  trial: number | null;
  /** Annual, in the ledger's currency: what the customer's movements of the day of conversion came to. */
  converted: number | null;
}

/** What it would pay: the best of the states that it was on trial in. */
const TRIAL = `(SELECT max(s.trial_minor) FROM subscription_state s WHERE s.customer_id = t.customer_id AND s.source_id = t.source_id
   AND s.subscription_id = t.subscription_id AND s.effective_on BETWEEN t.started_on AND coalesce(t.ended_on, t.started_on))`;

const CONVERTED = `(SELECT sum(m.reporting_minor) FROM movement m WHERE m.customer_id = t.customer_id AND m.moved_on = t.converted_on
   AND m.source_id = t.source_id AND m.subscription_id = t.subscription_id)`;

/** Each of the two amounts is looked up where it is told: rows of states and movements lie far from each other. */
function trialsSql(day: 'started_on' | 'converted_on' | 'ended_on'): string {
  const [trial, converted] = day === 'converted_on' ? ['NULL', CONVERTED] : [TRIAL, 'NULL'];
  return `
    SELECT t.customer_id, c.name, t.source_id, t.subscription_id, t.started_on, t.ended_on, t.converted_on, t.currency, p.name AS plan,
      ${trial} AS trial, ${converted} AS converted
    FROM trial t JOIN customer c USING (customer_id)
    LEFT JOIN ledger_item i ON i.item_id = t.item_id
    LEFT JOIN product p ON p.source_id = i.source_id AND p.id = i.product_id
    WHERE t.${day} BETWEEN ? AND ? ORDER BY t.${day}, t.subscription_id`;
}

const CALLED_OFF = `SELECT 1 AS one FROM subscription u WHERE u.source_id = ? AND u.id = ?
  AND (u.ended_at IS NOT NULL OR u.cancel_at IS NOT NULL OR u.canceled_at IS NOT NULL)`;

export const TRIALS_STARTED = trialsSql('started_on');
export const TRIALS_CONVERTED = trialsSql('converted_on');
export const TRIALS_ENDING = trialsSql('ended_on');

function trials(ask: Ask, sql: string, from: PlainDay, to: PlainDay, amountOf: (row: TrialRow) => number | null) {
  const link = objectLink(ask.db);
  const rows = ask.db
    .prepare<[string, string], TrialRow>(sql)
    .all(from, to)
    .map((row) => ({ ...row, value: amountOf(row), currency: row.currency ?? ask.context.currency }))
    .toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0) || (a.name < b.name ? -1 : 1));
  const line = (row: (typeof rows)[number], on: PlainDay, note: string | null) => ({
    ...BLANK_LINE,
    customerId: row.customer_id,
    who: row.name,
    on,
    what: row.plan,
    amount: row.value === null ? null : divideRounded(row.value, 12),
    currency: ask.context.currency,
    note,
    target: customerPath(row.customer_id),
    sourceObjectId: row.subscription_id,
    sourceUrl: link(row.source_id, row.subscription_id),
  });
  const { amount, missing } = summed(rows);
  return {
    rows,
    line,
    found: {
      count: rows.length,
      amount: divideRounded(amount, 12),
      amountIs: 'mrr' as const,
      note: withoutRate(missing, ask.context.currency),
    },
  };
}

/** What a trial would pay a year, in the reporting currency. */
function worthOf(ask: Ask): (row: TrialRow) => number | null {
  return ({ trial, currency, started_on }) =>
    trial === null || currency === null ? 0 : valued(ask, trial, currency, started_on);
}

export function trialsStartedSection(ask: Ask): DigestSection {
  const named = {
    id: 'trialsStarted',
    group: 'growth',
    title: 'Trials started',
    definition: 'Subscriptions that began with a trial; the amount is what they would pay a month.',
    how: 'trialMrr',
  } as const;
  if (!ask.hasBilling) return unknown(named, NO_BILLING);
  const { rows, line, found } = trials(ask, TRIALS_STARTED, ask.from, ask.to, worthOf(ask));
  return section(named, {
    ...found,
    lines: rows
      .slice(0, MOST_LINES)
      .map((row) =>
        line(row, row.started_on, row.ended_on === null ? null : `until ${dayText(row.ended_on, ask.context.today)}`),
      ),
  });
}

export function conversionSection(ask: Ask): DigestSection {
  const named = {
    id: 'conversions',
    group: 'growth',
    title: 'Trials that pay',
    definition:
      'Trials whose subscription began to pay; the amount is the MRR that came with it, which is part of new customers or expansion.',
    how: 'trialConversion',
  } as const;
  if (!ask.hasBilling) return unknown(named, NO_BILLING);
  const { rows, line, found } = trials(ask, TRIALS_CONVERTED, ask.from, ask.to, ({ converted }) => converted ?? 0);
  return section(
    { ...named, why: null },
    {
      ...found,
      lines: rows
        .slice(0, MOST_LINES)
        .map((row) =>
          line(row, row.converted_on ?? row.started_on, `on trial since ${dayText(row.started_on, ask.context.today)}`),
        ),
    },
  );
}

/** @param from and `to`: the days that lie ahead. */
export function trialsEndingSection(ask: Ask, from: PlainDay, to: PlainDay): DigestSection {
  const named = {
    id: 'trialsEnding',
    group: 'ahead',
    title: 'Trials ending',
    definition: 'Trials whose end falls into the seven days after; the amount is what they would pay a month.',
    how: 'trialMrr',
    isEvent: false,
  } as const;
  if (!ask.hasBilling) return unknown(named, NO_BILLING);
  const open = trials(ask, TRIALS_ENDING, from, to, worthOf(ask));
  const isOff = ask.db.prepare<[number, string], { one: number }>(CALLED_OFF);
  const calledOff = ({ source_id, subscription_id }: TrialRow) => isOff.first(source_id, subscription_id) !== undefined;
  const rows = open.rows.filter(({ converted_on }) => converted_on === null || converted_on > ask.to);
  const { amount, missing } = summed(rows);
  return section(named, {
    count: rows.length,
    amount: divideRounded(amount, 12),
    amountIs: 'mrr',
    note: withoutRate(missing, ask.context.currency),
    lines: rows
      .toSorted((a, b) => ((a.ended_on ?? '') < (b.ended_on ?? '') ? -1 : 1))
      .slice(0, MOST_LINES)
      .map((row) => open.line(row, row.ended_on ?? row.started_on, trialNote(row, ask.context.today, calledOff(row)))),
  });
}

/** A conversion that lies ahead is what happens if nobody calls it off. */
function trialNote({ converted_on }: TrialRow, today: PlainDay, isCalledOff: boolean): string | null {
  if (converted_on !== null && converted_on <= today) return 'pays since';
  return isCalledOff ? 'called off' : null;
}
