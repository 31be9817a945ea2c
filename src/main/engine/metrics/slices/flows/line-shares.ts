/** How an amount that belongs to an invoice is shared out over its lines. */
import { apportion } from '../../../../../shared/kernel/money.ts';

/** What a line bills: minor units of the invoice's currency. */
export interface LineValue {
  readonly lineId: string;
  /** The price's number in the book of items. */
  readonly item: number;
  /** Without discounts and tax; negative for a credit. */
  readonly net: number;
  readonly tax: number;
}

export interface ItemShare {
  readonly item: number;
  readonly amount: number;
}

/**
 * A payment, or what was taken from or given back of one, over the lines of its invoice: in proportion to what each
 * bills, as exact fractions, rounded by the largest remainder, so that the shares add up to the amount. Lines that
 * credit (the unused time of a proration) lower what the others cost and take no money. Without a line that bills
 * anything it belongs to none.
 * @param none the item of what no line explains.
 * @example paidShares(100, [{ net: -50 … }, { net: 120, item: 1 … }, { net: 30, item: 2 … }], 0) // 1: 80, 2: 20
 */
export function paidShares(amount: number, lines: readonly LineValue[], none: number): ItemShare[] {
  const billing = lines.filter(({ net }) => net > 0);
  if (billing.length === 0) return [{ item: none, amount }];
  const shares = apportion(
    amount,
    billing.map(({ net }) => net),
  );
  return byItem(billing.map(({ item }, index) => ({ item, amount: shares[index] ?? 0 })));
}

/**
 * What an invoice says of itself (its net amount, its tax) over its lines: each line has its own, credits negative; what
 * the lines do not say is shared out as a payment is.
 */
export function ownShares(amount: number, lines: readonly LineValue[], of: 'net' | 'tax', none: number): ItemShare[] {
  const own = lines.map((line) => ({ item: line.item, amount: line[of] }));
  const rest = amount - own.reduce((sum, share) => sum + share.amount, 0);
  return byItem(rest === 0 && own.length > 0 ? own : [...own, ...paidShares(rest, lines, none)]);
}

/** The same of a credit note: what it credits of each line, and its tax in that proportion. */
export function creditShares(
  amount: number,
  credited: readonly { readonly invoiceLineId: string; readonly netMinor: number }[],
  lines: readonly LineValue[],
  of: 'net' | 'tax',
  none: number,
): ItemShare[] {
  const named = credited.flatMap(({ invoiceLineId, netMinor }): LineValue[] => {
    const line = lines.find(({ lineId }) => lineId === invoiceLineId);
    return line ? [{ ...line, net: netMinor, tax: 0 }] : [];
  });
  if (named.length === 0) return paidShares(amount, lines, none);
  return of === 'net' ? ownShares(amount, named, 'net', none) : paidShares(amount, named, none);
}

/** Shares of so many units show which is the largest: those of a few minor units may be rounded to the same. */
export const WHOLE = 1_000_000_000;

/** The item that has most of an amount: what cannot be divided, such as a payment as one, lies there. */
export function mainItem(shares: readonly ItemShare[], none: number): number {
  const [first, ...others] = shares;
  if (!first) return none;
  return others.reduce((most, share) => (Math.abs(share.amount) > Math.abs(most.amount) ? share : most), first).item;
}

function byItem(shares: readonly ItemShare[]): ItemShare[] {
  if (shares.length < 2) return [...shares];
  const sums = new Map<number, number>();
  for (const { item, amount } of shares) sums.set(item, (sums.get(item) ?? 0) + amount);
  return [...sums].map(([item, amount]) => ({ item, amount }));
}
