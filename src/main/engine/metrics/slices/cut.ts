/** One slice's part of the columns, summed by day as the company's rollups are. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { dayOfNumber } from '../../../../shared/kernel/day.ts';
import { LEDGER_KINDS } from '../core/movement.ts';
import { currencyOfNumber } from '../ledger/customer-block.ts';
import type { GaugeRollupRow } from '../ledger/rollup.ts';
import type { SliceKind, ViewMovement } from '../query/ledger-view.ts';
import { TRANSFER, type MoveColumns } from './move-columns.ts';
import type { Selection } from './selection.ts';
import type { StateColumns } from './state-columns.ts';
import { STATE_GAUGES } from './state-gauges.ts';

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
  const leftovers = new Map<number, { native: number; reporting: number }>();
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
      if (native !== own || value !== ownValue) {
        const leftover = leftovers.get(currency);
        if (leftover) {
          leftover.native += native - own;
          leftover.reporting += value - ownValue;
        } else leftovers.set(currency, { native: native - own, reporting: value - ownValue });
      }
      place += 1;
      index = rows === null ? place : (rows[place] ?? 0);
    }
    if (leftovers.size > 0) bookMoved(leftovers, lanes, offset);
    let paysNow = held > 0;
    if (others.size > 0) for (const other of others.values()) if (other > 0) paysNow = true;
    if (paysNow !== pays) paying[offset] = (paying[offset] ?? 0) + (paysNow ? 1 : -1);
    pays = paysNow;
  }
  return { movements: movementRows(lanes.byKey, firstDay), gauges: gaugeRows(levels, paying, firstDay) };
}

/** The kinds of the lanes: those of the ledger, then the two that slices add. */
const KINDS: readonly SliceKind[] = [...LEDGER_KINDS, 'movedIn', 'movedOut'];
const MOVED_IN = KINDS.indexOf('movedIn');
const MOVED_OUT = KINDS.indexOf('movedOut');

class Lanes {
  /** By currency number times the number of kinds, and kind. */
  readonly byKey = new Map<number, Lane>();
  readonly #span: number;
  readonly #last: (Lane | undefined)[] = [];
  #currency = -1;

  constructor(span: number) {
    this.#span = span;
  }

  add(kind: number, currency: number, offset: number, native: number, reporting: number, customers: number): void {
    const lane = this.#laneOf(kind, currency);
    lane.native[offset] = (lane.native[offset] ?? 0) + native;
    lane.reporting[offset] = (lane.reporting[offset] ?? 0) + reporting;
    lane.customers[offset] = (lane.customers[offset] ?? 0) + customers;
  }

  #laneOf(kind: number, currency: number): Lane {
    if (currency !== this.#currency) {
      this.#currency = currency;
      this.#last.length = 0;
    }
    const known = this.#last[kind];
    if (known) return known;
    const key = currency * KINDS.length + kind;
    let lane = this.byKey.get(key);
    if (!lane) {
      const span = this.#span;
      lane = { native: new Float64Array(span), reporting: new Float64Array(span), customers: new Int32Array(span) };
      this.byKey.set(key, lane);
    }
    return (this.#last[kind] = lane);
  }
}

/** What a customer's day moved over the border of the slice. Of two currencies that changed places in it nothing did. */
function bookMoved(leftovers: Map<number, { native: number; reporting: number }>, lanes: Lanes, offset: number): void {
  let native = 0;
  let reporting = 0;
  for (const leftover of leftovers.values()) {
    native += leftover.native;
    reporting += leftover.reporting;
  }
  const sign = reporting !== 0 || leftovers.size > 1 ? reporting : native;
  const kind = sign > 0 ? MOVED_IN : sign < 0 ? MOVED_OUT : TRANSFER;
  let counted = false;
  for (const [currency, leftover] of leftovers) {
    if (leftover.native === 0 && leftover.reporting === 0) continue;
    lanes.add(kind, currency, offset, leftover.native, leftover.reporting, counted ? 0 : 1);
    counted = true;
  }
  leftovers.clear();
}

