/** What takes money back, in Stripe's shape: refunds, disputes and credit notes. */
import { secondsOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import { customerId } from './customer-object.ts';
import type { InvoiceState } from './invoice-object.ts';
import type { JsonObject } from './json.ts';
import { DAY_SECONDS, type ChargeState } from './payment-objects.ts';

export function refundObject(
  id: string,
  charge: ChargeState,
  amount: number,
  at: Instant,
  balanceTransactionId: string,
): JsonObject {
  return {
    id,
    object: 'refund',
    amount,
    balance_transaction: balanceTransactionId,
    charge: charge.id,
    created: secondsOfInstant(at),
    currency: charge.intent.invoice.currency.toLowerCase(),
    customer: charge.intent.invoice.customerId,
    customer_account: null,
    destination_details: {
      card: { reference_status: 'available', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    metadata: {},
    payment_intent: charge.intent.id,
    payment_method: null,
    reason: 'requested_by_customer',
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
}

export function disputeObject(
  id: string,
  charge: ChargeState,
  at: Instant,
  status: 'needs_response' | 'won' | 'lost',
  balanceTransactions: readonly JsonObject[],
): JsonObject {
  return {
    id,
    object: 'dispute',
    amount: charge.intent.amount,
    balance_transactions: balanceTransactions,
    charge: charge.id,
    created: secondsOfInstant(at),
    currency: charge.intent.invoice.currency.toLowerCase(),
    enhanced_eligibility_types: [],
    evidence: noEvidence(),
    evidence_details: {
      due_by: secondsOfInstant(at) + 14 * DAY_SECONDS,
      enhanced_eligibility: {},
      has_evidence: status !== 'needs_response',
      past_due: false,
      submission_count: status === 'needs_response' ? 0 : 1,
      submission_method: status === 'needs_response' ? 'not_submitted' : 'manual',
    },
    intended_submission_method: 'manual',
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    network_reason_code: '13.1',
    payment_intent: charge.intent.id,
    payment_method_details: {
      card: { brand: 'visa', case_type: 'chargeback', network: 'visa', network_reason_code: '13.1' },
      type: 'card',
    },
    reason: 'product_not_received',
    status,
  };
}

const EVIDENCE_FIELDS =
  'access_activity_log billing_address cancellation_policy cancellation_policy_disclosure cancellation_rebuttal customer_communication ' +
  'customer_email_address customer_name customer_purchase_ip customer_signature duplicate_charge_documentation duplicate_charge_explanation ' +
  'duplicate_charge_id product_description receipt refund_policy refund_policy_disclosure refund_refusal_explanation service_date ' +
  'service_documentation shipping_address shipping_carrier shipping_date shipping_documentation shipping_tracking_number uncategorized_file ' +
  'uncategorized_text';

function noEvidence(): JsonObject {
  return { ...Object.fromEntries(EVIDENCE_FIELDS.split(' ').map((field) => [field, null])), enhanced_evidence: {} };
}

export interface CreditNoteFacts {
  readonly id: string;
  readonly invoice: InvoiceState;
  readonly number: string;
  readonly at: Instant;
  /** Gross minor units, and the tax that they contain. */
  readonly amount: number;
  readonly tax: number;
  readonly refund: { readonly id: string; readonly amount: number } | null;
}

export function creditNoteLineObject({ id, invoice, amount, tax }: CreditNoteFacts, lineId: string): JsonObject {
  return {
    id: lineId,
    object: 'credit_note_line_item',
    amount: amount - tax,
    description: `Goodwill on ${invoice.number ?? id}`,
    discount_amount: 0,
    discount_amounts: [],
    livemode: false,
    metadata: {},
    pretax_credit_amounts: [],
    quantity: 1,
    tax_rates: [],
    taxes: [],
    type: 'custom_line_item',
    unit_amount: amount - tax,
    unit_amount_decimal: String(amount - tax),
  };
}

export function creditNoteObject(facts: CreditNoteFacts, line: JsonObject): JsonObject {
  const { id, invoice, amount, tax, refund } = facts;
  const afterPayment = refund !== null;
  return {
    id,
    object: 'credit_note',
    amount,
    amount_shipping: 0,
    created: secondsOfInstant(facts.at),
    currency: invoice.currency.toLowerCase(),
    customer: customerId(invoice.life),
    customer_account: null,
    customer_balance_transaction: null,
    discount_amount: 0,
    discount_amounts: [],
    effective_at: secondsOfInstant(facts.at),
    invoice: invoice.id,
    lines: { object: 'list', data: [line], has_more: false, url: `/v1/credit_notes/${id}/lines` },
    livemode: false,
    memo: null,
    metadata: {},
    number: facts.number,
    out_of_band_amount: null,
    pdf: `https://pay.stripe.com/credit_notes/${id}/pdf`,
    post_payment_amount: afterPayment ? amount : 0,
    pre_payment_amount: afterPayment ? 0 : amount,
    pretax_credit_amounts: [],
    reason: 'product_unsatisfactory',
    refunds:
      refund === null
        ? []
        : [{ amount_refunded: refund.amount, payment_record_refund: null, refund: refund.id, type: 'refund' }],
    shipping_cost: null,
    status: 'issued',
    subtotal: amount - tax,
    subtotal_excluding_tax: amount - tax,
    total: amount,
    total_excluding_tax: amount - tax,
    total_taxes: [],
    type: afterPayment ? 'post_payment' : 'pre_payment',
    voided_at: null,
  };
}
