/** What lies around an invoice: offers before it, payouts to the bank after it, and meters that count towards it. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { PriceInterval } from './price.ts';

/** Money sent to the company's bank. Amounts in minor units; negative where it was taken from the bank. */
export interface Payout {
  readonly id: string;
  readonly status: string;
  readonly currency: CurrencyCode;
  readonly amountMinor: number;
  readonly createdAt: Instant;
  /** When it is expected to be on the bank account. */
  readonly arrivalAt: Instant;
  /** False where a person asked for it: such a payout consists of no particular payments. */
  readonly automatic: boolean;
  readonly failureCode: string | null;
  readonly failureMessage: string | null;
  readonly balanceTransactionId: string | null;
  /** Whether its parts are known; `pending` while the vendor still puts it together, `unread` where they were not asked for, or may not be read. */
  readonly membership: 'known' | 'pending' | 'manual' | 'unread';
  /** Balance transactions that it pays out, without its own. Empty unless `known`. */
  readonly parts: readonly string[];
}

/** An offer to a customer, before there is a subscription or an invoice. Amounts in minor units. */
export interface Quote {
  readonly id: string;
  readonly number: string | null;
  readonly customerId: string | null;
  readonly status: 'draft' | 'open' | 'accepted' | 'canceled';
  readonly currency: CurrencyCode | null;
  /** Due at acceptance: the first period and everything one-off. */
  readonly totalMinor: number;
  /** What comes back every interval; null where nothing does. */
  readonly recurring: {
    readonly amountMinor: number;
    readonly interval: PriceInterval;
    readonly intervalCount: number;
  } | null;
  readonly createdAt: Instant;
  readonly finalizedAt: Instant | null;
  readonly acceptedAt: Instant | null;
  readonly canceledAt: Instant | null;
  readonly expiresAt: Instant;
  readonly subscriptionId: string | null;
  readonly invoiceId: string | null;
}

export interface BillingMeter {
  readonly id: string;
  readonly title: string;
  /** Name of the events that it counts. */
  readonly eventName: string;
  readonly active: boolean;
  /** False for a meter of which the last value counts (a number of seats): its days cannot be added up. */
  readonly addsUp: boolean;
}

/** What a meter counted of a customer on one day of UTC. */
export interface MeterUsage {
  readonly meterId: string;
  readonly customerId: string;
  readonly day: PlainDay;
  readonly quantity: number;
}
