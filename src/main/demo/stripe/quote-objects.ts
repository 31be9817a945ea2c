/** Quotes in Stripe's shape: the offer that each agreement won by a salesperson began with, and renewals on offer now. */
import { addMs, DAY_MS, secondsOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import { divideRounded } from '../../../shared/kernel/rational.ts';
import type { Contract, Life, Position } from '../scenario/life.ts';
import { cycleMomentAfter } from '../scenario/calendar.ts';
import { customerId } from './customer-object.ts';
import { stripeId } from './ids.ts';
import type { JsonObject } from './json.ts';

/** A renewal is offered so long before the term ends, and stands for a month. */
const OFFERED_BEFORE_MS = 45 * DAY_MS;
const STANDS_MS = 30 * DAY_MS;
const UPLIFT_PERCENT = 8;

export interface QuoteState {
  readonly id: string;
  readonly number: string;
  readonly life: Life;
  readonly createdAt: Instant;
  readonly acceptedAt: Instant | null;
  readonly canceledAt: Instant | null;
  /** Per interval, minor units. */
  readonly recurring: number;
  readonly interval: 'month' | 'year';
  readonly subscriptionId: string | null;
}

/** @returns quotes of a customer of the sales team, as they stand at `now`, in order of creation; none for self-serve. */
export function quotesOf(life: Life, now: Instant): QuoteState[] {
  if (life.channel !== 'sales') return [];
  return life.contracts.flatMap((contract, index) => {
    const first = contract.positions[0]!.card;
    const offeredAt = addMs(contract.startedAt, -12 * DAY_MS);
    const common = { life, interval: first.interval, canceledAt: null };
    const accepted: QuoteState = {
      ...common,
      id: stripeId('qt', `${contract.key}:first`),
      number: `QT-${contract.key.toUpperCase()}-0001`,
      createdAt: offeredAt,
      acceptedAt: contract.startedAt,
      recurring: amountOf(contract.positions),
      subscriptionId: stripeId('sub', contract.key),
    };
    const renewal = index === life.contracts.length - 1 ? renewalOf(contract, now) : null;
    return [accepted, ...(renewal === null ? [] : [{ ...common, ...renewal }])].filter(
      ({ createdAt }) => createdAt <= now,
    );
  });
}

type Renewal = Omit<QuoteState, 'life' | 'interval' | 'canceledAt'>;

/** The renewal on offer: of a yearly agreement that nobody has given notice of, shortly before its term ends. */
function renewalOf(contract: Contract, now: Instant): Renewal | null {
  const positions = contract.happenings.reduce<readonly Position[]>(
    (held, happening) => (happening.kind === 'changed' && happening.at <= now ? happening.positions : held),
    contract.positions,
  );
  const leaving = contract.happenings.some(({ kind }) => kind === 'ended' || kind === 'cancellation_scheduled');
  if (leaving || positions[0]?.card.interval !== 'year') return null;
  const termEnd = cycleMomentAfter(contract.trialEndsAt ?? contract.startedAt, 12, now);
  const createdAt = addMs(termEnd, -OFFERED_BEFORE_MS);
  return {
    id: stripeId('qt', `${contract.key}:${termEnd}`),
    number: `QT-${contract.key.toUpperCase()}-0002`,
    createdAt,
    acceptedAt: null,
    recurring: divideRounded(amountOf(positions) * (100 + UPLIFT_PERCENT), 100),
    subscriptionId: null,
  };
}

function amountOf(positions: readonly Position[]): number {
  return positions.reduce(
    (sum, { card, quantity }) => sum + (card.metered ? 0 : Math.round(Number(card.unitMinor ?? 0) * quantity)),
    0,
  );
}

export function quoteObject(quote: QuoteState, now: Instant): JsonObject {
  const expiresAt = addMs(quote.createdAt, STANDS_MS);
  const canceledAt = quote.canceledAt ?? (quote.acceptedAt === null && expiresAt <= now ? expiresAt : null);
  const seconds = (at: Instant | null): number | null => (at === null ? null : secondsOfInstant(at));
  const totals = { amount_discount: 0, amount_shipping: 0, amount_tax: 0 };
  const amounts = { amount_subtotal: quote.recurring, amount_total: quote.recurring };
  return {
    id: quote.id,
    object: 'quote',
    ...amounts,
    application: null,
    application_fee_amount: null,
    application_fee_percent: null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    collection_method: 'send_invoice',
    computed: {
      recurring: { ...amounts, interval: quote.interval, interval_count: 1, total_details: totals },
      upfront: { ...amounts, total_details: totals },
    },
    created: secondsOfInstant(quote.createdAt),
    currency: quote.life.currency.toLowerCase(),
    customer: customerId(quote.life),
    customer_account: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    expires_at: secondsOfInstant(expiresAt),
    footer: null,
    from_quote: null,
    header: null,
    invoice: null,
    invoice_settings: {
      custom_fields: null,
      days_until_due: 30,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    livemode: false,
    metadata: {},
    number: quote.number,
    on_behalf_of: null,
    status: quote.acceptedAt !== null ? 'accepted' : canceledAt !== null ? 'canceled' : 'open',
    status_transitions: {
      accepted_at: seconds(quote.acceptedAt),
      canceled_at: seconds(canceledAt),
      finalized_at: secondsOfInstant(quote.createdAt),
    },
    subscription: quote.subscriptionId,
    subscription_data: {
      billing_mode: { type: 'classic' },
      description: null,
      effective_date: null,
      metadata: null,
      trial_period_days: null,
    },
    subscription_schedule: null,
    test_clock: null,
    total_details: totals,
    transfer_data: null,
  };
}
