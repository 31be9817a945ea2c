/** `cockpit.trials`: what became of the trials that began in the last 90 days, and those that run. */
import type { TrialFunnel } from '../../../../shared/contract/cockpit.ts';
import type { Slice } from '../../../../shared/contract/slice.ts';
import { addDays, dayNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { askedView } from '../query/asked-view.ts';
import { defined, undefinedBecause } from '../query/rates-of-change.ts';
import type { SlicedView } from '../slices/sliced-view.ts';
import { GRACE_DAYS } from './trials.ts';

const SPAN_DAYS = 90;

interface Outcomes {
  readonly started: number;
  readonly converted: number;
  readonly open: number;
}

/**
 * As `retention.trials` counts: a trial that pays by the end of its grace has converted, one that is over without a
 * payment is lost, and all others are open. The rate is over those that are decided. In a slice a trial belongs to the
 * price that is worth most of it.
 */
export function trialFunnel(
  db: ReadDb,
  { asOf, slice }: { readonly asOf?: PlainDay | undefined; readonly slice?: Slice | undefined },
  context: MetricsContext,
): TrialFunnel {
  const { today, currency } = context;
  const to = asOf ?? today;
  const from = addDays(to, 1 - SPAN_DAYS);
  const { view, sliced } = askedView(db, { slice }, from, context);
  const { started, converted, open } = sliced === null ? outcomes(db, from, to) : outcomesIn(sliced, from, to);
  const decided = started - open;
  return {
    from,
    to,
    graceDays: GRACE_DAYS,
    started,
    converted,
    lost: decided - converted,
    open,
    rate: decided === 0 ? undefinedBecause('No trial of these 90 days is decided yet') : defined(converted / decided),
    running: view.count('trials', to),
    mrr: divideRounded(view.stock('trial', to, currency).annual, 12),
    currency,
  };
}

/** A trial that pays within its grace counts as converted on the day on which it pays. */
function outcomes(db: ReadDb, from: PlainDay, to: PlainDay): Outcomes {
  const row = db
    .prepare<[number, string, string, string], Outcomes>(
      `SELECT count(*) AS started,
              coalesce(sum(converted_on <= shown AND converted_on <= grace_until AND ended_on <= shown), 0) AS converted,
              coalesce(sum(ended_on IS NULL OR ended_on > shown
                OR (grace_until >= shown AND NOT coalesce(converted_on <= shown, 0))), 0) AS open
       FROM (SELECT ended_on, converted_on, date(ended_on, '+' || ? || ' days') AS grace_until, ? AS shown
             FROM trial WHERE started_on BETWEEN ? AND ?)`,
    )
    .first(GRACE_DAYS, to, from, to);
  return row ?? { started: 0, converted: 0, open: 0 };
}

/** The same of the trials of a slice, over its columns. */
function outcomesIn({ ledger, selection }: SlicedView, from: PlainDay, to: PlainDay): Outcomes {
  const { length, customers, items, currencies, started, ended, converted } = ledger.states().trials;
  const chosen = selection.items();
  const [first, shown] = [dayNumber(from), dayNumber(to)];
  const sums = { started: 0, converted: 0, open: 0 };
  for (let index = 0; index < length; index++) {
    const begun = started[index] ?? -1;
    if (begun < first || begun > shown) continue;
    if (chosen && chosen[items[index] ?? -1] !== 1) continue;
    if (selection.currencies && !selection.currencies.has(currencies[index] ?? 0)) continue;
    if (selection.customer && !selection.customer(customers[index] ?? 0)) continue;
    sums.started += 1;
    const end = ended[index] ?? -1;
    const paid = converted[index] ?? -1;
    const isPaid = paid >= 0 && paid <= shown;
    if (end < 0 || end > shown) sums.open += 1;
    else if (isPaid && paid <= end + GRACE_DAYS) sums.converted += 1;
    else if (shown <= end + GRACE_DAYS && !isPaid) sums.open += 1;
  }
  return sums;
}
