/**
 * Whose ledger may differ between the policy that it is stored under and another one. Of everybody else the stored rows
 * hold under both, so that only these few are valued again. Each switch names at least those on whom it acts.
 */
import type { Policy } from '../core/policy.ts';
import type { Coupon, Price } from '../../domain/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';

/** Prices and coupons that are looked for one by one; of more of them everybody is taken who may have one. */
const MOST_PARTS = 50;

/** Customers by id, ascending; null: everybody has to be valued again. */
export function affectedCustomers(db: ReadDb, policy: Policy, context: MetricsContext): Int32Array | null {
  const basis = basisOf(db);
  if (!basis || !isSettled(db, basis, context)) return null;
  const stored = JSON.parse(basis.policy) as Policy;
  const differs = (name: keyof Policy) => meaningOf(stored, name) !== meaningOf(policy, name);
  // These name movements by the order of a customer's changes, whoever it is.
  if (stored.netting !== 'day' || policy.netting !== 'day' || differs('reactivationGapDays')) return null;
  const states: string[] = [];
  if (differs('week') || differs('day')) {
    const parts = partsOf(db, isOfDaysOrWeeks);
    if (parts.length > MOST_PARTS) return null;
    // A price stands in a state's item behind the item's id and before the quantity, both of which are texts.
    states.push(...parts.map((part) => `instr(body, '",${part},"') > 0`));
  }
  const isDiscounted = differs('discounts');
  const limited =
    isDiscounted && stored.discounts !== 'none' && policy.discounts !== 'none' ? partsOf(db, isLimited) : null;
  // A coupon stands first in a state's discount, before the discount's id.
  if (limited && limited.length <= MOST_PARTS) states.push(...limited.map((part) => `instr(body, '[${part},"') > 0`));
  if (differs('pastDueDays')) states.push(`status = 'past_due'`);
  if (differs('pause')) states.push(`instr(body, '"p":1') > 0`);
  if (differs('scheduledCancellation'))
    states.push(`scheduled_end = 1`, `(status = 'canceled' AND instr(body, '"u":') > 0)`);
  if (differs('freeCustomers')) states.push(`standing IN ('free', 'discounted')`);
  const sources = [
    ...(states.length > 0 ? [`SELECT DISTINCT customer_id FROM subscription_state WHERE ${states.join(' OR ')}`] : []),
    ...(isDiscounted && (limited?.length ?? Number.POSITIVE_INFINITY) > MOST_PARTS
      ? [`SELECT DISTINCT customer_id FROM discount_span`]
      : []),
    ...(stored.metered || policy.metered ? [`SELECT DISTINCT customer_id FROM usage_level`] : []),
  ];
  if (sources.length === 0) return new Int32Array(0);
  const rows = db.prepare<[], { customer_id: number }>(`${sources.join(' UNION ')} ORDER BY customer_id`).all();
  return Int32Array.from(rows, ({ customer_id }) => customer_id);
}

/** What a switch comes to: two names of one rule are the same. */
function meaningOf(policy: Policy, name: keyof Policy): Policy[keyof Policy] {
  const value = policy[name];
  if (value === 'until unpaid') return 'always';
  return value === 'not customers' ? 'churn' : value;
}

interface Basis {
  readonly time_zone: string;
  readonly currency: string;
  readonly policy: string;
}

function basisOf(db: ReadDb): Basis | undefined {
  return db.prepare<[], Basis>(`SELECT time_zone, currency, policy FROM ledger_basis`).first();
}

/** Whether the stored rows are of the days, the currency and the rates that are asked for. */
function isSettled(db: ReadDb, { time_zone, currency }: Basis, context: MetricsContext): boolean {
  if (time_zone !== context.zone || currency !== context.currency) return false;
  const heads = db
    .prepare<[], { value: number }>(`SELECT value FROM ledger_head WHERE name IN ('rates', 'rates compared')`)
    .all();
  return heads.length === 2 && heads[0]?.value === heads[1]?.value;
}

/** A price or a coupon, as states refer to them. */
type Part = Partial<Price & Coupon>;

function partsOf(db: ReadDb, holds: (part: Part) => boolean): number[] {
  return db
    .prepare<[], { part_id: number; body: string }>(`SELECT part_id, body FROM state_part`)
    .all()
    .filter(({ body }) => holds(JSON.parse(body) as Part))
    .map(({ part_id }) => part_id);
}

function isOfDaysOrWeeks({ recurring }: Part): boolean {
  return recurring?.interval === 'week' || recurring?.interval === 'day';
}

/** A coupon for good lowers MRR while it is in force under every rule but that of list prices. */
function isLimited({ duration }: Part): boolean {
  return duration !== undefined && duration !== 'forever';
}
