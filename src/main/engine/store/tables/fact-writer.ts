/** Writes any fact to its table and marks the customers that it touches. Called inside the transaction of a page. */
import { unreachable } from '../../../../shared/kernel/errors.ts';
import type { Fact } from '../../domain/index.ts';
import type { WriteDb } from '../handles.ts';
import { billingCustomerWriter } from './billing-customer.ts';
import { cashWriter } from './cash.ts';
import { catalogueWriter } from './catalogue.ts';
import { crmWriter } from './crm.ts';
import { dirtyMarks } from './dirty-customer.ts';
import { withoutPersonal } from './erased-fact.ts';
import { erasedOf } from './erasures.ts';
import { exchangeRateWriter } from './exchange-rate.ts';
import { invoiceWriter } from './invoice.ts';
import { paymentIntentWriter } from './payment-intent.ts';
import { paymentWriter } from './payment.ts';
import { releaseWriter } from './release.ts';
import { subscriptionWriter } from './subscription.ts';
import { supportWriter } from './support.ts';
import { usageWriter } from './usage.ts';

/** @returns whether anything was written; only facts without a kept record can turn out to be known already. */
export type FactWriter = (fact: Fact) => boolean;

/** @param provider names the source of exchange rates. */
export function factWriter(db: WriteDb, sourceId: number, provider: string): FactWriter {
  const counts = db.prepare<[number], { counts: number }>('SELECT counts FROM source WHERE source_id = ?');
  // Of an account that does not count, records are kept and nothing is made of them.
  if (counts.first(sourceId)?.counts === 0) return () => true;
  const dirty = dirtyMarks(db, sourceId);
  const customers = billingCustomerWriter(db, sourceId, dirty);
  const catalogue = catalogueWriter(db, sourceId, dirty);
  const subscriptions = subscriptionWriter(db, sourceId, dirty);
  const invoices = invoiceWriter(db, sourceId, dirty);
  const payments = paymentWriter(db, sourceId, dirty);
  const intents = paymentIntentWriter(db, sourceId);
  const cash = cashWriter(db, sourceId);
  const crm = crmWriter(db, sourceId);
  const support = supportWriter(db, sourceId);
  const usage = usageWriter(db, sourceId);
  const release = releaseWriter(db, sourceId);
  const rate = exchangeRateWriter(db, provider);

  function markDeleted({ objectType, id, at }: Extract<Fact, { kind: 'deleted' }>['value']): void {
    if (objectType === 'customer') customers.markDeleted(id, at);
    if (objectType === 'product') catalogue.retireProduct(id);
    if (objectType === 'price') catalogue.retirePrice(id);
    if (objectType === 'invoice') invoices.dropDraft(id);
    if (objectType === 'subscription') subscriptions.markGone(id, at);
    crm.markDeleted(objectType, id, at);
    support.markDeleted(objectType, id, at);
    usage.markDeleted(objectType, id, at);
    // Of anything else the vendor keeps no less than was read: the row stays as the history it is.
  }

  const erased = erasedOf(db, sourceId);
  return (told) => {
    const fact = withoutPersonal(told, erased);
    switch (fact.kind) {
      case 'product_account':
      case 'usage_batch':
      case 'active_users':
      case 'first_visits':
      case 'event_property':
        return usage.write(fact);
      case 'invoice':
        invoices.invoice(fact.value);
        return true;
      case 'charge':
        payments.charge(fact.value);
        intents.charged(fact.value);
        return true;
      case 'payment_intent':
        return intents.intent(fact.value);
      case 'invoice_payment':
        payments.invoicePayment(fact.value);
        return true;
      case 'balance_transaction':
        payments.balanceTransaction(fact.value);
        return true;
      case 'customer':
        customers.write(fact.value);
        return true;
      case 'customer_discount':
        return customers.discount(fact.value);
      case 'subscription':
        subscriptions.write(fact.value);
        return true;
      case 'product':
        catalogue.product(fact.value);
        return true;
      case 'price':
        catalogue.price(fact.value);
        return true;
      case 'coupon':
        catalogue.coupon(fact.value);
        return true;
      case 'credit_note':
        invoices.creditNote(fact.value);
        return true;
      case 'refund':
        payments.refund(fact.value);
        return true;
      case 'dispute':
        payments.dispute(fact.value);
        return true;
      case 'payout':
        cash.payout(fact.value);
        return true;
      case 'quote':
        cash.quote(fact.value);
        return true;
      case 'billing_meter':
        cash.meter(fact.value);
        return true;
      case 'meter_usage':
        return cash.usage(fact.value);
      case 'crm_account':
        crm.account(fact.value);
        return true;
      case 'crm_contact':
        crm.contact(fact.value);
        return true;
      case 'crm_deal':
        crm.deal(fact.value);
        return true;
      case 'crm_deal_stages':
        crm.stages(fact.value);
        return true;
      case 'crm_deal_line':
        crm.line(fact.value);
        return true;
      case 'crm_pipeline':
        return crm.pipeline(fact.value);
      case 'crm_owner':
        return crm.owner(fact.value);
      case 'crm_territory':
        return crm.territory(fact.value);
      case 'crm_field':
        return crm.field(fact.value);
      case 'support_company':
        support.company(fact.value);
        return true;
      case 'support_contact':
        support.contact(fact.value);
        return true;
      case 'support_ticket':
        support.ticket(fact.value);
        return true;
      case 'nps_response':
        support.response(fact.value);
        return true;
      case 'release':
        release(fact.value);
        return true;
      case 'exchange_rate':
        return rate(fact.value);
      case 'deleted':
        markDeleted(fact.value);
        return true;
      default:
        return unreachable(fact);
    }
  };
}
