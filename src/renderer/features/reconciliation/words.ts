/** How causes and rules are called in the room. */
import type { RestatementCause } from '../../../shared/contract/closing.ts';
import type { SwitchName } from '../../../shared/contract/policy.ts';

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
