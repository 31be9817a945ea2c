import type { Workspace } from '../../../shared/contract/workspace.ts';
import { dayAt } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { POLICIES, type MetricsContext } from '../metrics/index.ts';

/**
 * How numbers are computed and shown, by the workspace's settings.
 * @throws AppError `invalid_input` for a policy of no known name.
 */
export function metricsContext(workspace: Workspace, now: Instant): MetricsContext {
  const name = workspace.policy;
  const policy = Object.hasOwn(POLICIES, name) ? POLICIES[name] : undefined;
  if (!policy)
    throw new AppError('invalid_input', `There is no policy “${name}”. There are: ${Object.keys(POLICIES).join(', ')}`);
  return {
    now,
    today: dayAt(now, workspace.timeZone),
    zone: workspace.timeZone,
    currency: workspace.reportingCurrency,
    policy,
    weekStartsOn: workspace.weekStartsOn,
    fiscalYearStartMonth: workspace.fiscalYearStartMonth,
    growthTarget: workspace.growthTarget,
    milestoneMinor: workspace.milestoneMinor,
  };
}
