/** The digest of a day and the view of a week: one structure each, for page, paper, Markdown, notification and scripts. */
import { z } from 'zod';
import { EvidenceSchema } from './evidence.ts';
import { BridgeSchema, MovementKindSchema } from './metrics.ts';
import { command, query } from './procedure.ts';
import { CurrencySchema, CustomerIdSchema, DaySchema, InstantSchema, MinorSchema } from './scalars.ts';
import { TrajectorySchema } from './targets.ts';

export const DIGEST_KINDS = ['daily', 'weekly'] as const;
export const DigestKindSchema = z.enum(DIGEST_KINDS);
export type DigestKind = z.infer<typeof DigestKindSchema>;

/** One thing that happened, or is to come. */
export const DigestLineSchema = z.object({
  customerId: CustomerIdSchema.nullable(),
  /** The customer's name, or what else it is about. */
  who: z.string(),
  on: DaySchema.nullable(),
  /** In a phrase: the plan, «from Starter to Growth». */
  what: z.string().nullable(),
  /** Monthly where the section's amounts are MRR; minor units of `currency`. */
  amount: MinorSchema.nullable(),
  currency: CurrencySchema.nullable(),
  /** The reason, the next retry, what to know. */
  note: z.string().nullable(),
  /** In-app path that a click opens. */
  target: z.string(),
  evidence: EvidenceSchema.nullable(),
  sourceObjectId: z.string().nullable(),
  sourceUrl: z.string().nullable(),
});
export type DigestLine = z.infer<typeof DigestLineSchema>;

export const DIGEST_GROUPS = ['growth', 'losses', 'money', 'attention', 'ahead'] as const;

export const DigestSectionSchema = z.object({
  id: z.string(),
  group: z.enum(DIGEST_GROUPS),
  title: z.string(),
  /** What it counts, in a sentence. */
  definition: z.string(),
  /** How many in all; null where nobody can know, with the reason. */
  count: z.number().int().nullable(),
  reason: z.string().nullable(),
  /** The sum in the reporting currency, losses negative; null where there is none to state. */
  amount: MinorSchema.nullable(),
  amountIs: z.enum(['mrr', 'cash']).nullable(),
  /** What the sum leaves out, or what else is to be said. */
  note: z.string().nullable(),
  /** The rows behind the sum. */
  why: z.object({ metric: z.string(), kind: MovementKindSchema.nullable(), from: DaySchema, to: DaySchema }).nullable(),
  /** The metric whose definition it is. */
  how: z.string().nullable(),
  /** Largest, or soonest, first. */
  lines: z.array(DigestLineSchema),
  /** How many of `count` are not among the lines. */
  more: z.number().int(),
  /** Whether something of it makes a day not quiet; what is to come does not. */
  isEvent: z.boolean(),
});
export type DigestSection = z.infer<typeof DigestSectionSchema>;

export const DigestFigureSchema = z.object({
  /** The metric whose definition it is. */
  id: z.string(),
  label: z.string(),
  unit: z.enum(['money', 'ratio', 'count', 'hours']),
  /** Minor units of the digest's currency, a fraction, things, or hours; null with the reason. */
  value: z.number().nullable(),
  reason: z.string().nullable(),
  /** Of the period before, or at its end. */
  before: z.number().nullable(),
  better: z.enum(['up', 'down', 'neither']),
  why: z.object({ metric: z.string(), from: DaySchema, to: DaySchema }).nullable(),
});
export type DigestFigure = z.infer<typeof DigestFigureSchema>;

export const DigestSourceSchema = z.object({
  name: z.string(),
  state: z.enum(['ready', 'paused', 'failing']),
  syncedAt: InstantSchema.nullable(),
  complete: z.boolean(),
  problem: z.string().nullable(),
});

const common = {
  from: DaySchema,
  to: DaySchema,
  /** False while the last day still runs. */
  isOver: z.boolean(),
  computedAt: InstantSchema,
  companyName: z.string(),
  currency: CurrencySchema,
  policy: z.string(),
  timeZone: z.string(),
  /** Sentences made from the data, most important first. */
  summary: z.array(z.string()),
  figures: z.array(DigestFigureSchema),
  sections: z.array(DigestSectionSchema),
  sources: z.array(DigestSourceSchema),
  /** What to know before trusting it. */
  caveats: z.array(z.string()),
};

