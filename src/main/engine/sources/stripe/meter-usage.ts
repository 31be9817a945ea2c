/**
 * What meters counted, by customer and day. Stripe sums it up for one customer
 * and one meter at a time, so it is asked once a day, for customers who pay by
 * a meter, of days that are over. Events may be reported up to 35 days late:
 * https://docs.stripe.com/api/billing/meter-event#create_billing_meter_event-timestamp
 */
import { z } from 'zod';
import { addDays, dayAt, plainDay, startOfDay, UTC, type PlainDay } from '../../../../shared/kernel/day.ts';
import { secondsOfInstant } from '../../../../shared/kernel/instant.ts';
import {
  claimedId,
  type Json,
  type MeteredCustomer,
  type Page,
  type Stream,
  type StreamProof,
  type StreamRun,
} from '../kit/index.ts';
import type { StripeClient } from './client.ts';
import { meterUsageType } from './objects/meter.ts';

const PAGE_SIZE = 100;
const LATE_DAYS = 35;
/** So far back at the first reading: a year, and the month to compare with. */
const FIRST_DAYS = 400;

const CursorSchema = z.object({
  /** The last day that is read for everybody; null before the first walk is over. */
  through: z.string().nullable(),
  walk: z.object({ day: z.string(), after: z.string() }).nullable(),
});

export function meterUsageStream(client: StripeClient): Stream {
  return {
    id: 'meter_usage',
    title: 'Meter usage',
    change: 'updated_at',
    phase: 8,
    objectTypes: [meterUsageType],
    keepsRaw: false,
    scope: 'billing_meter_read',
    isDue: () => true,
    read: (run) => pages(run, client),
    proof: proofOf,
  };
}

async function* pages(run: StreamRun, client: StripeClient): AsyncGenerator<Page> {
  const before = CursorSchema.safeParse(run.cursor).data ?? { through: null, walk: null };
  const day = before.walk === null ? addDays(dayAt(run.now, UTC), -1) : plainDay(before.walk.day);
  if (before.walk === null && before.through !== null && before.through >= day) return;
  const all = run.meteredCustomers().toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)));
  const left = all.filter((metered) => before.walk === null || keyOf(metered) > before.walk.after);
  for (const [index, metered] of left.entries()) {
    const values = await usageOf(client, metered, day);
    yield {
      records: values.map((value) => ({ kind: 'object', type: meterUsageType.type, value })),
      cursor: { through: before.through, walk: { day, after: keyOf(metered) } },
      remaining: left.length - index - 1,
      listing: false,
    };
  }
  yield { records: [], cursor: { through: day, walk: null }, remaining: 0, listing: false };
}

function keyOf({ meterId, customerId }: MeteredCustomer): string {
  return `${meterId}/${customerId}`;
}

async function usageOf(client: StripeClient, metered: MeteredCustomer, through: PlainDay): Promise<unknown[]> {
  const { meterId, customerId, knownThrough } = metered;
  const from = addDays(knownThrough ?? through, knownThrough === null ? -FIRST_DAYS : -LATE_DAYS);
  const found: unknown[] = [];
  for (let after: string | null = null; ;) {
    const page = await client.list(`/v1/billing/meters/${encodeURIComponent(meterId)}/event_summaries`, {
      customer: customerId,
      start_time: secondsOfInstant(startOfDay(from, UTC)),
      end_time: secondsOfInstant(startOfDay(addDays(through, 1), UTC)),
      value_grouping_window: 'day',
      limit: PAGE_SIZE,
      ...(after === null ? {} : { starting_after: after }),
    });
    for (const value of page.data)
      if (typeof value === 'object' && value !== null) found.push({ ...value, customer: customerId });
    const last: string | null = page.data.map(claimedId).at(-1) ?? null;
    if (!page.hasMore || last === null || last === after) return found;
    after = last;
  }
}

function proofOf(cursor: Json): StreamProof {
  const parsed = CursorSchema.safeParse(cursor).data;
  if (!parsed || (parsed.through === null && parsed.walk === null))
    return { complete: false, sentence: 'No usage has been read yet' };
  if (parsed.walk !== null || parsed.through === null)
    return { complete: false, sentence: 'The walk through metered customers is not at its end' };
  return { complete: true, sentence: `Usage of every metered customer, by day, up to ${parsed.through}` };
}
