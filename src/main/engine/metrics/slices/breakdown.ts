/** `metrics.breakdown`: a period's movements by all the values of a dimension. */
import type { Breakdown, BreakdownRow, Dimension } from '../../../../shared/contract/slice.ts';
import { addDays, dayNumber, dayOfNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import { apportion, minor } from '../../../../shared/kernel/money.ts';
import { convert, PAR } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { currencyOfNumber } from '../ledger/customer-block.ts';
import { askedView, type AskedView, type ViewQuestion } from '../query/asked-view.ts';
import type { LedgerView } from '../query/ledger-view.ts';
import { movementSums, type Movements } from '../query/movement-sums.ts';
import { storedSegments } from './segment-store.ts';
import { selectionOf } from './selection.ts';
import { shownRows, summed, type AnnualRow } from './shown-rows.ts';
import { sliceLedger } from './slice-ledger.ts';
import { slicedView } from './sliced-view.ts';
import { tallies, TALLY_KINDS, type Tally } from './tally.ts';

export interface BreakdownInput extends ViewQuestion {
  readonly from: PlainDay;
  readonly to: PlainDay;
  readonly by: Dimension;
  readonly search?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** One value with its exact amounts. */
interface Part {
  readonly value: string | null;
  readonly label: string;
  readonly annual: AnnualRow;
  readonly customers: number;
}

/**
 * All values of a dimension by what they close with, one page of them, and one row for the rest. Of everything but
 * segments the rows add up to the total, which may overlap and are shown beside it. @throws AppError
 * `invalid_input` for a value of the slice that nothing has.
 */
export function breakdown(db: ReadDb, input: BreakdownInput, context: MetricsContext): Breakdown {
  const { from, to, by } = input;
  const asked = askedView(db, input, from, context);
  const { view, policy, ratesOn } = asked;
  const parts =
    by === 'segment' ? segmentParts(db, input, asked, context) : valueParts(db, { ...input, by }, asked, context);
  const wanted = input.search?.toLowerCase() ?? '';
  const found = wanted === '' ? parts : parts.filter(({ label }) => label.toLowerCase().includes(wanted));
  const page = found.slice(input.offset, input.offset + input.limit);
  const shown = new Set(page);
  const rest = parts.filter((part) => !shown.has(part));
  const whole = wholeOf(view, from, to, context, by === 'segment' ? null : parts);
  const rows = by === 'segment' ? segmentRows(page, whole) : partRows(page, rest, whole);
  const missing = [addDays(from, -1), to].flatMap((day) => view.stock('mrr', day, context.currency).missing);
  return {
    from,
    to,
    by,
    policy: policy.name,
    currency: context.currency,
    ratesOn,
    values: found.length,
    ...rows,
    missing: [...new Set(missing)],
  };
}

function wholeOf(
  view: LedgerView,
  from: PlainDay,
  to: PlainDay,
  { currency }: MetricsContext,
  parts: readonly Part[] | null,
): Part {
  const customers = view.count('customers', to);
  if (parts) return { value: null, label: 'Total', annual: summed(parts.map(({ annual }) => annual)), customers };
  const { arr } = movementSums(view, from, to, currency);
  return { value: null, label: 'Total', annual: annualOf(arr), customers };
}

/** The company itself has nobody to move in from. */
function annualOf(arr: Movements): AnnualRow {
  return { ...arr, movedIn: arr.movedIn ?? 0, movedOut: arr.movedOut ?? 0 };
}

type Rows = Pick<Breakdown, 'rows' | 'total'>;

function partRows(page: readonly Part[], rest: readonly Part[], whole: Part): Rows {
  const other: Part[] =
    rest.length === 0
      ? []
      : [
          {
            value: null,
            label: rest.length === 1 ? '1 other' : `${rest.length} others`,
            annual: summed(rest.map(({ annual }) => annual)),
            customers: rest.reduce((sum, { customers }) => sum + customers, 0),
          },
        ];
  const all = [...page, ...other];
  const shown = shownRows(all.map(({ annual }) => annual));
  return {
    rows: all.flatMap((part, index) => {
      const movements = shown.rows[index];
      return movements ? [rowOf(part, movements, whole)] : [];
    }),
    total: rowOf(whole, shown.total, whole),
  };
}

/** Segments overlap: each is rounded by itself. */
function segmentRows(page: readonly Part[], whole: Part): Rows {
  const alone = (part: Part) => rowOf(part, shownRows([part.annual]).total, whole);
  return { rows: page.map(alone), total: alone(whole) };
}

function rowOf(
  { value, label, annual, customers }: Part,
  movements: BreakdownRow['movements'],
  whole: Part,
): BreakdownRow {
  const of = whole.annual.closing;
  return {
    value,
    label,
    movements,
    annual: exact(annual),
    arr: minor(annual.closing),
    customers,
    share: of === 0 ? null : annual.closing / of,
  };
}

function exact(annual: AnnualRow): BreakdownRow['annual'] {
  const amounts = Object.entries(annual).map(([column, amount]) => [column, minor(amount)]);
  return Object.fromEntries(amounts) as BreakdownRow['annual'];
}

function segmentParts(
  db: ReadDb,
  input: BreakdownInput,
  { policy, ratesOn, whole }: AskedView,
  context: MetricsContext,
): Part[] {
  const { from, to, slice } = input;
  const parts = storedSegments(db).map(({ segmentId, name }): Part => {
    const value = String(segmentId);
    const where = [...(slice?.where ?? []), { dimension: 'segment' as const, values: [value] }];
    const cut = slicedView(db, { where }, whole, policy, context).view;
    const own = ratesOn === null ? cut : cut.atRatesOf(ratesOn);
    const { arr } = movementSums(own, from, to, context.currency);
    return { value, label: name, annual: annualOf(arr), customers: own.count('customers', to) };
  });
  return parts.sort(byClosing);
}

function valueParts(
  db: ReadDb,
  input: BreakdownInput & { readonly by: Exclude<Dimension, 'segment'> },
  { view, policy, ratesOn, sliced }: AskedView,
  context: MetricsContext,
): Part[] {
  const { from, to, by } = input;
  const { currency } = context;
  const ledger = sliced?.ledger ?? sliceLedger(db, policy, context);
  const selection = sliced?.selection ?? selectionOf(db, { where: [] }, ledger, context);
  const isBasis = ledger.currency === currency;
  const found = tallies(db, {
    ledger,
    selection,
    by,
    from: dayNumber(from),
    to: dayNumber(to),
    valueOf(native, reporting, natively, day) {
      if (isBasis) return Number.isNaN(reporting) ? 0 : reporting;
      const rate = view.rates.rate(currencyOfNumber(natively), currency, dayOfNumber(day));
      return rate ? convert(native, rate) : 0;
    },
  });
  const rateOn = (day: PlainDay) => (native: number) => view.rates.rate(currencyOfNumber(native), currency, day);
  const opening = shared(
    found.map((tally) => tally.opening),
    rateOn(addDays(from, -1)),
  );
  const closing = shared(
    found.map((tally) => tally.closing),
    rateOn(to),
  );
  const kinds = ratesOn === null ? null : constantKinds(found, rateOn(to));
  return found
    .map((tally, index): Part => {
      const ends = { opening: opening[index] ?? 0, closing: closing[index] ?? 0 };
      const moved = kinds ? settled(kinds[index] ?? [], ends) : [...tally.kinds];
      const sum = moved.reduce((a, b) => a + b, 0);
      const named = Object.fromEntries(TALLY_KINDS.map((kind, place) => [kind, moved[place] ?? 0]));
      const annual = { ...ends, ...named, fx: ends.closing - ends.opening - sum } as AnnualRow;
      return { value: tally.value, label: tally.label, annual, customers: tally.customers };
    })
    .filter(({ annual, customers }) => customers > 0 || Object.values(annual).some((amount) => amount !== 0))
    .sort(byClosing);
}

function byClosing(a: Part, b: Part): number {
  return b.annual.closing - a.annual.closing || b.annual.opening - a.annual.opening || (a.label < b.label ? -1 : 1);
}

type RateOf = (currency: number) => ReturnType<LedgerView['rates']['rate']>;

/** Each currency's sum is converted as one, as the whole is, and shared out: the parts add up to the whole. */
function shared(parts: readonly ReadonlyMap<number, number>[], rateOf: RateOf): number[] {
  const shares = parts.map(() => 0);
  for (const currency of new Set(parts.flatMap((part) => [...part.keys()]))) {
    const rate = rateOf(currency);
    if (!rate) continue;
    const natives = parts.map((part) => part.get(currency) ?? 0);
    const own = rate === PAR ? natives : signedShares(natives, rate);
    for (const [index, share] of own.entries()) shares[index] = (shares[index] ?? 0) + share;
  }
  return shares;
}

function signedShares(natives: readonly number[], rate: typeof PAR): number[] {
  const sum = natives.reduce((a, b) => a + b, 0);
  if (sum === 0) return natives.map((native) => convert(native, rate));
  return apportion(convert(sum, rate), natives);
}

/** The movements of every tally at fixed rates. */
function constantKinds(found: readonly Tally[], rateOf: RateOf): number[][] {
  const byKind = TALLY_KINDS.map((_, kind) =>
    shared(
      found.map(({ natives }) => new Map([...natives].map(([currency, sums]) => [currency, sums[kind] ?? 0]))),
      rateOf,
    ),
  );
  return found.map((_, index) => byKind.map((amounts) => amounts[index] ?? 0));
}

/** Rounding left a unit or two between the ends and the movements; the largest movement takes it, so that FX is 0. */
function settled(moved: readonly number[], { opening, closing }: { opening: number; closing: number }): number[] {
  const rest = closing - opening - moved.reduce((a, b) => a + b, 0);
  const largest = moved.reduce(
    (best, amount, index) => (Math.abs(amount) > Math.abs(moved[best] ?? 0) ? index : best),
    0,
  );
  return moved.map((amount, index) => (index === largest ? amount + rest : amount));
}
