/** What is aimed at: a figure by a day, the path that leads there, and where the company stands against it. */
import { z } from 'zod';
import { command, query } from './procedure.ts';
import { CurrencySchema, DaySchema, InstantSchema } from './scalars.ts';

export const TARGET_METRICS = ['mrr', 'arr', 'customers'] as const;
export const TargetMetricSchema = z.enum(TARGET_METRICS);
export type TargetMetric = z.infer<typeof TargetMetricSchema>;

/** `linear`: the same amount each day. `compound`: the same share each day. */
export const TARGET_SHAPES = ['linear', 'compound'] as const;
export const TargetShapeSchema = z.enum(TARGET_SHAPES);
export type TargetShape = z.infer<typeof TargetShapeSchema>;

/** Minor units of the target's currency, or customers. */
const ValueSchema = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const TargetSchema = z.object({
  /** Null for one that an imported file says: it is changed there. */
  targetId: z.number().int().nullable(),
  metric: TargetMetricSchema,
  /** Where its path begins; not looked at where an earlier target of the figure stands: then it begins there. */
  startsOn: DaySchema,
  /** Null: what the ledger says of the day on which the path begins. */
  startValue: ValueSchema.nullable(),
  /** To be reached by the end of this day. */
  dueOn: DaySchema,
  value: ValueSchema.min(1),
  /** Null for customers. */
  currency: CurrencySchema.nullable(),
  shape: TargetShapeSchema,
});
export type Target = z.infer<typeof TargetSchema>;

export const TargetChangeSchema = TargetSchema.extend({ targetId: z.number().int().optional() })
  .refine(({ startsOn, dueOn }) => startsOn < dueOn, { path: ['dueOn'], error: 'must come after the beginning' })
  .refine(({ metric, currency }) => (metric === 'customers') === (currency === null), {
    path: ['currency'],
    error: 'belongs to amounts of money, and to all of them',
  });
export type TargetChange = z.infer<typeof TargetChangeSchema>;

export const TargetEditSchema = z.object({
  editId: z.number().int(),
  madeAt: InstantSchema,
  before: TargetSchema.nullable(),
  after: TargetSchema.nullable(),
  undoneAt: InstantSchema.nullable(),
});
export type TargetEdit = z.infer<typeof TargetEditSchema>;

/** A figure on its way: values are minor units of `currency`, or customers. */
export const TrajectorySchema = z.object({
  metric: TargetMetricSchema,
  currency: CurrencySchema.nullable(),
  asOf: DaySchema,
  /** The target that is next; the last one where all are over. */
  target: TargetSchema,
  /** Where the stretch to it begins. */
  from: z.object({ on: DaySchema, value: z.number().int() }),
  isOver: z.boolean(),
  /** Null with the reason where a rate is missing. */
  actual: z.number().int().nullable(),
  reason: z.string().nullable(),
  /** What the path asks for at the end of `asOf`; before the path begins, null. */
  planned: z.number().int().nullable(),
  /** Actual less planned. */
  variance: z.number().int().nullable(),
  /** Positive: so many days behind the path. Negative: ahead. Null where the path never held the value. */
  daysBehind: z.number().int().nullable(),
  /** Per week: over the last 28 days; what the path asks for over the next seven; what is needed from here to be there in time. */
  pace: z.object({
    actual: z.number().int().nullable(),
    planned: z.number().int().nullable(),
    needed: z.number().int().nullable(),
  }),
  /** The same growth each month from here that leads there: a fraction. */
  neededGrowth: z.number().nullable(),
  /** When it is reached at the pace of the last 28 days; null where it never is. */
  expectedOn: DaySchema.nullable(),
  /** Once a week from the path's beginning to its end. */
  points: z.array(
    z.object({ on: DaySchema, planned: z.number().int().nullable(), actual: z.number().int().nullable() }),
  ),
  sentences: z.array(z.string()),
});
export type Trajectory = z.infer<typeof TrajectorySchema>;

export const targets = {
  /** By figure, then by day; those of files included. */
  list: query.output(z.array(TargetSchema)),
  /** One for each figure that has a target; `asOf` default today. */
  trajectories: query.input(z.object({ asOf: DaySchema.optional() })).output(z.array(TrajectorySchema)),
  /** Newest first. */
  edits: query.output(z.array(TargetEditSchema)),
  /** Fails with `conflict` where the figure has a target on that day already. */
  save: command.input(TargetChangeSchema).output(z.object({ target: TargetSchema, editId: z.number().int() })),
  remove: command.input(z.object({ targetId: z.number().int() })).output(z.object({ editId: z.number().int() })),
  /** Fails with `conflict` where the target was changed again since. */
  undo: command.input(z.object({ editId: z.number().int() })).output(z.object({ done: z.literal(true) })),
};
