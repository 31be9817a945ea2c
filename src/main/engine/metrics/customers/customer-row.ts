/** A customer as lists show it. */
import type { CustomerState } from '../../../../shared/contract/customer-state.ts';
import type { CustomerRow } from '../../../../shared/contract/customers.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';

/** How the ledger's standings read to a founder; whoever never paid and does not now is a lead. */
export const STATE_SQL = `CASE
  WHEN s.standing IN ('paying', 'past_due', 'trialing', 'cancelling', 'paused') THEN s.standing
  WHEN s.standing IN ('discounted', 'usage_only', 'free', 'not_valued') THEN 'free'
  WHEN s.first_paid_on IS NOT NULL THEN 'churned'
  ELSE 'lead' END`;

export const ROW_COLUMNS = `c.customer_id, c.name, c.email, c.country, ${STATE_SQL} AS state, s.reporting_minor, s.plan,
  s.first_paid_on, s.churned_on`;

export interface StoredRow {
  customer_id: CustomerId;
  name: string;
  email: string | null;
  country: string | null;
  state: CustomerState;
  reporting_minor: number | null;
  plan: string | null;
  first_paid_on: PlainDay | null;
  churned_on: PlainDay | null;
}

/** MRR is null where no rate is known, 0 where nothing is paid. */
export function customerRow(row: StoredRow): CustomerRow {
  const annual = annualOf(row);
  return {
    customerId: row.customer_id,
    name: row.name,
    email: row.email,
    country: row.country,
    state: row.state,
    mrr: annual === null ? null : divideRounded(annual, 12),
    plan: row.plan,
    customerSince: row.first_paid_on,
    churnedOn: row.churned_on,
  };
}

/** A year's worth; null where no rate is known, 0 where nothing is paid. */
export function annualOf({ state, reporting_minor }: StoredRow): number | null {
  return state === 'lead' ? 0 : reporting_minor;
}

/** The currency of stored values: that of the last run, else the workspace's. */
export function storedCurrency(db: ReadDb, context: MetricsContext): CurrencyCode {
  const basis = db.prepare<[], { currency: CurrencyCode }>(`SELECT currency FROM ledger_basis`).first();
  return basis?.currency ?? context.currency;
}