export const DailyDigestReportSchema = z.object({
  kind: z.literal('daily'),
  ...common,
  /** Nothing happened of all that can be known. */
  isQuiet: z.boolean(),
});
export type DailyDigestReport = z.infer<typeof DailyDigestReportSchema>;

export const WeeklyDigestReportSchema = z.object({
  kind: z.literal('weekly'),
  ...common,
  before: z.object({ from: DaySchema, to: DaySchema }),
  bridge: BridgeSchema,
  /** Net new ARR of the week, of the week before, and what the path or the milestone asks for in a week. */
  climb: z.object({
    actual: MinorSchema,
    before: MinorSchema,
    needed: MinorSchema.nullable(),
    /** What asks for it, in words; null where nothing does. */
    neededFor: z.string().nullable(),
  }),
  trajectories: z.array(TrajectorySchema),
  /** MRR at the end of each of the last weeks, oldest first. */
  course: z.array(z.object({ on: DaySchema, mrr: MinorSchema.nullable() })),
});
export type WeeklyDigestReport = z.infer<typeof WeeklyDigestReportSchema>;

export const DigestReportSchema = z.discriminatedUnion('kind', [DailyDigestReportSchema, WeeklyDigestReportSchema]);
export type DigestReport = z.infer<typeof DigestReportSchema>;

/** A digest as it was told, saved or printed: its figures stay what they were then. */
export const ArchivedDigestSchema = z.object({
  digestId: z.number().int(),
  kind: DigestKindSchema,
  from: DaySchema,
  to: DaySchema,
  madeAt: InstantSchema,
  madeAs: z.enum(['notification', 'pdf', 'markdown']),
  /** Its first sentence. */
  headline: z.string(),
  file: z.string().nullable(),
  format: z.enum(['A4', 'Letter']).nullable(),
  bytes: z.number().int().nullable(),
  pages: z.number().int().nullable(),
});
export type ArchivedDigest = z.infer<typeof ArchivedDigestSchema>;

/**
 * Which digest. `from` and `to`: the days, both included; default yesterday and today. `digestId`: one of the archive, as it was told.
 */
export const DailyChoiceSchema = z.object({
  from: DaySchema.optional(),
  to: DaySchema.optional(),
  digestId: z.number().int().optional(),
});
export type DailyChoice = z.infer<typeof DailyChoiceSchema>;
/** `on`: any day of the week; default yesterday, so that on its first day the week before is shown. */
export const WeeklyChoiceSchema = z.object({ on: DaySchema.optional(), digestId: z.number().int().optional() });
export type WeeklyChoice = z.infer<typeof WeeklyChoiceSchema>;

export const DigestChoiceSchema = z.object({
  kind: DigestKindSchema,
  from: DaySchema.optional(),
  /** For a week: any day of it. */
  to: DaySchema.optional(),
  digestId: z.number().int().optional(),
});
export type DigestChoice = z.infer<typeof DigestChoiceSchema>;

export const digests = {
  daily: query.input(DailyChoiceSchema).output(DailyDigestReportSchema),
  weekly: query.input(WeeklyChoiceSchema).output(WeeklyDigestReportSchema),
  markdown: query
    .input(DigestChoiceSchema)
    .output(z.object({ fileName: z.string(), text: z.string(), from: DaySchema, to: DaySchema })),
  /** Newest first. */
  archive: query.output(z.array(ArchivedDigestSchema)),
  /** Notes in the archive what was saved as Markdown. */
  keep: command.input(DigestChoiceSchema).output(ArchivedDigestSchema),
  /**
   * Prints it; the job's result is an ArchivedDigest. `format`: default the setting `paperSize`, else what the locale's
   * country uses. `file` null: into the documents folder.
   */
  print: command
    .input(
      DigestChoiceSchema.extend({
        format: z.enum(['A4', 'Letter']).optional(),
        file: z.string().nullable().default(null),
      }),
    )
    .output(z.object({ jobId: z.number() })),
};
