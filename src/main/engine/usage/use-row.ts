/** What the queries of limits bring, of events and of meters alike. */
import type { LimitUse } from '../../../shared/contract/usage.ts';

/** A customer, a limit that holds for it, and what was used of it this month and the last. */
export interface UseRow {
  customer_id: number;
  name: string;
  plan: string | null;
  source_id: number;
  event: string;
  measure: LimitUse['measure'];
  amount: number;
  is_own: number;
  used: number;
  used_before: number;
}
