/** How causes are called in the room. */
import type { RestatementCause } from '../../../shared/contract/closing.ts';

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
