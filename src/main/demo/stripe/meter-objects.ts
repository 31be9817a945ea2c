/** The meter of API calls in Stripe's shape, and what it counted: the calls that the invoices bill, spread over the days. */
import { addDays, dayAt, dayNumber, startOfDay, UTC } from '../../../shared/kernel/day.ts';
import { addMs, DAY_MS, secondsOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import { monthsAfter } from '../scenario/calendar.ts';
import type { Company, Contract } from '../scenario/life.ts';
import { METER_ID } from './catalogue-objects.ts';
import { customerId } from './customer-object.ts';
import { stripeId } from './ids.ts';
import type { JsonObject } from './json.ts';

export function meterObject(company: Company): JsonObject {
  const created = secondsOfInstant(addMs(company.foundedAt, -DAY_MS));
  return {
    id: METER_ID,
    object: 'billing.meter',
    created,
    customer_mapping: { event_payload_key: 'stripe_customer_id', type: 'by_id' },
    default_aggregation: { formula: 'sum' },
    display_name: 'API calls',
    event_name: 'api_call',
    event_time_window: null,
    livemode: false,
    status: 'active',
    status_transitions: { deactivated_at: null },
    updated: created,
    value_settings: { event_payload_key: 'value' },
  };
}

/** Summaries by day of UTC, newest first, of days that begin within `[from, until)` and have begun by `company.now`. */
export function meterSummaries(company: Company, customer: string, from: Instant, until: Instant): JsonObject[] {
  const life = company.lives.find((known) => customerId(known) === customer);
  const days = new Map<Instant, number>();
  for (const contract of life?.contracts ?? [])
    for (const { at, calls } of callsByDay(contract, company.now))
      if (at >= from && at < until) days.set(at, (days.get(at) ?? 0) + calls);
  return [...days]
    .sort(([a], [b]) => b - a)
    .map(([at, calls]) => ({
      id: stripeId('mtrusg', `${customer}:${at}`),
      object: 'billing.meter_event_summary',
      aggregated_value: calls,
      end_time: secondsOfInstant(addMs(at, DAY_MS)),
      livemode: false,
      meter: METER_ID,
      start_time: secondsOfInstant(at),
    }));
}

/** The calls of each billing period add up to what its invoice bills; weekends are quieter. */
function* callsByDay(contract: Contract, now: Instant): Generator<{ readonly at: Instant; readonly calls: number }> {
  const { callsByPeriod } = contract;
  if (callsByPeriod.length === 0 || !isMetered(contract)) return;
  const anchor = contract.trialEndsAt ?? contract.startedAt;
  const endedAt = contract.happenings.find(({ kind }) => kind === 'ended')?.at ?? now;
  for (let period = 0; monthsAfter(anchor, period) < endedAt; period++) {
    const last = dayAt(monthsAfter(anchor, period + 1), UTC);
    const calls = callsByPeriod[period % callsByPeriod.length]!;
    const days: { at: Instant; weight: number }[] = [];
    for (let day = dayAt(monthsAfter(anchor, period), UTC); day < last; day = addDays(day, 1))
      days.push({ at: startOfDay(day, UTC), weight: [0, 6].includes((dayNumber(day) + 4) % 7) ? 2 : 5 });
    const whole = days.reduce((sum, { weight }) => sum + weight, 0);
    let passed = 0;
    for (const { at, weight } of days) {
      const before = Math.round((calls * passed) / whole);
      passed += weight;
      if (at <= endedAt) yield { at, calls: Math.round((calls * passed) / whole) - before };
    }
  }
}

function isMetered({ positions, happenings }: Contract): boolean {
  const held = happenings.flatMap((happening) => (happening.kind === 'changed' ? happening.positions : []));
  return [...positions, ...held].some(({ card }) => card.metered);
}
