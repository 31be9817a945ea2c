import type { Workspace } from '../../../shared/contract/workspace.ts';
import { dayAt } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { POLICIES, type MetricsContext } from '../metrics/index.ts';

/** What a call may say instead of the workspace. */
export interface ContextChoice {
  readonly currency?: MetricsContext['currency'] | undefined;
  readonly policy?: string | undefined;
}

/**
 * How numbers are computed and shown: by the workspace, unless the call chooses otherwise.
 * @throws AppError `invalid_input` for a policy of no known name.
 */
export function metricsContext(workspace: Workspace, now: Instant, choice: ContextChoice = {}): MetricsContext {
  const name = choice.policy ?? workspace.policy;
  const policy = Object.hasOwn(POLICIES, name) ? POLICIES[name] : undefined;
  if (!policy)
    throw new AppError('invalid_input', `There is no policy “${name}”. There are: ${Object.keys(POLICIES).join(', ')}`);
  return {
    now,
    today: dayAt(now, workspace.timeZone),
    zone: workspace.timeZone,
    currency: choice.currency ?? workspace.reportingCurrency,
    policy,
    weekStartsOn: workspace.weekStartsOn,
    fiscalYearStartMonth: workspace.fiscalYearStartMonth,
    growthTarget: workspace.growthTarget,
    milestoneMinor: workspace.milestoneMinor,
  };
}
