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
  /** The currencies that are not in the amount for want of a rate of their day. */
  readonly missing: readonly string[];
}

/** The kinds of the ledger, and what only slices have: amounts that came from, or went to, what is not in the slice. */
export type SliceKind = LedgerKind | 'movedIn' | 'movedOut';

/** A slice's customers may go on paying outside of it. */
export interface SliceOf {
  readonly whole: LedgerView;
  /** Whether the slice tells customers apart by what they buy: then they can move out of it and stay customers. */
  readonly byItem: boolean;
}

export interface LedgerView {
  readonly rates: RateBook;
  /** The day whose rates all amounts are at; null: each at those of its own day. */
  readonly ratesOn: PlainDay | null;
  /** What this is a slice of; null: it is the whole company. */
  readonly slice: SliceOf | null;
  /** The first day on which anything moved. */
  readonly firstDay: PlainDay | null;
  /** Σ over currencies of the native annual amount at the day's rate, each rounded half away from zero. */
  stock(gauge: Gauge, day: PlainDay, currency: CurrencyCode): Stock;
  count(gauge: 'customers' | 'trials', day: PlainDay): number;
  /** Σ of the movements from a day to another, both included, each at the rate of its day. */
  moved(kind: SliceKind, from: PlainDay, to: PlainDay, currency: CurrencyCode): Moved;
  /** A stock before it is converted: by currency, without those of which there is nothing. */
  natives(gauge: Gauge, day: PlainDay): ReadonlyMap<string, number>;
  /** The movements before they are converted, by currency. */
  movedNatives(kind: SliceKind, from: PlainDay, to: PlainDay): ReadonlyMap<string, number>;
  /** Every customer's levels. */
  levels(): LevelColumns;
  /** The same ledger in constant currency: everything at the rates of one day. */
  atRatesOf(day: PlainDay): LedgerView;
}

/** A day's movements of a kind and currency, as a view takes them. */
export type ViewMovement = Omit<MovementRollupRow, 'kind'> & { readonly kind: SliceKind };

export interface ViewSource {
  /** The currency of `reporting_minor`. */
  readonly currency: string;
  /** By day. */
  readonly movements: readonly ViewMovement[];
  /** By day. */
  readonly gauges: readonly GaugeRollupRow[];
  readonly levels: () => LevelColumns;
}

/** The movements in a currency by kind: amounts, customers, and by native currency how many days had no rate. */
interface MovedLines {
  readonly amounts: Map<string, StepLine>;
  readonly customers: Map<string, StepLine>;
  readonly unrated: Map<string, Map<string, StepLine>>;
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
      ...storedRollups(db),
      levels: () => readLevelColumns(db),
    },
    rateBook(db),
  );
  views.set(db, { key, view });
  return view;
}

/** The sums by day as they are stored. */
export function storedRollups(db: ReadDb): { movements: MovementRollupRow[]; gauges: GaugeRollupRow[] } {
  return {
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
  };
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
  return viewAt(source, rates, null, usage);
}

/** So many days' constant-currency views are remembered beside a view. */
const DAYS_REMEMBERED = 4;

function viewAt(source: ViewSource, allRates: RateBook, ratesOn: PlainDay | null, usage?: LedgerView): LedgerView {
  const rates = ratesOn === null ? allRates : fixedRates(allRates, ratesOn);
  const basis = ratesOn === null ? source.currency : null;
  const twins = new Map<PlainDay, LedgerView>();
  const nativeMoved = new Map<string, Map<string, StepLine>>();
  const gauges = new Map<string, Map<string, StepLine>>();
  for (const { gauge, changed_on, currency, delta } of source.gauges)
    lineIn(linesIn(gauges, gauge), currency).add(changed_on, delta);
  const movedIn = new Map<CurrencyCode, MovedLines>();
  let columns: LevelColumns | undefined;

  const movedLines = (currency: CurrencyCode) => {
    let lines = movedIn.get(currency);
    if (lines) return lines;
    movedIn.set(currency, (lines = { amounts: new Map(), customers: new Map(), unrated: new Map() }));
    for (const row of source.movements) {
      const amount = currency === basis ? row.reporting_minor : atItsRate(row, currency, rates);
      lineIn(lines.amounts, row.kind).add(row.moved_on, amount);
      lineIn(lines.customers, row.kind).add(row.moved_on, row.customers);
      if (amount === 0 && row.annual_minor !== 0 && rates.rate(row.currency, currency, row.moved_on) === null)
        lineIn(linesIn(lines.unrated, row.kind), row.currency).add(row.moved_on, 1);
    }
    return lines;
  };

  const natives = (gauge: Gauge, day: PlainDay): ReadonlyMap<string, number> => {
    if (gauge === 'usage' && usage) return usage.natives(gauge, day);
    const held = new Map<string, number>();
    for (const [native, line] of gauges.get(gauge) ?? []) {
      const level = line.at(day);
      if (level !== 0) held.set(native, level);
    }
    return held;
  };
  const levels = (): LevelColumns => (columns ??= source.levels());

  return {
    rates,
    ratesOn,
    slice: null,
    firstDay: source.movements[0]?.moved_on ?? null,
    stock(gauge, day, currency) {
      if (gauge === 'usage' && usage) return usage.stock(gauge, day, currency);
      let annual = 0;
      const missing: string[] = [];
      for (const [native, level] of natives(gauge, day)) {
        const rate = rates.rate(native, currency, day);
        if (rate) annual += convert(level, rate);
        else missing.push(native);
      }
      return { annual, missing };
    },
    count: (gauge, day) => gauges.get(gauge)?.get('')?.at(day) ?? 0,
    moved(kind, from, to, currency) {
      const { amounts, customers, unrated } = movedLines(currency);
      const before = addDays(from, -1);
      const between = (line: StepLine | undefined) => (line ? line.at(to) - line.at(before) : 0);
      const without = [...(unrated.get(kind) ?? [])].filter(([, line]) => between(line) > 0);
      return {
        annual: between(amounts.get(kind)),
        customers: between(customers.get(kind)),
        missing: without.map(([native]) => native),
      };
    },
    natives,
    movedNatives(kind, from, to) {
      if (nativeMoved.size === 0)
        for (const row of source.movements)
          lineIn(linesIn(nativeMoved, row.kind), row.currency).add(row.moved_on, row.annual_minor);
      const before = addDays(from, -1);
      return new Map(
        [...(nativeMoved.get(kind) ?? [])].map(([native, line]) => [native, line.at(to) - line.at(before)]),
      );
    },
    levels,
    atRatesOf(day) {
      let twin = twins.get(day);
      if (!twin) {
        const [oldest] = twins.keys();
        if (twins.size >= DAYS_REMEMBERED && oldest !== undefined) twins.delete(oldest);
        twins.set(day, (twin = viewAt({ ...source, levels }, allRates, day, usage?.atRatesOf(day))));
      }
      return twin;
    },
  };
}

function fixedRates(rates: RateBook, day: PlainDay): RateBook {
  return { rate: (from, to) => rates.rate(from, to, day) };
}

/** A currency other than the ledger's: each day's sum of a kind is converted as one. */
function atItsRate(row: ViewMovement, currency: CurrencyCode, rates: RateBook): number {
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
