/** Closing for tests: a small company whose months are closed and compared through the front door. */
import { closeMonth, comparedMonth, openMonths, restate } from '../../../src/main/engine/closing/index.ts';
import { snapshot, type MetricsContext } from '../../../src/main/engine/metrics/index.ts';
import { packToFreeze } from '../../../src/main/engine/reports/index.ts';
import type { WriteDb } from '../../../src/main/engine/store/handles.ts';
import { plainMonth } from '../../../src/shared/kernel/day.ts';

/** Runs the comparison to its end. @returns how many entries were written. */
export function compare(db: WriteDb, context: MetricsContext): number {
  const steps = restate(db, context);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

export function close(db: WriteDb, month: string, context: MetricsContext, over: { acceptGaps?: boolean } = {}): void {
  compare(db, context);
  closeMonth(
    db,
    {
      month: plainMonth(month),
      by: 'hand',
      acceptGaps: over.acceptGaps ?? true,
      programVersion: '1.2.3',
      figures: () => ({
        snapshot: snapshot(db, { month: plainMonth(month) }, context),
        pack: packToFreeze(db, { month: plainMonth(month), companyName: 'Kestrel' }, context),
      }),
    },
    context,
  );
}

export function closeAll(db: WriteDb, context: MetricsContext): string[] {
  const months = openMonths(db, context);
  for (const month of months) close(db, month, context);
  return months;
}

/** What does not add up in a month: lines where reported + restated is not what is known. Empty when all is well. */
export function gapsIn(db: WriteDb, month: string, context: MetricsContext): unknown[] {
  return comparedMonth(db, plainMonth(month), context).lines.filter(
    ({ reported, restated, known }) => reported + restated !== known,
  );
}
