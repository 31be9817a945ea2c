/** Stripe's page for a new restricted key, filled in. */

const PAGE = 'https://dashboard.stripe.com/apikeys/create';

/**
 * The page with a name and the read permissions chosen already: `permissions[]=rak_invoice_read`. Stripe does not
 * document these parameters; a page that ignores them is the empty form, and the list beside the link says what to set.
 */
export function keyPage(scopes: readonly { readonly id: string }[]): string {
  const query = new URLSearchParams({ name: 'Vario' });
  for (const { id } of scopes) query.append('permissions[]', `rak_${id}`);
  return `${PAGE}?${query.toString()}`;
}
