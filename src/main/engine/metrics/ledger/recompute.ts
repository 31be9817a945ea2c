/** Brings the ledger up to date with the facts, customer by customer. */
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { rateBook } from '../../fx/index.ts';
import type { WriteDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { adoptBasis, basisHolds, markAllDirty, markDue, markRevalued, rememberRates } from './basis.ts';
import { writeCustomerLevels } from './customer-block.ts';
import { customerHistory, type CustomerHistory } from './customer-history.ts';
import { customerMovements, type MovementDraft, type Valuation } from './customer-movements.ts';
import { factReader } from './load-facts.ts';
import { withUsage } from './metered.ts';
import { customerLevels, gaugedStates, RollupDelta, type CustomerLevel, type CustomerPart } from './rollup.ts';
import { standingWriter } from './standing-store.ts';
import { NOTHING_STORED, storedCustomerReader } from './stored-customer.ts';
import { usageLevels } from './usage.ts';
import { customerWriter, type SubscriptionUsage } from './write-customer.ts';
import type { SubscriptionFacts } from '../history/facts.ts';

const CUSTOMERS_PER_STEP = 2_048;

export interface RecomputeOptions {
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
  /** Customers per transaction; the default loses no more than a second's work to a break. */
  readonly customersPerStep?: number;
}

export interface RecomputeResult {
  /** 0 when there was nothing to do. */
  readonly runId: number;
  readonly customers: number;
  readonly added: number;
  readonly reversed: number;
}

/**
 * Recomputes every customer marked dirty, those whose scheduled changes have
 * come, and those valued at a rate that has changed since; everyone when the
 * settings or rules differ from the ledger's. Each step is one transaction that
 * writes the movements, the rollups and takes the marks away, so that a break
 * leaves a whole ledger and the rest of the work list.
 * @throws AppError `cancelled` between two steps when the signal fires.
 */
export function recompute(db: WriteDb, context: MetricsContext, options: RecomputeOptions = {}): RecomputeResult {
  const adopted = !basisHolds(db, context);
  db.transaction(() => {
    if (adopted) adoptBasis(db, context);
    markDue(db, context.today);
    markRevalued(db, context.currency);
  });
  return work(db, context, adopted ? 'basis' : 'facts', options);
}

/** Recomputes every customer from the stored facts. Rows that still hold stay as they are. */
export function rebuild(db: WriteDb, context: MetricsContext, options: RecomputeOptions = {}): RecomputeResult {
  db.transaction(() => {
    if (!basisHolds(db, context)) adoptBasis(db, context);
    markAllDirty(db);
  });
  return work(db, context, 'rebuild', options);
}

function work(
  db: WriteDb,
  context: MetricsContext,
  cause: 'facts' | 'basis' | 'rebuild',
  options: RecomputeOptions,
): RecomputeResult {
  const total = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM dirty_customer`).first()?.n ?? 0;
  const sums = { customers: 0, added: 0, reversed: 0 };
  if (total === 0) return { runId: 0, ...sums };
  let runId = 0;
  let step: (() => StepResult) | null = null;
  while (sums.customers < total) {
    if (options.signal?.aborted)
      throw new AppError('cancelled', 'The computation of the ledger was stopped; what was finished stays');
    // A small run is one transaction in all: one wait for the disk.
    const result = db.transaction(() => {
      if (runId === 0) runId = openRun(db, context, cause);
      step ??= chunkStep(db, context, runId, options.customersPerStep ?? CUSTOMERS_PER_STEP);
      const done = step();
      bookRun(db, runId, done, sums.customers + done.customers >= total ? context.now : null);
      return done;
    });
    if (result.customers === 0) break;
    sums.customers += result.customers;
    sums.added += result.added;
    sums.reversed += result.reversed;
    options.onProgress?.({ done: sums.customers, total });
  }
  return { runId, ...sums };
}

type StepResult = Omit<RecomputeResult, 'runId'>;

function openRun(db: WriteDb, { now }: MetricsContext, cause: string): number {
  return db.prepareWrite<[number, string]>(`INSERT INTO ledger_run (started_at, cause) VALUES (?, ?)`).run(now, cause)
    .lastId;
}

function bookRun(db: WriteDb, runId: number, { customers, added, reversed }: StepResult, endedAt: number | null): void {
  db.prepareWrite<[number, number, number, number | null, number]>(
    `UPDATE ledger_run SET customers = customers + ?, added = added + ?, reversed = reversed + ?, ended_at = ? WHERE run_id = ?`,
  ).run(customers, added, reversed, endedAt, runId);
  db.prepareWrite(`UPDATE ledger_head SET value = value + 1 WHERE name = 'revision'`).run();
}

/** One step of the work: takes the next dirty customers, brings them up to date, takes their marks away. */
function chunkStep(db: WriteDb, context: MetricsContext, runId: number, size: number): () => StepResult {
  const valuation: Valuation = { currency: context.currency, rates: rateBook(db), policy: context.policy };
  const next = db.prepare<[number], { customer_id: CustomerId }>(
    `SELECT customer_id FROM dirty_customer ORDER BY customer_id LIMIT ?`,
  );
  // The work list is taken from its smallest id upwards.
  const cleanUpTo = db.prepareWrite<[number]>(`DELETE FROM dirty_customer WHERE customer_id <= ?`);
  const readFacts = factReader(db);
  const readStored = storedCustomerReader(db);
  const empty =
    db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM (SELECT 1 FROM subscription_state LIMIT 1)`).first()?.n ===
    0;
  const writer = customerWriter(db, empty);
  const standings = standingWriter(db, { ...valuation, today: context.today, zone: context.zone }, empty);

  return () => {
    const rollups = new RollupDelta();
    const levels = new Map<number, CustomerLevel[]>();
    const used = new Map<string, MovementDraft>();
    let last: number | null = null;
    let customers = 0;
    let added = 0;
    let reversed = 0;
    for (const { customer_id: customerId } of next.all(size)) {
      const facts = readFacts(customerId);
      const computed = computeCustomer(customerId, facts, context, valuation);
      const stored = empty ? NOTHING_STORED : readStored(customerId);
      const changes = writer.movements(customerId, runId, stored.movements, computed.movements);
      if (!empty) rollups.book(stored, -1);
      rollups.book(computed.part, 1);
      writer.states(computed.history);
      writer.usage(customerId, computed.usage);
      standings.write(computed.history, computed.movements);
      levels.set(customerId, customerLevels(computed.movements));
      for (const draft of computed.movements)
        if (draft.currency !== context.currency) used.set(draft.on + draft.currency, draft);
      last = customerId;
      customers += 1;
      added += changes.added;
      reversed += changes.reversed;
    }
    if (last !== null) cleanUpTo.run(last);
    rollups.flush(db);
    rememberRates(db, valuation, used);
    writeCustomerLevels(db, levels);
    return { customers, added, reversed };
  };
}

