import type { Workspace } from '../../../shared/contract/workspace.ts';
import { dayAt } from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { policyOf, type MetricsContext } from '../metrics/index.ts';

/**
 * How numbers are computed and shown, by the workspace's settings.
 * @throws AppError `invalid_input` for a policy of no known name.
 */
export function metricsContext(workspace: Workspace, now: Instant): MetricsContext {
  return {
    now,
    today: dayAt(now, workspace.timeZone),
    zone: workspace.timeZone,
    currency: workspace.reportingCurrency,
    policy: policyOf(workspace.policy),
    weekStartsOn: workspace.weekStartsOn,
    fiscalYearStartMonth: workspace.fiscalYearStartMonth,
    growthTarget: workspace.growthTarget,
    milestoneMinor: workspace.milestoneMinor,
  };
}
