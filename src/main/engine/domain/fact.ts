/**
 * What a source's normaliser gives to sync: facts in the normal form. A raw
 * object yields none, one or several facts. Facts name each other by the
 * vendor's ids and may arrive in any order.
 */
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type {
  CrmAccount,
  CrmContact,
  CrmDeal,
  CrmDealLine,
  CrmDealStages,
  CrmField,
  CrmOwner,
  CrmPipeline,
  CrmTerritory,
} from './crm.ts';
import type { BillingMeter, MeterUsage, Payout, Quote } from './cash.ts';
import type { BillingCustomer, CustomerDiscount } from './customer.ts';
import type { Coupon } from './discount.ts';
import type { CreditNote, Invoice } from './invoice.ts';
import type { BalanceTransaction, Charge, Dispute, InvoicePayment, PaymentIntent, Refund } from './payment.ts';
import type { Price, Product } from './price.ts';
import type { Release } from './release.ts';
import type { SubscriptionSighting } from './subscription.ts';
import type { UsageFact } from './usage.ts';
import type { NpsResponse, SupportCompany, SupportContact, SupportTicket } from './support.ts';

/** One unit of `base` is worth `rate` (decimal text) units of `quote` on that day. */
export interface ExchangeRate {
  readonly day: PlainDay;
  readonly base: CurrencyCode;
  readonly quote: CurrencyCode;
  readonly rate: string;
}

export type Fact =
  | UsageFact
  | { readonly kind: 'customer'; readonly value: BillingCustomer }
  | { readonly kind: 'customer_discount'; readonly value: CustomerDiscount }
  | { readonly kind: 'product'; readonly value: Product }
  | { readonly kind: 'price'; readonly value: Price }
  | { readonly kind: 'coupon'; readonly value: Coupon }
  | { readonly kind: 'subscription'; readonly value: SubscriptionSighting }
  | { readonly kind: 'invoice'; readonly value: Invoice }
  | { readonly kind: 'invoice_payment'; readonly value: InvoicePayment }
  | { readonly kind: 'credit_note'; readonly value: CreditNote }
  | { readonly kind: 'charge'; readonly value: Charge }
  | { readonly kind: 'payment_intent'; readonly value: PaymentIntent }
  | { readonly kind: 'refund'; readonly value: Refund }
  | { readonly kind: 'dispute'; readonly value: Dispute }
  | { readonly kind: 'balance_transaction'; readonly value: BalanceTransaction }
  | { readonly kind: 'payout'; readonly value: Payout }
  | { readonly kind: 'quote'; readonly value: Quote }
  | { readonly kind: 'billing_meter'; readonly value: BillingMeter }
  | { readonly kind: 'meter_usage'; readonly value: MeterUsage }
  | { readonly kind: 'exchange_rate'; readonly value: ExchangeRate }
  | { readonly kind: 'crm_account'; readonly value: CrmAccount }
  | { readonly kind: 'crm_contact'; readonly value: CrmContact }
  | { readonly kind: 'crm_deal'; readonly value: CrmDeal }
  | { readonly kind: 'crm_deal_stages'; readonly value: CrmDealStages }
  | { readonly kind: 'crm_deal_line'; readonly value: CrmDealLine }
  | { readonly kind: 'crm_pipeline'; readonly value: CrmPipeline }
  | { readonly kind: 'crm_owner'; readonly value: CrmOwner }
  | { readonly kind: 'crm_field'; readonly value: CrmField }
  | { readonly kind: 'crm_territory'; readonly value: CrmTerritory }
  | { readonly kind: 'support_company'; readonly value: SupportCompany }
  | { readonly kind: 'support_contact'; readonly value: SupportContact }
  | { readonly kind: 'support_ticket'; readonly value: SupportTicket }
  | { readonly kind: 'nps_response'; readonly value: NpsResponse }
  | { readonly kind: 'release'; readonly value: Release }
  /** The vendor says that the object is gone. History that it left behind stays. */
  | {
      readonly kind: 'deleted';
      readonly value: { readonly objectType: string; readonly id: string; readonly at: Instant };
    };
