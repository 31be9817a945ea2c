/** Reads what a stored alert says: out of its facts, or as it was first told where it has none. */
import { dayAt, UTC } from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { AlertFactsSchema } from './facts.ts';
import { sentencesOf, type AlertSentences } from './sentences.ts';

/** The columns of `alert` that are needed, for statements over that table. */
export const TOLD_COLUMNS =
  'facts, title, body, next_action, (SELECT name FROM customer WHERE customer_id = alert.customer_id) AS customer_name';

export interface ToldRow {
  readonly facts: string | null;
  readonly title: string;
  readonly body: string;
  readonly next_action: string | null;
  readonly customer_name: string | null;
}

/**
 * In the locale of the work under way, and with the name that the customer has now. Facts that another version of the
 * program wrote otherwise are passed over for the sentences of then.
 * @param now whether a day is of another year goes by UTC.
 */
export function toldOf(row: ToldRow, now: Instant): AlertSentences {
  const asRaised = { title: row.title, body: row.body, nextAction: row.next_action };
  if (row.facts === null) return asRaised;
  const facts = AlertFactsSchema.safeParse(JSON.parse(row.facts));
  return facts.success ? sentencesOf(facts.data, row.customer_name ?? '', dayAt(now, UTC)) : asRaised;
}
