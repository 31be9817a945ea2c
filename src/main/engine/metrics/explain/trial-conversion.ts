/** Behind trial conversion (R23): the trials that ended in the period. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { fullDayText } from '../../wording/index.ts';
import { BLANK, sumOf, type DraftRow, type Explanation, type Question } from './draft-row.ts';

interface TrialRow {
  source_id: number;
  subscription_id: string;
  customer_id: CustomerId;
  started_on: PlainDay;
  ended_on: PlainDay;
  converted_on: PlainDay | null;
}

/** Every trial that ended, 1 where its subscription pays by the period's end: their sum over their number is the rate. */
export function endedTrials({ db, from, to }: Question): Explanation {
  const rows = db
    .prepare<[string, string], TrialRow>(
      `SELECT source_id, subscription_id, customer_id, started_on, ended_on, converted_on FROM trial
       WHERE ended_on BETWEEN ? AND ? ORDER BY ended_on, subscription_id`,
    )
    .all(from, to)
    .map((trial): DraftRow => {
      const converted = trial.converted_on !== null && trial.converted_on <= to;
      return {
        ...BLANK,
        amount: converted ? 1 : 0,
        customerId: trial.customer_id,
        on: trial.ended_on,
        object: { sourceId: trial.source_id, id: trial.subscription_id },
        note: `On trial since ${fullDayText(trial.started_on)}, ${trial.converted_on !== null && converted ? `pays since ${fullDayText(trial.converted_on)}` : 'does not pay'}`,
        subscription: { sourceId: trial.source_id, id: trial.subscription_id, plan: null, day: trial.ended_on },
      };
    });
  return { unit: 'count', total: sumOf(rows), rows, reading: 'mean' };
}
