/** What the server offers, by resource: its filters, its permission, and the word Stripe uses for it in errors. */
import type { Collection } from '../stripe/recorder.ts';

export interface Resource {
  readonly collection: Collection;
  readonly kind: string;
  /** Parameter → path of the field that it filters by. */
  readonly filters: Readonly<Record<string, string>>;
  /** Accepted and without effect here. */
  readonly ignored?: readonly string[];
  /** Parameters that take `[gt]`, `[gte]`, `[lt]`, `[lte]` or a single value, besides `created`. */
  readonly ranges?: readonly string[];
  readonly hasCreated: boolean;
  /** Restricted keys name it: `rak_<permission>_read`. */
  readonly permission: string;
}

const of = (
  collection: Collection,
  kind: string,
  permission: string,
  filters: Resource['filters'] = {},
  more: Partial<Resource> = {},
): Resource => ({
  collection,
  kind,
  permission,
  filters,
  hasCreated: true,
  ...more,
});

const CUSTOMER = { customer: 'customer', customer_account: 'customer_account' } as const;

export const RESOURCES: Readonly<Record<string, Resource>> = {
  customers: of('customers', 'customer', 'customer', { email: 'email' }, { ignored: ['test_clock'] }),
  products: of(
    'products',
    'product',
    'product',
    { active: 'active', ids: 'id', type: 'type' },
    { ignored: ['shippable', 'url'] },
  ),
  prices: of('prices', 'price', 'plan', {
    active: 'active',
    currency: 'currency',
    lookup_keys: 'lookup_key',
    product: 'product',
    type: 'type',
    'recurring.interval': 'recurring.interval',
    'recurring.usage_type': 'recurring.usage_type',
  }),
  coupons: of('coupons', 'coupon', 'coupon'),
  promotion_codes: of('promotion_codes', 'promotion code', 'promotion_code', {
    active: 'active',
    code: 'code',
    coupon: 'promotion.coupon',
    ...CUSTOMER,
  }),
  tax_rates: of('tax_rates', 'tax rate', 'tax_rate', { active: 'active', inclusive: 'inclusive' }),
  subscriptions: of(
    'subscriptions',
    'subscription',
    'subscription',
    { ...CUSTOMER, price: 'items.data.price.id', plan: 'items.data.plan.id', collection_method: 'collection_method' },
    { ignored: ['test_clock', 'automatic_tax'], ranges: ['current_period_end', 'current_period_start'] },
  ),
  subscription_schedules: of('subscription_schedules', 'subscription schedule', 'subscription_schedule', CUSTOMER, {
    ignored: ['scheduled'],
    ranges: ['canceled_at', 'completed_at', 'released_at'],
  }),
  invoices: of(
    'invoices',
    'invoice',
    'invoice',
    {
      ...CUSTOMER,
      status: 'status',
      subscription: 'parent.subscription_details.subscription',
      collection_method: 'collection_method',
    },
    { ranges: ['due_date'] },
  ),
  invoiceitems: of(
    'invoiceitems',
    'invoiceitem',
    'invoice',
    { ...CUSTOMER, invoice: 'invoice' },
    { ignored: ['pending'] },
  ),
  invoice_payments: of('invoice_payments', 'invoice payment', 'invoice', {
    invoice: 'invoice',
    status: 'status',
    'payment.payment_intent': 'payment.payment_intent',
    'payment.type': 'payment.type',
  }),
  payment_intents: of('payment_intents', 'payment_intent', 'payment_intent', CUSTOMER),
  charges: of('charges', 'charge', 'charge', {
    ...CUSTOMER,
    payment_intent: 'payment_intent',
    transfer_group: 'transfer_group',
  }),
  refunds: of('refunds', 'refund', 'charge', { charge: 'charge', payment_intent: 'payment_intent' }),
  disputes: of('disputes', 'dispute', 'dispute', { charge: 'charge', payment_intent: 'payment_intent' }),
  credit_notes: of('credit_notes', 'credit note', 'credit_note', { ...CUSTOMER, invoice: 'invoice' }),
  balance_transactions: of('balance_transactions', 'balance transaction', 'balance_transaction_source', {
    currency: 'currency',
    source: 'source',
    type: 'type',
  }),
  payouts: of(
    'payouts',
    'payout',
    'payout',
    { status: 'status', destination: 'destination' },
    { ranges: ['arrival_date'] },
  ),
  quotes: of(
    'quotes',
    'quote',
    'quote',
    { ...CUSTOMER, status: 'status' },
    { ignored: ['test_clock'], hasCreated: false },
  ),
  events: of('events', 'event', 'event', { type: 'type', types: 'type' }, { ignored: ['delivery_success'] }),
};
