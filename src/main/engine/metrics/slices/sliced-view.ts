/** A slice of the ledger as a view: every figure that is read off the company's view can be read off it. */
import type { Slice } from '../../../../shared/contract/slice.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { rateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import type { Policy } from '../core/policy.ts';
import { levelsOf } from '../ledger/customer-block.ts';
import { viewOf, type Gauge, type LedgerView } from '../query/ledger-view.ts';
import { cutMovements, rowsIn } from './cut.ts';
import { cutStates } from './cut-states.ts';
import { segmentsIn } from './segment-members.ts';
import { selectionOf, type Selection } from './selection.ts';
import { sliceLedger, type SliceLedger } from './slice-ledger.ts';

export interface SlicedView {
  readonly view: LedgerView;
  readonly ledger: SliceLedger;
  readonly selection: Selection;
}

/** The acquisition channels whose spend counts in a slice; null: it is none by channel. */
export function channelsOf(sliced: SlicedView | null): Selection['channels'] {
  return !sliced || sliced.selection.byItem ? null : sliced.selection.channels;
}

const remembered = new WeakMap<ReadDb, Map<string, SlicedView>>();
/** So many slices are kept per connection, each some 20 bytes a row once its customers are followed. */
const REMEMBERED = 8;

/**
 * The slice of a view under the policy that the view was made by.
 * @throws AppError `invalid_input` for a value that nothing has.
 */
export function slicedView(
  db: ReadDb,
  slice: Slice,
  whole: LedgerView,
  policy: Policy,
  context: MetricsContext,
): SlicedView {
  const ledger = sliceLedger(db, policy, context);
  let known = remembered.get(db);
  if (!known) remembered.set(db, (known = new Map()));
  const key = JSON.stringify([ledger.key, context.today, policy, slice, segmentsIn(db, slice)]);
  let sliced = known.get(key);
  if (!sliced) {
    const [oldest] = known.keys();
    if (known.size >= REMEMBERED && oldest !== undefined) known.delete(oldest);
    const selection = selectionOf(db, slice, ledger, context);
    sliced = { ledger, selection, view: cutView(db, ledger, selection, whole) };
    known.set(key, sliced);
  }
  return sliced;
}

function cutView(db: ReadDb, ledger: SliceLedger, selection: Selection, whole: LedgerView): LedgerView {
  const rates = rateBook(db);
  const { currency } = ledger;
  const rows = rowsIn(ledger.moves, selection);
  const levels = () => levelsOf(ledger.moves, rows);
  const moved = viewOf({ currency, ...cutMovements(ledger.moves, rows), levels }, rates);
  let stated: LedgerView | undefined;
  const states = () =>
    (stated ??= viewOf({ currency, movements: [], gauges: cutStates(ledger.states(), selection), levels }, rates));
  return joined(moved, states, whole, selection.byItem);
}

/** MRR and its movements from one view, the stocks of states from another that is made when it is asked for. */
function joined(moved: LedgerView, states: () => LedgerView, whole: LedgerView, byItem: boolean): LedgerView {
  const of = (gauge: Gauge) => (gauge === 'mrr' ? moved : states());
  const twins = new Map<PlainDay, LedgerView>();
  return {
    ...moved,
    slice: { whole, byItem },
    stock: (gauge, day, currency) => of(gauge).stock(gauge, day, currency),
    natives: (gauge, day) => of(gauge).natives(gauge, day),
    count: (gauge, day) => (gauge === 'trials' ? states() : moved).count(gauge, day),
    atRatesOf(day) {
      let twin = twins.get(day);
      if (!twin) {
        twins.clear();
        twin = joined(moved.atRatesOf(day), () => states().atRatesOf(day), whole.atRatesOf(day), byItem);
        twins.set(day, twin);
      }
      return twin;
    },
  };
}
