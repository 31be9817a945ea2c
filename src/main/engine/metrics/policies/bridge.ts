/** `metrics.policyBridge`: from the MRR of one policy to that of another, rule by rule, with the customers behind each. */
import type { PolicyBridge } from '../../../../shared/contract/policy-bridge.ts';
import type { PolicyInput, SwitchName } from '../../../../shared/contract/policy.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { minor, roundToTotal } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { convert, rateBook, type Rate } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { policyOf, type Policy } from '../core/policy.ts';
import { storedPolicy } from '../query/policy-view.ts';
import { apportioned } from './apportioned.ts';
import { standingsOn, type Standing } from './standing-book.ts';
import { touches, turnsBetween, type Turn } from './turns.ts';

export interface PolicyBridgeInput {
  readonly asOf?: PlainDay | undefined;
  readonly from?: PolicyInput | undefined;
  readonly to: PolicyInput;
  readonly currency?: CurrencyCode | undefined;
  /** So many customers behind each line; all where it is left out. */
  readonly customers?: number | undefined;
}

/** Annual minor units by native currency. */
type Sums = Map<string, number>;

/** What one switch did: per currency, per customer. */
interface Step {
  readonly rule: SwitchName;
  readonly deltas: Map<string, Map<CustomerId, number>>;
}

interface Line {
  readonly rule: SwitchName;
  readonly arr: number;
  readonly customers: ReadonlyMap<CustomerId, number>;
}

/**
 * Turns the switches that differ one after the other, in the order of the table
 * of switches, and says what each does to the annual sum at the end of a day.
 * The lines add up to the difference exactly, and so do the customers behind a
 * line; monthly figures are apportioned by the largest remainder. A currency
 * without a rate on the day is in neither sum and is named.
 * @throws AppError `invalid_input` for a policy of no known name.
 */
export function policyBridge(db: ReadDb, input: PolicyBridgeInput, context: MetricsContext): PolicyBridge {
  const asOf = input.asOf ?? context.today;
  const currency = input.currency ?? context.currency;
  const from = input.from === undefined ? context.policy : policyOf(input.from);
  const to = policyOf(input.to);
  const rates = rateBook(db);
  const rateOf = (native: string) => rates.rate(native, currency, asOf);
  const { opening, steps } = walk(db, asOf, context, from, to);

  const levels = new Map(opening);
  const opened = valued(opening, rateOf);
  const lines = steps.map((step) => lineOf(step, levels, rateOf));
  const closed = valued(levels, rateOf);
  const monthly = roundToTotal(
    divideRounded(closed, 12) - divideRounded(opened, 12),
    lines.map(({ arr }) => arr),
    12,
  );
  const nameOf = customerNames(db);
  return {
    asOf,
    currency,
    from: { policy: from.name, mrr: divideRounded(opened, 12), arr: minor(opened) },
    to: { policy: to.name, mrr: divideRounded(closed, 12), arr: minor(closed) },
    rules: lines.map(({ rule, arr, customers }, index) => {
      const mrr = monthly[index] ?? minor(0);
      const behind = [...customers].sort(([a, x], [b, y]) => Math.abs(y) - Math.abs(x) || a - b);
      const shares = roundToTotal(
        mrr,
        behind.map(([, amount]) => amount),
        12,
      );
      return {
        rule,
        arr: minor(arr),
        mrr,
        customerCount: behind.length,
        customers: behind.slice(0, input.customers ?? behind.length).map(([customerId, amount], place) => ({
          customerId,
          name: nameOf(customerId),
          arr: minor(amount),
          mrr: shares[place] ?? minor(0),
        })),
      };
    }),
    withoutRate: [...levels].filter(([native, sum]) => sum !== 0 && !rateOf(native)).map(([native]) => native),
  };
}

/** Values what is in force under the first policy, and again wherever a turn touches it. */
function walk(
  db: ReadDb,
  asOf: PlainDay,
  { zone }: MetricsContext,
  from: Policy,
  to: Policy,
): { opening: Sums; steps: Step[] } {
  const opening: Sums = new Map();
  const stored = storedPolicy(db);
  if (stored === null) return { opening, steps: [] };
  const before = turnsBetween(stored, from);
  const turns = turnsBetween(from, to);
  const steps = turns.map(({ rule }): Step => ({ rule, deltas: new Map() }));
  const policies = [from, ...turns.map(({ policy }) => policy)];
  for (const standing of standingsOn(db, asOf, zone, stored, policies)) {
    const native = standing.state.currency;
    let annual = isTouched(standing, before) ? standing.under(from) : standing.stored;
    opening.set(native, (opening.get(native) ?? 0) + annual);
    for (const [index, { rule, policy }] of turns.entries()) {
      if (!touches(rule, standing.state)) continue;
      const next = standing.under(policy);
      if (next !== annual) book(steps[index], native, standing.customerId, next - annual);
      annual = next;
    }
  }
  return { opening, steps: steps.filter(({ deltas }) => deltas.size > 0) };
}

function isTouched({ state }: Standing, turns: readonly Turn[]): boolean {
  return turns.some(({ rule }) => touches(rule, state));
}

function book(step: Step | undefined, native: string, customerId: CustomerId, delta: number): void {
  if (!step) return;
  const customers = step.deltas.get(native) ?? new Map<CustomerId, number>();
  step.deltas.set(native, customers.set(customerId, (customers.get(customerId) ?? 0) + delta));
}

/** A step in the reporting currency: each currency's sum is converted as one, before and after; `levels` moves on. */
function lineOf({ rule, deltas }: Step, levels: Sums, rateOf: (native: string) => Rate | null): Line {
  const customers = new Map<CustomerId, number>();
  let arr = 0;
  for (const [native, parts] of deltas) {
    const was = levels.get(native) ?? 0;
    const is = [...parts.values()].reduce((sum, part) => sum + part, was);
    levels.set(native, is);
    const rate = rateOf(native);
    if (!rate) continue;
    const total = convert(is, rate) - convert(was, rate);
    arr += total;
    const shares = apportioned(total, [...parts.values()], rate);
    for (const [index, customerId] of [...parts.keys()].entries())
      customers.set(customerId, (customers.get(customerId) ?? 0) + (shares[index] ?? 0));
  }
  return { rule, arr, customers };
}

function valued(sums: Sums, rateOf: (native: string) => Rate | null): number {
  let total = 0;
  for (const [native, sum] of sums) {
    const rate = rateOf(native);
    if (rate) total += convert(sum, rate);
  }
  return total;
}

function customerNames(db: ReadDb): (customerId: CustomerId) => string {
  const find = db.prepare<[number], { name: string }>(`SELECT name FROM customer WHERE customer_id = ?`);
  return (customerId) => find.first(customerId)?.name ?? '';
}
