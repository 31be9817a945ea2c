/** Facts of billing as plain tables can say them: what a table does not tell is left open. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type {
  BillingCustomer,
  Fact,
  Price,
  PriceInterval,
  Subscription,
  SubscriptionItem,
  SubscriptionStatus,
} from '../../domain/index.ts';

export function customerFact(
  customer: Pick<BillingCustomer, 'id' | 'createdAt'> & Partial<BillingCustomer>,
): Extract<Fact, { kind: 'customer' }> {
  return {
    kind: 'customer',
    value: {
      seenAt: customer.createdAt,
      name: null,
      email: null,
      description: null,
      currency: null,
      country: null,
      deleted: false,
      delinquent: false,
      balanceMinor: 0,
      discounts: [],
      metadata: {},
      ...customer,
    },
  };
}

/** Interval words of the vendors and of people → how often a price bills. */
export const INTERVALS: Readonly<Record<string, readonly string[]>> = {
  day: ['daily', 'days', 'tag', 'täglich', 'jour'],
  week: ['weekly', 'weeks', 'woche', 'wöchentlich', 'semaine'],
  month: ['monthly', 'months', 'mo', 'monat', 'monatlich', 'mois', 'mensuel', 'mes', 'mensual'],
  quarter: ['quarterly', 'every 3 months', '3 months', 'quartal', 'vierteljährlich'],
  half_year: ['semiannual', 'semi-annual', 'biannual', 'every 6 months', '6 months', 'halbjährlich'],
  year: ['yearly', 'annual', 'annually', 'years', 'yr', 'jahr', 'jährlich', 'an', 'annuel', 'año', 'anual'],
};

export function billingInterval(word: string, count: number): { interval: PriceInterval; intervalCount: number } {
  if (word === 'quarter') return { interval: 'month', intervalCount: 3 * count };
  if (word === 'half_year') return { interval: 'month', intervalCount: 6 * count };
  const interval = word === 'day' || word === 'week' || word === 'year' ? word : 'month';
  return { interval, intervalCount: count };
}

export function recurringPrice(
  id: string,
  plan: string | null,
  currency: CurrencyCode,
  unitAmount: string,
  every: { readonly interval: PriceInterval; readonly intervalCount: number },
): Price {
  return {
    id,
    productId: null,
    nickname: plan,
    currency,
    recurring: { ...every, usageType: 'licensed' },
    scheme: 'per_unit',
    unitAmount,
    tiers: [],
    transformQuantity: null,
    taxBehavior: 'unspecified',
    active: true,
    metadata: {},
  };
}

export function subscriptionItem(
  id: string,
  price: Price,
  quantity: string,
  period: { readonly start: Instant | null; readonly end: Instant | null },
): SubscriptionItem {
  return {
    id,
    price,
    quantity,
    currentPeriodStart: period.start,
    currentPeriodEnd: period.end,
    trialEnd: null,
    discounts: [],
    inclusiveTaxPercent: null,
  };
}

export function subscriptionOf(
  subscription: Pick<Subscription, 'id' | 'customerId' | 'status' | 'currency' | 'startedAt' | 'items'> &
    Partial<Subscription>,
): Subscription {
  return {
    createdAt: subscription.startedAt,
    trialStart: null,
    trialEnd: null,
    cancelAt: null,
    cancelAtPeriodEnd: false,
    canceledAt: null,
    endedAt: null,
    cancellation: { reason: null, feedback: null, comment: null },
    pause: null,
    discounts: [],
    collection: 'charge_automatically',
    metadata: {},
    ...subscription,
  };
}

/** What systems and people call the states of a subscription. */
export const STATUSES: Readonly<Record<SubscriptionStatus, readonly string[]>> = {
  active: ['live', 'current', 'aktiv', 'actif', 'activo', 'non-renewing', 'non renewing'],
  past_due: ['past due', 'overdue', 'überfällig', 'en retard'],
  trialing: ['trial', 'in trial', 'in_trial', 'testphase', 'essai'],
  incomplete: ['pending'],
  incomplete_expired: ['incomplete expired', 'expired incomplete'],
  unpaid: ['unbezahlt', 'impayé'],
  canceled: ['cancelled', 'ended', 'expired', 'churned', 'inactive', 'gekündigt', 'beendet', 'annulé', 'cancelado'],
  paused: ['on hold', 'pausiert', 'en pause'],
};

/** A subscription as a table says it is now; what was before follows from its own days. */
export function sighted(subscription: Subscription, seenAt: Instant): Fact {
  return { kind: 'subscription', value: { subscription, seenAt, by: 'read', eventId: null, eventType: null } };
}
