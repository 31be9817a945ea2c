/** Payments in Stripe's shape: intents, charges, and what they leave in the balance. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { exponentOf } from '../../../shared/kernel/currency.ts';
import { dayAt, UTC } from '../../../shared/kernel/day.ts';
import { assert } from '../../../shared/kernel/errors.ts';
import { secondsOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import { divideRounded, roundHalfAway } from '../../../shared/kernel/rational.ts';
import { crossRate } from '../rates/reference-rates.ts';
import type { Life } from '../scenario/life.ts';
import { USD } from '../scenario/price-list.ts';
import { addressOf } from './customer-object.ts';
import type { InvoiceState } from './invoice-object.ts';
import type { Json, JsonObject } from './json.ts';

export const DAY_SECONDS = 86_400;

export interface IntentState {
  readonly id: string;
  readonly invoice: InvoiceState;
  readonly amount: number;
  readonly createdAt: Instant;
  status: 'succeeded' | 'requires_payment_method' | 'requires_action' | 'canceled';
  latestChargeId: string | null;
  /** Why the last try failed: the bank declined it, or the customer could not confirm it. */
  error: 'declined' | 'unconfirmed' | null;
  canceledAt: Instant | null;
}

export function paymentIntentObject(intent: IntentState): JsonObject {
  return {
    id: intent.id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: intent.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: intent.status === 'succeeded' ? intent.amount : 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: intent.canceledAt === null ? null : secondsOfInstant(intent.canceledAt),
    cancellation_reason: intent.canceledAt === null ? null : 'void_invoice',
    capture_method: 'automatic',
    client_secret: null,
    confirmation_method: 'automatic',
    created: secondsOfInstant(intent.createdAt),
    currency: intent.invoice.currency.toLowerCase(),
    customer: intent.invoice.customerId,
    customer_account: null,
    description: intent.invoice.subscriptionId === null ? 'Payment for invoice' : 'Subscription payment',
    excluded_payment_method_types: null,
    last_payment_error: intent.error === null ? null : ERRORS[intent.error],
    latest_charge: intent.latestChargeId,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_action: intent.status === 'requires_action' ? { type: 'use_stripe_sdk', use_stripe_sdk: {} } : null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: [intent.invoice.byTransfer ? 'customer_balance' : 'card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: intent.invoice.subscriptionId === null ? null : 'off_session',
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: intent.status,
    transfer_data: null,
    transfer_group: null,
  };
}

const DECLINED = 'Your card has insufficient funds.';
const ERRORS: Readonly<Record<'declined' | 'unconfirmed', JsonObject>> = {
  declined: { code: 'card_declined', decline_code: 'insufficient_funds', message: DECLINED, type: 'card_error' },
  unconfirmed: {
    code: 'payment_intent_authentication_failure',
    message:
      'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
    type: 'invalid_request_error',
  },
};

export interface ChargeState {
  readonly id: string;
  readonly intent: IntentState;
  readonly createdAt: Instant;
  readonly succeeded: boolean;
  readonly balanceTransactionId: string | null;
  refunded: number;
  disputed: boolean;
}

export function chargeObject(charge: ChargeState, life: Life): JsonObject {
  const { intent, succeeded } = charge;
  const { invoice } = intent;
  return {
    id: charge.id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: succeeded ? intent.amount : 0,
    amount_refunded: charge.refunded,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: charge.balanceTransactionId,
    billing_details: { address: addressOf(life), email: life.email, name: life.contact, phone: null, tax_id: null },
    calculated_statement_descriptor: 'KESTREL LABS',
    captured: succeeded,
    created: secondsOfInstant(charge.createdAt),
    currency: invoice.currency.toLowerCase(),
    customer: invoice.customerId,
    description: invoice.subscriptionId === null ? 'Payment for invoice' : 'Subscription payment',
    disputed: charge.disputed,
    failure_balance_transaction: null,
    failure_code: succeeded ? null : 'card_declined',
    failure_message: succeeded ? null : DECLINED,
    fraud_details: {},
    livemode: false,
    metadata: {},
    on_behalf_of: null,
    outcome: {
      advice_code: succeeded ? null : 'try_again_later',
      network_advice_code: null,
      network_decline_code: null,
      network_status: succeeded ? 'approved_by_network' : 'declined_by_network',
      reason: succeeded ? null : 'insufficient_funds',
      seller_message: succeeded ? 'Payment complete.' : 'The bank returned the decline code `insufficient_funds`.',
      type: succeeded ? 'authorized' : 'issuer_declined',
    },
    paid: succeeded,
    payment_intent: intent.id,
    payment_method: null,
    payment_method_details: invoice.byTransfer
      ? { customer_balance: {}, type: 'customer_balance' }
      : { card: cardDetails(life), type: 'card' },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: charge.refunded === intent.amount && intent.amount > 0,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: succeeded ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: null,
  };
}

function cardDetails(life: Life): JsonObject {
  return {
    amount_authorized: null,
    authorization_code: null,
    brand: 'visa',
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: life.country,
    electronic_commerce_indicator: null,
    exp_month: 8,
    exp_year: 2030,
    funding: 'credit',
    installments: null,
    last4: '4242',
    mandate: null,
    network: 'visa',
    network_transaction_id: null,
    regulated_status: 'unregulated',
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
}

/** @param cause `payment_intent` for automatic collection. */
export function invoicePaymentObject(id: string, intent: IntentState, paidAt: Instant | null): JsonObject {
  const canceled = paidAt === null && (intent.invoice.status === 'void' || intent.invoice.status === 'uncollectible');
  return {
    id,
    object: 'invoice_payment',
    amount_paid: paidAt === null ? null : intent.amount,
    amount_requested: intent.amount,
    created: secondsOfInstant(intent.createdAt),
    currency: intent.invoice.currency.toLowerCase(),
    invoice: intent.invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: 'payment_intent' },
    status: paidAt !== null ? 'paid' : canceled ? 'canceled' : 'open',
    status_transitions: {
      canceled_at: canceled
        ? secondsOfInstant(intent.invoice.voidedAt ?? intent.invoice.uncollectibleAt ?? intent.createdAt)
        : null,
      paid_at: paidAt === null ? null : secondsOfInstant(paidAt),
    },
  };
}

export interface Movement {
  readonly id: string;
  readonly type: 'charge' | 'refund' | 'adjustment';
  readonly category: 'charge' | 'refund' | 'dispute' | 'dispute_reversal';
  readonly source: string;
  readonly at: Instant;
  /** In the customer's currency, signed. */
  readonly minor: number;
  readonly currency: CurrencyCode;
  /** Fee in US cents beyond the percentage. */
  readonly feeMinor: number;
}

/** The account settles in US dollars: foreign amounts are changed at the day's reference rate. */
export function settledMinor(
  minor: number,
  currency: CurrencyCode,
  at: Instant,
): { usdMinor: number; rate: number | null } {
  if (currency === USD) return { usdMinor: minor, rate: null };
  const rate = crossRate(dayAt(at, UTC), currency, USD);
  assert(rate !== null, `the demo has no rate for ${currency}`);
  const perMinor = rate.mul(10 ** exponentOf(USD)).div(10 ** exponentOf(currency));
  return { usdMinor: roundHalfAway(perMinor.mul(minor)), rate: Math.round(rate.valueOf() * 1e6) / 1e6 };
}

/** 2.9 % and 30 cents of a charge in US cents. */
export function chargeFee(usdMinor: number): number {
  return divideRounded(usdMinor * 29, 1000) + 30;
}

export function balanceTransactionObject(movement: Movement): JsonObject {
  const { usdMinor, rate } = settledMinor(movement.minor, movement.currency, movement.at);
  const fee = movement.type === 'charge' ? chargeFee(usdMinor) : movement.feeMinor;
  const created = secondsOfInstant(movement.at);
  const feeDetails: Json[] =
    fee === 0
      ? []
      : [
          {
            amount: fee,
            application: null,
            currency: 'usd',
            description: 'Stripe processing fees',
            type: 'stripe_fee',
          },
        ];
  return {
    id: movement.id,
    object: 'balance_transaction',
    amount: usdMinor,
    available_on: created - (created % DAY_SECONDS) + 2 * DAY_SECONDS,
    balance_type: 'payments',
    created,
    currency: 'usd',
    description: null,
    exchange_rate: rate,
    fee,
    fee_details: feeDetails,
    net: usdMinor - fee,
    reporting_category: movement.category,
    source: movement.source,
    status: 'available',
    type: movement.type,
  };
}
