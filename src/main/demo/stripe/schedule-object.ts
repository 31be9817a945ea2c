/** A subscription schedule in Stripe's shape: agreements by bank transfer are under one that covers their present term. */
import { secondsOfInstant } from '../../../shared/kernel/instant.ts';
import { priceId } from './catalogue-objects.ts';
import type { JsonObject } from './json.ts';
import type { SubscriptionState } from './subscription-object.ts';

/** One phase, the present term; no change is planned after it (`end_behavior: release`). */
export function scheduleObject(state: SubscriptionState, id: string): JsonObject {
  const { endedAt } = state;
  const term = { end_date: secondsOfInstant(state.periodEnd), start_date: secondsOfInstant(state.periodStart) };
  const settings = {
    application_fee_percent: null,
    billing_cycle_anchor: 'automatic',
    billing_thresholds: null,
    collection_method: 'send_invoice',
    default_payment_method: null,
    description: null,
    on_behalf_of: null,
    transfer_data: null,
  };
  const invoices = {
    account_tax_ids: null,
    custom_fields: null,
    days_until_due: 30,
    description: null,
    footer: null,
    issuer: { type: 'self' },
  };
  return {
    id,
    object: 'subscription_schedule',
    application: null,
    billing_mode: { flexible: null, type: 'classic' },
    canceled_at: endedAt === null ? null : secondsOfInstant(endedAt),
    completed_at: null,
    created: secondsOfInstant(state.startedAt),
    current_phase: endedAt === null ? term : null,
    customer: state.customerId,
    customer_account: null,
    default_settings: { ...settings, invoice_settings: invoices },
    end_behavior: 'release',
    livemode: false,
    metadata: {},
    pause_schedules: [],
    phases: [
      {
        ...settings,
        ...term,
        add_invoice_items: [],
        currency: state.currency,
        default_tax_rates: [],
        discounts: [],
        invoice_settings: invoices,
        items: state.items.map(({ card, quantity }) => ({
          billing_thresholds: null,
          discounts: [],
          metadata: {},
          plan: priceId(card),
          price: priceId(card),
          quantity,
          tax_rates: [],
        })),
        metadata: {},
        proration_behavior: 'create_prorations',
        trial_end: null,
      },
    ],
    released_at: null,
    released_subscription: null,
    status: endedAt === null ? 'active' : 'canceled',
    subscription: state.id,
    test_clock: null,
  };
}
