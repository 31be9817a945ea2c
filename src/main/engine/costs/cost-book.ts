/** The costs in memory, valued in a currency: remembered per connection until one changes. */
import { COST_KIND_TITLES, COST_KINDS, type CostKind } from '../../../shared/contract/costs.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { lastDayOf, type PlainDay, type PlainMonth } from '../../../shared/kernel/day.ts';
import type { Minor } from '../../../shared/kernel/money.ts';
import { convert, rateBook, type RateBook } from '../fx/index.ts';
import type { ReadDb } from '../store/handles.ts';
import type { StoredCost } from './stored-cost.ts';
import { eitherOf } from '../wording/index.ts';

/** Costs that win customers. */
export const SALES_AND_MARKETING: readonly CostKind[] = ['marketing', 'sales'];

export interface ValuedCost extends StoredCost {
  /** The file that it came from; null: entered in the app. */
  readonly file: string | null;
  /** In the asked currency at the rate of the month's last day; null without a rate. */
  readonly valued: Minor | null;
}

/** An amount in minor units, or why it is not known. */
export type Spend =
  | { readonly value: number; readonly reason: null }
  | { readonly value: null; readonly reason: string };

export interface CostBook {
  /** Whether any cost is recorded at all. */
  readonly any: boolean;
  /** The costs of some kinds in a month. */
  costs(kinds: readonly CostKind[], month: PlainMonth): readonly ValuedCost[];
  /** Their sum: each cost is converted by itself. Unknown where none is recorded or a rate is missing; a recorded 0 is 0. */
  spend(kinds: readonly CostKind[], month: PlainMonth): Spend;
}

interface FiledCost extends StoredCost {
  readonly file: string | null;
}

const stored = new WeakMap<ReadDb, { key: string; months: ReadonlyMap<PlainMonth, readonly FiledCost[]> }>();

/** The costs as stored now, valued in `currency`. A month that is not over by `today` takes today's rate. */
export function costBook(db: ReadDb, currency: CurrencyCode, today: PlainDay): CostBook {
  const months = storedMonths(db);
  const rates = rateBook(db);
  const valued = new Map<PlainMonth, readonly ValuedCost[]>();
  const inMonth = (month: PlainMonth): readonly ValuedCost[] => {
    let known = valued.get(month);
    if (!known)
      valued.set(month, (known = valuedCosts(months.get(month) ?? [], rates, currency, rateDay(month, today))));
    return known;
  };
  const costs = (kinds: readonly CostKind[], month: PlainMonth) =>
    inMonth(month).filter(({ kind }) => kinds.includes(kind));
  return {
    any: months.size > 0,
    costs,
    spend: (kinds, month) => sumOf(costs(kinds, month), kinds, month, currency, rateDay(month, today)),
  };
}

/** The last day of a month, or today while it runs. */
function rateDay(month: PlainMonth, today: PlainDay): PlainDay {
  const last = lastDayOf(month);
  return last < today ? last : today;
}

function storedMonths(db: ReadDb): ReadonlyMap<PlainMonth, readonly FiledCost[]> {
  const key = revisionOf(db);
  const known = stored.get(db);
  if (known?.key === key) return known.months;
  const months = new Map<PlainMonth, FiledCost[]>();
  const rows = db
    .prepare<[], FiledCost>(
      `SELECT c.month, c.kind, c.channel_key, c.currency, c.channel, c.amount_minor, c.note, c.cost_edit_id,
              c.entered_at, c.changed_at, e.file
       FROM cost c CROSS JOIN cost_edit e ON e.cost_edit_id = c.cost_edit_id
       ORDER BY c.month, c.kind, c.channel_key, c.currency`,
    )
    .all();
  for (const row of rows) {
    const month = months.get(row.month);
    if (month) month.push(row);
    else months.set(row.month, [row]);
  }
  stored.set(db, { key, months });
  return months;
}

/** Every change of a cost is an act; ids begin again where all acts were deleted, moments do not. */
function revisionOf(db: ReadDb): string {
  const last = db
    .prepare<[], { id: number; at: number }>(
      `SELECT cost_edit_id AS id, made_at AS at FROM cost_edit ORDER BY cost_edit_id DESC LIMIT 1`,
    )
    .first();
  return last ? `${last.id}:${last.at}` : '';
}

function valuedCosts(
  costs: readonly FiledCost[],
  rates: RateBook,
  currency: CurrencyCode,
  day: PlainDay,
): readonly ValuedCost[] {
  return costs.map((cost) => {
    const rate = rates.rate(cost.currency, currency, day);
    return { ...cost, valued: rate ? convert(cost.amount_minor, rate) : null };
  });
}

function sumOf(
  costs: readonly ValuedCost[],
  kinds: readonly CostKind[],
  month: PlainMonth,
  currency: CurrencyCode,
  day: PlainDay,
): Spend {
  if (costs.length === 0) return { value: null, reason: `No ${kindWords(kinds)} is recorded for ${month}` };
  const missing = [...new Set(costs.filter(({ valued }) => valued === null).map((cost) => cost.currency))];
  if (missing.length > 0)
    return {
      value: null,
      reason: `No rate from ${missing.join(', ')} to ${currency} on ${day} or the seven days before`,
    };
  const sum = costs.reduce((total, { valued }) => total + (valued ?? 0), 0);
  if (!Number.isSafeInteger(sum)) return { value: null, reason: `The costs of ${month} are too large to add up` };
  return { value: sum, reason: null };
}

/** `marketing or sales cost`; all kinds together are `cost`. */
function kindWords(kinds: readonly CostKind[]): string {
  if (kinds.length === COST_KINDS.length) return 'cost';
  const names = kinds.map((kind) => COST_KIND_TITLES[kind].toLowerCase());
  return kinds.length === 1 && kinds[0] === 'cogs' ? 'cost of revenue' : `${eitherOf(names)} cost`;
}
