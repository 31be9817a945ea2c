/** All targets in force: those set by hand, and those that imported files say. */
import { z } from 'zod';
import { TARGET_METRICS, type Target, type TargetMetric } from '../../../shared/contract/targets.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { exponentOf } from '../../../shared/kernel/currency.ts';
import { addDays, firstDayOf, lastDayOf } from '../../../shared/kernel/day.ts';
import { MonthSchema } from '../../../shared/contract/scalars.ts';
import type { ReadDb } from '../store/index.ts';
import { targetOf } from './stored-target.ts';

/** By figure, then by day. A target set by hand goes before a file's of the same figure and day. */
export function listTargets(db: ReadDb, currency: CurrencyCode): Target[] {
  const own = db.all(db.build.selectFrom('target').selectAll()).map(targetOf);
  const taken = new Set(own.map(keyOf));
  const all: Target[] = [...own, ...fileTargets(db, currency).filter((target) => !taken.has(keyOf(target)))];
  const place = ({ metric }: Target) => TARGET_METRICS.indexOf(metric);
  return all.toSorted((a, b) => place(a) - place(b) || (a.dueOn < b.dueOn ? -1 : 1));
}

function keyOf({ metric, dueOn }: Target): string {
  return `${metric} ${dueOn}`;
}

/** A row of an imported table of the kind `targets`, as it is kept. */
const RowSchema = z.object({ metric: z.string(), month: MonthSchema, value: z.string() });

/** What files call the figures, in lower case. */
const NAMES: Readonly<Record<string, TargetMetric>> = {
  mrr: 'mrr',
  'monthly recurring revenue': 'mrr',
  arr: 'arr',
  'annual recurring revenue': 'arr',
  'annual run rate': 'arr',
  customers: 'customers',
  'paying customers': 'customers',
  kunden: 'customers',
};

/**
 * A month's row is a target for its last day, in the reporting currency, whose
 * path begins a month before. Rows of figures that have no path are left alone.
 */
function fileTargets(db: ReadDb, currency: CurrencyCode): Target[] {
  return db
    .prepare<[], { body: string }>(
      `SELECT r.body FROM file_record r JOIN file_stream s USING (file_stream_id) WHERE s.kind = 'targets'`,
    )
    .all()
    .flatMap(({ body }) => {
      const { metric: name, month, value } = RowSchema.parse(JSON.parse(body));
      const metric = NAMES[name.trim().toLowerCase()];
      if (metric === undefined) return [];
      const isMoney = metric !== 'customers';
      const amount = Math.round(Number(value) * (isMoney ? 10 ** exponentOf(currency) : 1));
      if (!Number.isSafeInteger(amount) || amount <= 0) return [];
      return [
        {
          targetId: null,
          metric,
          startsOn: addDays(firstDayOf(month), -1),
          startValue: null,
          dueOn: lastDayOf(month),
          value: amount,
          currency: isMoney ? currency : null,
          shape: 'linear' as const,
        },
      ];
    });
}
