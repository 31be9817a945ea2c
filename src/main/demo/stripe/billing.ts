/** The way of an invoice through Stripe: draft, final, collected or failed, voided, refunded. One instance per customer. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { addMs, DAY_MS, HOUR_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { divideRounded } from '../../../shared/kernel/rational.ts';
import type { Life } from '../scenario/life.ts';
import type { Agenda } from './agenda.ts';
import { customerId, invoicePrefix, type CustomerState } from './customer-object.ts';
import { stripeId } from './ids.ts';
import { embeddedList } from './json.ts';
import { containedTax, type Line } from './invoice-lines.ts';
import { amountDue, invoiceLineObjects, invoiceObject, invoiceTotals, type InvoiceState } from './invoice-object.ts';
import { creditNoteLineObject, creditNoteObject, disputeObject, refundObject } from './correction-objects.ts';
import {
  balanceTransactionObject,
  chargeObject,
  invoicePaymentObject,
  paymentIntentObject,
  type ChargeState,
  type IntentState,
  type Movement,
} from './payment-objects.ts';
import type { Entity, Recorder } from './recorder.ts';

/** A drafted invoice stands open to changes for an hour; the card is charged right after. */
export const DRAFT_MS = HOUR_MS;
const RETRIES_AFTER_DAYS = [3, 8, 14];
const DISPUTE_FEE = 1500;

export interface Bill {
  readonly state: InvoiceState;
  readonly entity: Entity;
  intent: { readonly state: IntentState; readonly entity: Entity; readonly payment: Entity } | null;
  /** The charge that paid it. */
  paidBy: { readonly state: ChargeState; readonly entity: Entity } | null;
}

export interface BillRequest {
  readonly name: string;
  readonly at: Instant;
  readonly reason: InvoiceState['reason'];
  readonly subscriptionId: string | null;
  readonly lines: readonly Line[];
  readonly periodStart: Instant;
  readonly periodEnd: Instant;
  readonly byTransfer: boolean;
}

export interface Billing {
  /** Announces an invoice that does not exist yet: an object without an id, as Stripe sends it. */
  announce(request: BillRequest): void;
  draft(request: BillRequest): Bill;
  finalize(bill: Bill, at: Instant): void;
  pay(bill: Bill, at: Instant): void;
  /** Tries the card in vain. */
  fail(bill: Bill, at: Instant): void;
  /** Asks the customer to confirm the payment, in vain: it never comes to a charge. */
  ask(bill: Bill, at: Instant, answer: 'none' | 'failed'): void;
  /** Plans the card's further tries while the invoice is open. */
  planRetries(bill: Bill, from: Instant, wanted: () => boolean): void;
  void(bill: Bill, at: Instant): void;
  writeOff(bill: Bill, at: Instant): void;
  refund(bill: Bill, at: Instant, percent: number): void;
  /** A credit note, paid back where the invoice is paid. */
  credit(bill: Bill, at: Instant, percent: number): void;
  dispute(bill: Bill, at: Instant, outcome: 'won' | 'lost' | 'open'): void;
}

