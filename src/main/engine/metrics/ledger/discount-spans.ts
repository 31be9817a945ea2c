/** Keeps what discounts take off beside the states they are read from. */
import type { ReadDb, WriteDb } from '../../store/handles.ts';
import type { Policy } from '../core/policy.ts';
import type { SubscriptionState } from '../core/state.ts';
import { valueState, type ValuedItem } from '../core/valuation.ts';
import { stateUnpacker, type StateRow } from './state-store.ts';

interface Row extends StateRow {
  source_id: number;
  subscription_id: string;
  effective_on: string;
  annual_minor: number;
}

/** A row of `discount_span` but for its customer, in the order of its columns. */
export type SpanValues = readonly [
  sourceId: number,
  subscriptionId: string,
  effectiveAt: number,
  fromOn: string,
  nextAt: number | null,
  untilOn: string | null,
  currency: string,
  annual: number,
  listed: number,
  nextAnnual: number,
  parts: string,
];

/** What the discounts of a span take off one of its prices, as it is stored: annual minor units. */
export type SpanPart = [priceId: string, productId: string | null, given: number];

/** Computes the spans of all customers whose states with discounts have changed; belongs into the run's transaction. */
export function refreshDiscountSpans(db: WriteDb): void {
  const stale = db.prepare<[], { customer_id: number }>(`SELECT customer_id FROM discount_stale`).all();
  if (stale.length === 0) return;
  const spans = spanReader(db);
  const drop = db.prepareWrite<[number]>(`DELETE FROM discount_span WHERE customer_id = ?`);
  const add = db.prepareWrite<readonly (string | number | null)[]>(
    `INSERT INTO discount_span (customer_id, source_id, subscription_id, effective_at, from_on, next_at, until_on, currency,
       annual_minor, listed_minor, next_annual_minor, parts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { customer_id: customerId } of stale) {
    drop.run(customerId);
    for (const span of spans(customerId)) add.run(customerId, ...span);
  }
  db.prepareWrite(`DELETE FROM discount_stale`).run();
  db.prepareWrite(`DELETE FROM discount_rollup WHERE delta = 0`).run();
}

/** Reads and values a customer's states with discounts, under the ledger's policy. */
export function spanReader(db: ReadDb): (customerId: number) => SpanValues[] {
  const stored = db.prepare<[], { policy: string }>(`SELECT policy FROM ledger_basis`).first();
  if (!stored) return () => [];
  const policy = JSON.parse(stored.policy) as Policy;
  const undiscounted: Policy = { ...policy, discounts: 'none' };
  const unpack = stateUnpacker(db);
  const states = db.prepare<[number], Row>(
    `SELECT source_id, subscription_id, effective_at, effective_on, status, currency, scheduled_end, annual_minor,
            evidence, evidence_id, body
     FROM subscription_state WHERE customer_id = ? ORDER BY source_id, subscription_id, effective_at`,
  );
  return (customerId) => {
    const rows = states.all(customerId);
    return rows.flatMap((row, index): SpanValues[] => {
      const state = unpack(row);
      if (state.discounts.length === 0 && state.items.every(({ discounts }) => discounts.length === 0)) return [];
      const listed = valueState(state, undiscounted);
      const after = rows[index + 1];
      const next =
        after?.source_id === row.source_id && after.subscription_id === row.subscription_id ? after : undefined;
      return [
        [
          row.source_id,
          row.subscription_id,
          row.effective_at,
          row.effective_on,
          next?.effective_at ?? null,
          next?.effective_on ?? null,
          row.currency,
          row.annual_minor,
          listed.annual,
          next?.annual_minor ?? 0,
          JSON.stringify(partsOf(state, listed.items, row.annual_minor, policy)),
        ],
      ];
    });
  };
}

/** Of a single price it is all that the span takes off; several are valued again, with their discounts. Usage is in no list price. */
function partsOf(state: SubscriptionState, listed: readonly ValuedItem[], annual: number, policy: Policy): SpanPart[] {
  const paid = listed.length === 1 && !policy.metered ? [{ annual }] : valueState(state, policy).items;
  return listed.flatMap(({ priceId, productId, annual: full }, index): SpanPart[] => {
    const given = full - (paid[index]?.annual ?? 0);
    return given === 0 ? [] : [[priceId, productId, given]];
  });
}

/** Where the stored spans, or their sums by day, are not what the states give; empty when they are. */
export function discountFaults(db: ReadDb): string[] {
  const read = spanReader(db);
  const stored = db.prepare<[number], Record<string, string | number | null>>(
    `SELECT source_id, subscription_id, effective_at, from_on, next_at, until_on, currency, annual_minor, listed_minor,
            next_annual_minor, parts
     FROM discount_span WHERE customer_id = ? ORDER BY source_id, subscription_id, effective_at`,
  );
  const faults: string[] = [];
  for (const { id } of discounted(db)) {
    const is = stored.all(id).map((row) => JSON.stringify(Object.values(row)));
    const should = read(id).map((span) => JSON.stringify(span));
    if (is.join() !== should.join())
      faults.push(`customer ${id}: ${is.join() || 'nothing'} for ${should.join() || 'nothing'}`);
  }
  const sums = db
    .prepare<[], { day: string; currency: string; delta: number }>(
      `SELECT day, currency, sum(delta) AS delta FROM (
         SELECT changed_on AS day, currency, delta FROM discount_rollup
         UNION ALL SELECT from_on, currency, annual_minor - listed_minor FROM discount_span
         UNION ALL SELECT until_on, currency, listed_minor - annual_minor FROM discount_span WHERE until_on IS NOT NULL)
       GROUP BY day, currency HAVING sum(delta) <> 0`,
    )
    .all();
  return [...faults, ...sums.map(({ day, currency, delta }) => `${day} ${currency}: the sum is off by ${delta}`)];
}

/** Customers who have a span, or a state that asks for one. */
function discounted(db: ReadDb): { id: number }[] {
  return db
    .prepare<[], { id: number }>(
      `SELECT customer_id AS id FROM discount_span UNION
       SELECT customer_id FROM subscription_state WHERE instr(body, '"d":[[') > 0 OR instr(body, ',[[') > 0`,
    )
    .all();
}
