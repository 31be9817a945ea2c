/** One slice's part of the columns, summed by day as the company's rollups are. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { dayOfNumber } from '../../../../shared/kernel/day.ts';
import { LEDGER_KINDS } from '../core/movement.ts';
import { currencyOfNumber, levelsOf, type LevelColumns } from '../ledger/customer-block.ts';
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

/**
 * The movements of a slice. Each row adds its own share to the kind of its day; what else changed went to or came
 * from other prices: of a customer's day it counts as moved in or out as far as it does not stay in the slice.
 */
export function cutMovements(moves: MoveColumns, selection: Selection): Cut {
  const { length, customers, days, kinds, items, currencies, annual, reporting, ownAnnual, ownReporting } = moves;
  const { customer: holds, currencies: wanted } = selection;
  const chosen = selection.items();
  const span = Math.max(0, moves.lastDay - moves.firstDay + 1);
  const lanes = new Map<number, Lane>();
  const levels = new Map<number, Float64Array>();
  const paying = new Int32Array(span);
  const held = new Map<number, number>();
  const leftovers = new Map<number, { native: number; reporting: number }>();

  const laneOf = (kind: number, currency: number): Lane => {
    const key = currency * KINDS.length + kind;
    let lane = lanes.get(key);
    if (!lane)
      lanes.set(
        key,
        (lane = {
          native: new Float64Array(span),
          reporting: new Float64Array(span),
          customers: new Int32Array(span),
        }),
      );
    return lane;
  };

  for (let start = 0; start < length;) {
    const customer = customers[start] ?? 0;
    if (holds && !holds(customer)) {
      while (start < length && customers[start] === customer) start += 1;
      continue;
    }
    held.clear();
    let pays = false;
    let index = start;
    while (index < length && customers[index] === customer) {
      const day = days[index] ?? 0;
      const offset = day - moves.firstDay;
      let touched = false;
      let counted = -1;
      for (; index < length && customers[index] === customer && days[index] === day; index++) {
        if (chosen && chosen[items[index] ?? 0] !== 1) continue;
        const currency = currencies[index] ?? 0;
        if (wanted && !wanted.has(currency)) continue;
        touched = true;
        const native = annual[index] ?? 0;
        const own = ownAnnual[index] ?? 0;
        const value = orZero(reporting[index]);
        const ownValue = orZero(ownReporting[index]);
        let level = levels.get(currency);
        if (!level) levels.set(currency, (level = new Float64Array(span)));
        level[offset] = (level[offset] ?? 0) + native;
        held.set(currency, (held.get(currency) ?? 0) + native);
        if (own !== 0 || ownValue !== 0) {
          const kind = kinds[index] ?? 0;
          const lane = laneOf(kind, currency);
          lane.native[offset] = (lane.native[offset] ?? 0) + own;
          lane.reporting[offset] = (lane.reporting[offset] ?? 0) + ownValue;
          if (kind !== counted) lane.customers[offset] = (lane.customers[offset] ?? 0) + 1;
          counted = kind;
        }
        if (native === own && value === ownValue) continue;
        const leftover = leftovers.get(currency);
        if (leftover) {
          leftover.native += native - own;
          leftover.reporting += value - ownValue;
        } else leftovers.set(currency, { native: native - own, reporting: value - ownValue });
      }
      if (!touched) continue;
      if (leftovers.size > 0) bookMoved(leftovers, laneOf, offset);
      let paysNow = false;
      for (const level of held.values()) if (level > 0) paysNow = true;
      if (paysNow !== pays) paying[offset] = (paying[offset] ?? 0) + (paysNow ? 1 : -1);
      pays = paysNow;
    }
    start = index;
  }
  return { movements: movementRows(lanes, moves.firstDay), gauges: gaugeRows(levels, paying, moves.firstDay) };
}

/** The kinds of the lanes: those of the ledger, then the two that slices add. */
const KINDS: readonly SliceKind[] = [...LEDGER_KINDS, 'movedIn', 'movedOut'];
const MOVED_IN = KINDS.indexOf('movedIn');
const MOVED_OUT = KINDS.indexOf('movedOut');

/** What a customer's day moved over the border of the slice. Of two currencies that changed places in it nothing did. */
function bookMoved(
  leftovers: Map<number, { native: number; reporting: number }>,
  laneOf: (kind: number, currency: number) => Lane,
  offset: number,
): void {
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
    const lane = laneOf(kind, currency);
    lane.native[offset] = (lane.native[offset] ?? 0) + leftover.native;
    lane.reporting[offset] = (lane.reporting[offset] ?? 0) + leftover.reporting;
    if (!counted) lane.customers[offset] = (lane.customers[offset] ?? 0) + 1;
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
  const { length, customers, days, items, currencies, gauges, amounts } = states;
  const { customer: holds, currencies: wanted } = selection;
  const chosen = selection.items();
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < length; index++) {
    const day = days[index] ?? 0;
    if (day < first) first = day;
    if (day > last) last = day;
  }
  const lanes = new Map<number, Float64Array>();
  for (let index = 0; index < length; index++) {
    if (chosen && chosen[items[index] ?? -1] !== 1) continue;
    const currency = currencies[index] ?? 0;
    if (wanted && !wanted.has(currency)) continue;
    if (holds && !holds(customers[index] ?? 0)) continue;
    const gauge = gauges[index] ?? 0;
    // Counts have no currency of their own: the rollups keep them under none.
    const key = (STATE_GAUGES[gauge] === 'trials' ? 0 : currency) * STATE_GAUGES.length + gauge;
    let lane = lanes.get(key);
    if (!lane) lanes.set(key, (lane = new Float64Array(last - first + 1)));
    const offset = (days[index] ?? 0) - first;
    lane[offset] = (lane[offset] ?? 0) + (amounts[index] ?? 0);
  }
  const rows: GaugeRollupRow[] = [];
  for (const [key, deltas] of lanes) {
    const currency = Math.floor(key / STATE_GAUGES.length);
    const gauge = STATE_GAUGES[key % STATE_GAUGES.length] ?? 'usage';
    addRows(rows, gauge, currency === 0 ? '' : currencyOfNumber(currency), deltas, first);
  }
  return rows;
}

/** Every customer's levels over the rows of a slice, as the company's are packed. */
export function cutLevels(moves: MoveColumns, selection: Selection): LevelColumns {
  const { customers, items, currencies } = moves;
  const { customer: holds, currencies: wanted } = selection;
  const chosen = selection.items();
  return levelsOf(
    moves,
    (index) =>
      (!holds || holds(customers[index] ?? 0)) &&
      (!chosen || chosen[items[index] ?? 0] === 1) &&
      (!wanted || wanted.has(currencies[index] ?? 0)),
  );
}
