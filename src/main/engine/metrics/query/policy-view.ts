/** The ledger under a policy: the stored one for the workspace's, computed from the stored states for any other. */
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { PolicyInput } from '../../../../shared/contract/policy.ts';
import { dayAt, type PlainDay, type TimeZone } from '../../../../shared/kernel/day.ts';
import { rateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { policyOf, type Policy } from '../core/policy.ts';
import { statesUnder } from '../core/policy-states.ts';
import type { SubscriptionState } from '../core/state.ts';
import { valueState } from '../core/valuation.ts';
import { levelColumns } from '../ledger/customer-block.ts';
import type { CustomerHistory, SubscriptionHistory } from '../ledger/customer-history.ts';
import { customerMovements } from '../ledger/customer-movements.ts';
import { customerLevels, gaugedStates, RollupDelta, type CustomerLevel } from '../ledger/rollup.ts';
import { usageReader } from '../ledger/stored-usage.ts';
import { stateUnpacker, type StateRow } from '../ledger/state-store.ts';
import { withUsage } from '../ledger/metered.ts';
import { affectedCustomers } from './affected-customers.ts';
import { ledgerKey, ledgerView, viewOf, type LedgerView } from './ledger-view.ts';
import { revaluedSource } from './revalued.ts';

export interface PolicyView {
  readonly view: LedgerView;
  readonly policy: Policy;
}

interface Computed {
  readonly key: string;
  readonly view: LedgerView;
  /** Asked for since it was made. */
  wasAsked: boolean;
}

const computed = new WeakMap<ReadDb, Map<string, Computed>>();

/** So many computed views are remembered per connection: one for each named policy, and own ones being tried out. */
const REMEMBERED = 8;

/**
 * The view under the policy asked for, else under the context's: the stored
 * ledger where it was computed under that policy.
 * @throws AppError `invalid_input` for a name that is none.
 */
export function viewUnder(db: ReadDb, asked: PolicyInput | undefined, context: MetricsContext): PolicyView {
  const policy = asked === undefined || asked === context.policy.name ? context.policy : policyOf(asked);
  const text = JSON.stringify(policy);
  const basis = storedPolicy(db);
  if (basis === null || JSON.stringify(basis) === text) return { view: ledgerView(db), policy };
  let known = computed.get(db);
  if (!known) computed.set(db, (known = new Map()));
  const key = keyOf(db, context);
  let entry = known.get(text);
  if (entry?.key !== key) {
    const [oldest] = known.keys();
    if (known.size >= REMEMBERED && oldest !== undefined) known.delete(oldest);
    known.set(text, (entry = { key, view: computedView(db, policy, context), wasAsked: true }));
  }
  entry.wasAsked = true;
  return { view: entry.view, policy };
}

/** Computes the views again that were asked for before the ledger changed: they will be asked for again. */
export function renewViews(db: ReadDb, context: MetricsContext): void {
  const key = keyOf(db, context);
  for (const [text, entry] of computed.get(db) ?? [])
    if (entry.key !== key && entry.wasAsked)
      // Written by this program and read back as it was.
      computed.get(db)?.set(text, {
        key,
        view: computedView(db, JSON.parse(text) as Policy, context),
        wasAsked: false,
      });
}

function keyOf(db: ReadDb, { currency }: MetricsContext): string {
  return `${ledgerKey(db)}:${currency}`;
}

/** The policy that the stored ledger was computed under; null before it was computed at all. */
export function storedPolicy(db: ReadDb): Policy | null {
  const row = db.prepare<[], { policy: string }>(`SELECT policy FROM ledger_basis`).first();
  return row ? (JSON.parse(row.policy) as Policy) : null;
}

interface StoredState extends StateRow {
  customer_id: CustomerId;
  source_id: number;
  subscription_id: string;
  effective_on: PlainDay;
}

/** Values the stored states again, of those whom another policy affects, and books them in memory. */
function computedView(db: ReadDb, policy: Policy, context: MetricsContext): LedgerView {
  const affected = affectedCustomers(db, policy, context);
  if (affected === null) return wholeView(db, policy, context);
  const histories = storedHistories(db, policy, context.zone, affected);
  return viewOf(revaluedSource(db, policy, context, affected, histories), rateBook(db), ledgerView(db));
}

/** Values every stored state again: the plain way, in which nobody is passed over. */
export function wholeView(db: ReadDb, policy: Policy, context: MetricsContext): LedgerView {
  const rates = rateBook(db);
  const valuation = { currency: context.currency, rates, policy };
  const rollups = new RollupDelta();
  const levels = new Map<number, CustomerLevel[]>();
  const book = (customerId: CustomerId, subscriptions: readonly SubscriptionHistory[]) => {
    const movements = customerMovements({ customerId, subscriptions }, valuation);
    const states = subscriptions.map(gaugedStates);
    rollups.book({ movements, states, usage: [] }, 1);
    levels.set(customerId, customerLevels(movements));
  };
  for (const { customerId, subscriptions } of storedHistories(db, policy, context.zone))
    book(customerId, subscriptions);
  const usage = ledgerView(db);
  return viewOf({ currency: context.currency, ...rollups.rows(), levels: () => levelColumns(levels) }, rates, usage);
}

interface CustomerStates {
  readonly customerId: CustomerId;
  readonly subscriptions: {
    readonly sourceId: number;
    readonly subscriptionId: string;
    readonly states: SubscriptionState[];
  }[];
}

const STATE_COLUMNS = `customer_id, source_id, subscription_id, effective_at, effective_on, status, currency, scheduled_end,
  evidence, evidence_id, body`;

/** Customer after customer (or one, or some, by id) from the stored states, valued under a policy. */
export function* storedHistories(
  db: ReadDb,
  policy: Policy,
  zone: TimeZone,
  only?: CustomerId | Int32Array,
): Generator<CustomerHistory> {
  const usage = policy.metered
    ? usageReader(db, storedPolicy(db) ?? policy, policy, typeof only === 'number' ? only : undefined)
    : null;
  const valued = ({ customerId, subscriptions }: CustomerStates): CustomerHistory => ({
    customerId,
    subscriptions: subscriptions.map(({ states, ...subscription }) => {
      const dated = statesUnder(policy, states).map((state) => ({
        on: dayAt(state.effectiveAt, zone),
        state,
        valued: valueState(state, policy),
      }));
      return {
        ...subscription,
        states: usage ? withUsage(dated, usage(customerId, subscription, dated), policy, zone) : dated,
      };
    }),
  });
  for (const stored of storedStates(db, only)) yield valued(stored);
}

function* storedStates(db: ReadDb, only: CustomerId | Int32Array | undefined): Generator<CustomerStates> {
  const unpack = stateUnpacker(db);
  let current: CustomerStates = { customerId: 0 as CustomerId, subscriptions: [] };
  for (const row of stateRows(db, only)) {
    if (current.customerId !== row.customer_id) {
      if (current.subscriptions.length > 0) yield current;
      current = { customerId: row.customer_id, subscriptions: [] };
    }
    let subscription = current.subscriptions.at(-1);
    if (subscription?.subscriptionId !== row.subscription_id || subscription.sourceId !== row.source_id) {
      subscription = { sourceId: row.source_id, subscriptionId: row.subscription_id, states: [] };
      current.subscriptions.push(subscription);
    }
    subscription.states.push(unpack(row));
  }
  if (current.subscriptions.length > 0) yield current;
}

/** So many customers' states are read at once: all of them together would take hundreds of megabytes. */
const CUSTOMERS_AT_ONCE = 2_048;

function* stateRows(db: ReadDb, only: CustomerId | Int32Array | undefined): Generator<StoredState> {
  const states = db.prepare<[number, number], StoredState>(
    `SELECT ${STATE_COLUMNS} FROM subscription_state WHERE customer_id BETWEEN ? AND ?
     ORDER BY customer_id, source_id, subscription_id, effective_at`,
  );
  if (typeof only === 'number') return yield* states.all(only, only);
  if (only !== undefined) {
    const named = db.prepare<[string], StoredState>(
      `SELECT ${STATE_COLUMNS} FROM subscription_state WHERE customer_id IN (SELECT value FROM json_each(?))
       ORDER BY customer_id, source_id, subscription_id, effective_at`,
    );
    for (let from = 0; from < only.length; from += CUSTOMERS_AT_ONCE)
      yield* named.all(JSON.stringify([...only.subarray(from, from + CUSTOMERS_AT_ONCE)]));
    return;
  }
  const last =
    db.prepare<[], { id: number | null }>('SELECT max(customer_id) AS id FROM subscription_state').first()?.id ?? 0;
  for (let from = 1; from <= last; from += CUSTOMERS_AT_ONCE)
    for (const row of states.all(from, from + CUSTOMERS_AT_ONCE - 1)) yield row;
}
