/** One slice's part of the columns, summed by day as the company's rollups are. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { dayOfNumber } from '../../../../shared/kernel/day.ts';
import { LEDGER_KINDS } from '../core/movement.ts';
import { currencyOfNumber } from '../ledger/customer-block.ts';
import type { GaugeRollupRow } from '../ledger/rollup.ts';
import type { SliceKind, ViewMovement } from '../query/ledger-view.ts';
import { TRANSFER, type MoveColumns } from './move-columns.ts';
import type { Selection } from './selection.ts';

/** A running sum of one kind and currency over the days of the ledger. */
interface Lane {
  readonly native: Float64Array;
  readonly reporting: Float64Array;
  readonly customers: Int32Array;
}

export interface Cut {
  /** By day. */
  readonly movements: ViewMovement[];
  /** `mrr` and `customers`, by day. */
  readonly gauges: GaugeRollupRow[];
}

/** The rows of the ledger that are in a slice, ascending; null: all of them. */
export function rowsIn(moves: MoveColumns, selection: Selection): Int32Array | null {
  const { length, customers, items, currencies } = moves;
  const { customer: holds, currencies: wanted } = selection;
  const chosen = selection.items();
  if (!holds && !chosen && !wanted) return null;
  const rows = new Int32Array(length);
  let count = 0;
  let customer = -1;
  let isIn = true;
  let currency = -1;
  let isWanted = true;
  for (let index = 0; index < length; index++) {
    // Rows lie by customer, and most have the currency of the row before: neither is asked for again.
    if (holds && customers[index] !== customer) {
      customer = customers[index] ?? 0;
      isIn = holds(customer);
    }
    if (!isIn || (chosen && chosen[items[index] ?? 0] !== 1)) continue;
    if (wanted && currencies[index] !== currency) {
      currency = currencies[index] ?? 0;
      isWanted = wanted.has(currency);
    }
    if (isWanted) rows[count++] = index;
  }
  return rows.slice(0, count);
}

/**
 * The movements of a slice. Each row adds its own share to the kind of its day; what else changed went to or came
 * from other prices: of a customer's day it counts as moved in or out as far as it does not stay in the slice.
 * @param rows those of `rowsIn`.
 */
export function cutMovements(moves: MoveColumns, rows: Int32Array | null): Cut {
  const { customers, days, kinds, currencies, annual, reporting, ownAnnual, ownReporting, firstDay } = moves;
  const length = rows === null ? moves.length : rows.length;
  const span = Math.max(0, moves.lastDay - firstDay + 1);
  const lanes = new Lanes(span);
  const levels = new Map<number, Float64Array>();
  const paying = new Int32Array(span);
  const leftovers = new Leftovers();
  const others = new Map<number, number>();
  let levelCurrency = -1;
  let level: Float64Array = new Float64Array(0);
  let customer = -1;
  let main = 0;
  let held = 0;
  let pays = false;

  for (let place = 0; place < length;) {
    const first = rows === null ? place : (rows[place] ?? 0);
    const day = days[first] ?? 0;
    const offset = day - firstDay;
    if (customers[first] !== customer) {
      customer = customers[first] ?? 0;
      main = currencies[first] ?? 0;
      held = 0;
      pays = false;
      if (others.size > 0) others.clear();
    }
    let counted = -1;
    for (let index = first; place < length && customers[index] === customer && days[index] === day;) {
      const currency = currencies[index] ?? 0;
      const native = annual[index] ?? 0;
      const own = ownAnnual[index] ?? 0;
      const value = orZero(reporting[index]);
      const ownValue = orZero(ownReporting[index]);
      if (currency !== levelCurrency) {
        levelCurrency = currency;
        level = levels.get(currency) ?? new Float64Array(span);
        levels.set(currency, level);
      }
      level[offset] = (level[offset] ?? 0) + native;
      if (currency === main) held += native;
      else others.set(currency, (others.get(currency) ?? 0) + native);
      if (own !== 0 || ownValue !== 0) {
        const kind = kinds[index] ?? 0;
        lanes.add(kind, currency, offset, own, ownValue, kind === counted ? 0 : 1);
        counted = kind;
      }
      if (native !== own || value !== ownValue) leftovers.add(currency, native - own, value - ownValue);
      place += 1;
      index = rows === null ? place : (rows[place] ?? 0);
    }
    leftovers.bookMoved(lanes, offset);
    let paysNow = held > 0;
    if (others.size > 0) for (const other of others.values()) if (other > 0) paysNow = true;
    if (paysNow !== pays) paying[offset] = (paying[offset] ?? 0) + (paysNow ? 1 : -1);
    pays = paysNow;
  }
  return { movements: movementRows(lanes.byCurrency, span, firstDay), gauges: gaugeRows(levels, paying, firstDay) };
}

/** The kinds of the lanes: those of the ledger, then the two that slices add. */
const KINDS: readonly SliceKind[] = [...LEDGER_KINDS, 'movedIn', 'movedOut'];
const MOVED_IN = KINDS.indexOf('movedIn');
const MOVED_OUT = KINDS.indexOf('movedOut');

