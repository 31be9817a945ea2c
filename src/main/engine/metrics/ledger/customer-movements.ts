/** A customer's movements: the changes of its valued history, netted per day. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
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

interface DayEntry extends DatedState {
  readonly index: number;
}

type Row = Omit<MovementDraft, 'kind' | 'reason' | 'reporting'>;

/** All movements of a customer, past and scheduled, oldest first. */
export function customerMovements(history: CustomerHistory, valuation: Valuation): MovementDraft[] {
  const drafts: MovementDraft[] = [];
  const current: (ValuedState | undefined)[] = [];
  const levels = new Map<string, number>();
  let everPaid = false;
  for (const [on, entries] of entriesByDay(history)) {
    const rows: Row[] = [];
    const changes: SubscriptionChange[] = [];
    for (const entry of entries) {
      const was = current[entry.index];
      rows.push(...changedRows(history, entry, was));
      const delta = entry.valued.annual - (was?.annual ?? 0);
      if (delta !== 0) changes.push({ delta, was: was?.standing ?? null, is: entry.valued.standing });
      current[entry.index] = entry.valued;
    }
    if (rows.length === 0) continue;
    const paidBefore = pays(levels);
    const natives = netByCurrency(rows);
    for (const [currency, net] of natives) levels.set(currency, (levels.get(currency) ?? 0) + net);
    const reporting = inReporting(on, natives, valuation);
    const net = netOf(natives, reporting);
    const kind = movementKind({
      paidBefore,
      paysAfter: pays(levels),
      everPaid,
      net,
      changes,
      freeCustomers: valuation.policy.freeCustomers,
    });
    const reason = changes.length > 0 ? lossReason(net, changes) : null;
    everPaid ||= pays(levels);
    drafts.push(...valued(rows, natives, reporting, on, valuation).map((row) => ({ ...row, kind, reason })));
  }
  return drafts;
}

function entriesByDay({ subscriptions }: CustomerHistory): [PlainDay, DayEntry[]][] {
  const days = new Map<PlainDay, DayEntry[]>();
  for (const [index, { states }] of subscriptions.entries())
    for (const state of endsOfDays(states)) {
      const entries = days.get(state.on);
      if (entries) entries.push({ ...state, index });
      else days.set(state.on, [{ ...state, index }]);
    }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The prices of a subscription whose worth changed with an entry. */
function changedRows(
  history: CustomerHistory,
  { index, on, state, valued: is }: DayEntry,
  was: ValuedState | undefined,
): Row[] {
  const subscription = history.subscriptions[index];
  if (!subscription || (is.annual === 0 && (was?.annual ?? 0) === 0)) return [];
  const deltas = new Map<string, { productId: string | null; annual: number }>();
  const add = (priceId: string, productId: string | null, annual: number) => {
    const known = deltas.get(priceId);
    if (known) known.annual += annual;
    else deltas.set(priceId, { productId, annual });
  };
  for (const item of was?.items ?? []) add(item.priceId, item.productId, -item.annual);
  for (const item of is.items) add(item.priceId, item.productId, item.annual);
  return [...deltas]
    .filter(([, { annual }]) => annual !== 0)
    .map(([priceId, { productId, annual }]) => ({
      on,
      sourceId: subscription.sourceId,
      subscriptionId: subscription.subscriptionId,
      priceId,
      productId,
      currency: state.currency,
      annual,
      evidence: state.evidence,
      evidenceId: state.evidenceId,
    }));
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
