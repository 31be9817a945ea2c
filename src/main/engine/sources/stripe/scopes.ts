/**
 * The permissions of the restricted key, in the words of Stripe's dashboard. Read only, each with its reason.
 * Required are those without which MRR and its history would be wrong; what the others show stays a visible gap.
 */
import type { Scope } from '../kit/index.ts';

export interface ProbedScope extends Scope {
  /** A list that answers 403 without the permission. */
  readonly probe: string;
}

export const SCOPES: readonly ProbedScope[] = [
  {
    id: 'customer_read',
    title: 'Customers: Read',
    why: 'Who pays, and since when',
    required: true,
    probe: '/v1/customers',
  },
  { id: 'product_read', title: 'Products: Read', why: 'Names of what is sold', required: false, probe: '/v1/products' },
  { id: 'plan_read', title: 'Prices: Read', why: 'Amounts, intervals and tiers', required: true, probe: '/v1/prices' },
  { id: 'coupon_read', title: 'Coupons: Read', why: 'What a discount takes off', required: true, probe: '/v1/coupons' },
  {
    id: 'promotion_code_read',
    title: 'Promotion codes: Read',
    why: 'Which code a discount came from',
    required: false,
    probe: '/v1/promotion_codes',
  },
  {
    id: 'subscription_read',
    title: 'Subscriptions: Read',
    why: 'What recurs: the basis of MRR',
    required: true,
    probe: '/v1/subscriptions',
  },
  {
    id: 'subscription_schedule_read',
    title: 'Subscription schedules: Read',
    why: 'Changes that are planned: committed MRR and the numbers of later days',
    required: false,
    probe: '/v1/subscription_schedules',
  },
  {
    id: 'invoice_read',
    title: 'Invoices: Read',
    why: 'History, and the payments of invoices',
    required: true,
    probe: '/v1/invoices',
  },
  {
    id: 'credit_note_read',
    title: 'Credit notes: Read',
    why: 'Corrections of invoices',
    required: false,
    probe: '/v1/credit_notes',
  },
  {
    id: 'charge_read',
    title: 'Charges and Refunds: Read',
    why: 'Cash collected, given back, and failed',
    required: false,
    probe: '/v1/charges',
  },
  {
    id: 'payment_intent_read',
    title: 'PaymentIntents: Read',
    why: 'Payments that were asked for and never made, and the proof that every payment has its charge',
    required: false,
    probe: '/v1/payment_intents',
  },
  {
    id: 'dispute_read',
    title: 'Disputes: Read',
    why: 'Payments that were contested',
    required: false,
    probe: '/v1/disputes',
  },
  {
    id: 'balance_read',
    title: 'Balance and balance transactions: Read',
    why: 'Fees, and the proof that nothing is missing',
    required: false,
    probe: '/v1/balance_transactions',
  },
  {
    id: 'payout_read',
    title: 'Payouts: Read',
    why: 'What reached the bank, and whether it is what was collected',
    required: false,
    probe: '/v1/payouts',
  },
  { id: 'quote_read', title: 'Quotes: Read', why: 'Offers that are open', required: false, probe: '/v1/quotes' },
  {
    id: 'billing_meter_read',
    title: 'Billing meters: Read',
    why: 'What customers use, by day',
    required: false,
    probe: '/v1/billing/meters',
  },
  {
    id: 'event_read',
    title: 'Events: Read',
    why: 'What changed since the last sync',
    required: false,
    probe: '/v1/events',
  },
];
