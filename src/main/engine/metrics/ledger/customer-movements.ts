/** A customer's movements: the changes of its valued history, netted per day. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { dayNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import { convert, type RateBook } from '../../fx/index.ts';
import { lossReason, movementKind, type LedgerKind, type SubscriptionChange } from '../core/movement.ts';
import type { Policy } from '../core/policy.ts';
import type { ValuedState } from '../core/valuation.ts';
import { endsOfDays, type CustomerHistory, type DatedState } from './customer-history.ts';

/** A row of the ledger before it has a number: annual minor units, losses negative. */
export interface MovementDraft {
  readonly on: PlainDay;
  readonly kind: LedgerKind;
  readonly reason: string | null;
  readonly sourceId: number;
  readonly subscriptionId: string;
  readonly priceId: string;
  readonly productId: string | null;
  readonly currency: string;
  readonly annual: number;
  /** In the reporting currency at the day's rate; null where none is known. */
  readonly reporting: number | null;
  readonly evidence: string;
  readonly evidenceId: string;
}

export interface Valuation {
  readonly policy: Policy;
  readonly currency: CurrencyCode;
  readonly rates: RateBook;
}

interface Entry extends DatedState {
  readonly index: number;
}

/** What is netted into one movement: a customer's entries of a day, or a single one. */
interface Step {
  readonly on: PlainDay;
  readonly rows: readonly Row[];
  readonly natives: ReadonlyMap<string, number>;
  readonly changes: readonly SubscriptionChange[];
  readonly paidBefore: boolean;
  readonly paysAfter: boolean;
  readonly everPaid: boolean;
}

type Row = Omit<MovementDraft, 'kind' | 'reason' | 'reporting'>;

/** All movements of a customer, past and scheduled, oldest first. */
export function customerMovements(history: CustomerHistory, valuation: Valuation): MovementDraft[] {
  const { freeCustomers, reactivationGapDays } = valuation.policy;
  const steps = stepsOf(history, valuation.policy);
  const bridged = reactivationGapDays > 0 ? gapsBridged(steps, reactivationGapDays) : null;
  return steps.flatMap((step) => {
    const { on, rows, natives, changes } = step;
    const reporting = inReporting(on, natives, valuation);
    const net = netOf(natives, reporting);
    const kind = bridged?.get(step) ?? movementKind({ ...step, net, freeCustomers });
    const reason = changes.length > 0 ? lossReason(net, changes) : null;
    return valued(rows, natives, reporting, on, valuation).map((row) => ({ ...row, kind, reason }));
  });
}

function stepsOf(history: CustomerHistory, policy: Policy): Step[] {
  const steps: Step[] = [];
  const current: (ValuedState | undefined)[] = [];
  const levels = new Map<string, number>();
  let everPaid = false;
  for (const entries of policy.netting === 'day' ? entriesByDay(history) : entriesOneByOne(history)) {
    const rows: Row[] = [];
    const changes: SubscriptionChange[] = [];
    for (const entry of entries) {
      const was = current[entry.index];
      rows.push(...changedRows(history, entry, was));
      const delta = entry.valued.annual - (was?.annual ?? 0);
      if (delta !== 0) changes.push({ delta, was: was?.standing ?? null, is: entry.valued.standing });
      current[entry.index] = entry.valued;
    }
    const [first] = rows;
    if (!first) continue;
    const paidBefore = pays(levels);
    const natives = netByCurrency(rows);
    for (const [currency, net] of natives) levels.set(currency, (levels.get(currency) ?? 0) + net);
    const paysAfter = pays(levels);
    steps.push({ on: first.on, rows, natives, changes, paidBefore, paysAfter, everPaid });
    everPaid ||= paysAfter;
  }
  return steps;
}

/** A fall to nothing from which the customer is back within so many days: smaller and larger, not lost and won back. */
function gapsBridged(steps: readonly Step[], days: number): Map<Step, LedgerKind> {
  const kinds = new Map<Step, LedgerKind>();
  let lost: Step | null = null;
  for (const step of steps) {
    if (step.paidBefore && !step.paysAfter) lost = step;
    else if (lost && !step.paidBefore && step.paysAfter) {
      if (dayNumber(step.on) - dayNumber(lost.on) <= days) kinds.set(lost, 'contraction').set(step, 'expansion');
      lost = null;
    }
  }
  return kinds;
}

function entriesByDay({ subscriptions }: CustomerHistory): Entry[][] {
  const [only, another] = subscriptions;
  // Most customers have one subscription, whose states lie by day.
  if (only && !another)
    return endsOfDays(only.states).map(({ on, state, valued }) => [{ on, state, valued, index: 0 }]);
  const days = new Map<PlainDay, Entry[]>();
  for (const [index, { states }] of subscriptions.entries())
    for (const { on, state, valued } of endsOfDays(states)) {
      const entries = days.get(on);
      if (entries) entries.push({ on, state, valued, index });
      else days.set(on, [{ on, state, valued, index }]);
    }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entries]) => entries);
}

