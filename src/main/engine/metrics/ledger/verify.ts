/** Proves the stored ledger: computes everything anew from the facts, in memory, and compares. */
import { dayOfNumber } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { rateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { LEDGER_KINDS } from '../core/movement.ts';
import { currencyOfNumber, movementRows, readMovementColumns } from './customer-block.ts';
import { discountFaults } from './discount-spans.ts';
import { factReader } from './load-facts.ts';
import { computeCustomer } from './compute-customer.ts';
import { RollupDelta } from './rollup.ts';
import { itemNumber } from './ledger-item.ts';
import type { PackedRow } from './packed-rows.ts';
import { movementMonths, netsByDay } from './movement-months.ts';
import { readStateColumns } from './state-block.ts';
import { storedMovementReader } from './stored-customer.ts';
import type { Valuation } from './customer-movements.ts';

/** Something stored that the facts do not give, or the other way round. */
export interface Difference {
  readonly where:
    | 'movement'
    | 'movement_rollup'
    | 'gauge_rollup'
    | 'customer_block'
    | 'state_block'
    | 'discount_span'
    | 'reversal';
  readonly what: string;
}

export interface Verification {
  readonly customers: number;
  readonly movements: number;
  /** Empty when the ledger is what its facts say. */
  readonly differences: readonly Difference[];
}

const SHOWN = 100;

/**
 * Rebuilds every customer from the stored facts without writing, and compares
 * movements, rollups and levels row by row; checks that each reversal takes
 * back exactly what it names. Customers that wait to be recomputed are left out
 * of the comparison of rows, and the rollups then of it altogether. At most a
 * hundred differences are listed.
 */
export function verify(db: ReadDb, context: MetricsContext): Verification {
  const differences: Difference[] = [];
  const differ = (where: Difference['where'], what: string) => {
    if (differences.length < SHOWN) differences.push({ where, what });
  };
  const dirty = new Set(
    db
      .prepare<[], { id: number }>(`SELECT customer_id AS id FROM dirty_customer`)
      .all()
      .map(({ id }) => id),
  );
  const everybody = db
    .prepare<[], { id: CustomerId }>(
      `SELECT customer_id AS id FROM billing_customer UNION SELECT customer_id FROM movement ORDER BY id`,
    )
    .all();
  const valuation: Valuation = { currency: context.currency, rates: rateBook(db), policy: context.policy };
  const readFacts = factReader(db);
  const readStored = storedMovementReader(db);
  const rollups = new RollupDelta();
  const packed: PackedRow[] = [];
  let movements = 0;
  for (const { id } of everybody) {
    if (dirty.has(id)) continue;
    const computed = computeCustomer(id, readFacts(id), context, valuation);
    rollups.book(computed.part, 1);
    packed.push(...movementRows(id, computed.movements, itemNumber));
    movements += computed.movements.length;
    compareRows(readStored(id).map(textOf), computed.movements.map(textOf), (what) =>
      differ('movement', `customer ${id}: ${what}`),
    );
  }
  compareReversals(db, (what) => differ('reversal', what));
  if (dirty.size === 0) {
    compareRollups(db, rollups, differ);
    compareRows(storedTexts(db), packed.map(packedText), (what) => differ('customer_block', what));
    compareMonths(db, valuation, (what) => differ('state_block', what));
    for (const what of discountFaults(db)) differ('discount_span', what);
  }
  return { customers: everybody.length - dirty.size, movements, differences };
}

interface Texted {
  readonly on: string;
  readonly kind: string;
  readonly reason: string | null;
  readonly subscriptionId: string;
  readonly priceId: string;
  readonly currency: string;
  readonly annual: number;
  readonly reporting: number | null;
}

function textOf({ on, kind, reason, subscriptionId, priceId, currency, annual, reporting }: Texted): string {
  return [on, kind, reason, subscriptionId, priceId, currency, annual, reporting].join(' ');
}

/** Compares two bags of rows. */
function compareRows(stored: readonly string[], computed: readonly string[], differ: (what: string) => void): void {
  const counts = new Map<string, number>();
  for (const row of stored) counts.set(row, (counts.get(row) ?? 0) + 1);
  for (const row of computed) counts.set(row, (counts.get(row) ?? 0) - 1);
  for (const [row, count] of counts) {
    if (count > 0) differ(`stored and not in the facts: ${row}`);
    if (count < 0) differ(`in the facts and not stored: ${row}`);
  }
}

function compareReversals(db: ReadDb, differ: (what: string) => void): void {
  const wrong = db
    .prepare<[], { movement_id: number }>(
      `SELECT r.movement_id FROM movement r JOIN movement m ON m.movement_id = r.reverses_id
       WHERE r.annual_minor <> -m.annual_minor OR r.reporting_minor IS NOT -m.reporting_minor OR r.moved_on <> m.moved_on
          OR r.kind <> m.kind OR r.customer_id <> m.customer_id OR m.reverses_id IS NOT NULL`,
    )
    .all();
  for (const { movement_id } of wrong) differ(`movement ${movement_id} does not take back what it names`);
}

function compareRollups(
  db: ReadDb,
  rollups: RollupDelta,
  differ: (where: Difference['where'], what: string) => void,
): void {
  const { movements, gauges } = rollups.rows();
  const rows = <Row extends object>(found: readonly Row[]) => found.map((row) => Object.values(row).join(' '));
  compareRows(
    rows(
      db
        .prepare<[], object>(
          `SELECT moved_on, kind, currency, annual_minor, reporting_minor, customers FROM movement_rollup`,
        )
        .all(),
    ),
    rows(movements.filter((row) => row.annual_minor !== 0 || row.reporting_minor !== 0 || row.customers !== 0)),
    (what) => differ('movement_rollup', what),
  );
  compareRows(
    rows(db.prepare<[], object>(`SELECT gauge, changed_on, currency, delta FROM gauge_rollup`).all()),
    rows(gauges.filter(({ delta }) => delta !== 0)),
    (what) => differ('gauge_rollup', what),
  );
}

/** Nets the stored states once more, in columns and by another way than the ledger, and compares month by month. */
function compareMonths(db: ReadDb, valuation: Valuation, differ: (what: string) => void): void {
  if (!netsByDay(valuation.policy)) return;
  const netted = movementMonths(readStateColumns(db), valuation);
  const stored = db
    .prepare<[], { name: string; annual: number }>(
      `SELECT substr(moved_on, 1, 7) || ' ' || kind || ' ' || currency AS name, sum(annual_minor) AS annual
       FROM movement_rollup GROUP BY 1`,
    )
    .all();
  const texts = (rows: Iterable<readonly [string, number]>) =>
    [...rows].filter(([, annual]) => annual !== 0).map(([name, annual]) => `${name} ${annual}`);
  compareRows(texts(stored.map(({ name, annual }) => [name, annual])), texts(netted), differ);
}

/** The rows of the columns, each as text. */
function storedTexts(db: ReadDb): string[] {
  const { length, annual, reporting, items, customers, days, currencies, kinds } = readMovementColumns(db);
  return Array.from({ length }, (_, index) =>
    packedText([annual, reporting, items, customers, days, currencies, kinds].map((column) => column[index] ?? 0)),
  );
}

function packedText([annual, reporting, item, customer, day = 0, currency = 0, kind = 0]: PackedRow): string {
  return `${customer} ${dayOfNumber(day)} ${LEDGER_KINDS[kind]} ${item} ${currencyOfNumber(currency)} ${annual} ${reporting}`;
}