function orZero(amount: number | undefined): number {
  return amount === undefined || Number.isNaN(amount) ? 0 : amount;
}

function movementRows(lanes: ReadonlyMap<number, Lane>, firstDay: number): ViewMovement[] {
  const rows: { offset: number; row: ViewMovement }[] = [];
  for (const [key, { native, reporting, customers }] of lanes) {
    const kind = KINDS[key % KINDS.length] ?? 'transfer';
    const currency = currencyOfNumber(Math.floor(key / KINDS.length));
    for (let offset = 0; offset < native.length; offset++) {
      const [annual_minor = 0, reporting_minor = 0, counted = 0] = [
        native[offset],
        reporting[offset],
        customers[offset],
      ];
      if (annual_minor === 0 && reporting_minor === 0 && counted === 0) continue;
      const moved_on = dayOfNumber(firstDay + offset);
      rows.push({ offset, row: { moved_on, kind, currency, annual_minor, reporting_minor, customers: counted } });
    }
  }
  return rows.sort((a, b) => a.offset - b.offset).map(({ row }) => row);
}

function gaugeRows(levels: ReadonlyMap<number, Float64Array>, paying: Int32Array, firstDay: number): GaugeRollupRow[] {
  const rows: GaugeRollupRow[] = [];
  for (const [currency, deltas] of levels) addRows(rows, 'mrr', currencyOfNumber(currency), deltas, firstDay);
  addRows(rows, 'customers', '', paying, firstDay);
  return rows;
}

function addRows(
  rows: GaugeRollupRow[],
  gauge: string,
  currency: CurrencyCode | string,
  deltas: Float64Array | Int32Array,
  firstDay: number,
): void {
  for (let offset = 0; offset < deltas.length; offset++) {
    const delta = deltas[offset] ?? 0;
    if (delta !== 0) rows.push({ gauge, changed_on: dayOfNumber(firstDay + offset), currency, delta });
  }
}

/** The stocks beside MRR. A trial counts under its main price. */
export function cutStates(states: StateColumns, selection: Selection): GaugeRollupRow[] {
  const { length, customers, days, items, currencies, gauges, amounts, firstDay, lastDay } = states;
  const { customer: holds, currencies: wanted } = selection;
  const chosen = selection.items();
  const lanes = new Map<number, Float64Array>();
  const last: (Float64Array | undefined)[] = [];
  let customer = -1;
  let isIn = true;
  let currency = -1;
  let isWanted = true;
  for (let index = 0; index < length; index++) {
    if (chosen && chosen[items[index] ?? -1] !== 1) continue;
    if (holds && customers[index] !== customer) {
      customer = customers[index] ?? 0;
      isIn = holds(customer);
    }
    if (!isIn) continue;
    if (currencies[index] !== currency) {
      currency = currencies[index] ?? 0;
      isWanted = !wanted || wanted.has(currency);
      last.length = 0;
    }
    if (!isWanted) continue;
    const gauge = gauges[index] ?? 0;
    const lane = (last[gauge] ??= laneOf(lanes, gauge, currency, lastDay - firstDay + 1));
    const offset = (days[index] ?? 0) - firstDay;
    lane[offset] = (lane[offset] ?? 0) + (amounts[index] ?? 0);
  }
  const rows: GaugeRollupRow[] = [];
  for (const [key, deltas] of lanes) {
    const native = Math.floor(key / STATE_GAUGES.length);
    const gauge = STATE_GAUGES[key % STATE_GAUGES.length] ?? 'usage';
    addRows(rows, gauge, native === 0 ? '' : currencyOfNumber(native), deltas, firstDay);
  }
  return rows;
}

/** Counts have no currency of their own: the rollups keep them under none. */
function laneOf(lanes: Map<number, Float64Array>, gauge: number, currency: number, span: number): Float64Array {
  const key = (STATE_GAUGES[gauge] === 'trials' ? 0 : currency) * STATE_GAUGES.length + gauge;
  let lane = lanes.get(key);
  if (!lane) lanes.set(key, (lane = new Float64Array(span)));
  return lane;
}
