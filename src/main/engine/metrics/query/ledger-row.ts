/** A movement as the ledger's tables hold it, with the names that lists show. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { Evidence } from '../core/state.ts';
import type { SliceKind } from './ledger-view.ts';

/** A row in force, of the stored ledger or of one under another policy. */
export interface LedgerRow {
  moved_on: PlainDay;
  customer_id: CustomerId;
  name: string;
  kind: SliceKind;
  reason: string | null;
  source_id: number;
  subscription_id: string;
  price_id: string;
  product_id: string | null;
  plan: string | null;
  currency: string;
  annual_minor: number;
  reporting_minor: number | null;
  evidence: Evidence;
  evidence_id: string;
}
