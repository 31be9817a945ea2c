/**
 * What subscriptions were worth at the ends of days, in packed columns, 16
 * customers to a row: worth (Float64), then customer, day, currency,
 * subscription and standing (Int32), each column in one piece. Entries lie by
 * customer and then by day, so that one pass nets day after day.
 */
import { dayNumber } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import { STANDINGS } from '../core/standing.ts';
import { currencyNumber, CUSTOMERS_PER_BLOCK } from './customer-block.ts';
import { endsOfDays, type SubscriptionHistory } from './customer-history.ts';

const BYTES_PER_ENTRY = 8 + 5 * 4;

export interface StateColumns {
  readonly length: number;
  /** Annual minor units that count in MRR. */
  readonly annual: Float64Array;
  readonly customers: Int32Array;
  /** As `dayNumber`. */
  readonly days: Int32Array;
  /** As `currencyNumber`. */
  readonly currencies: Int32Array;
  /** Numbers a customer's subscriptions, from 0 on. */
  readonly subscriptions: Int32Array;
  /** Index into `STANDINGS`. */
  readonly standings: Int32Array;
}

/** One customer's entries: as many numbers each as there are columns, in their order. */
export type StateEntries = readonly (readonly [number, number, number, number, number, number])[];

/** A customer's entries, by day and then in the order of its subscriptions. */
export function stateEntries(customerId: number, subscriptions: readonly SubscriptionHistory[]): StateEntries {
  return subscriptions
    .flatMap(({ states }, index) =>
      endsOfDays(states).map(
        ({ on, state, valued }) =>
          [
            valued.annual,
            customerId,
            dayNumber(on),
            currencyNumber(state.currency),
            index,
            STANDINGS.indexOf(valued.standing),
          ] as const,
      ),
    )
    .sort((a, b) => a[2] - b[2]);
}

/** The blocks of the given customers with their entries replaced, as far as that changes them; null for one that is left without any. */
export function changedStateBlocks(
  db: ReadDb,
  changed: ReadonlyMap<number, StateEntries>,
): Map<number, Uint8Array | null> {
  const find = db.prepare<[number], { body: Uint8Array }>(`SELECT body FROM state_block WHERE block_id = ?`);
  const bodies = new Map<number, Uint8Array | null>();
  for (const block of new Set([...changed.keys()].map((id) => Math.floor(id / CUSTOMERS_PER_BLOCK)))) {
    const stored = find.first(block)?.body;
    const kept = stored ? entriesByCustomer(unpacked(stored)) : new Map<number, StateEntries>();
    const ids = [...new Set([...kept.keys(), ...changed.keys()])]
      .filter((id) => Math.floor(id / CUSTOMERS_PER_BLOCK) === block)
      .sort((a, b) => a - b);
    const entries = ids.flatMap((id) => changed.get(id) ?? kept.get(id) ?? []);
    const body = entries.length === 0 ? null : packed(entries);
    const isSame = body === null || !stored ? body === null && !stored : Buffer.compare(body, stored) === 0;
    if (!isSame) bodies.set(block, body);
  }
  return bodies;
}

/** Reads every block into one set of columns. */
export function readStateColumns(db: ReadDb): StateColumns {
  const blocks = db
    .prepare<[], { body: Uint8Array }>(`SELECT body FROM state_block ORDER BY block_id`)
    .all()
    .map(({ body }) => unpacked(body));
  const length = blocks.reduce((sum, block) => sum + block.length, 0);
  const all = columnsOf(new ArrayBuffer(length * BYTES_PER_ENTRY), length);
  let offset = 0;
  for (const block of blocks) {
    for (const [index, column] of listOf(block).entries()) listOf(all)[index]?.set(column, offset);
    offset += block.length;
  }
  return all;
}

function packed(entries: StateEntries): Uint8Array {
  const buffer = new ArrayBuffer(entries.length * BYTES_PER_ENTRY);
  for (const [place, column] of listOf(columnsOf(buffer, entries.length)).entries())
    for (let index = 0; index < entries.length; index++) column[index] = entries[index]?.[place] ?? 0;
  return new Uint8Array(buffer);
}

/** A blob's columns; copied, since a driver's buffer need not be aligned. */
function unpacked(body: Uint8Array): StateColumns {
  const buffer = new ArrayBuffer(body.byteLength);
  new Uint8Array(buffer).set(body);
  return columnsOf(buffer, body.byteLength / BYTES_PER_ENTRY);
}

function columnsOf(buffer: ArrayBuffer, length: number): StateColumns {
  const whole = (place: number) => new Int32Array(buffer, (8 + 4 * place) * length, length);
  return {
    length,
    annual: new Float64Array(buffer, 0, length),
    customers: whole(0),
    days: whole(1),
    currencies: whole(2),
    subscriptions: whole(3),
    standings: whole(4),
  };
}

function listOf(columns: StateColumns): (Float64Array | Int32Array)[] {
  const { annual, customers, days, currencies, subscriptions, standings } = columns;
  return [annual, customers, days, currencies, subscriptions, standings];
}

function entriesByCustomer(columns: StateColumns): Map<number, StateEntries> {
  const byCustomer = new Map<number, StateEntries[number][]>();
  const { annual, customers, days, currencies, subscriptions, standings, length } = columns;
  for (let index = 0; index < length; index++) {
    const customer = customers[index] ?? 0;
    const entry = [
      annual[index] ?? 0,
      customer,
      days[index] ?? 0,
      currencies[index] ?? 0,
      subscriptions[index] ?? 0,
      standings[index] ?? 0,
    ] as const;
    const entries = byCustomer.get(customer);
    if (entries) entries.push(entry);
    else byCustomer.set(customer, [entry]);
  }
  return byCustomer;
}
