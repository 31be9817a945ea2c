/** The ledger under a policy: the stored one for the workspace's, computed from the stored states for any other. */
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { dayAt, type PlainDay, type TimeZone } from '../../../../shared/kernel/day.ts';
import { rateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { POLICIES, type Policy } from '../core/policy.ts';
import { statesUnder } from '../core/policy-states.ts';
import type { SubscriptionState } from '../core/state.ts';
import { valueState } from '../core/valuation.ts';
import { levelColumns } from '../ledger/customer-block.ts';
import type { CustomerHistory, SubscriptionHistory } from '../ledger/customer-history.ts';
import { customerMovements } from '../ledger/customer-movements.ts';
import { customerLevels, gaugedStates, RollupDelta, type CustomerLevel } from '../ledger/rollup.ts';
import { stateUnpacker, type StateRow } from '../ledger/state-store.ts';
import { ledgerKey, ledgerView, viewOf, type LedgerView } from './ledger-view.ts';

export interface PolicyView {
  readonly view: LedgerView;
  readonly policy: Policy;
}

const computed = new WeakMap<ReadDb, Map<string, { key: string; view: LedgerView }>>();

/**
 * The view under the named policy, else under the context's: the stored ledger
 * where it was computed under that policy.
 * @throws AppError `invalid_input` for a name that is none.
 */
export function viewUnder(db: ReadDb, name: string | undefined, context: MetricsContext): PolicyView {
  const policy = name === undefined || name === context.policy.name ? context.policy : namedPolicy(name);
  const text = JSON.stringify(policy);
  const basis = db.prepare<[], { policy: string }>(`SELECT policy FROM ledger_basis`).first();
  if (!basis || basis.policy === text) return { view: ledgerView(db), policy };
  let known = computed.get(db);
  if (!known) computed.set(db, (known = new Map()));
  const key = `${ledgerKey(db)}:${context.currency}`;
  let entry = known.get(text);
  if (entry?.key !== key) known.set(text, (entry = { key, view: computedView(db, policy, context) }));
  return { view: entry.view, policy };
}

function namedPolicy(name: string): Policy {
  const policy = Object.hasOwn(POLICIES, name) ? POLICIES[name] : undefined;
  if (!policy)
    throw new AppError('invalid_input', `“${name}” is not a policy; there are ${Object.keys(POLICIES).join(', ')}`);
  return policy;
}

interface StoredState extends StateRow {
  customer_id: CustomerId;
  source_id: number;
  subscription_id: string;
  effective_on: PlainDay;
}

/** Values every stored state again, under another policy, and books it in memory. */
function computedView(db: ReadDb, policy: Policy, context: MetricsContext): LedgerView {
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

/** Customer after customer (or one) from the stored states, valued under a policy. */
export function* storedHistories(
  db: ReadDb,
  policy: Policy,
  zone: TimeZone,
  only?: CustomerId,
): Generator<CustomerHistory> {
  const valued = ({ customerId, subscriptions }: CustomerStates): CustomerHistory => ({
    customerId,
    subscriptions: subscriptions.map(({ states, ...subscription }) => ({
      ...subscription,
      states: statesUnder(policy, states).map((state) => ({
        on: dayAt(state.effectiveAt, zone),
        state,
        valued: valueState(state, policy),
      })),
    })),
  });
  for (const stored of storedStates(db, only)) yield valued(stored);
}

function* storedStates(db: ReadDb, only: CustomerId | undefined): Generator<CustomerStates> {
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

function stateRows(db: ReadDb, only: CustomerId | undefined): IterableIterator<StoredState> {
  if (only === undefined)
    return db
      .prepare<[], StoredState>(
        `SELECT ${STATE_COLUMNS} FROM subscription_state ORDER BY customer_id, source_id, subscription_id, effective_at`,
      )
      .all()
      .values();
  return db
    .prepare<[number], StoredState>(
      `SELECT ${STATE_COLUMNS} FROM subscription_state WHERE customer_id = ?
       ORDER BY source_id, subscription_id, effective_at`,
    )
    .all(only)
    .values();
}
