/** `metrics.bridge`: from the opening to the closing of a period, of the company or of a slice. */
import type { Bridge } from '../../../../shared/contract/metrics.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { askedView, type ViewQuestion } from './asked-view.ts';
import { movementSums } from './movement-sums.ts';

/** @throws AppError `invalid_input` for a value of the slice that nothing has. */
export function bridge(
  db: ReadDb,
  input: ViewQuestion & { readonly from: PlainDay; readonly to: PlainDay },
  context: MetricsContext,
): Bridge {
  const { from, to } = input;
  const { view, ratesOn } = askedView(db, input, from, context);
  const { arr, mrr, counts, moved } = movementSums(view, from, to, context.currency);
  return { from, to, currency: context.currency, ratesOn, mrr, arr, counts, moved };
}
