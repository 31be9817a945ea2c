/** The ledger under another policy: the stored one, with the customers taken out whom the policy affects, and put in as it values them. */
import { dayOfNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import { rateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { LEDGER_KINDS } from '../core/movement.ts';
import type { Policy } from '../core/policy.ts';
import { STANDINGS } from '../core/standing.ts';
import {
  currencyOfNumber,
  levelColumns,
  levelsOf,
  readMovementColumns,
  type LevelColumns,
  type MovementColumns,
} from '../ledger/customer-block.ts';
import type { CustomerHistory } from '../ledger/customer-history.ts';
import { customerMovements } from '../ledger/customer-movements.ts';
import {
  customerLevels,
  gaugedStates,
  RollupDelta,
  type CustomerLevel,
  type GaugedState,
  type GaugeRollupRow,
  type MovementRollupRow,
  type RolledMovement,
} from '../ledger/rollup.ts';
import { isEnding, isOnTrial, readItemColumns, standingOf, type ItemColumns } from '../ledger/state-block.ts';
import { storedRollups, type ViewSource } from './ledger-view.ts';

/**
 * @param affected the customers who are valued again, ascending: all of those in `histories`, and nobody else.
 * @param histories theirs under the policy.
 */
export function revaluedSource(
  db: ReadDb,
  policy: Policy,
  context: MetricsContext,
  affected: Int32Array,
  histories: Iterable<CustomerHistory>,
): ViewSource {
  const valuation = { currency: context.currency, rates: rateBook(db), policy };
  const isAffected = marks(affected);
  const changes = new RollupDelta();
  bookStored(changes, readMovementColumns(db), readItemColumns(db), isAffected);
  const levels = new Map<number, CustomerLevel[]>();
  for (const { customerId, subscriptions } of histories) {
    const movements = customerMovements({ customerId, subscriptions }, valuation);
    changes.book({ movements, states: subscriptions.map(gaugedStates), usage: [] }, 1);
    levels.set(customerId, customerLevels(movements));
  }
  const own = levelColumns(levels);
  const stored = storedRollups(db);
  const changed = changes.rows();
  return {
    currency: context.currency,
    movements: summedMovements([...stored.movements, ...changed.movements]),
    gauges: summedGauges([...stored.gauges, ...changed.gauges]),
    levels: () => joinedLevels(keptLevels(readMovementColumns(db), isAffected), own),
  };
}

/** By customer id: 1 for those named. */
export function marks(customers: Int32Array): Uint8Array {
  const marked = new Uint8Array((customers.at(-1) ?? 0) + 1);
  for (const id of customers) marked[id] = 1;
  return marked;
}

/** Takes out what is stored of the affected. */
function bookStored(changes: RollupDelta, moves: MovementColumns, items: ItemColumns, isAffected: Uint8Array): void {
  for (let start = 0; start < moves.length;) {
    const customer = moves.customers[start] ?? 0;
    let end = start + 1;
    while (end < moves.length && moves.customers[end] === customer) end += 1;
    if (isAffected[customer] === 1)
      changes.book({ movements: storedMovements(moves, start, end), states: [], usage: [] }, -1);
    start = end;
  }
  for (let start = 0; start < items.length;) {
    const customer = items.customers[start] ?? 0;
    let end = start + 1;
    while (end < items.length && items.customers[end] === customer) end += 1;
    if (isAffected[customer] === 1)
      changes.book({ movements: [], states: storedStates(items, start, end), usage: [] }, -1);
    start = end;
  }
}

function storedMovements(moves: MovementColumns, start: number, end: number): RolledMovement[] {
  const rows: RolledMovement[] = [];
  for (let index = start; index < end; index++) {
    const reporting = moves.reporting[index] ?? Number.NaN;
    rows.push({
      on: dayOfNumber(moves.days[index] ?? 0),
      kind: LEDGER_KINDS[moves.kinds[index] ?? 0] ?? 'transfer',
      currency: currencyOfNumber(moves.currencies[index] ?? 0),
      annual: moves.annual[index] ?? 0,
      reporting: Number.isNaN(reporting) ? null : reporting,
    });
  }
  return rows;
}

/** The ends of the days of one customer's subscriptions, each by time. */
function storedStates(items: ItemColumns, start: number, end: number): GaugedState[][] {
  const subscriptions: GaugedState[][] = [];
  for (let index = start; index < end;) {
    const day = items.days[index] ?? 0;
    const subscription = items.subscriptions[index] ?? 0;
    const mark = items.marks[index] ?? 0;
    const currency = currencyOfNumber(items.currencies[index] ?? 0);
    let [annual, trial] = [0, 0];
    for (; index < end && items.days[index] === day && items.subscriptions[index] === subscription; index++) {
      if (isOnTrial(items.marks[index] ?? 0)) trial += items.amounts[index] ?? 0;
      else annual += items.amounts[index] ?? 0;
    }
    (subscriptions[subscription] ??= []).push({
      on: dayOfNumber(day),
      standing: STANDINGS[standingOf(mark)] ?? 'ended',
      currency,
      annual,
      trial,
      scheduledEnd: isEnding(mark),
    });
  }
  return subscriptions.filter((states) => states !== undefined);
}

/** One row a day, kind and currency, by day: a sum is converted as one. */
function summedMovements(rows: readonly MovementRollupRow[]): MovementRollupRow[] {
  const sums = new Map<string, MovementRollupRow>();
  for (const row of rows) {
    const key = `${row.moved_on}${row.kind}|${row.currency}`;
    const known = sums.get(key);
    sums.set(
      key,
      known
        ? {
            ...known,
            annual_minor: known.annual_minor + row.annual_minor,
            reporting_minor: known.reporting_minor + row.reporting_minor,
            customers: known.customers + row.customers,
          }
        : row,
    );
  }
  return [...sums.values()]
    .filter((row) => row.annual_minor !== 0 || row.reporting_minor !== 0 || row.customers !== 0)
    .sort((a, b) => byDay(a.moved_on, b.moved_on));
}

function summedGauges(rows: readonly GaugeRollupRow[]): GaugeRollupRow[] {
  return [...rows].sort((a, b) => byDay(a.changed_on, b.changed_on));
}

function byDay(a: PlainDay, b: PlainDay): number {
  return a < b ? -1 : Number(a > b);
}

/** The levels of those whom the policy does not affect. */
function keptLevels(moves: MovementColumns, isAffected: Uint8Array): LevelColumns {
  const rows = new Int32Array(moves.length);
  let count = 0;
  for (let index = 0; index < moves.length; index++)
    if (isAffected[moves.customers[index] ?? 0] !== 1) rows[count++] = index;
  return levelsOf(moves, rows.subarray(0, count));
}

/** Both by customer, of whom each is in one of them. */
function joinedLevels(one: LevelColumns, other: LevelColumns): LevelColumns {
  const length = one.length + other.length;
  const joined = {
    length,
    levels: new Float64Array(length),
    customers: new Int32Array(length),
    days: new Int32Array(length),
    currencies: new Int32Array(length),
  };
  let [first, second] = [0, 0];
  for (let at = 0; at < length; at++) {
    const takesFirst =
      second >= other.length || (first < one.length && (one.customers[first] ?? 0) < (other.customers[second] ?? 0));
    const from = takesFirst ? one : other;
    const index = takesFirst ? first++ : second++;
    joined.levels[at] = from.levels[index] ?? 0;
    joined.customers[at] = from.customers[index] ?? 0;
    joined.days[at] = from.days[index] ?? 0;
    joined.currencies[at] = from.currencies[index] ?? 0;
  }
  return joined;
}
