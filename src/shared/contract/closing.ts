/** Closed months: what was reported, frozen; what is known of it today; and every difference with its cause. */
import { z } from 'zod';
import { MetricSnapshotSchema, MOVEMENT_KINDS } from './metrics.ts';
import { command, query } from './procedure.ts';
import {
  CurrencySchema,
  CursorSchema,
  CustomerIdSchema,
  InstantSchema,
  MinorSchema,
  MonthSchema,
  SourceIdSchema,
} from './scalars.ts';

export const RESTATEMENT_CAUSES = [
  'late',
  'changed',
  'deleted',
  'rate',
  'policy',
  'rules',
  'time_zone',
  'currency',
  'source_added',
  'source_removed',
  'costs',
  'earlier_month',
] as const;
export const RestatementCauseSchema = z.enum(RESTATEMENT_CAUSES);
export type RestatementCause = z.infer<typeof RestatementCauseSchema>;

/** What months are compared by: the bridge's lines (annual minor units) and the month's flows (plain minor units). */
export const BRIDGE_LINES = ['opening', ...MOVEMENT_KINDS] as const;
export const FLOW_LINES = [
  'invoiced',
  'credited',
  'charged',
  'refunded',
  'fee',
  'disputed',
  'dispute_won',
  'costs',
] as const;
export const CLOSING_LINES = [...BRIDGE_LINES, ...FLOW_LINES] as const;
export const ClosingLineSchema = z.enum(CLOSING_LINES);
export type ClosingLine = z.infer<typeof ClosingLineSchema>;

/** How a close is named wherever it is shown or printed. */
export const CloseStampSchema = z.object({
  closeId: z.number().int(),
  month: MonthSchema,
  /** 1 for the first close of the month, one more after each reopening. */
  version: z.number().int(),
  closedAt: InstantSchema,
  closedBy: z.enum(['hand', 'schedule']),
  /** SHA-256 over everything frozen and the close before it, as hexadecimal text. */
  hash: z.string(),
});
export type CloseStamp = z.infer<typeof CloseStampSchema>;

export const ClosedMonthSchema = z.object({
  month: MonthSchema,
  /** `reopened`: it was closed, and is open again. */
  state: z.enum(['open', 'closed', 'reopened']),
  close: CloseStampSchema.nullable(),
  reopening: z.object({ at: InstantSchema, reason: z.string() }).nullable(),
  currency: CurrencySchema,
  /** ARR at the month's end: as reported (null while open) and as known today. */
  reportedArr: MinorSchema.nullable(),
  knownArr: MinorSchema.nullable(),
  /** Entries, and what they come to in ARR at the month's end. */
  restatements: z.number().int(),
  /** What was known to be missing when it was closed. */
  gaps: z.array(z.string()),
});
export type ClosedMonth = z.infer<typeof ClosedMonthSchema>;

export const ClosingListSchema = z.object({
  /** Newest first: every month of the ledger that is over. */
  months: z.array(ClosedMonthSchema),
  /** The first month that is open; null when all are closed. */
  next: MonthSchema.nullable(),
  /** The last month that is over; null before the first is. */
  last: MonthSchema.nullable(),
  /** What stands against closing them now, in sentences. */
  obstacles: z.array(z.string()),
  automatic: z.object({
    /** Day of the following month; null: by hand only. */
    day: z.number().int().nullable(),
    /** Months that are due by it. */
    due: z.array(MonthSchema),
  }),
});
export type ClosingList = z.infer<typeof ClosingListSchema>;

const FrozenLinesSchema = z
  .object(Object.fromEntries([...BRIDGE_LINES, 'closing' as const].map((line) => [line, MinorSchema])) as FrozenLines)
  .loose();
type FrozenLines = Record<(typeof BRIDGE_LINES)[number] | 'closing', typeof MinorSchema>;

/** A month's bridge as it was frozen: exact annual lines, and monthly ones as they were shown. */
export const FrozenBridgeSchema = z.object({ arr: FrozenLinesSchema, mrr: FrozenLinesSchema });
export type FrozenBridge = z.infer<typeof FrozenBridgeSchema>;

const SourceEvidenceSchema = z.object({
  name: z.string(),
  vendor: z.string(),
  account: z.string().nullable(),
  syncRunId: z.number().int().nullable(),
  syncedAt: InstantSchema.nullable(),
  /** Which version of each normaliser read the records. */
  normalisers: z.record(z.string(), z.number()),
  streams: z.array(z.object({ stream: z.string(), complete: z.boolean(), proof: z.string().nullable() })),
});