export interface ComputedCustomer {
  readonly history: CustomerHistory;
  readonly movements: readonly MovementDraft[];
  readonly usage: readonly SubscriptionUsage[];
  readonly part: CustomerPart;
}

/** Everything that the ledger holds of a customer, from its facts alone. */
export function computeCustomer(
  customerId: CustomerId,
  facts: readonly SubscriptionFacts[],
  context: Pick<MetricsContext, 'policy' | 'zone'>,
  valuation: Valuation,
): ComputedCustomer {
  const { policy, zone } = context;
  const billed = customerHistory(customerId, facts, policy, zone);
  const usage = facts.map(({ sourceId, subscriptionId, lines }, index) => ({
    sourceId,
    subscriptionId,
    items: usageLevels(lines, billed.subscriptions[index]?.states ?? [], policy, zone),
  }));
  const history = {
    customerId,
    subscriptions: billed.subscriptions.map((subscription, index) => ({
      ...subscription,
      states: withUsage(subscription.states, usage[index]?.items ?? [], policy, zone),
    })),
  };
  const movements = customerMovements(history, valuation);
  const part: CustomerPart = {
    movements,
    states: history.subscriptions.map(gaugedStates),
    usage: usage.flatMap(({ items }) => items.map(({ levels }) => levels)),
  };
  return { history, movements, usage, part };
}
