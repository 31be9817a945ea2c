/**
 * Facts about somebody who is erased: what tells who it is goes, what the figures rest on stays. Amounts, days, states,
 * plans, the country and the industry are figures; names, addresses, further fields and everything that people wrote are not.
 */
import type { Fact, Subscription } from '../../domain/index.ts';
import { erasedName, type Erased } from './erasures.ts';

/** The number of the erased customer whose fact it is, or null. */
export function erasedSubject(fact: Fact, erased: Erased): number | null {
  switch (fact.kind) {
    case 'customer':
      return erased('customer', fact.value.id);
    case 'subscription':
      return erased('customer', fact.value.subscription.customerId);
    case 'invoice':
    case 'charge':
    case 'credit_note':
    case 'payment_intent':
    case 'quote':
    case 'customer_discount':
      return erased('customer', fact.value.customerId);
    case 'crm_account':
    case 'product_account':
    case 'support_company':
      return erased('account', fact.value.id);
    case 'crm_contact':
      return erased('person', fact.value.id) ?? erased('account', fact.value.accountId);
    case 'crm_deal':
      return erased('deal', fact.value.id) ?? erased('account', fact.value.accountId);
    case 'crm_deal_line':
      return erased('deal', fact.value.dealId);
    case 'support_contact':
      return erased('person', fact.value.id) ?? erased('account', fact.value.companyId);
    case 'nps_response':
      return erased('person', fact.value.contactId);
    default:
      return null;
  }
}

/** The fact as it may be kept; the same one where nobody is erased. */
export function withoutPersonal(fact: Fact, erased: Erased): Fact {
  const number = erasedSubject(fact, erased);
  return number === null ? fact : blanked(fact, number);
}

function blanked(fact: Fact, number: number): Fact {
  switch (fact.kind) {
    case 'customer':
      return {
        kind: 'customer',
        value: { ...fact.value, name: erasedName(number), email: null, description: null, metadata: {} },
      };
    case 'subscription':
      return {
        kind: 'subscription',
        value: { ...fact.value, subscription: blankedSubscription(fact.value.subscription) },
      };
    case 'invoice':
      return {
        kind: 'invoice',
        value: { ...fact.value, lines: fact.value.lines.map((line) => ({ ...line, description: null })) },
      };
    case 'crm_account':
      return { kind: 'crm_account', value: { ...fact.value, name: erasedName(number), domain: null, fields: {} } };
    case 'crm_contact':
      return { kind: 'crm_contact', value: { ...fact.value, name: null, email: null, title: null, fields: {} } };
    case 'crm_deal':
      return { kind: 'crm_deal', value: { ...fact.value, name: 'Erased deal', lossReason: null, fields: {} } };
    case 'crm_deal_line':
      return { kind: 'crm_deal_line', value: { ...fact.value, name: null } };
    case 'product_account':
      return { kind: 'product_account', value: { ...fact.value, name: erasedName(number), domain: null, emails: [] } };
    case 'support_company':
      return { kind: 'support_company', value: { ...fact.value, name: erasedName(number), domain: null } };
    case 'support_contact':
      return { kind: 'support_contact', value: { ...fact.value, name: null, email: null } };
    case 'nps_response':
      return { kind: 'nps_response', value: { ...fact.value, comment: null } };
    default:
      return fact;
  }
}

function blankedSubscription(subscription: Subscription): Subscription {
  return { ...subscription, metadata: {}, cancellation: { ...subscription.cancellation, comment: null } };
}
