/** How the rules of a policy are called. */
import type { SwitchName } from '../../../shared/contract/policy.ts';

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
