/** A customer in Stripe's shape. */
import { secondsOfInstant } from '../../../shared/kernel/instant.ts';
import type { Life } from '../scenario/life.ts';
import { discountObject, type AppliedDiscount } from './catalogue-objects.ts';
import { stripeId } from './ids.ts';
import type { JsonObject } from './json.ts';

export const customerId = (life: Life): string => stripeId('cus', life.key, 14);
export const invoicePrefix = (life: Life): string => stripeId('', life.key, 8).slice(1).toUpperCase();

export function addressOf(life: Life): JsonObject {
  return { city: null, country: life.country, line1: null, line2: null, postal_code: null, state: null };
}

export interface CustomerState {
  /** Minor units: negative is a credit that the next invoices use up. */
  balance: number;
  delinquent: boolean;
  discount: AppliedDiscount | null;
  invoices: number;
  hasCurrency: boolean;
}

export function customerObject(life: Life, state: CustomerState): JsonObject {
  const { currency } = life;
  return {
    id: customerId(life),
    object: 'customer',
    address: addressOf(life),
    balance: state.balance,
    created: secondsOfInstant(life.joinedAt),
    currency: state.hasCurrency ? currency.toLowerCase() : null,
    customer_account: null,
    default_source: null,
    delinquent: state.delinquent,
    description: life.contact,
    discount: state.discount === null ? null : discountObject(state.discount),
    email: life.email,
    invoice_prefix: invoicePrefix(life),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: { channel: life.channel, crm_domain: life.email.slice(life.email.indexOf('@') + 1) },
    name: life.company,
    next_invoice_sequence: state.invoices + 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
}
