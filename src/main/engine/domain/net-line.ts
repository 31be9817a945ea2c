/** From an invoice's lines to the amounts that can become revenue. */
import { apportion } from '../../../shared/kernel/money.ts';
import type { InvoiceLine } from './invoice.ts';

export interface NetLine {
  readonly amountMinor: number;
  readonly discounts: InvoiceLine['discounts'];
  readonly taxes: InvoiceLine['taxes'];
}

export interface InvoiceAmounts {
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
}

/**
 * Each line's amount without discounts and without the tax that it contains,
 * in minor units. Where the vendor says discounts or inclusive tax only for the
 * invoice as a whole, they are shared out over the lines by amount; so is what else makes the invoice less than its
 * lines, such as billing credits that it used up.
 * Source: https://docs.stripe.com/revenue-recognition/examples/tax
 * @example netLines([{ amountMinor: 3100, discounts: [], taxes: [{ amountMinor: 282, inclusive: true }] }], …) // [2818]
 */
export function netLines(lines: readonly NetLine[], invoice: InvoiceAmounts): number[] {
  let net = lines.map(({ amountMinor, discounts, taxes }) => {
    const discount = discounts.reduce((sum, each) => sum + each.amountMinor, 0);
    const tax = taxes.reduce((sum, each) => sum + (each.inclusive ? each.amountMinor : 0), 0);
    // The tax within a credit is negative where the vendor signs it and positive where it does not.
    return amountMinor - discount - (amountMinor < 0 ? -Math.abs(tax) : tax);
  });
  if (invoice.discountMinor > 0 && lines.every(({ discounts }) => discounts.length === 0))
    net = lessShares(net, invoice.discountMinor);
  const gross = net.reduce((sum, each) => sum + each, 0);
  if (invoice.taxMinor > 0 && gross === invoice.totalMinor && lines.every(({ taxes }) => taxes.length === 0))
    net = lessShares(net, invoice.taxMinor);
  const whole = net.reduce((sum, each) => sum + each, 0);
  const excess = whole - (invoice.totalMinor - invoice.taxMinor);
  // Where tax is on top, an answer of few words may give the total without it.
  return excess > 0 && whole !== invoice.totalMinor ? lessExcess(net, excess) : net;
}

/** Credits lower what is billed, not what is credited. */
function lessExcess(amounts: readonly number[], excess: number): number[] {
  const shares = apportion(
    excess,
    amounts.map((amount) => Math.max(0, amount)),
  );
  return amounts.map((amount, index) => amount - (shares[index] ?? 0));
}

function lessShares(amounts: readonly number[], total: number): number[] {
  if (amounts.reduce((sum, each) => sum + each, 0) === 0) return [...amounts];
  const shares = apportion(total, amounts);
  return amounts.map((amount, index) => amount - (shares[index] ?? 0));
}
