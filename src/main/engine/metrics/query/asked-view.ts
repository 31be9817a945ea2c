/** The view that a question is put to: under its policy, of its slice, at its rates. */
import type { PolicyInput } from '../../../../shared/contract/policy.ts';
import type { ConstantCurrency, Slice } from '../../../../shared/contract/slice.ts';
import { addDays, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import type { Policy } from '../core/policy.ts';
import { slicedView, type SlicedView } from '../slices/sliced-view.ts';
import type { LedgerView } from './ledger-view.ts';
import { viewUnder } from './policy-view.ts';

export interface ViewQuestion {
  readonly policy?: PolicyInput | undefined;
  readonly slice?: Slice | undefined;
  readonly constantCurrency?: ConstantCurrency | undefined;
}

export interface AskedView {
  readonly view: LedgerView;
  readonly policy: Policy;
  /** The day whose rates hold for all amounts; null: each at those of its own day. */
  readonly ratesOn: PlainDay | null;
  /** The company at each day's own rates. */
  readonly whole: LedgerView;
  /** Null for the whole company. */
  readonly sliced: SlicedView | null;
}

/**
 * @param from the first day of the period: constant currency without a day of its own takes the rates of its opening.
 * @throws AppError `invalid_input` for a policy of no known name and for a value that nothing has.
 */
export function askedView(db: ReadDb, question: ViewQuestion, from: PlainDay, context: MetricsContext): AskedView {
  const { view: whole, policy } = viewUnder(db, question.policy, context);
  const { slice, constantCurrency } = question;
  const sliced = slice === undefined || slice.where.length === 0 ? null : slicedView(db, slice, whole, policy, context);
  const own = sliced?.view ?? whole;
  const ratesOn = constantCurrency ? (constantCurrency.at ?? addDays(from, -1)) : null;
  return { view: ratesOn === null ? own : own.atRatesOf(ratesOn), policy, ratesOn, whole, sliced };
}
