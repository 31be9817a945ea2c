/** Behind a stock: the subscriptions that make it up at the end of a day. */
import { apportion, roundToTotal } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { convert } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { Evidence } from '../core/state.ts';
import { currencyNumber } from '../ledger/customer-block.ts';
import type { SlicedView } from '../slices/sliced-view.ts';
import type { Gauge } from '../query/ledger-view.ts';
import { statesUnderOn } from '../query/rows-under.ts';
import { heldInSlice } from './held-in-slice.ts';
import { BLANK, type DraftRow, type Explanation, type Question } from './draft-row.ts';

interface Held {
  source_id: number;
  subscription_id: string;
  customer_id: CustomerId;
  standing: string;
  currency: string;
  annual_minor: number;
  trial_minor: number;
  scheduled_end: number;
  evidence: Evidence;
  evidence_id: string;
}

/** What of a state counts in each gauge. */
const AMOUNTS: Readonly<Record<Exclude<Gauge, 'usage'>, (state: Held) => number>> = {
  mrr: (state) => state.annual_minor,
  committed: (state) => (state.scheduled_end === 1 ? 0 : state.annual_minor),
  past_due: (state) => (state.standing === 'past_due' ? state.annual_minor : 0),
  trial: (state) => state.trial_minor,
  committed_trial: (state) => (state.scheduled_end === 1 ? 0 : state.trial_minor),
};

/** The states that hold at the end of a day. */
export function statesOn(db: ReadDb, day: PlainDay): Held[] {
  return db
    .prepare<[string], Held & { latest: number }>(
      `SELECT source_id, subscription_id, customer_id, standing, currency, annual_minor, trial_minor, scheduled_end,
              evidence, evidence_id, max(effective_at) AS latest
       FROM subscription_state WHERE effective_on <= ? GROUP BY customer_id, source_id, subscription_id`,
    )
    .all(day);
}

function heldOn({ db, to, sliced, context, policy }: Question): Held[] {
  const held = policy ? statesUnderOn(db, policy, to, context) : statesOn(db, to);
  return sliced ? heldInSlice(db, held, sliced, policy ?? context.policy, to) : held;
}

/** Subscriptions behind a stock, each with its share of the figure: monthly, or annual for ARR. */
export function stockRows(question: Question, gauge: Exclude<Gauge, 'usage'>, per: 'month' | 'year'): Explanation {
  const { view, to, currency } = question;
  const held = heldOn(question)
    .map((state) => ({ state, native: AMOUNTS[gauge](state) }))
    .filter(({ native }) => native !== 0);
  const rows = sharesOf(
    held.map(({ state, native }) => ({ native, currency: state.currency })),
    (native) => view.rates.rate(native, currency, to),
  );
  const amounts = per === 'year' ? rows.shares : roundToTotal(divideRounded(rows.total, 12), rows.shares, 12);
  return {
    unit: 'money',
    total: per === 'year' ? rows.total : divideRounded(rows.total, 12),
    rows: held.map(({ state, native }, index) => stockRow(state, native, amounts[index] ?? 0, to)),
  };
}

function stockRow(state: Held, native: number, amount: number, day: PlainDay): DraftRow {
  return {
    ...BLANK,
    amount,
    customerId: state.customer_id,
    object: { sourceId: state.source_id, id: state.subscription_id },
    evidence: state.evidence,
    native: { annual: native, currency: state.currency },
    subscription: { sourceId: state.source_id, id: state.subscription_id, plan: null, day },
  };
}

/** Each currency's sum is converted as one, as the figure is; its parts share it out. */
export function sharesOf(
  parts: readonly { readonly native: number; readonly currency: string }[],
  rateOf: (currency: string) => Parameters<typeof convert>[1] | null,
): { total: number; shares: number[] } {
  const shares = parts.map(() => 0);
  const byCurrency = new Map<string, number[]>();
  for (const [index, { currency }] of parts.entries()) {
    const indices = byCurrency.get(currency);
    if (indices) indices.push(index);
    else byCurrency.set(currency, [index]);
  }
  let total = 0;
  for (const [currency, indices] of byCurrency) {
    const natives = indices.map((index) => parts[index]?.native ?? 0);
    const rate = rateOf(currency);
    if (!rate) continue;
    const sum = convert(
      natives.reduce((a, b) => a + b, 0),
      rate,
    );
    total += sum;
    const own = sum === natives.reduce((a, b) => a + b, 0) ? natives : apportion(sum, natives);
    for (const [position, index] of indices.entries()) shares[index] = own[position] ?? 0;
  }
  return { total, shares };
}

/** Subscriptions on trial, one each. */
export function trialRows(question: Question): Explanation {
  const { to } = question;
  const rows = heldOn(question)
    .filter(({ standing }) => standing === 'trialing')
    .map((state) => stockRow(state, state.trial_minor, 1, to));
  return { unit: 'count', total: rows.length, rows };
}

interface UsageRow {
  source_id: number;
  subscription_id: string;
  item_id: string;
  customer_id: CustomerId;
  currency: string;
  annual_minor: number;
  changed_on: PlainDay;
}

/** An item whose price is not known any more is in no slice of prices. */
function isUsageIn(row: UsageRow, { selection, ledger }: SlicedView): boolean {
  if (selection.customer && !selection.customer(row.customer_id)) return false;
  if (selection.currencies && !selection.currencies.has(currencyNumber(row.currency))) return false;
  const chosen = selection.items();
  return chosen === null || chosen[ledger.states().usageItems.get(`${row.source_id}|${row.item_id}`) ?? -1] === 1;
}

/** Metered items with their run rate. */
export function usageRows({ db, view, to, currency, sliced }: Question): Explanation {
  const found = db
    .prepare<[string], UsageRow>(
      `SELECT source_id, subscription_id, item_id, customer_id, currency, annual_minor, max(changed_on) AS changed_on
       FROM usage_level WHERE changed_on <= ? GROUP BY customer_id, source_id, subscription_id, item_id`,
    )
    .all(to)
    .filter((row) => row.annual_minor !== 0 && (!sliced || isUsageIn(row, sliced)));
  const { total, shares } = sharesOf(
    found.map((row) => ({ native: row.annual_minor, currency: row.currency })),
    (native) => view.rates.rate(native, currency, to),
  );
  const amounts = roundToTotal(divideRounded(total, 12), shares, 12);
  return {
    unit: 'money',
    total: divideRounded(total, 12),
    rows: found.map((row, index) => ({
      ...BLANK,
      amount: amounts[index] ?? 0,
      customerId: row.customer_id,
      on: row.changed_on,
      object: { sourceId: row.source_id, id: row.subscription_id },
      evidence: 'invoice',
      native: { annual: row.annual_minor, currency: row.currency },
      note: `Metered item ${row.item_id}: mean of its last closed periods`,
      subscription: { sourceId: row.source_id, id: row.subscription_id, plan: null, day: to },
    })),
  };
}
