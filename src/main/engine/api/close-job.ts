/** The job that closes months: asked for by hand, or come due by the calendar. */
import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import { MonthSchema } from '../../../shared/contract/scalars.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { PlainMonth } from '../../../shared/kernel/day.ts';
import { closeMonth, dueMonths, obstacles, openMonths } from '../closing/index.ts';
import { defineJob, type JobContext } from '../jobs/index.ts';
import type { MetricsContext } from '../metrics/index.ts';
import { packToFreeze } from '../reports/index.ts';
import { metricsContext } from './metrics-context.ts';
import { bringUpToDate, type PipelineDeps } from './pipeline.ts';
import { readWorkspace } from './workspace-settings.ts';

const PayloadSchema = z.object({
  /** Null: whatever is due by the calendar. */
  month: MonthSchema.nullable(),
  /** Every open month up to it. */
  through: z.boolean(),
  acceptGaps: z.boolean(),
});
type Payload = z.output<typeof PayloadSchema>;

export interface CloseJobResult {
  readonly closed: readonly PlainMonth[];
  /** Why months that are due by the calendar were left open. */
  readonly waiting: readonly string[];
}

/**
 * `close`: brings the ledger up to date, then closes month after month, each
 * in its own transaction: a break leaves whole closes, and the job goes on
 * behind them. Never beside a sync.
 */
export function defineCloseJob(pipeline: PipelineDeps, programVersion: string) {
  return defineJob<Payload, CloseJobResult>({
    kind: 'close',
    payload: PayloadSchema,
    title: ({ month, through }) =>
      month === null ? 'Close what is due' : `Close ${through ? 'all months through ' : ''}${month}`,
    exclusive: () => 'sync',
    resumable: true,
    async run(context) {
      const { db, clock, changes } = pipeline;
      await bringUpToDate(pipeline, context.progress, context.signal);
      const workspace = readWorkspace(db);
      const now = metricsContext(workspace, clock.now());
      const { months, waiting } = monthsToClose(pipeline, context, now, workspace.closeOnDay);
      const closed: PlainMonth[] = [];
      for (const [index, month] of months.entries()) {
        if (context.signal.aborted)
          throw new AppError('cancelled', 'Closing was stopped; months that were closed stay closed');
        context.progress({ step: `Closing ${month}`, done: index, total: months.length });
        await breathe();
        closeMonth(
          db,
          {
            month,
            by: context.payload.month === null ? 'schedule' : 'hand',
            acceptGaps: context.payload.acceptGaps,
            programVersion,
            pack: () => packToFreeze(db, { month, companyName: workspace.companyName }, now),
          },
          now,
        );
        closed.push(month);
        changes.publish('closing');
      }
      return { closed, waiting };
    },
  });
}

/** By hand: what was asked for. By the calendar: what is due and has nothing against it. */
function monthsToClose(
  { db }: PipelineDeps,
  { payload, attempt }: Pick<JobContext<Payload>, 'payload' | 'attempt'>,
  now: MetricsContext,
  closeOnDay: number | null,
): { readonly months: readonly PlainMonth[]; readonly waiting: readonly string[] } {
  const open = openMonths(db, now);
  const { month, through } = payload;
  if (month !== null && !through) {
    // The attempt before this one may have closed it before it was cut off.
    const done = attempt > 1 && !open.includes(month);
    return { months: done ? [] : [month], waiting: [] };
  }
  if (month !== null) {
    const months = open.filter((one) => one <= month);
    if (months.length === 0 && attempt === 1)
      throw new AppError('conflict', `There is no open month through ${month}: nothing was closed`);
    return { months, waiting: [] };
  }
  const due = dueMonths(db, closeOnDay, now);
  const months: PlainMonth[] = [];
  for (const one of due) {
    const earlier = open.find((other) => other < one && !months.includes(other));
    const against = [
      ...(earlier === undefined ? [] : [`${earlier} is still open: months are closed in order.`]),
      ...obstacles(db, one, now),
    ];
    if (against.length > 0) return { months, waiting: [`${one} waits: ${against.join(' ')}`] };
    months.push(one);
  }
  return { months, waiting: [] };
}
