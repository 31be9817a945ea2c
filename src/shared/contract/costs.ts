/** What the company spends: costs by month, kind and channel, entered or imported, and every change of them. */
import { z } from 'zod';
import { command, query } from './procedure.ts';
import { CurrencySchema, InstantSchema, MinorSchema, MonthSchema } from './scalars.ts';

export const COST_KINDS = ['marketing', 'sales', 'cogs', 'rnd', 'ga', 'other'] as const;
export const CostKindSchema = z.enum(COST_KINDS);
export type CostKind = z.infer<typeof CostKindSchema>;

/** The kinds in words, as screens, reasons and the board pack say them. */
export const COST_KIND_TITLES: Readonly<Record<CostKind, string>> = {
  marketing: 'Marketing',
  sales: 'Sales',
  cogs: 'Cost of revenue',
  rnd: 'Research and development',
  ga: 'General and administrative',
  other: 'Other',
};

/** The columns of a file, in the order of the template; `note` may follow. */
export const COST_COLUMNS = ['month', 'kind', 'channel', 'amount', 'currency'] as const;

/** An amount beyond this many minor units (either way) is a slip of the keyboard. */
export const MOST_COST_MINOR = 10_000_000_000_000;

/** Characters of a file, as JSON writes them, that a window may send; the command line takes larger ones. */
export const MOST_FILE_CHARS = 1_000_000;

const ChannelSchema = z
  .string()
  .transform((text) => text.normalize('NFC').trim().replaceAll(/\s+/g, ' '))
  .pipe(z.string().max(80, 'a channel has at most 80 characters'))
  .nullable()
  .transform((channel) => (channel === '' ? null : channel));
const NoteSchema = z.string().trim().max(500, 'a note has at most 500 characters').nullable();

/** What a cost is of. Two amounts of the same month, kind, channel (in any case) and currency are one cost. */
export const CostKeySchema = z.object({
  month: MonthSchema.refine((month) => month >= '1990-01' && month <= '2199-12', 'a month from 1990 to 2199'),
  kind: CostKindSchema,
  channel: ChannelSchema,
  currency: CurrencySchema,
});
export type CostKey = z.infer<typeof CostKeySchema>;

const CostAmountSchema = MinorSchema.refine(
  (amount) => Math.abs(amount) <= MOST_COST_MINOR,
  'an amount beyond ±100 billion is refused',
);

export const CostEntrySchema = CostKeySchema.extend({ amount: CostAmountSchema, note: NoteSchema });
export type CostEntry = z.infer<typeof CostEntrySchema>;

/** `amount` null takes the cost away; without a `note` the one that stands there stays. */
const CostChangeSchema = CostKeySchema.extend({
  amount: CostAmountSchema.nullable(),
  note: NoteSchema.optional(),
});

export const CostSchema = CostKeySchema.extend({
  amount: MinorSchema,
  /** In the reporting currency at the rate of the month's last day (of today in the running month); null without a rate. */
  reporting: MinorSchema.nullable(),
  note: z.string().nullable(),
  /** The file it came from; null: entered in the app. */
  file: z.string().nullable(),
  enteredAt: InstantSchema,
  changedAt: InstantSchema,
});
export type Cost = z.infer<typeof CostSchema>;

export const CostSheetSchema = z.object({
  from: MonthSchema,
  to: MonthSchema,
  currency: CurrencySchema,
  /** Whether anything was ever recorded, in these months or others. */
  any: z.boolean(),
  costs: z.array(CostSchema),
  /** Per month in the reporting currency; `kinds` null where nothing is recorded or a rate is missing, with the reason. */
  months: z.array(
    z.object({
      month: MonthSchema,
      kinds: z.record(CostKindSchema, MinorSchema.nullable()),
      total: MinorSchema.nullable(),
      reason: z.string().nullable(),
    }),
  ),
});
export type CostSheet = z.infer<typeof CostSheetSchema>;

const RejectedRowSchema = z.object({
  /** The line of the file on which the row begins; the header is usually line 1. */
  line: z.number().int(),
  reason: z.string(),
  /** The row as it stands in the file, cut after 200 characters. */
  text: z.string(),
});
export type RejectedRow = z.infer<typeof RejectedRowSchema>;

export const CostImportSchema = z.object({
  file: z.string(),
  dryRun: z.boolean(),
  /** Rows read below the header, empty ones left out. */
  rows: z.number().int(),
  /** Costs that are new, that take the place of another amount, and that stood there already. */
  imported: z.number().int(),
  replaced: z.number().int(),
  unchanged: z.number().int(),
  /** Rows that were added to another of the same month, kind, channel and currency in this file. */
  combined: z.number().int(),
  quarantined: z.array(RejectedRowSchema),
  /** The first hundred changes, for a preview; `before` null for a new cost. */
  preview: z.array(CostKeySchema.extend({ amount: MinorSchema, before: MinorSchema.nullable() })),
  /** What `costs.undo` takes; null where nothing was changed. */
  editId: z.number().int().nullable(),
});
export type CostImport = z.infer<typeof CostImportSchema>;

/** One act on the costs: what was entered together, an import, or the taking back of either. */
export const CostEditSchema = z.object({
  editId: z.number().int(),
  act: z.enum(['entry', 'import', 'undo']),
  file: z.string().nullable(),
  madeAt: InstantSchema,
  undoneAt: InstantSchema.nullable(),
  /** The act that it took back. */
  undoes: z.number().int().nullable(),
  /** How many costs it added, changed and took away. */
  added: z.number().int(),
  changed: z.number().int(),
  removed: z.number().int(),
});
export type CostEdit = z.infer<typeof CostEditSchema>;

export const costs = {
  sheet: query.input(z.object({ from: MonthSchema, to: MonthSchema })).output(CostSheetSchema),
  /** Newest first. */
  edits: query.input(z.object({ limit: z.number().int().min(1).max(200).default(50) })).output(z.array(CostEditSchema)),
  /** Rows of imported files that did not fit, until the file is imported again or they are dismissed. */
  rejected: query.output(
    z.array(
      z.object({ editId: z.number().int(), file: z.string(), at: InstantSchema, rows: z.array(RejectedRowSchema) }),
    ),
  ),
  /** Sets or takes away costs as one act. `editId` null: everything stood so already. */
  enter: command
    .input(z.object({ costs: z.array(CostChangeSchema).min(1).max(5_000) }))
    .output(z.object({ editId: z.number().int().nullable(), changed: z.number().int() })),
  /** Reads the text of a file; with `dryRun` only says what it would change. */
  import: command
    .input(z.object({ file: z.string().min(1).max(300), text: z.string(), dryRun: z.boolean().default(false) }))
    .output(CostImportSchema),
  /** Takes an act back; taking back an undo repeats the act. */
  undo: command.input(z.object({ editId: z.number().int() })).output(z.object({ editId: z.number().int() })),
  dismissRejected: command.input(z.object({ editId: z.number().int() })).output(z.object({ done: z.boolean() })),
  /** Takes `dismissRejected` back. */
  restoreRejected: command.input(z.object({ editId: z.number().int() })).output(z.object({ done: z.boolean() })),
};
