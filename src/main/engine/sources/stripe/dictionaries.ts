/**
 * Texts that Stripe's kept records resemble: they prime the compression, so
 * that a record of some kilobytes is stored in some two hundred bytes. What
 * is stored names its generation by position: texts are only ever added.
 */
export const dictionaries = {
  price: [],
  customer: [],
  subscription: [],
  event: [],
  invoice: [],
  charge: [],
  invoicePayment: [],
  balanceTransaction: [],
} as const satisfies Record<string, readonly string[]>;
