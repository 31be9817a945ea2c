/** The board pack: its data for the page that is printed, and the printed files. */
import { z } from 'zod';
import { CloseStampSchema, ComparedMonthSchema, RestatementSchema } from './closing.ts';
import { command, query } from './procedure.ts';
import { BridgeSchema, MetricDefinitionSchema, MetricSnapshotSchema, SeriesSchema } from './metrics.ts';
import { CurrencySchema, CustomerIdSchema, DaySchema, InstantSchema, MinorSchema, MonthSchema } from './scalars.ts';

const CustomerLineSchema = z.object({
  customerId: CustomerIdSchema,
  name: z.string(),
  plan: z.string().nullable(),
  mrr: MinorSchema,
  share: z.number().nullable(),
  note: z.string().nullable(),
});

const RestatedSchema = z.object({
  currency: CurrencySchema,
  entries: z.number().int(),
  /** Reported + restated = known. Lines of the bridge are annual, flows plain. */
  lines: ComparedMonthSchema.shape.lines,
  /** The largest entries. */
  rows: z.array(
    RestatementSchema.pick({
      customerName: true,
      line: true,
      annual: true,
      before: true,
      after: true,
      change: true,
      cause: true,
      detail: true,
      foundAt: true,
    }),
  ),
});

/** Whether a pack shows a closed month as it was reported, or any month as it is known today. */
export const PackBasisSchema = z.enum(['known', 'reported']);

export const BoardPackSchema = z.object({
  shows: PackBasisSchema,
  /** The close in force; null while the month is open. */
  close: CloseStampSchema.nullable(),
  /** What became known after the close; null where nothing did. */
  restated: RestatedSchema.nullable(),
  month: MonthSchema,
  /** The last day that the pack covers: the month's end, or today in a running month. */
  asOf: DaySchema,
  final: z.boolean(),
  computedAt: InstantSchema,
  companyName: z.string(),
  currency: CurrencySchema,
  policy: z.string(),
  timeZone: z.string(),
  sources: z.array(z.object({ name: z.string(), syncedAt: InstantSchema.nullable(), complete: z.boolean() })),
  /** Sentences made from the data, most important first. */
  summary: z.array(z.string()),
  current: MetricSnapshotSchema,
  previous: MetricSnapshotSchema,
  yearBefore: MetricSnapshotSchema.nullable(),
  bridge: BridgeSchema,
  series: z.array(SeriesSchema),
  retention: z.array(
    z.object({
      cohort: MonthSchema,
      size: z.number().int(),
      logo: z.array(z.number().nullable()),
      net: z.array(z.number().nullable()),
    }),
  ),
  largest: z.array(CustomerLineSchema),
  concentration: z.object({
    top1: z.number().nullable(),
    top5: z.number().nullable(),
    top10: z.number().nullable(),
    top20: z.number().nullable(),
  }),
  churned: z.array(CustomerLineSchema),
  atRisk: z.array(CustomerLineSchema),
  definitions: z.array(MetricDefinitionSchema),
  caveats: z.array(z.string()),
});
export type BoardPack = z.infer<typeof BoardPackSchema>;

export const ReportFileSchema = z.object({
  reportId: z.number(),
  kind: z.literal('board'),
  month: MonthSchema,
  format: z.enum(['A4', 'Letter']),
  file: z.string(),
  bytes: z.number().int(),
  pages: z.number().int().nullable(),
  createdAt: InstantSchema,
});

export const reports = {
  boardPack: query
    .input(z.object({ month: MonthSchema, shows: PackBasisSchema.default('known') }))
    .output(BoardPackSchema),
  /** Prints the pack; the job's result is a ReportFile. `file` null: into the documents folder. */
  printBoard: command
    .input(
      z.object({
        month: MonthSchema,
        /** Null: as the settings say, else what the locale's country uses. */
        format: z.enum(['A4', 'Letter']).nullable().default(null),
        /** `reported` needs a closed month. */
        shows: PackBasisSchema.default('known'),
        /** Whether the charts have the workspace's notes and releases, which are the founder's own. */
        notes: z.boolean().default(false),
        file: z.string().nullable().default(null),
      }),
    )
    .output(z.object({ jobId: z.number() })),
  archive: query.output(z.array(ReportFileSchema)),
};
