/** The columns that slices are cut from, remembered per connection until the ledger or a rate changes. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { ReadDb } from '../../store/handles.ts';
import { rateBook } from '../../fx/index.ts';
import type { MetricsContext } from '../context.ts';
import type { Policy } from '../core/policy.ts';
import type { CustomerHistory } from '../ledger/customer-history.ts';
import { customerMovements } from '../ledger/customer-movements.ts';
import { affectedCustomers } from '../query/affected-customers.ts';
import { ledgerKey } from '../query/ledger-view.ts';
import { storedHistories, storedPolicy } from '../query/policy-view.ts';
import { marks } from '../query/revalued.ts';
import { itemBook, type ItemBook } from './items.ts';
import { moveColumns, revaluedMoves, storedMoves, type LedgerRow, type MoveColumns } from './move-columns.ts';
import { stateColumns, type StateColumns } from './state-columns.ts';
import { daysOfHistories, revaluedDays, storedDays, type DaysReader } from './state-days.ts';

export interface SliceLedger {
  /** Changes whenever a figure may have changed. */
  readonly key: string;
  /** The currency of the reporting amounts. */
  readonly currency: CurrencyCode;
  readonly book: ItemBook;
  readonly moves: MoveColumns;
  /** Read when they are first asked for: MRR and its movements do without them. */
  states(): StateColumns;
}

const ledgers = new WeakMap<ReadDb, Map<string, SliceLedger>>();

/** So many policies' columns are kept per connection; some 100 bytes for each movement and state. */
const REMEMBERED = 2;

/** Whether slices were asked for over this connection. */
export function hasSlices(db: ReadDb): boolean {
  return ledgers.has(db);
}

/** The columns under a policy; those of a former revision are dropped. */
export function sliceLedger(db: ReadDb, policy: Policy, context: MetricsContext): SliceLedger {
  const key = `${ledgerKey(db)}:${context.currency}:${context.zone}`;
  let known = ledgers.get(db);
  if (!known) ledgers.set(db, (known = new Map()));
  for (const [text, ledger] of known) if (ledger.key !== key) known.delete(text);
  const text = JSON.stringify(policy);
  let ledger = known.get(text);
  if (!ledger) {
    const [oldest] = known.keys();
    if (known.size >= REMEMBERED && oldest !== undefined) known.delete(oldest);
    known.set(text, (ledger = read(db, policy, context, key)));
  }
  return ledger;
}

function read(db: ReadDb, policy: Policy, context: MetricsContext, key: string): SliceLedger {
  const book = itemBook(db);
  const basis = storedPolicy(db);
  const isStored = basis === null || JSON.stringify(basis) === JSON.stringify(policy);
  const columns = isStored ? storedColumns(db, policy, context, book) : revaluedColumns(db, policy, context, book);
  let states: StateColumns | undefined;
  return {
    key,
    currency: isStored ? storedCurrency(db, context) : context.currency,
    book,
    moves: columns.moves,
    states: () => (states ??= stateColumns(db, book, columns.days.addTo, columns.days.usageItems)),
  };
}

interface Columns {
  readonly moves: MoveColumns;
  readonly days: DaysReader;
}

function storedColumns(db: ReadDb, policy: Policy, { zone }: MetricsContext, book: ItemBook): Columns {
  const histories = () => storedHistories(db, policy, zone);
  return {
    moves: storedMoves(db, book),
    days: policy.metered ? daysOfHistories(histories, book) : storedDays(db, book, null),
  };
}

/** Those whom the policy affects are valued again; the stored columns hold for everybody else. */
function revaluedColumns(db: ReadDb, policy: Policy, context: MetricsContext, book: ItemBook): Columns {
  const affected = affectedCustomers(db, policy, context);
  const all = () => storedHistories(db, policy, context.zone);
  if (affected === null) {
    const rows = rowsOf(all(), db, policy, context);
    return { moves: moveColumns(rows, book), days: daysOfHistories(all, book) };
  }
  const histories = () => storedHistories(db, policy, context.zone, affected);
  const isAffected = marks(affected);
  return {
    moves: revaluedMoves(db, book, isAffected, rowsOf(histories(), db, policy, context)),
    days: revaluedDays(db, book, isAffected, histories),
  };
}

function storedCurrency(db: ReadDb, context: MetricsContext): CurrencyCode {
  return (
    db.prepare<[], { currency: CurrencyCode }>(`SELECT currency FROM ledger_basis`).first()?.currency ??
    context.currency
  );
}

function rowsOf(
  histories: Iterable<CustomerHistory>,
  db: ReadDb,
  policy: Policy,
  context: MetricsContext,
): LedgerRow[] {
  const valuation = { currency: context.currency, rates: rateBook(db), policy };
  const rows: LedgerRow[] = [];
  for (const history of histories)
    for (const draft of customerMovements(history, valuation)) rows.push({ ...draft, customerId: history.customerId });
  return rows;
}