class Lanes {
  /** By currency number, and then by kind. */
  readonly byCurrency = new Map<number, (Lane | undefined)[]>();
  readonly #span: number;
  #currency = -1;
  #lanes: (Lane | undefined)[] = [];

  constructor(span: number) {
    this.#span = span;
  }

  add(kind: number, currency: number, offset: number, native: number, reporting: number, customers: number): void {
    if (currency !== this.#currency) {
      this.#currency = currency;
      const known = this.byCurrency.get(currency);
      this.#lanes = known ?? [];
      if (!known) this.byCurrency.set(currency, this.#lanes);
    }
    const lane = (this.#lanes[kind] ??= emptyLane(this.#span));
    lane.native[offset] = (lane.native[offset] ?? 0) + native;
    lane.reporting[offset] = (lane.reporting[offset] ?? 0) + reporting;
    lane.customers[offset] = (lane.customers[offset] ?? 0) + customers;
  }
}

function emptyLane(span: number): Lane {
  return { native: new Float64Array(span), reporting: new Float64Array(span), customers: new Int32Array(span) };
}

/** What of a customer's day is left beside the own shares: nearly always in one currency. */
class Leftovers {
  #currency = 0;
  #native = 0;
  #reporting = 0;
  #isAny = false;
  readonly #others = new Map<number, { native: number; reporting: number }>();

  add(currency: number, native: number, reporting: number): void {
    if (!this.#isAny) {
      this.#isAny = true;
      this.#currency = currency;
      this.#native = native;
      this.#reporting = reporting;
    } else if (currency === this.#currency) {
      this.#native += native;
      this.#reporting += reporting;
    } else {
      const other = this.#others.get(currency);
      if (other) {
        other.native += native;
        other.reporting += reporting;
      } else this.#others.set(currency, { native, reporting });
    }
  }

  /** Books what moved over the border of the slice, and forgets it. Of two currencies that changed places in it nothing did. */
  bookMoved(lanes: Lanes, offset: number): void {
    if (!this.#isAny) return;
    this.#isAny = false;
    let native = this.#native;
    let reporting = this.#reporting;
    const isSeveral = this.#others.size > 0;
    if (isSeveral)
      for (const other of this.#others.values()) {
        native += other.native;
        reporting += other.reporting;
      }
    const sign = reporting !== 0 || isSeveral ? reporting : native;
    const kind = sign > 0 ? MOVED_IN : sign < 0 ? MOVED_OUT : TRANSFER;
    let counted = 1;
    if (this.#native !== 0 || this.#reporting !== 0) {
      lanes.add(kind, this.#currency, offset, this.#native, this.#reporting, counted);
      counted = 0;
    }
    if (!isSeveral) return;
    for (const [currency, other] of this.#others) {
      if (other.native === 0 && other.reporting === 0) continue;
      lanes.add(kind, currency, offset, other.native, other.reporting, counted);
      counted = 0;
    }
    this.#others.clear();
  }
}

function orZero(amount: number | undefined): number {
  return amount === undefined || Number.isNaN(amount) ? 0 : amount;
}

/** By day. */
function movementRows(byCurrency: Lanes['byCurrency'], span: number, firstDay: number): ViewMovement[] {
  const lanes = [...byCurrency].flatMap(([number, ofCurrency]) =>
    ofCurrency.flatMap((lane, kind) =>
      lane ? [{ ...lane, kind: KINDS[kind] ?? 'transfer', currency: currencyOfNumber(number) }] : [],
    ),
  );
  const rows: ViewMovement[] = [];
  for (let offset = 0; offset < span; offset++) {
    const moved_on = dayOfNumber(firstDay + offset);
    for (const { native, reporting, customers, kind, currency } of lanes) {
      const annual_minor = native[offset] ?? 0;
      const reporting_minor = reporting[offset] ?? 0;
      const counted = customers[offset] ?? 0;
      if (annual_minor !== 0 || reporting_minor !== 0 || counted !== 0)
        rows.push({ moved_on, kind, currency, annual_minor, reporting_minor, customers: counted });
    }
  }
  return rows;
}

function gaugeRows(levels: ReadonlyMap<number, Float64Array>, paying: Int32Array, firstDay: number): GaugeRollupRow[] {
  return [
    ...[...levels].flatMap(([currency, changes]) => gaugeRowsOf('mrr', currencyOfNumber(currency), changes, firstDay)),
    ...gaugeRowsOf('customers', '', paying, firstDay),
  ];
}

/** The days on which a gauge changed, in their order. */
export function gaugeRowsOf(
  gauge: string,
  currency: CurrencyCode | string,
  changes: Float64Array | Int32Array,
  firstDay: number,
): GaugeRollupRow[] {
  const rows: GaugeRollupRow[] = [];
  for (let offset = 0; offset < changes.length; offset++) {
    const delta = changes[offset] ?? 0;
    if (delta !== 0) rows.push({ gauge, changed_on: dayOfNumber(firstDay + offset), currency, delta });
  }
  return rows;
}
