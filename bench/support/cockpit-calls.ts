/** The calls that the cockpit makes for one day, with the page's own inputs: see src/renderer/features/cockpit. */
import { addMonths, addToMonth, firstDayOf, monthOf, type PlainDay } from '../../src/shared/kernel/day.ts';
import type { Client } from '../../src/main/hosts/headless/headless.ts';

/** What the course shows unless the filters say otherwise. */
const COURSE_MONTHS = 36;

/** Each in the order in which the page sends it; all go out together. */
export function cockpitCalls(client: Client, asOf: PlainDay): Record<string, () => Promise<unknown>> {
  const courseFrom = firstDayOf(addToMonth(monthOf(asOf), 1 - COURSE_MONTHS));
  return {
    freshness: () => client.metrics.freshness(),
    views: () => client.views.list(),
    snapshot: () => client.metrics.snapshot({ asOf }),
    'snapshot, a month ago': () => client.metrics.snapshot({ asOf: addMonths(asOf, -1) }),
    climb: () => client.metrics.climb({ asOf }),
    'what to do today': () => client.cockpit.nextActions({ limit: 50 }),
    'nine series of 36 months': () =>
      client.metrics.series({
        metrics: ['mrr', 'arr', 'nrr', 'grr', 'customers', 'logoChurn', 'arpa', 'quickRatio', 'cashCollected'],
        from: courseFrom,
        to: asOf,
        grain: 'month',
      }),
    bridge: () => client.metrics.bridge({ from: firstDayOf(monthOf(asOf)), to: asOf }),
    'who may leave': () => client.cockpit.leaving({ limit: 50 }),
    'what is ahead': () => client.cockpit.ahead({ days: 30, limit: 50 }),
    'since the last look': () => client.since.changes({ limit: 200 }),
    trials: () => client.cockpit.trials({ asOf }),
    alerts: () => client.alerts.list({ state: 'open', limit: 20 }),
    definitions: () => client.metrics.definitions(),
    workspace: () => client.workspace.get(),
    sources: () => client.sources.list(),
    jobs: () => client.jobs.list({ limit: 20 }),
  };
}
