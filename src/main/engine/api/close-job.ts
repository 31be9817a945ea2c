/** The job that closes months: asked for by hand, or come due by the calendar. */
import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import { MonthSchema } from '../../../shared/contract/scalars.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { PlainMonth } from '../../../shared/kernel/day.ts';
import { assertClosable, closeMonth, dueMonths, figuresRevision, obstacles, openMonths } from '../closing/index.ts';
import { defineJob, type JobContext } from '../jobs/index.ts';
import type { MetricsContext } from '../metrics/index.ts';
import { closingFigures } from './closing-figures.ts';
import type { ClosingThread } from './closing-thread.ts';
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
      const { db, clock } = pipeline;
      const { payload } = context;
      await bringUpToDate(pipeline, context.progress, context.signal);
      const workspace = readWorkspace(db);
      const { months, waiting } = monthsToClose(
        pipeline,
        context,
        metricsContext(workspace, clock.now()),
        workspace.closeOnDay,
      );
      const by = payload.month === null ? 'schedule' : 'hand';
      const closed = await closeEach(pipeline, context, { months, by, acceptGaps: payload.acceptGaps, programVersion });
      return { closed, waiting };
    },
  });
}

type Running = Pick<JobContext<unknown>, 'signal' | 'progress'>;

/** Closes every open month through one, within a job that has brought the ledger up to date. */
export async function closeMonths(
  pipeline: PipelineDeps,
  context: Running,
  {
    through,
    ...how
  }: { readonly through: PlainMonth; readonly by: 'hand' | 'schedule'; readonly programVersion: string },
): Promise<readonly PlainMonth[]> {
  const now = metricsContext(readWorkspace(pipeline.db), pipeline.clock.now());
  const months = openMonths(pipeline.db, now).filter((month) => month <= through);
  return await closeEach(pipeline, context, { ...how, months, acceptGaps: true });
}

interface Closing {
  readonly months: readonly PlainMonth[];
  readonly by: 'hand' | 'schedule';
  readonly acceptGaps: boolean;
  readonly programVersion: string;
}

/** @throws AppError `cancelled` between two months when the signal fires. */
async function closeEach(pipeline: PipelineDeps, running: Running, closing: Closing): Promise<readonly PlainMonth[]> {
  if (closing.months.length === 0) return [];
  const thread = await pipeline.openClosing();
  try {
    return await closeWith(thread, pipeline, running, closing);
  } finally {
    await thread.close();
  }
}

/** The figures are worked out beside the calls that are answered; what is left for the writer takes some milliseconds a month. */
async function closeWith(
  thread: ClosingThread,
  { db, clock, changes }: PipelineDeps,
  { signal, progress }: Running,
  { months, ...how }: Closing,
): Promise<readonly PlainMonth[]> {
  const { companyName, ...workspace } = readWorkspace(db);
  for (const [index, month] of months.entries()) {
    if (signal.aborted) throw new AppError('cancelled', 'Closing was stopped; months that were closed stay closed');
    progress({ step: `Closing ${month}`, done: index, total: months.length });
    const context = metricsContext({ companyName, ...workspace }, clock.now());
    assertClosable(db, month, context);
    const revision = figuresRevision(db);
    const prepared = await thread.figures({ month, companyName, context });
    await breathe();
    // Whatever changed meanwhile is in the close: then the figures are worked out once more, in its transaction.
    const figures = () =>
      figuresRevision(db) === revision ? prepared : closingFigures(db, { month, companyName, context });
    closeMonth(db, { ...how, month, figures }, context);
    changes.publish('closing');
  }
  return months;
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
