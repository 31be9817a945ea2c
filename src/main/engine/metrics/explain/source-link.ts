/** Where an object of a vendor can be looked at. */
const STRIPE_PAGES: readonly (readonly [prefix: string, page: string])[] = [
  ['sub_', 'subscriptions'],
  ['cus_', 'customers'],
  ['in_', 'invoices'],
  ['evt_', 'events'],
  ['ch_', 'payments'],
  ['py_', 'payments'],
  ['pi_', 'payments'],
  ['re_', 'refunds'],
  ['pyr_', 'refunds'],
  ['cn_', 'credit_notes'],
  ['price_', 'prices'],
  ['prod_', 'products'],
  ['po_', 'payouts'],
  ['qt_', 'quotes'],
];

/** The page of an object in the vendor's own dashboard; null for a vendor or kind of object without one. */
export function sourceUrl(vendor: string | undefined, objectId: string): string | null {
  if (vendor !== 'stripe') return null;
  const page = STRIPE_PAGES.find(([prefix]) => objectId.startsWith(prefix))?.[1];
  return page === undefined ? null : `https://dashboard.stripe.com/${page}/${encodeURIComponent(objectId)}`;
}
