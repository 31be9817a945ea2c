/** How causes, rules and policies are called in the room. */
import type { RestatementCause } from '../../../shared/contract/closing.ts';
import { policyName, type PolicyInput, type SwitchName } from '../../../shared/contract/policy.ts';

export const CAUSE_WORDS: Readonly<Record<RestatementCause, string>> = {
  late: 'Late event or invoice',
  changed: 'Changed upstream',
  deleted: 'Deleted upstream',
  rate: 'Exchange rate',
  policy: 'Policy changed',
  rules: 'Program’s rules changed',
  time_zone: 'Time zone changed',
  currency: 'Currency changed',
  source_added: 'Source added',
  source_removed: 'Source removed',
  costs: 'Costs changed',
  earlier_month: 'Earlier month restated',
};

/** Short enough to stand under a column. */
export const RULE_WORDS: Readonly<Record<SwitchName, string>> = {
  week: 'Weeks a month',
  day: 'Days a month',
  discounts: 'Discounts',
  metered: 'Usage',
  pastDueDays: 'Past due',
  pause: 'Pauses',
  scheduledCancellation: 'Cancellations',
  freeCustomers: 'Free customers',
  reactivationGapDays: 'Gaps',
  netting: 'Netting',
  logoChurnBase: 'Churn base',
};

const NAMES: Readonly<Record<string, string>> = {
  vario: 'Vario',
  stripe: 'Stripe',
  chartmogul: 'ChartMogul',
  profitwell: 'ProfitWell',
  baremetrics: 'Baremetrics',
};

/** A policy's name as a heading. */
export function policyTitle(policy: PolicyInput): string {
  return titleOfName(policyName(policy));
}

/** The same from the name alone; one without a name of its own is called after its base. */
export function titleOfName(name: string): string {
  const base = /^own \((\w+)\)$/.exec(name)?.[1];
  return base === undefined ? (NAMES[name] ?? name) : `Own switches over ${NAMES[base] ?? base}`;
}
