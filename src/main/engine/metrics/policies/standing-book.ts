/** What is in force on one day, subscription by subscription, ready to be valued under any policy. */
import { addDays, startOfDay, type PlainDay, type TimeZone } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { Policy } from '../core/policy.ts';
import { paidServiceEnd, statesUnder } from '../core/policy-states.ts';
import type { SubscriptionState } from '../core/state.ts';
import { valueState, type UsageRates } from '../core/valuation.ts';
import { usageUnder } from '../ledger/metered.ts';
import { stateUnpacker, type StateRow } from '../ledger/state-store.ts';

/** A subscription at the end of the day. */
export interface Standing {
  readonly customerId: CustomerId;
  readonly state: SubscriptionState;
  /** What the stored ledger counts, annual minor units of the state's currency. */
  readonly stored: number;
  /** What it counts under a policy. */
  under(policy: Policy): number;
}

interface Row extends StateRow {
  customer_id: CustomerId;
  source_id: number;
  subscription_id: string;
  annual_minor: number;
}

interface UsageRow {
  customer_id: CustomerId;
  source_id: number;
  subscription_id: string;
  item_id: string;
  annual_minor: number;
}

/** Only these can count under any policy; a canceled one where its paid service goes on. */
const IN_FORCE = `('active', 'past_due')`;

const COLUMNS = `customer_id, source_id, subscription_id, effective_at, status, currency, scheduled_end, annual_minor,
  evidence, evidence_id, body`;

/**
 * The subscriptions that can count at the end of a day under one of the
 * policies, by customer. Reads the last state of each, no history.
 */
export function standingsOn(
  db: ReadDb,
  day: PlainDay,
  zone: TimeZone,
  stored: Policy,
  policies: readonly Policy[],
): Standing[] {
  const unpack = stateUnpacker(db);
  const end = startOfDay(addDays(day, 1), zone);
  const usage = [stored, ...policies].some(({ metered }) => metered) ? usageOn(db, day) : NO_USAGE;
  const standings: Standing[] = [];
  for (const row of inForce(db, day)) {
    const state = unpack(row);
    const rates = usage.get(keyOf(row));
    standings.push({
      customerId: row.customer_id,
      state,
      stored: row.annual_minor,
      under: (policy) => annualUnder(state, policy, stored, rates, end),
    });
  }
  if (policies.some(({ scheduledCancellation }) => scheduledCancellation === 'at end of paid service'))
    standings.push(...paidService(db, day, end, stored, usage));
  return standings;
}

/** The last state of each subscription, where its status can count. */
function inForce(db: ReadDb, day: PlainDay): Row[] {
  return db
    .prepare<[string], Row>(
      `SELECT ${COLUMNS}, max(effective_at) AS latest FROM subscription_state WHERE effective_on <= ?
       GROUP BY customer_id, source_id, subscription_id HAVING status IN ${IN_FORCE}`,
    )
    .all(day);
}

/** Subscriptions that ended by the day, though paid for beyond it. */
function paidService(
  db: ReadDb,
  day: PlainDay,
  end: Instant,
  stored: Policy,
  usage: ReadonlyMap<string, UsageRates>,
): Standing[] {
  const unpack = stateUnpacker(db);
  const before = db.prepare<[number, number, string, number], Row>(
    `SELECT ${COLUMNS} FROM subscription_state
     WHERE customer_id = ? AND source_id = ? AND subscription_id = ? AND effective_at < ?
     ORDER BY effective_at DESC LIMIT 1`,
  );
  return db
    .prepare<[string, number], Row>(
      `SELECT ${COLUMNS} FROM subscription_state
       WHERE status = 'canceled' AND effective_on <= ? AND json_extract(body, '$.u') >= ?`,
    )
    .all(day, end)
    .flatMap((row): Standing[] => {
      const ended = unpack(row);
      const last = before.first(row.customer_id, row.source_id, row.subscription_id, row.effective_at);
      if (!last) return [];
      const state = unpack(last);
      const rates = usage.get(keyOf(row));
      return [
        {
          customerId: row.customer_id,
          state: { ...state, paidUntil: ended.paidUntil },
          stored: row.annual_minor,
          under: (policy) =>
            paidServiceEnd(policy, ended, state) === null ? 0 : annualUnder(state, policy, stored, rates, end),
        },
      ];
    });
}

function annualUnder(
  state: SubscriptionState,
  policy: Policy,
  stored: Policy,
  rates: UsageRates | undefined,
  end: Instant,
): number {
  const dated = statesUnder(policy, [state]).findLast(({ effectiveAt }) => effectiveAt < end) ?? state;
  if (!policy.metered || !rates) return valueState(dated, policy).annual;
  const scaled = new Map(
    [...rates].map(([itemId, annual]) => {
      const item = dated.items.find(({ id, price }) => id === itemId || price.id === itemId);
      return [itemId, usageUnder(annual, item, stored, policy)] as const;
    }),
  );
  return valueState(dated, policy, scaled).annual;
}

const NO_USAGE: ReadonlyMap<string, UsageRates> = new Map();

/** The run rates of each subscription's metered items at the end of a day. */
function usageOn(db: ReadDb, day: PlainDay): Map<string, UsageRates> {
  const bySubscription = new Map<string, Map<string, number>>();
  const rows = db
    .prepare<[string], UsageRow>(
      `SELECT customer_id, source_id, subscription_id, item_id, annual_minor, max(changed_on) AS latest FROM usage_level
       WHERE changed_on <= ? GROUP BY customer_id, source_id, subscription_id, item_id`,
    )
    .all(day);
  for (const row of rows) {
    const items = bySubscription.get(keyOf(row)) ?? new Map<string, number>();
    bySubscription.set(keyOf(row), items.set(row.item_id, row.annual_minor));
  }
  return bySubscription;
}

function keyOf(row: Pick<Row, 'customer_id' | 'source_id' | 'subscription_id'>): string {
  return `${row.customer_id}|${row.source_id}|${row.subscription_id}`;
}