/** Every state by itself, by its moment; of one moment those that gain come first, so that a move is no loss. */
function entriesOneByOne({ subscriptions }: CustomerHistory): Entry[][] {
  return subscriptions
    .flatMap(({ states }, index) =>
      states.map((state, place) => ({
        entry: { ...state, index },
        gain: state.valued.annual - (states[place - 1]?.valued.annual ?? 0),
      })),
    )
    .sort((a, b) => a.entry.state.effectiveAt - b.entry.state.effectiveAt || b.gain - a.gain)
    .map(({ entry }) => [entry]);
}

/** The prices of a subscription whose worth changed with an entry. */
function changedRows(
  history: CustomerHistory,
  { index, on, state, valued: is }: Entry,
  was: ValuedState | undefined,
): Row[] {
  const subscription = history.subscriptions[index];
  if (!subscription || (is.annual === 0 && (was?.annual ?? 0) === 0)) return [];
  const row = (priceId: string, productId: string | null, annual: number): Row => ({
    on,
    sourceId: subscription.sourceId,
    subscriptionId: subscription.subscriptionId,
    priceId,
    productId,
    currency: state.currency,
    annual,
    evidence: state.evidence,
    evidenceId: state.evidenceId,
  });
  const [held, anotherHeld] = was?.items ?? [];
  const [item, anotherItem] = is.items;
  // One price, before and after: the commonest change by far.
  if (item && !anotherItem && !anotherHeld && (!held || held.priceId === item.priceId)) {
    const annual = item.annual - (held?.annual ?? 0);
    return annual === 0 ? [] : [row(item.priceId, (held ?? item).productId, annual)];
  }
  const deltas = new Map<string, { productId: string | null; annual: number }>();
  const add = (priceId: string, productId: string | null, annual: number) => {
    const known = deltas.get(priceId);
    if (known) known.annual += annual;
    else deltas.set(priceId, { productId, annual });
  };
  for (const { priceId, productId, annual } of was?.items ?? []) add(priceId, productId, -annual);
  for (const { priceId, productId, annual } of is.items) add(priceId, productId, annual);
  return [...deltas].flatMap(([priceId, { productId, annual }]) =>
    annual === 0 ? [] : [row(priceId, productId, annual)],
  );
}

function pays(levels: ReadonlyMap<string, number>): boolean {
  for (const level of levels.values()) if (level > 0) return true;
  return false;
}

function netByCurrency(rows: readonly Row[]): Map<string, number> {
  const nets = new Map<string, number>();
  for (const { currency, annual } of rows) nets.set(currency, (nets.get(currency) ?? 0) + annual);
  return nets;
}

function inReporting(
  on: PlainDay,
  natives: ReadonlyMap<string, number>,
  { currency, rates }: Valuation,
): Map<string, number | null> {
  const amounts = new Map<string, number | null>();
  for (const [native, net] of natives) {
    const rate = rates.rate(native, currency, on);
    amounts.set(native, rate && convert(net, rate));
  }
  return amounts;
}

/** The day's net: of one currency as it is, of several in the reporting currency as far as rates are known. */
function netOf(natives: ReadonlyMap<string, number>, reporting: ReadonlyMap<string, number | null>): number {
  let sum = 0;
  if (natives.size === 1) for (const net of natives.values()) sum += net;
  else for (const amount of reporting.values()) sum += amount ?? 0;
  return sum;
}

/** Values rows so that those of one currency add up to that currency's net: the largest takes what rounding left. */
function valued(
  rows: readonly Row[],
  natives: ReadonlyMap<string, number>,
  reporting: ReadonlyMap<string, number | null>,
  on: PlainDay,
  { currency, rates }: Valuation,
): (Row & { reporting: number | null })[] {
  const drafts: (Row & { reporting: number | null })[] = rows.map((row) => {
    const rate = rates.rate(row.currency, currency, on);
    return { ...row, reporting: rate && convert(row.annual, rate) };
  });
  for (const native of natives.keys()) {
    const total = reporting.get(native) ?? null;
    if (native === currency || total === null) continue;
    const own = drafts.filter((draft) => draft.currency === native);
    const largest = own.reduce((a, b) => (Math.abs(b.annual) > Math.abs(a.annual) ? b : a));
    largest.reporting = total - own.reduce((sum, draft) => sum + (draft === largest ? 0 : (draft.reporting ?? 0)), 0);
  }
  return drafts;
}
