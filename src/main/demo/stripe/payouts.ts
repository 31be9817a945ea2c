/** Weekly payouts of what has become available, and the balance that is left. */
import {
  addMs,
  DAY_MS,
  HOUR_MS,
  instantOfSeconds,
  secondsOfInstant,
  type Instant,
} from '../../../shared/kernel/instant.ts';
import { dayAt, dayNumber, startOfDay, UTC } from '../../../shared/kernel/day.ts';
import { stripeId } from './ids.ts';
import { numberOf, textOf, type JsonObject } from './json.ts';
import { eventObject, type ServedObject } from './recorder.ts';

export interface BalanceBook {
  readonly objects: readonly ServedObject[];
  readonly events: readonly JsonObject[];
  /** Balance transactions by the payout that paid them out. */
  readonly transactionsOfPayout: ReadonlyMap<string, readonly string[]>;
  readonly balance: JsonObject;
}

/** Pays out every Friday at 04:00 UTC; amounts in US cents. @param transactions all others' balance transactions. */
export function balanceBook(
  transactions: readonly JsonObject[],
  from: Instant,
  now: Instant,
  eventsSince: Instant,
): BalanceBook {
  const waiting = [...transactions].sort((a, b) => numberOf(a, 'available_on') - numberOf(b, 'available_on'));
  const objects: ServedObject[] = [];
  const events: JsonObject[] = [];
  const transactionsOfPayout = new Map<string, string[]>();
  let next = 0;
  let carried = 0;
  let members: string[] = [];
  for (let at = firstFriday(from); at <= now; at = addMs(at, 7 * DAY_MS)) {
    for (; next < waiting.length && numberOf(waiting[next]!, 'available_on') <= secondsOfInstant(at); next++) {
      carried += numberOf(waiting[next]!, 'net');
      members.push(textOf(waiting[next]!, 'id'));
    }
    if (carried <= 0) continue;
    const id = stripeId('po', `${at}`);
    const transactionId = stripeId('txn', `payout:${at}`);
    const payout = payoutObject(id, transactionId, carried, at, now);
    objects.push(
      served('payouts', payout),
      served('balance_transactions', payoutTransaction(transactionId, id, carried, at)),
    );
    transactionsOfPayout.set(id, [...members, transactionId]);
    const tell = (moment: Instant, type: string): void => {
      if (moment >= eventsSince && moment <= now)
        events.push(eventObject(stripeId('evt', `${type}:${at}`), moment, type, payout, null));
    };
    tell(at, 'payout.created');
    tell(at, 'payout.reconciliation_completed');
    tell(arrivalOf(at), 'payout.paid');
    carried = 0;
    members = [];
  }
  const pending = waiting.slice(next).reduce((sum, transaction) => sum + numberOf(transaction, 'net'), 0);
  return { objects, events, transactionsOfPayout, balance: balanceObject(carried, pending) };
}

function firstFriday(from: Instant): Instant {
  const day = dayAt(from, UTC);
  const weekday = (dayNumber(day) + 4) % 7;
  return addMs(startOfDay(day, UTC), ((5 - weekday + 7) % 7) * DAY_MS + 4 * HOUR_MS);
}

function served(collection: ServedObject['collection'], object: JsonObject): ServedObject {
  return { collection, object, hidden: {}, deleted: false };
}

/** On the Monday after. */
function arrivalOf(at: Instant): Instant {
  return addMs(startOfDay(dayAt(at, UTC), UTC), 3 * DAY_MS);
}

function payoutObject(id: string, transactionId: string, amount: number, at: Instant, now: Instant): JsonObject {
  const arrival = arrivalOf(at);
  return {
    id,
    object: 'payout',
    amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: secondsOfInstant(arrival),
    automatic: true,
    balance_transaction: transactionId,
    created: secondsOfInstant(at),
    currency: 'usd',
    description: 'STRIPE PAYOUT',
    destination: null,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: {},
    method: 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: 'completed',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: null,
    status: arrival <= now ? 'paid' : 'in_transit',
    trace_id: null,
    type: 'bank_account',
  };
}

function payoutTransaction(id: string, payoutId: string, amount: number, at: Instant): JsonObject {
  return {
    id,
    object: 'balance_transaction',
    amount: -amount,
    available_on: secondsOfInstant(at),
    balance_type: 'payments',
    created: secondsOfInstant(at),
    currency: 'usd',
    description: 'STRIPE PAYOUT',
    exchange_rate: null,
    fee: 0,
    fee_details: [],
    net: -amount,
    reporting_category: 'payout',
    source: payoutId,
    status: 'available',
    type: 'payout',
  };
}

function balanceObject(available: number, pending: number): JsonObject {
  return {
    object: 'balance',
    available: [{ amount: available, currency: 'usd', source_types: { card: available } }],
    livemode: false,
    pending: [{ amount: pending, currency: 'usd', source_types: { card: pending } }],
  };
}

/** A transaction is pending until the day on which it becomes available. */
export function withStatusAt(transaction: JsonObject, now: Instant): JsonObject {
  const status = instantOfSeconds(numberOf(transaction, 'available_on')) <= now ? 'available' : 'pending';
  return transaction['status'] === status ? transaction : { ...transaction, status };
}