export function createBilling(
  life: Life,
  customer: { readonly state: CustomerState; readonly entity: Entity },
  recorder: Recorder,
  agenda: Agenda,
): Billing {
  const { currency } = life;
  const name = (kind: string): string => `${life.key}:${kind}:${recorder.next(kind)}`;

  function draft(request: BillRequest): Bill {
    const state: InvoiceState = {
      ...newInvoice(life, request, currency),
      startingBalance: customer.state.balance,
    };
    const bill: Bill = {
      state,
      entity: recorder.track(
        'invoices',
        () => invoiceObject(state),
        () => ({ lines: invoiceLineObjects(state), payments: paymentsOf(bill) }),
      ),
      intent: null,
      paidBy: null,
    };
    recorder.tell(bill.entity, request.at, ['invoice.created']);
    return bill;
  }

  function announce(request: BillRequest): void {
    recorder.announce(request.at, 'invoice.upcoming', () => {
      const state: InvoiceState = { ...newInvoice(life, request, currency), startingBalance: customer.state.balance };
      const { id: _id, lines: _lines, ...preview } = invoiceObject(state);
      const url = `/v1/invoices/upcoming/lines?customer=${state.customerId}`;
      const data = invoiceLineObjects(state).map((line) => ({ ...line, invoice: null }));
      return {
        ...preview,
        billing_reason: 'upcoming',
        lines: { ...embeddedList(url, data), total_count: data.length },
      };
    });
  }

  function paymentsOf(bill: Bill): ReturnType<typeof invoicePaymentObject>[] {
    return bill.intent === null ? [] : [bill.intent.payment.render()];
  }

  function finalize({ entity, state }: Bill, at: Instant): void {
    recorder.tell(entity, at, ['invoice.finalized'], () => {
      customer.state.invoices += 1;
      customer.state.hasCurrency = true;
      state.number = `${invoicePrefix(life)}-${String(customer.state.invoices).padStart(4, '0')}`;
      state.finalizedAt = at;
      state.status = 'open';
      state.startingBalance = customer.state.balance;
      const { total } = invoiceTotals(state.lines);
      state.endingBalance = Math.min(0, total + Math.min(0, customer.state.balance));
    });
    if (state.endingBalance !== customer.state.balance)
      recorder.tell(customer.entity, at, ['customer.updated'], () => {
        customer.state.balance = state.endingBalance ?? 0;
      });
  }

  function settle({ entity, state }: Bill, at: Instant): void {
    recorder.tell(entity, at, ['invoice.updated', 'invoice.paid', 'invoice.payment_succeeded'], () => {
      state.status = 'paid';
      state.paidAt = at;
      state.nextAttemptAt = null;
      state.amountPaid = amountDue(state) - state.creditedBefore;
    });
    if (customer.state.delinquent)
      recorder.tell(customer.entity, at, ['customer.updated'], () => {
        customer.state.delinquent = false;
      });
  }

  function intentOf(bill: Bill, at: Instant): NonNullable<Bill['intent']> {
    if (bill.intent) return bill.intent;
    const state: IntentState = {
      id: stripeId('pi', name('pi')),
      invoice: bill.state,
      amount: amountDue(bill.state) - bill.state.creditedBefore,
      createdAt: at,
      status: 'requires_payment_method',
      latestChargeId: null,
      error: null,
      canceledAt: null,
    };
    const paymentId = stripeId('inpay', name('inpay'));
    const entity = recorder.track('payment_intents', () => paymentIntentObject(state));
    const payment = recorder.track('invoice_payments', () => invoicePaymentObject(paymentId, state, bill.state.paidAt));
    recorder.tell(entity, at, ['payment_intent.created']);
    bill.intent = { state, entity, payment };
    return bill.intent;
  }

  function move(movement: Omit<Movement, 'id' | 'currency'>): string {
    const complete: Movement = { ...movement, currency, id: stripeId('txn', name('txn')) };
    recorder.track('balance_transactions', () => balanceTransactionObject(complete));
    return complete.id;
  }

  function charge(bill: Bill, at: Instant, succeeded: boolean): { state: ChargeState; entity: Entity } {
    const intent = intentOf(bill, at);
    const id = stripeId('ch', name('ch'));
    const state: ChargeState = {
      id,
      intent: intent.state,
      createdAt: at,
      succeeded,
      balanceTransactionId: succeeded
        ? move({ type: 'charge', category: 'charge', source: id, at, minor: intent.state.amount, feeMinor: 0 })
        : null,
      refunded: 0,
      disputed: false,
    };
    const entity = recorder.track('charges', () => chargeObject(state, life));
    recorder.tell(entity, at, [succeeded ? 'charge.succeeded' : 'charge.failed']);
    recorder.tell(intent.entity, at, [succeeded ? 'payment_intent.succeeded' : 'payment_intent.payment_failed'], () => {
      intent.state.latestChargeId = id;
      intent.state.status = succeeded ? 'succeeded' : 'requires_payment_method';
      intent.state.error = succeeded ? null : 'declined';
    });
    return { state, entity };
  }

  function pay(bill: Bill, at: Instant): void {
    if (amountDue(bill.state) - bill.state.creditedBefore > 0) {
      bill.paidBy = charge(bill, at, true);
      bill.state.attempts += 1;
    }
    settle(bill, at);
    if (bill.intent) recorder.tell(bill.intent.payment, at, ['invoice_payment.paid']);
  }

  function fail(bill: Bill, at: Instant): void {
    charge(bill, at, false);
    recorder.tell(bill.entity, at, ['invoice.updated', 'invoice.payment_failed'], () => {
      bill.state.attempts += 1;
      const retry = RETRIES_AFTER_DAYS[bill.state.attempts - 1];
      bill.state.nextAttemptAt = retry === undefined ? null : addMs(bill.state.finalizedAt ?? at, retry * DAY_MS);
    });
    if (!customer.state.delinquent)
      recorder.tell(customer.entity, at, ['customer.updated'], () => {
        customer.state.delinquent = true;
      });
  }

  function ask(bill: Bill, at: Instant, answer: 'none' | 'failed'): void {
    const { state, entity } = intentOf(bill, at);
    recorder.tell(entity, at, ['payment_intent.requires_action'], () => {
      state.status = 'requires_action';
    });
    recorder.tell(bill.entity, at, ['invoice.updated', 'invoice.payment_action_required'], () => {
      bill.state.attempts += 1;
    });
    if (answer === 'none') return;
    recorder.tell(entity, addMs(at, 90_000), ['payment_intent.payment_failed'], () => {
      state.status = 'requires_payment_method';
      state.error = 'unconfirmed';
    });
  }

  function cancelIntent({ state, entity }: NonNullable<Bill['intent']>, at: Instant): void {
    if (state.status === 'succeeded') return;
    recorder.tell(entity, at, ['payment_intent.canceled'], () => {
      state.status = 'canceled';
      state.canceledAt = at;
    });
  }

  function planRetries(bill: Bill, from: Instant, wanted: () => boolean): void {
    for (const days of RETRIES_AFTER_DAYS) {
      const at = addMs(from, days * DAY_MS);
      agenda.plan(at, 'follow_up', () => {
        if (bill.state.status === 'open' && wanted()) fail(bill, at);
      });
    }
  }

  function refund(bill: Bill, at: Instant, percent: number): void {
    const paid = bill.paidBy;
    if (paid === null || paid.state.refunded > 0 || paid.state.disputed) return;
    const amount = divideRounded(paid.state.intent.amount * percent, 100);
    refundCharge(paid, at, amount);
  }

  function refundCharge(paid: NonNullable<Bill['paidBy']>, at: Instant, amount: number): string {
    const id = stripeId('re', name('re'));
    const transaction = move({ type: 'refund', category: 'refund', source: id, at, minor: -amount, feeMinor: 0 });
    const entity = recorder.track('refunds', () => refundObject(id, paid.state, amount, at, transaction));
    recorder.tell(paid.entity, at, ['charge.refunded'], () => {
      paid.state.refunded += amount;
    });
    recorder.tell(entity, at, ['refund.created']);
    return id;
  }

  function credit(bill: Bill, at: Instant, percent: number): void {
    const { total } = invoiceTotals(bill.state.lines);
    const amount = divideRounded(total * percent, 100);
    const paid = bill.paidBy;
    if (amount <= 0 || (paid !== null && (paid.state.refunded > 0 || paid.state.disputed))) return;
    if (paid === null && bill.state.status !== 'open') return;
    if (paid !== null && amount > paid.state.intent.amount) return;
    const percentIncluded = bill.state.lines[0]?.card?.taxIncludedPercent ?? 0;
    const facts = {
      id: stripeId('cn', name('cn')),
      invoice: bill.state,
      number: `${bill.state.number ?? bill.state.id}-CN-01`,
      at,
      amount,
      tax: containedTax(amount, percentIncluded),
      refund: paid === null ? null : { id: refundCharge(paid, at, amount), amount },
    };
    const line = creditNoteLineObject(facts, stripeId('cnli', name('cnli')));
    const entity = recorder.track(
      'credit_notes',
      () => creditNoteObject(facts, line),
      () => ({ lines: [line] }),
    );
    recorder.tell(bill.entity, at, ['invoice.updated'], () => {
      if (paid === null) bill.state.creditedBefore += amount;
      else bill.state.creditedAfter += amount;
    });
    recorder.tell(entity, at, ['credit_note.created']);
  }

  function dispute(bill: Bill, at: Instant, outcome: 'won' | 'lost' | 'open'): void {
    const paid = bill.paidBy;
    if (paid === null || paid.state.refunded > 0 || paid.state.disputed) return;
    const id = stripeId('du', name('du'));
    const withdrawn = {
      type: 'adjustment',
      category: 'dispute',
      source: id,
      at,
      minor: -paid.state.intent.amount,
      feeMinor: DISPUTE_FEE,
    } as const;
    const moves: Movement[] = [{ ...withdrawn, currency, id: move(withdrawn) }];
    let status: 'needs_response' | 'won' | 'lost' = 'needs_response';
    const entity = recorder.track('disputes', () =>
      disputeObject(id, paid.state, at, status, moves.map(balanceTransactionObject)),
    );
    recorder.tell(paid.entity, at, ['charge.updated'], () => {
      paid.state.disputed = true;
    });
    recorder.tell(entity, at, ['charge.dispute.created', 'charge.dispute.funds_withdrawn']);
    const decidedAt = addMs(at, 18 * DAY_MS);
    if (outcome === 'open') return;
    agenda.plan(decidedAt, 'follow_up', () => {
      if (outcome === 'won') {
        const returned = {
          ...withdrawn,
          category: 'dispute_reversal',
          at: decidedAt,
          minor: paid.state.intent.amount,
          feeMinor: 0,
        } as const;
        moves.push({ ...returned, currency, id: move(returned) });
      }
      recorder.tell(entity, decidedAt, ['charge.dispute.closed'], () => {
        status = outcome;
      });
    });
  }

  return {
    announce,
    draft,
    finalize,
    pay,
    fail,
    ask,
    planRetries,
    refund,
    credit,
    dispute,
    void: ({ entity, state, intent }, at) => {
      recorder.tell(entity, at, ['invoice.updated', 'invoice.voided'], () => {
        state.status = 'void';
        state.voidedAt = at;
        state.nextAttemptAt = null;
      });
      if (intent) cancelIntent(intent, at);
    },
    writeOff: ({ entity, state }, at) =>
      recorder.tell(entity, at, ['invoice.updated', 'invoice.marked_uncollectible'], () => {
        state.status = 'uncollectible';
        state.uncollectibleAt = at;
        state.nextAttemptAt = null;
      }),
  };
}

function newInvoice(life: Life, request: BillRequest, currency: CurrencyCode): Omit<InvoiceState, 'startingBalance'> {
  return {
    id: stripeId('in', request.name),
    life,
    customerId: customerId(life),
    subscriptionId: request.subscriptionId,
    currency,
    reason: request.reason,
    createdAt: request.at,
    periodStart: request.periodStart,
    periodEnd: request.periodEnd,
    lines: request.lines,
    byTransfer: request.byTransfer,
    number: null,
    status: 'draft',
    finalizedAt: null,
    paidAt: null,
    voidedAt: null,
    uncollectibleAt: null,
    attempts: 0,
    nextAttemptAt: null,
    endingBalance: null,
    amountPaid: 0,
    creditedBefore: 0,
    creditedAfter: 0,
    autoAdvance: true,
  };
}
