/**
 * `usage.funnel`: how many who came for the first time in a span signed up, were
 * activated, tried and paid. Everybody is counted with the day of the first
 * sight and nowhere else, and every cohort has equally many days for its steps.
 */
import type { FunnelRow } from '../../../shared/contract/usage.ts';
import { addDays, type PlainDay } from '../../../shared/kernel/day.ts';
import type { ReadDb } from '../store/index.ts';
import { sourceAskedAbout, type Span } from './active.ts';
import { storedMapping } from './stored-mapping.ts';

export interface FunnelInput extends Span {
  readonly by: 'channel' | 'day';
  /** A step counts within so many days of the first sight. */
  readonly withinDays: number;
}

export interface Funnel {
  rows: FunnelRow[];
  total: FunnelRow;
  openFrom: PlainDay | null;
  untracked: ('visited' | 'signedUp' | 'activated')[];
}

/** The workspace's day of a moment. */
const dayOf = (at: string): string =>
  `(SELECT day FROM calendar_day WHERE starts_at <= ${at} ORDER BY starts_at DESC LIMIT 1)`;

/**
 * One row per account that was first seen in the span: its channel, and which steps it took in time. Trials and
 * payments are those of the customer that it is linked to; before the first sight they count as well, because billing
 * may know somebody earlier.
 */
const ACCOUNTS = `
  SELECT f.channel, f.day,
    f.signed_up IS NOT NULL AND julianday(f.signed_up) - julianday(f.day) <= (SELECT within FROM asked) AS signed_up,
    f.activated IS NOT NULL AND julianday(f.activated) - julianday(f.day) <= (SELECT within FROM asked) AS activated,
    EXISTS (SELECT 1 FROM identity_link l JOIN trial t ON t.customer_id = l.customer_id
            WHERE l.source_id = (SELECT source_id FROM asked) AND l.account_id = f.id
              AND julianday(t.started_on) - julianday(f.day) BETWEEN -(SELECT within FROM asked) AND (SELECT within FROM asked)) AS trial,
    EXISTS (SELECT 1 FROM identity_link l JOIN customer_standing s ON s.customer_id = l.customer_id
            WHERE l.source_id = (SELECT source_id FROM asked) AND l.account_id = f.id AND s.first_paid_on IS NOT NULL
              AND julianday(s.first_paid_on) - julianday(f.day) BETWEEN -(SELECT within FROM asked) AND (SELECT within FROM asked)) AS paid
  FROM (SELECT id, coalesce(channel, '') AS channel, ${dayOf('first_seen_at')} AS day,
               CASE WHEN signed_up_at IS NULL THEN NULL ELSE ${dayOf('signed_up_at')} END AS signed_up,
               CASE WHEN activated_at IS NULL THEN NULL ELSE ${dayOf('activated_at')} END AS activated
        FROM product_account WHERE source_id = (SELECT source_id FROM asked) AND id <> '' AND deleted_at IS NULL AND first_seen_at IS NOT NULL) f
  WHERE f.day BETWEEN (SELECT from_on FROM asked) AND (SELECT to_on FROM asked)`;

const VISITORS = `
  SELECT channel, day_on AS day, visitors FROM first_visit WHERE source_id = (SELECT source_id FROM asked) AND day_on BETWEEN (SELECT from_on FROM asked) AND (SELECT to_on FROM asked)
  UNION ALL
  SELECT channel, day, count(*) FROM (SELECT channel, ${dayOf('seen_at')} AS day FROM visitor WHERE source_id = (SELECT source_id FROM asked))
  WHERE day BETWEEN (SELECT from_on FROM asked) AND (SELECT to_on FROM asked) GROUP BY channel, day`;

interface StepRow {
  key: string;
  visited: number;
  signed_up: number;
  activated: number;
  trial: number;
  paid: number;
}

/** @param today the workspace's day: cohorts younger than `withinDays` are still open. */
export function funnel(db: ReadDb, input: FunnelInput, today: PlainDay): Funnel {
  const { by, from, to, withinDays } = input;
  const source = sourceAskedAbout(db, input.sourceId);
  const nobody = { visited: 0, signedUp: 0, activated: 0, trial: 0, paid: 0 };
  if (source === null)
    return { rows: [], total: { channel: null, day: null, ...nobody }, openFrom: null, untracked: [] };
  const key = by === 'channel' ? 'channel' : 'day';
  const rows = db
    .prepare<[number, string, string, number], StepRow>(
      `WITH asked (source_id, from_on, to_on, within) AS (VALUES (?, ?, ?, ?))
       SELECT key, sum(visited) AS visited, sum(signed_up) AS signed_up, sum(activated) AS activated, sum(trial) AS trial, sum(paid) AS paid
       FROM (SELECT ${key} AS key, visitors AS visited, 0 AS signed_up, 0 AS activated, 0 AS trial, 0 AS paid FROM (${VISITORS})
             UNION ALL
             SELECT ${key}, 0, signed_up, signed_up AND activated, signed_up AND trial, signed_up AND paid FROM (${ACCOUNTS}))
       GROUP BY key ORDER BY ${by === 'channel' ? 'visited DESC, signed_up DESC, key' : 'key'}`,
    )
    .all(source.sourceId, from, to, withinDays)
    .map((row): FunnelRow => ({
      channel: by === 'channel' ? row.key : null,
      day: by === 'day' ? (row.key as PlainDay) : null,
      visited: row.visited,
      signedUp: row.signed_up,
      activated: row.activated,
      trial: row.trial,
      paid: row.paid,
    }))
    .filter(({ visited, signedUp }) => visited > 0 || signedUp > 0);
  const total = rows.reduce<FunnelRow>(
    (sum, row) => ({
      ...sum,
      visited: sum.visited + row.visited,
      signedUp: sum.signedUp + row.signedUp,
      activated: sum.activated + row.activated,
      trial: sum.trial + row.trial,
      paid: sum.paid + row.paid,
    }),
    { channel: null, day: null, ...nobody },
  );
  const firstOpen = addDays(today, -withinDays + 1);
  const mapping = storedMapping(db, source.sourceId);
  return {
    rows,
    total,
    openFrom: to < firstOpen ? null : from > firstOpen ? from : firstOpen,
    untracked: [
      ...(mapping.visitedEvent === '' ? (['visited'] as const) : []),
      ...(mapping.signUpEvent === '' ? (['signedUp'] as const) : []),
      ...(mapping.activationEvent === '' ? (['activated'] as const) : []),
    ],
  };
}
