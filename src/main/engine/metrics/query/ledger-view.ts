/** The ledger's rollups in memory, remembered per connection until the ledger or a rate changes. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { addDays, type PlainDay } from '../../../../shared/kernel/day.ts';
import { convert, rateBook, type RateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { LedgerKind } from '../core/movement.ts';
import { readLevelColumns, type LevelColumns } from '../ledger/customer-block.ts';
import type { GaugeRollupRow, MovementRollupRow } from '../ledger/rollup.ts';
import { StepLine } from './step-line.ts';

export type Gauge = 'mrr' | 'committed' | 'past_due' | 'trial' | 'committed_trial' | 'usage';

/** An annual amount, and the currencies that are not in it for want of a rate. */
export interface Stock {
  readonly annual: number;
  readonly missing: readonly string[];
}

export interface Moved {
  /** Annual minor units of the reporting currency, losses negative. */
  readonly annual: number;
  /** Customers, each once per day. */
  readonly customers: number;
}

export interface LedgerView {
  readonly rates: RateBook;
  /** The first day on which anything moved. */
  readonly firstDay: PlainDay | null;
  /** Σ over currencies of the native annual amount at the day's rate, each rounded half away from zero. */
  stock(gauge: Gauge, day: PlainDay, currency: CurrencyCode): Stock;
  count(gauge: 'customers' | 'trials', day: PlainDay): number;
  /** Σ of the movements from a day to another, both included, each at the rate of its day. */
  moved(kind: LedgerKind, from: PlainDay, to: PlainDay, currency: CurrencyCode): Moved;
  /** Every customer's levels. */
  levels(): LevelColumns;
}

export interface ViewSource {
  /** The currency of `reporting_minor`. */
  readonly currency: string;
  /** By day. */
  readonly movements: readonly MovementRollupRow[];
  /** By day. */
  readonly gauges: readonly GaugeRollupRow[];
  readonly levels: () => LevelColumns;
}

const views = new WeakMap<ReadDb, { key: string; view: LedgerView }>();

/** The stored ledger, as of its present revision and rates. */
export function ledgerView(db: ReadDb): LedgerView {
  const key = ledgerKey(db);
  const known = views.get(db);
  if (known?.key === key) return known.view;
  const view = viewOf(
    {
      currency: db.prepare<[], { currency: string }>(`SELECT currency FROM ledger_basis`).first()?.currency ?? '',
      movements: db
        .prepare<[], MovementRollupRow>(
          `SELECT moved_on, kind, currency, annual_minor, reporting_minor, customers FROM movement_rollup ORDER BY moved_on`,
        )
        .all(),
      gauges: db
        .prepare<[], GaugeRollupRow>(
          `SELECT gauge, changed_on, currency, delta FROM gauge_rollup ORDER BY gauge, changed_on`,
        )
        .all(),
      levels: () => readLevelColumns(db),
    },
    rateBook(db),
  );
  views.set(db, { key, view });
  return view;
}

/** Changes whenever a figure may have changed: the ledger's revision and that of the rates. */
export function ledgerKey(db: ReadDb): string {
  return db
    .prepare<[], { value: number }>(`SELECT value FROM ledger_head WHERE name IN ('rates', 'revision') ORDER BY name`)
    .all()
    .map(({ value }) => value)
    .join(':');
}

/** A view over rollups; usage, which no policy here changes, may be that of another view. */
export function viewOf(source: ViewSource, rates: RateBook, usage?: LedgerView): LedgerView {
  const gauges = new Map<string, Map<string, StepLine>>();
  for (const { gauge, changed_on, currency, delta } of source.gauges)
    lineIn(linesIn(gauges, gauge), currency).add(changed_on, delta);
  const movedIn = new Map<CurrencyCode, { amounts: Map<string, StepLine>; customers: Map<string, StepLine> }>();
  let columns: LevelColumns | undefined;

  const movedLines = (currency: CurrencyCode) => {
    let lines = movedIn.get(currency);
    if (lines) return lines;
    movedIn.set(currency, (lines = { amounts: new Map(), customers: new Map() }));
    for (const row of source.movements) {
      const amount = currency === source.currency ? row.reporting_minor : atItsRate(row, currency, rates);
      lineIn(lines.amounts, row.kind).add(row.moved_on, amount);
      lineIn(lines.customers, row.kind).add(row.moved_on, row.customers);
    }
    return lines;
  };

  return {
    rates,
    firstDay: source.movements[0]?.moved_on ?? null,
    stock(gauge, day, currency) {
      if (gauge === 'usage' && usage) return usage.stock(gauge, day, currency);
      let annual = 0;
      const missing: string[] = [];
      for (const [native, line] of gauges.get(gauge) ?? []) {
        const level = line.at(day);
        if (level === 0) continue;
        const rate = rates.rate(native, currency, day);
        if (rate) annual += convert(level, rate);
        else missing.push(native);
      }
      return { annual, missing };
    },
    count: (gauge, day) => gauges.get(gauge)?.get('')?.at(day) ?? 0,
    moved(kind, from, to, currency) {
      const { amounts, customers } = movedLines(currency);
      const before = addDays(from, -1);
      const between = (line: StepLine | undefined) => (line ? line.at(to) - line.at(before) : 0);
      return { annual: between(amounts.get(kind)), customers: between(customers.get(kind)) };
    },
    levels: () => (columns ??= source.levels()),
  };
}

/** A currency other than the ledger's: each day's sum of a kind is converted as one. */
function atItsRate(row: MovementRollupRow, currency: CurrencyCode, rates: RateBook): number {
  const rate = rates.rate(row.currency, currency, row.moved_on);
  return rate ? convert(row.annual_minor, rate) : 0;
}

function linesIn(groups: Map<string, Map<string, StepLine>>, name: string): Map<string, StepLine> {
  let lines = groups.get(name);
  if (!lines) groups.set(name, (lines = new Map()));
  return lines;
}

function lineIn(lines: Map<string, StepLine>, name: string): StepLine {
  let line = lines.get(name);
  if (!line) lines.set(name, (line = new StepLine()));
  return line;
}
