/** What the ledger, the invoices and the costs say of whole months, each looked up once. */
import type { CostKind } from '../../../../shared/contract/costs.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { firstDayOf, lastDayOf, type PlainMonth } from '../../../../shared/kernel/day.ts';
import type { CostBook } from '../../costs/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import type { Policy } from '../core/policy.ts';
import { flowsOf, type Flows } from './flows.ts';
import type { LedgerView } from './ledger-view.ts';
import { defined, undefinedBecause, type Outcome } from './rates-of-change.ts';

export interface EconomicsSource {
  readonly db: ReadDb;
  readonly view: LedgerView;
  readonly policy: Policy;
  readonly currency: CurrencyCode;
  readonly context: MetricsContext;
  /** The acquisition channels of a slice that is made of nothing else: their spend alone counts. */
  readonly channels: readonly string[] | null;
}

export interface MonthBook {
  readonly costs: CostBook;
  /** Unknown where none is recorded or a rate is missing. */
  spend(kinds: readonly CostKind[], month: PlainMonth): Outcome;
  /** Unknown where it is so for one of the months. */
  spendOver(kinds: readonly CostKind[], months: readonly PlainMonth[]): Outcome;
  flowOver(flow: 'netRevenue' | 'cashCollected', months: readonly PlainMonth[]): Outcome;
  /** ARR at the end of the month; unknown where a rate is missing. */
  arr(month: PlainMonth): Outcome;
  newCustomers(month: PlainMonth): number;
  /** New MRR of the month as a year's worth; unknown where a rate is missing. */
  newAnnual(month: PlainMonth): Outcome;
}

export function monthBook({ db, view, currency, channels }: EconomicsSource, costs: CostBook): MonthBook {
  const spend = (kinds: readonly CostKind[], month: PlainMonth): Outcome =>
    channels === null ? costs.spend(kinds, month) : spendOf(costs, kinds, month, channels);
  const flows = new Map<PlainMonth, Flows | undefined>();
  const flowsIn = (month: PlainMonth): Flows | undefined => {
    if (!flows.has(month))
      flows.set(month, flowsOf(db, [{ from: firstDayOf(month), to: lastDayOf(month) }], currency)[0]);
    return flows.get(month);
  };
  const moved = (month: PlainMonth) => view.moved('new', firstDayOf(month), lastDayOf(month), currency);
  return {
    costs,
    spend,
    spendOver(kinds, months) {
      const spends = months.map((month) => spend(kinds, month));
      const unknown = spends.filter(({ value }) => value === null);
      const [first] = unknown;
      if (first?.value !== null || first === undefined)
        return defined(spends.reduce((sum, { value }) => sum + (value ?? 0), 0));
      const rest = unknown.length - 1;
      return undefinedBecause(
        rest === 0 ? first.reason : `${first.reason}; neither is every one of ${rest} further months known`,
      );
    },
    flowOver(flow, months) {
      let sum = 0;
      for (const month of months) {
        const found = flowsIn(month);
        const [currencyWithout] = found?.missing ?? [];
        if (currencyWithout !== undefined)
          return undefinedBecause(`No rate from ${currencyWithout} to ${currency} on a day of ${month}`);
        sum += found?.[flow] ?? 0;
      }
      return defined(sum);
    },
    arr(month) {
      const { annual, missing } = view.stock('mrr', lastDayOf(month), currency);
      return missing.length > 0
        ? undefinedBecause(`No rate from ${missing.join(', ')} to ${currency} on ${lastDayOf(month)}`)
        : defined(annual);
    },
    newCustomers: (month) => moved(month).customers,
    newAnnual(month) {
      const { annual, missing } = moved(month);
      return missing.length > 0
        ? undefinedBecause(`No rate from ${missing.join(', ')} to ${currency} on a day of ${month}`)
        : defined(annual);
    },
  };
}

/** The costs of some channels, which are told apart without regard to case. */
function spendOf(costs: CostBook, kinds: readonly CostKind[], month: PlainMonth, channels: readonly string[]): Outcome {
  const names = new Set(channels.map(channelKey));
  const own = costs.costs(kinds, month).filter(({ channel }) => channel !== null && names.has(channelKey(channel)));
  if (own.length === 0) return undefinedBecause(`No cost of this channel is recorded for ${month}`);
  if (own.some(({ valued }) => valued === null)) return undefinedBecause('A cost in another currency has no rate');
  return defined(own.reduce((sum, { valued }) => sum + (valued ?? 0), 0));
}

/** What a channel's texts have in common. */
export function channelKey(channel: string): string {
  return channel.trim().toLowerCase();
}
