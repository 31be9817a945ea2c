/**
 * Money that flows: which rows of which table count in which sum, on what day.
 * The triggers of the migrations keep the same sums day by day; from here they
 * are summed up anew for another time zone, and taken apart for «why».
 */

export interface FlowKind {
  readonly table: 'charge' | 'refund' | 'invoice' | 'credit_note' | 'balance_transaction' | 'dispute';
  /** The moment that it counts at, over the row `f`. */
  readonly at: string;
  /** Minor units of the row's currency, over the row `f`. */
  readonly amount: string;
  /** Whether the row counts, over the row `f`. */
  readonly counts: string;
  /** What a row behind a figure is called. */
  readonly note: string;
}

const CAPTURED = 'coalesce(f.amount_captured_minor, f.amount_minor)';

export const FLOW_KINDS = {
  charged: {
    table: 'charge',
    at: 'f.created_at',
    amount: CAPTURED,
    counts: `f.status = 'succeeded'`,
    note: 'Charge',
  },
  customer_charged: {
    table: 'charge',
    at: 'f.created_at',
    amount: CAPTURED,
    counts: `f.status = 'succeeded' AND f.billing_customer_id IS NOT NULL`,
    note: 'Charge',
  },
  refunded: {
    table: 'refund',
    at: 'f.created_at',
    amount: 'f.amount_minor',
    counts: `coalesce(f.status, 'succeeded') IN ('succeeded', 'pending', 'requires_action')`,
    note: 'Refund',
  },
  invoiced: {
    table: 'invoice',
    at: 'f.finalized_at',
    amount: 'f.total_minor - f.tax_minor',
    counts: `f.status IN ('open', 'paid', 'uncollectible') AND f.finalized_at IS NOT NULL`,
    note: 'Invoice, net of tax',
  },
  credited: {
    table: 'credit_note',
    at: 'f.created_at',
    amount: 'f.total_excluding_tax_minor',
    counts: `f.status = 'issued'`,
    note: 'Credit note, net of tax',
  },
  fee: {
    table: 'balance_transaction',
    at: 'f.created_at',
    amount: `f.fee_minor - CASE WHEN f.reporting_category IN ('fee', 'network_cost') THEN f.amount_minor ELSE 0 END`,
    counts: `(f.fee_minor <> 0 OR f.reporting_category IN ('fee', 'network_cost'))`,
    note: 'Fee',
  },
  disputed: {
    table: 'dispute',
    at: 'f.created_at',
    amount: 'f.amount_minor',
    counts: `f.status NOT LIKE 'warning%' AND f.status <> 'prevented'`,
    note: 'Dispute opened',
  },
  dispute_won: {
    table: 'dispute',
    at: 'coalesce(f.reinstated_at, f.created_at)',
    amount: 'f.amount_minor',
    counts: `(f.reinstated_at IS NOT NULL OR f.status = 'won')`,
    note: 'Dispute won',
  },
  dispute_lost: {
    table: 'dispute',
    at: 'f.created_at',
    amount: 'f.amount_minor',
    counts: `f.status = 'lost'`,
    note: 'Dispute lost',
  },
  tax_paid: {
    table: 'invoice',
    at: 'f.paid_at',
    amount: 'f.tax_minor',
    counts: `f.status = 'paid' AND f.paid_at IS NOT NULL AND f.tax_minor <> 0`,
    note: 'Tax on a paid invoice',
  },
  tax_credited: {
    table: 'credit_note',
    at: 'f.created_at',
    amount: '(f.total_minor - f.total_excluding_tax_minor)',
    counts: `f.status = 'issued' AND f.total_minor <> f.total_excluding_tax_minor`,
    note: 'Tax credited',
  },
} as const satisfies Readonly<Record<string, FlowKind>>;

export type FlowKindName = keyof typeof FLOW_KINDS;
