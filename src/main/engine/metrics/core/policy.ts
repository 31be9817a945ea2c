/**
 * Policies: the switches over the rules of valuation, and the named sets of
 * them. Switches are read off the vendors' public pages (docs/metrics.md names
 * them).
 */

/** Which discounts lower MRR. `limited` is Vario's rule: by R5, with terms of a year or more. */
export type DiscountRule = 'limited' | 'all' | 'recurring' | 'forever' | 'none';

export interface Policy {
  readonly name: string;
  /** Weeks and days per month, as a fraction or decimal in text. */
  readonly week: string;
  readonly day: string;
  readonly discounts: DiscountRule;
  /** Whether metered prices count, by their usage run rate. */
  readonly metered: boolean;
  /** How long a past-due subscription counts: always, until it is unpaid, or this many days. */
  readonly pastDueDays: 'always' | 'until unpaid' | number;
  readonly scheduledCancellation: 'at period end' | 'at scheduling' | 'at end of paid service';
  /** A paying customer who comes to owe nothing: gone, kept as a contraction, or never a customer. */
  readonly freeCustomers: 'churn' | 'stay' | 'not customers';
  readonly pause: 'zero' | 'keep';
  /** A return within so many days is no reactivation but undoes the loss; 0: every return is a reactivation. */
  readonly reactivationGapDays: number;
  readonly netting: 'day' | 'none';
  readonly logoChurnBase: 'start' | 'start + new';
}

export const VARIO: Policy = {
  name: 'vario',
  week: '52/12',
  day: '365/12',
  discounts: 'limited',
  metered: false,
  pastDueDays: 'always',
  scheduledCancellation: 'at period end',
  freeCustomers: 'churn',
  pause: 'zero',
  reactivationGapDays: 0,
  netting: 'day',
  logoChurnBase: 'start',
};

export const POLICIES: Readonly<Record<string, Policy>> = {
  vario: VARIO,
  stripe: { ...VARIO, name: 'stripe', discounts: 'recurring', pause: 'keep', logoChurnBase: 'start + new' },
  chartmogul: { ...VARIO, name: 'chartmogul', discounts: 'all', freeCustomers: 'stay', pause: 'keep' },
  profitwell: {
    ...VARIO,
    name: 'profitwell',
    discounts: 'all',
    metered: true,
    pastDueDays: 'until unpaid',
    freeCustomers: 'not customers',
  },
  baremetrics: { ...VARIO, name: 'baremetrics', week: '4.33', discounts: 'all', pastDueDays: 30 },
};
