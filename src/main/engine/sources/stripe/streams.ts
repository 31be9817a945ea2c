/** Stripe's streams: what is listed where, with what expanded, in which order. */
import type { Stream } from '../kit/index.ts';
import { balanceStream } from './balance.ts';
import { catalogue } from './catalogue.ts';
import type { StripeClient } from './client.ts';
import { feedStream } from './feed.ts';
import { listingStream, type ListingSpec } from './listing.ts';
import { meterUsageStream } from './meter-usage.ts';
import { customerType } from './objects/customer.ts';
import { couponType, promotionCodeType } from './objects/discount.ts';
import { invoiceType } from './objects/invoice.ts';
import { paymentIntentType } from './objects/payment-intent.ts';
import { chargeType, creditNoteType, disputeType, invoicePaymentType, refundType } from './objects/payment.ts';
import { priceType, productType } from './objects/price.ts';
import { meterType } from './objects/meter.ts';
import { payoutType } from './objects/payout.ts';
import { quoteType } from './objects/quote.ts';
import { scheduleType } from './objects/schedule.ts';
import { subscriptionType } from './objects/subscription.ts';
import { plainListingStream } from './plain-listing.ts';
import { wholePayout } from './whole-payout.ts';

/**
 * The catalogue comes first, because subscriptions are made whole from it; the event feed last, because it speaks of
 * what was listed. Between them all else side by side, which alone uses the whole of Stripe's limit; the priorities of
 * the limits let customers and subscriptions go first. Payment intents go last and keep no records: nearly all of them
 * say what their charge has said.
 */
export function stripeStreams(client: StripeClient): Stream[] {
  const whole = catalogue(client);
  const listings: readonly ListingSpec[] = [
    { id: 'products', title: 'Products', phase: 1, path: '/v1/products', scope: 'product_read', type: productType },
    {
      id: 'prices',
      counts: 'ever',
      title: 'Prices',
      phase: 1,
      path: '/v1/prices',
      scope: 'plan_read',
      type: priceType,
      expandInList: ['tiers', 'currency_options'],
      expandInObject: ['tiers', 'currency_options'],
    },
    {
      id: 'coupons',
      counts: 'ever',
      title: 'Coupons',
      phase: 1,
      path: '/v1/coupons',
      scope: 'coupon_read',
      type: couponType,
      expandInList: ['applies_to', 'currency_options'],
      expandInObject: ['applies_to', 'currency_options'],
    },
    {
      id: 'promotion_codes',
      title: 'Promotion codes',
      phase: 1,
      path: '/v1/promotion_codes',
      scope: 'promotion_code_read',
      type: promotionCodeType,
    },
    {
      id: 'subscription_schedules',
      title: 'Subscription schedules',
      phase: 1,
      path: '/v1/subscription_schedules',
      scope: 'subscription_schedule_read',
      type: scheduleType,
    },
    {
      id: 'customers',
      counts: 'ever',
      title: 'Customers',
      phase: 2,
      path: '/v1/customers',
      scope: 'customer_read',
      type: customerType,
      expandInList: ['discount.source.coupon'],
      expandInObject: ['discount.source.coupon'],
      complete: whole.customer,
      remnant: whole.deletedCustomer,
    },
    {
      id: 'subscriptions',
      counts: 'ever',
      title: 'Subscriptions',
      phase: 2,
      path: '/v1/subscriptions',
      scope: 'subscription_read',
      type: subscriptionType,
      query: { status: 'all' },
      expandInList: ['discounts.source.coupon', 'items.data.discounts'],
      expandInObject: ['discounts.source.coupon', 'items.data.discounts', 'items.data.price.tiers'],
      complete: whole.subscription,
      completeOne: whole.rereadSubscription,
    },
    {
      id: 'invoices',
      counts: 'then',
      title: 'Invoices',
      phase: 2,
      path: '/v1/invoices',
      scope: 'invoice_read',
      type: invoiceType,
      complete: whole.invoice,
    },
    {
      id: 'invoice_payments',
      counts: 'then',
      title: 'Invoice payments',
      phase: 2,
      path: '/v1/invoice_payments',
      scope: 'invoice_read',
      type: invoicePaymentType,
    },
    {
      id: 'charges',
      counts: 'then',
      title: 'Charges',
      phase: 2,
      path: '/v1/charges',
      scope: 'charge_read',
      type: chargeType,
    },
    {
      id: 'refunds',
      counts: 'then',
      title: 'Refunds',
      phase: 2,
      path: '/v1/refunds',
      scope: 'charge_read',
      type: refundType,
    },
    {
      id: 'disputes',
      counts: 'then',
      title: 'Disputes',
      phase: 2,
      path: '/v1/disputes',
      scope: 'dispute_read',
      type: disputeType,
    },
    {
      id: 'credit_notes',
      counts: 'then',
      title: 'Credit notes',
      phase: 2,
      path: '/v1/credit_notes',
      scope: 'credit_note_read',
      type: creditNoteType,
    },
    {
      id: 'payouts',
      title: 'Payouts',
      phase: 2,
      path: '/v1/payouts',
      scope: 'payout_read',
      type: payoutType,
      complete: async (raw, run) => await wholePayout(client, raw, run),
    },
  ];
  // Their lists take no range of creation time.
  const plain: readonly ListingSpec[] = [
    { id: 'quotes', title: 'Quotes', phase: 2, path: '/v1/quotes', scope: 'quote_read', type: quoteType },
    {
      id: 'meters',
      title: 'Meters',
      phase: 1,
      path: '/v1/billing/meters',
      scope: 'billing_meter_read',
      type: meterType,
    },
  ];
  const intents: ListingSpec = {
    id: 'payment_intents',
    title: 'Payment intents',
    phase: 2,
    workers: 2,
    path: '/v1/payment_intents',
    scope: 'payment_intent_read',
    type: paymentIntentType,
  };
  return [
    ...listings.map((spec) => listingStream(spec, client)),
    ...plain.map((spec) => plainListingStream(spec, client)),
    balanceStream(client),
    meterUsageStream(client),
    { ...listingStream(intents, client), keepsRaw: false },
    feedStream([...listings, ...plain, intents], client, whole),
  ];
}
