/**
 * The step from states to movements over all customers at once, in columns:
 * every month's movements by kind and currency. It shares its rule with the
 * ledger (core/movement) and nothing else, so that the one can prove the other.
 */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { dayOfNumber, monthOf, type PlainMonth } from '../../../../shared/kernel/day.ts';
import { convert, type RateBook } from '../../fx/index.ts';
import { LEDGER_KINDS, movementKind, type LedgerKind, type SubscriptionChange } from '../core/movement.ts';
import type { Policy } from '../core/policy.ts';
import { STANDINGS } from '../core/standing.ts';
import { currencyOfNumber } from './customer-block.ts';
import type { Valuation } from './customer-movements.ts';
import type { StateColumns } from './state-block.ts';

/** Sums in annual minor units, by month, kind and currency (`2026-11 churn EUR`). */
export type MovementMonths = ReadonlyMap<string, number>;

/** Whether movements under a policy follow from the ends of days alone. */
export function netsByDay({ netting, reactivationGapDays }: Policy): boolean {
  return netting === 'day' && reactivationGapDays === 0;
}

/** @param columns states that were valued under the valuation's policy, which `netsByDay`. */
export function movementMonths(columns: StateColumns, valuation: Valuation): MovementMonths {
  const sums = new MonthSums();
  const { length, customers, days } = columns;
  const life = new Life(columns, valuation, sums);
  for (let start = 0; start < length;) {
    let end = start + 1;
    if (start === 0 || customers[start] !== customers[start - 1]) life.begin();
    while (end < length && customers[end] === customers[start] && days[end] === days[start]) end += 1;
    life.day(start, end);
    start = end;
  }
  return sums.byName();
}

/** One customer's life, day after day; reused from customer to customer. */
class Life {
  readonly #columns: StateColumns;
  readonly #policy: Policy;
  readonly #currency: CurrencyCode;
  readonly #rates: RateBook;
  readonly #sums: MonthSums;
  readonly #worth: number[] = [];
  readonly #standing: number[] = [];
  readonly #levels = new Map<number, number>();
  readonly #natives = new Map<number, number>();
  #everPaid = false;

  constructor(columns: StateColumns, { policy, currency, rates }: Valuation, sums: MonthSums) {
    this.#columns = columns;
    this.#policy = policy;
    this.#currency = currency;
    this.#rates = rates;
    this.#sums = sums;
  }

  begin(): void {
    this.#worth.length = 0;
    this.#standing.length = 0;
    this.#levels.clear();
    this.#everPaid = false;
  }

  /** Nets the entries of one day. */
  day(start: number, end: number): void {
    const { annual, days, currencies, subscriptions, standings } = this.#columns;
    const changes: SubscriptionChange[] = [];
    const natives = this.#natives;
    natives.clear();
    for (let index = start; index < end; index++) {
      const subscription = subscriptions[index] ?? 0;
      const worth = annual[index] ?? 0;
      const standing = standings[index] ?? 0;
      const delta = worth - (this.#worth[subscription] ?? 0);
      if (delta !== 0) {
        const was = this.#standing[subscription];
        changes.push({
          delta,
          was: was === undefined ? null : (STANDINGS[was] ?? null),
          is: STANDINGS[standing] ?? 'ended',
        });
        const currency = currencies[index] ?? 0;
        natives.set(currency, (natives.get(currency) ?? 0) + delta);
      }
      this.#worth[subscription] = worth;
      this.#standing[subscription] = standing;
    }
    if (changes.length === 0) return;
    const paidBefore = this.#pays();
    for (const [currency, net] of natives) this.#levels.set(currency, (this.#levels.get(currency) ?? 0) + net);
    const paysAfter = this.#pays();
    const day = days[start] ?? 0;
    const kind = movementKind({
      freeCustomers: this.#policy.freeCustomers,
      paidBefore,
      paysAfter,
      everPaid: this.#everPaid,
      net: this.#net(day),
      changes,
    });
    for (const [currency, net] of natives) this.#sums.add(day, kind, currency, net);
    this.#everPaid ||= paysAfter;
  }

  #pays(): boolean {
    for (const level of this.#levels.values()) if (level > 0) return true;
    return false;
  }

  /** The day's net: of one currency as it is, of several in the reporting currency as far as rates are known. */
  #net(day: number): number {
    let sum = 0;
    for (const [currency, net] of this.#natives) {
      if (this.#natives.size === 1) return net;
      const rate = this.#rates.rate(currencyOfNumber(currency), this.#currency, dayOfNumber(day));
      sum += rate ? convert(net, rate) : 0;
    }
    return sum;
  }
}

/** Currencies are numbers of 24 bits; with eight kinds and the month before them a key is exact in a number. */
const CURRENCIES = 2 ** 24;
const KINDS = LEDGER_KINDS.length;

/** Sums by one number for month, kind and currency, which is cheap to look up; named at the end. */
class MonthSums {
  readonly #monthOfDay = new Map<number, number>();
  readonly #months: PlainMonth[] = [];
  readonly #sums = new Map<number, number>();

  add(day: number, kind: LedgerKind, currency: number, net: number): void {
    const key = (this.#month(day) * KINDS + LEDGER_KINDS.indexOf(kind)) * CURRENCIES + currency;
    this.#sums.set(key, (this.#sums.get(key) ?? 0) + net);
  }

  byName(): Map<string, number> {
    const named = new Map<string, number>();
    for (const [key, sum] of this.#sums) {
      const monthAndKind = Math.floor(key / CURRENCIES);
      const month = this.#months[Math.floor(monthAndKind / KINDS)];
      named.set(`${month} ${LEDGER_KINDS[monthAndKind % KINDS]} ${currencyOfNumber(key % CURRENCIES)}`, sum);
    }
    return named;
  }

  #month(day: number): number {
    const known = this.#monthOfDay.get(day);
    if (known !== undefined) return known;
    const month = monthOf(dayOfNumber(day));
    const found = this.#months.indexOf(month);
    const index = found >= 0 ? found : this.#months.push(month) - 1;
    this.#monthOfDay.set(day, index);
    return index;
  }
}
