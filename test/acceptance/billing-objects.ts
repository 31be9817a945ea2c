/** Bills, payments, refunds, disputes and credit notes in Stripe's shape of today, each with what a case says of it. */
import { fresh, invoice, line, sec } from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

/** A subscription's bill of one line. */
export const bill = (amount: number, from: string, to: string, over: Record<string, unknown> = {}) =>
  invoice({
    id: 'in_1',
    on: from,
    subscription: 'sub_1',
    lines: [line({ id: 'il_1', amount, from, to, subscription: 'sub_1', item: 'si_1' })],
    ...over,
  });
export const transitions = (over: Record<string, number>) => ({
  finalized_at: sec('2026-01-01'),
  marked_uncollectible_at: null,
  paid_at: null,
  voided_at: null,
  ...over,
});
export const unpaid = (of: StripeObject) => ({
  ...of,
  status: 'open',
  amount_paid: 0,
  amount_remaining: of['total'],
  status_transitions: transitions({}),
});
export const charge = (amount: number, over: Record<string, unknown> = {}): StripeObject => ({
  id: 'ch_1',
  object: 'charge',
  amount,
  amount_captured: amount,
  amount_refunded: 0,
  balance_transaction: null,
  captured: true,
  created: sec('2026-01-01'),
  currency: 'usd',
  customer: 'cus_a',
  failure_code: null,
  failure_message: null,
  paid: true,
  payment_intent: 'pi_1',
  refunded: false,
  status: 'succeeded',
  ...over,
});
export const paidBy = (of: StripeObject): StripeObject => ({
  id: 'inpay_1',
  object: 'invoice_payment',
  amount_paid: of['total'],
  amount_requested: of['total'],
  created: sec('2026-01-01'),
  currency: of['currency'],
  invoice: of.id,
  is_default: true,
  payment: { type: 'payment_intent', payment_intent: 'pi_1' },
  status: 'paid',
  status_transitions: { canceled_at: null, paid_at: sec('2026-01-01') },
});
export const refund = (amount: number, on: string, over: Record<string, unknown> = {}): StripeObject => ({
  id: fresh('re'),
  object: 'refund',
  amount,
  balance_transaction: null,
  charge: 'ch_1',
  created: sec(on),
  currency: 'usd',
  payment_intent: 'pi_1',
  reason: null,
  status: 'succeeded',
  ...over,
});
export const dispute = (
  amount: number,
  on: string,
  status: string,
  over: Record<string, unknown> = {},
): StripeObject => ({
  id: 'dp_1',
  object: 'dispute',
  amount,
  balance_transactions: [],
  charge: 'ch_1',
  created: sec(on),
  currency: 'usd',
  payment_intent: 'pi_1',
  reason: 'general',
  status,
  ...over,
});
export const note = (amount: number, on: string, over: Record<string, unknown> = {}): StripeObject => ({
  id: 'cn_1',
  object: 'credit_note',
  amount,
  created: sec(on),
  currency: 'usd',
  customer: 'cus_a',
  invoice: 'in_1',
  number: 'CN-1',
  out_of_band_amount: null,
  pre_payment_amount: amount,
  post_payment_amount: 0,
  reason: null,
  refunds: [],
  status: 'issued',
  subtotal: amount,
  subtotal_excluding_tax: amount,
  total: amount,
  total_excluding_tax: amount,
  total_taxes: [],
  type: 'pre_payment',
  voided_at: null,
  lines: { object: 'list', has_more: false, data: [] },
  ...over,
});