/** Everything that a close froze, but its board pack and its rows. */
export const ReportedMonthSchema = z.object({
  stamp: CloseStampSchema,
  timeZone: z.string(),
  currency: CurrencySchema,
  policy: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  rulesVersion: z.number().int(),
  programVersion: z.string(),
  ledgerRunId: z.number().int(),
  /** Rows of movements per customer that were frozen with it. */
  movementRows: z.number().int(),
  snapshot: MetricSnapshotSchema,
  bridge: FrozenBridgeSchema,
  flows: z.partialRecord(z.enum(FLOW_LINES), MinorSchema),
  sources: z.array(SourceEvidenceSchema),
  /** One unit of the currency in the reporting currency at the month's end, and the exact fraction of minor units; null: none was known. */
  rates: z.array(z.object({ currency: z.string(), rate: z.number().nullable(), exact: z.string().nullable() })),
  gaps: z.array(z.string()),
  reopening: z.object({ at: InstantSchema, reason: z.string() }).nullable(),
  previousHash: z.string(),
  /** Whether what is stored still gives the hash. */
  intact: z.boolean(),
});
export type ReportedMonth = z.infer<typeof ReportedMonthSchema>;

export const ComparedMonthSchema = z.object({
  month: MonthSchema,
  stamp: CloseStampSchema,
  currency: CurrencySchema,
  /** Line by line: reported + restated = known, exactly. Bridge lines are annual, flows plain. */
  lines: z.array(
    z.object({
      line: z.union([ClosingLineSchema, z.literal('closing')]),
      reported: MinorSchema,
      restated: MinorSchema,
      known: MinorSchema,
    }),
  ),
  /** Every metric beside itself. A null has its reason in the snapshots. */
  metrics: z.array(
    z.object({
      metric: z.string(),
      title: z.string(),
      unit: z.enum(['money', 'ratio', 'count', 'months', 'days']),
      reported: z.number().nullable(),
      known: z.number().nullable(),
      reportedReason: z.string().nullable(),
      knownReason: z.string().nullable(),
    }),
  ),
  /** What the restatements of the month's closing ARR come to by cause, and how many entries there are. */
  causes: z.array(z.object({ cause: RestatementCauseSchema, change: MinorSchema, entries: z.number().int() })),
  reported: MetricSnapshotSchema,
  known: MetricSnapshotSchema,
});
export type ComparedMonth = z.infer<typeof ComparedMonthSchema>;

export const RestatementSchema = z.object({
  restatementId: z.number().int(),
  month: MonthSchema,
  version: z.number().int(),
  line: ClosingLineSchema,
  /** Whether the amounts are annual (lines of the bridge) or plain (flows). */
  annual: z.boolean(),
  customerId: CustomerIdSchema.nullable(),
  customerName: z.string().nullable(),
  nativeCurrency: z.string().nullable(),
  nativeBefore: MinorSchema.nullable(),
  nativeAfter: MinorSchema.nullable(),
  currency: CurrencySchema,
  before: MinorSchema,
  after: MinorSchema,
  change: MinorSchema,
  cause: RestatementCauseSchema,
  detail: z.string(),
  sourceId: SourceIdSchema.nullable(),
  objectId: z.string().nullable(),
  /** Where the object can be looked at. */
  sourceUrl: z.string().nullable(),
  ledgerRunId: z.number().int().nullable(),
  foundAt: InstantSchema,
});
export type Restatement = z.infer<typeof RestatementSchema>;

export const closing = {
  list: query.output(ClosingListSchema),
  /**
   * Closes a month (or, with `through`, every open month up to it) once the ledger is up to date. The job fails with
   * `conflict` where an earlier month is open or something is known to be missing, unless `acceptGaps` says to
   * freeze that as well.
   */
  close: command
    .input(
      z.object({ month: MonthSchema, through: z.boolean().default(false), acceptGaps: z.boolean().default(false) }),
    )
    .output(z.object({ jobId: z.number() })),
  /** Opens a closed month again; its close stays, no longer in force. */
  reopen: command
    .input(z.object({ month: MonthSchema, reason: z.string().trim().min(3).max(500) }))
    .output(z.object({ done: z.literal(true) })),
  reported: query.input(z.object({ month: MonthSchema })).output(ReportedMonthSchema),
  compare: query.input(z.object({ month: MonthSchema })).output(ComparedMonthSchema),
  /** Of closes in force, newest first. */
  restatements: query
    .input(
      z.object({
        month: MonthSchema.optional(),
        cause: RestatementCauseSchema.optional(),
        limit: z.number().int().min(1).max(1_000).default(100),
        cursor: CursorSchema.optional(),
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(RestatementSchema), cursor: CursorSchema })),
};
