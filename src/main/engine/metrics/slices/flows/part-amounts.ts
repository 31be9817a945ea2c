/** The figures of revenue and cash of one part. */
import type { RevenuePart } from '../../../../../shared/contract/revenue.ts';

export type Amounts = { -readonly [Name in Exclude<keyof RevenuePart, 'value' | 'label'>]: number };

export const NAMES = [
  'netRevenue',
  'grossCash',
  'refunds',
  'cashCollected',
  'fees',
  'disputesOpened',
  'disputesOpenedAmount',
  'disputesWonAmount',
  'netCash',
  'taxCollected',
  'discountGiven',
  'payments',
  'failedPayments',
] as const satisfies readonly (keyof Amounts)[];

export function noAmounts(): Amounts {
  return Object.fromEntries(NAMES.map((name) => [name, 0])) as Amounts;
}

/** What an amount of a kind is in the figures of a row. */
export function addFlow(sums: Amounts, kind: string, amount: number): void {
  switch (kind) {
    case 'invoiced':
      sums.netRevenue += amount;
      return;
    case 'credited':
      sums.netRevenue -= amount;
      return;
    case 'charged':
      for (const name of ['grossCash', 'cashCollected', 'netCash'] as const) sums[name] += amount;
      return;
    case 'refunded':
      sums.refunds += amount;
      for (const name of ['cashCollected', 'netCash'] as const) sums[name] -= amount;
      return;
    case 'fee':
      sums.fees += amount;
      sums.netCash -= amount;
      return;
    case 'disputed':
      sums.disputesOpenedAmount += amount;
      sums.netCash -= amount;
      return;
    case 'dispute_won':
      sums.disputesWonAmount += amount;
      sums.netCash += amount;
      return;
    case 'tax_paid':
      sums.taxCollected += amount;
      return;
    case 'tax_credited':
      sums.taxCollected -= amount;
      return;
  }
}
