/** The customers of a slice with all that they ever paid: what cohorts and lifetimes follow. */
import type { PolicyInput } from '../../../../shared/contract/policy.ts';
import type { Slice } from '../../../../shared/contract/slice.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import type { LevelColumns } from '../ledger/customer-block.ts';
import type { LedgerView } from '../query/ledger-view.ts';
import { viewUnder, type PolicyView } from '../query/policy-view.ts';
import { slicedView } from './sliced-view.ts';

interface Question {
  readonly policy?: PolicyInput | undefined;
  readonly slice?: Slice | undefined;
}

const remembered = new WeakMap<LedgerView, LedgerView>();

/**
 * The whole ledger of a slice's customers. Of a slice by plan or another of a price's dimensions these are the
 * customers who began with it: who had it on the first day on which they paid.
 * @throws AppError `invalid_input` for a value that nothing has.
 */
export function followedView(db: ReadDb, { policy: asked, slice }: Question, context: MetricsContext): PolicyView {
  const { view: whole, policy } = viewUnder(db, asked, context);
  if (slice === undefined || slice.where.length === 0) return { view: whole, policy };
  const { view: cut, selection } = slicedView(db, slice, whole, policy, context);
  let view = remembered.get(cut);
  if (!view) {
    let columns: LevelColumns | undefined;
    const began = () => (selection.byItem ? beganIn(cut.levels(), whole.levels()) : membersOf(cut.levels()));
    view = { ...whole, levels: () => (columns ??= only(whole.levels(), began())) };
    remembered.set(cut, view);
  }
  return { view, policy };
}

/** By customer id: whose first level in the slice is on the day of its first level at all. */
function beganIn(own: LevelColumns, whole: LevelColumns): Uint8Array {
  const firstDays = new Int32Array((whole.customers.at(-1) ?? 0) + 1).fill(-1);
  for (let index = 0; index < whole.length; index++) {
    const customer = whole.customers[index] ?? 0;
    if (firstDays[customer] === -1 && (whole.levels[index] ?? 0) > 0) firstDays[customer] = whole.days[index] ?? 0;
  }
  const members = new Uint8Array(firstDays.length);
  for (let index = 0; index < own.length; index++) {
    const customer = own.customers[index] ?? 0;
    if ((own.levels[index] ?? 0) > 0 && own.days[index] === firstDays[customer]) members[customer] = 1;
  }
  return members;
}

function membersOf({ customers }: LevelColumns): Uint8Array {
  const members = new Uint8Array((customers.at(-1) ?? 0) + 1);
  for (const customer of customers) members[customer] = 1;
  return members;
}

function only({ length, levels, customers, days, currencies }: LevelColumns, members: Uint8Array): LevelColumns {
  const kept = new Int32Array(length);
  let count = 0;
  for (let index = 0; index < length; index++) if (members[customers[index] ?? 0] === 1) kept[count++] = index;
  const indices = kept.subarray(0, count);
  return {
    length: count,
    levels: Float64Array.from(indices, (index) => levels[index] ?? 0),
    customers: indices.map((index) => customers[index] ?? 0),
    days: indices.map((index) => days[index] ?? 0),
    currencies: indices.map((index) => currencies[index] ?? 0),
  };
}
