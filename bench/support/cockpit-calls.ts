/** The calls that the cockpit makes for one day, with the page's own inputs: see src/renderer/features/cockpit. */
import { addDays, type PlainDay } from '../../src/shared/kernel/day.ts';
import { periodOf } from '../../src/renderer/features/cockpit/period.ts';
import type { Client } from '../../src/main/hosts/headless/headless.ts';

/** Each in the order in which the page sends it; all go out together. */
export function cockpitCalls(client: Client, asOf: PlainDay, today: PlainDay): Record<string, () => Promise<unknown>> {
  const period = periodOf({ asOf }, today);
  return {
    freshness: () => client.metrics.freshness(),
    snapshot: () => client.metrics.snapshot({ asOf: period.asOf }),
    'snapshot, a month ago': () => client.metrics.snapshot({ asOf: period.comparedWith }),
    climb: () => client.metrics.climb({ asOf: period.asOf }),
    alerts: () => client.alerts.list({ state: 'open', limit: 20 }),
    'nine series of 36 months': () =>
      client.metrics.series({
        metrics: ['mrr', 'arr', 'nrr', 'grr', 'customers', 'logoChurn', 'arpa', 'quickRatio', 'cashCollected'],
        from: period.courseFrom,
        to: period.asOf,
        grain: 'month',
      }),
    bridge: () => client.metrics.bridge({ from: period.bridgeFrom, to: period.bridgeTo }),
    '1,000 movements': () =>
      client.metrics.movements({ from: addDays(period.asOf, -30), to: period.asOf, limit: 1_000 }),
    definitions: () => client.metrics.definitions(),
    workspace: () => client.workspace.get(),
    sources: () => client.sources.list(),
    jobs: () => client.jobs.list({ limit: 20 }),
  };
}
