/**
 * Tables from files: a file is handed over in pieces, read through once, mapped to the fields of a kind, tried without
 * writing anything, imported, and taken back again.
 */
import { z } from 'zod';
import { command, query } from './procedure.ts';
import { CursorSchema, InstantSchema, SourceIdSchema } from './scalars.ts';

/** Bytes of one piece of a file; as base64 it fits into one message. */
export const FILE_PIECE_BYTES = 524_288;
/** Bytes of the largest file. */
export const MOST_FILE_BYTES = 2_147_483_648;

const UploadIdSchema = z.number().int();
const ImportIdSchema = z.number().int();
/** The name of a kind: `stripe_payments`, `chartmogul_invoices`, `customers` … */
const FileKindIdSchema = z.string().min(1).max(60);

export const FILE_FORMATS = ['csv', 'tsv', 'xlsx'] as const;
export const DATE_FORMATS = ['iso', 'dmy', 'mdy', 'ymd', 'unix', 'excel', 'text'] as const;
export const DateFormatSchema = z.enum(DATE_FORMATS);
export type DateFormat = z.infer<typeof DateFormatSchema>;
export const DecimalMarkSchema = z.enum(['.', ',']);
export type DecimalMark = z.infer<typeof DecimalMarkSchema>;

/** How a file is to be read where a person knows better than the detection. */
export const ReadSettingsSchema = z.object({
  /** A WHATWG label: `utf-8`, `utf-16le`, `windows-1252`, `shift_jis` … */
  encoding: z.string().max(40).optional(),
  delimiter: z.string().length(1).optional(),
  sheet: z.string().max(300).optional(),
  /** The line on which the names of the columns stand, counted from 1; 0: there are none. */
  headerLine: z.number().int().min(0).max(1_000).optional(),
});
export type ReadSettings = z.infer<typeof ReadSettingsSchema>;

export const FileDetectionSchema = z.object({
  format: z.enum(FILE_FORMATS),
  encoding: z.string(),
  /** What the encoding rests on: `The byte order mark`, `Every byte is valid UTF-8`, `Guessed from the frequency of letters` … */
  encodingBy: z.string(),
  /** Whether the encoding was guessed rather than known. */
  encodingGuessed: z.boolean(),
  /** Empty for a workbook. */
  delimiter: z.string(),
  headerLine: z.number().int(),
  /** All sheets of a workbook, and the one that was read; empty for text. */
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
});
export type FileDetection = z.infer<typeof FileDetectionSchema>;

export const FileColumnSchema = z.object({
  /** From 0, in the file's order. */
  index: z.number().int(),
  /** As the header names it; `Column 3` without one. */
  name: z.string(),
  /** The first values that are not empty, at most five. */
  samples: z.array(z.string()),
  /** Of all rows: how many hold anything. */
  filled: z.number().int(),
  looksLike: z.enum(['empty', 'text', 'number', 'date', 'email', 'currency']),
  /** Every way to read all values of the column as days; two and more mean that a person has to say which. */
  dateFormats: z.array(DateFormatSchema),
  /** Every way to read all values of the column as numbers. */
  decimalMarks: z.array(DecimalMarkSchema),
});
export type FileColumn = z.infer<typeof FileColumnSchema>;

export const FILE_FIELD_TYPES = [
  'text',
  'id',
  'day',
  'instant',
  'month',
  'amount',
  'number',
  'currency',
  'boolean',
  'choice',
  'email',
] as const;

export const FileFieldSchema = z.object({
  field: z.string(),
  label: z.string(),
  type: z.enum(FILE_FIELD_TYPES),
  required: z.boolean(),
  help: z.string().nullable(),
  /** For `choice`: the values that it may have. */
  choices: z.array(z.string()),
  /** Whether one value may be given for all rows instead of a column. */
  constant: z.boolean(),
});
export type FileField = z.infer<typeof FileFieldSchema>;

export const FileKindSchema = z.object({
  kind: FileKindIdSchema,
  title: z.string(),
  /** Kinds that make one source together: `stripe`, `chartmogul`, `hubspot`, `salesforce`, `pipedrive`, `own`. */
  family: z.string(),
  familyTitle: z.string(),
  /** What is in such a file, where it is to be had, and what it is used for. */
  description: z.string(),
  fields: z.array(FileFieldSchema),
  /** The names of columns as the vendor's export or the template writes them, in order. */
  template: z.array(z.string()),
  /** Kinds of the family without which this one means little: `chartmogul_invoices` for its line items. */
  goesWith: z.array(FileKindIdSchema),
});
export type FileKind = z.infer<typeof FileKindSchema>;

/** Which column says what; kept under the fingerprint of the header, so that the next file of the kind needs no work. */
export const FileMappingSchema = z.object({
  kind: FileKindIdSchema,
  /** Field → index of the column. What is not named is not read. */
  columns: z.record(z.string(), z.number().int().min(0).max(10_000)),
  /** Field → one value for all rows, where there is no column: `{ currency: 'EUR' }`. */
  constants: z.record(z.string(), z.string().max(200)),
  /** Field → how its days are written; needed where the column allows more than one way. */
  dateFormats: z.record(z.string(), DateFormatSchema),
  /** Field → the mark before the decimals; needed where the column allows both. */
  decimalMarks: z.record(z.string(), DecimalMarkSchema),
  /** Field of an amount → `minor` where the file counts cents; else it counts whole units with decimals. */
  amountUnits: z.record(z.string(), z.enum(['major', 'minor'])),
  /** The zone of times that do not name one; null: the company's own. */
  timeZone: z.string().max(60).nullable(),
});
export type FileMapping = z.infer<typeof FileMappingSchema>;

/** Something that the file leaves open and that is never guessed. */
export const FileQuestionSchema = z.object({
  about: z.enum(['date_format', 'decimal_mark']),
  field: z.string(),
  column: z.string(),
  /** `Is 03/04/2026 in “Paid on” the 3rd of April or the 4th of March?` */
  question: z.string(),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
});
export type FileQuestion = z.infer<typeof FileQuestionSchema>;

export const FileUploadSchema = z.object({
  uploadId: UploadIdSchema,
  name: z.string(),
  bytes: z.number().int(),
  received: z.number().int(),
  state: z.enum(['receiving', 'received', 'reading', 'ready', 'failed']),
  /** The job that reads it through now. */
  jobId: z.number().nullable(),
  problem: z.string().nullable(),
  /** Null until it has been read through, as all below. */
  detection: FileDetectionSchema.nullable(),
  columns: z.array(FileColumnSchema).nullable(),
  /** Rows below the header, empty ones left out. */
  rows: z.number().int().nullable(),
  /** Kinds that the header fits, best first. */
  suggestions: z.array(
    z.object({
      kind: FileKindIdSchema,
      /** Columns that it knows. */
      matched: z.number().int(),
      /** Labels of required fields without a column. */
      missing: z.array(z.string()),
      /** From 0 to 1. */
      score: z.number(),
    }),
  ),
  /** A standing import of a file with exactly these bytes. */
  importedBefore: z.object({ importId: ImportIdSchema, at: InstantSchema }).nullable(),
});
export type FileUpload = z.infer<typeof FileUploadSchema>;

export const PreviewRowSchema = z.object({
  line: z.number().int(),
  /** One per mapped field, in the order of `fields`. */
  cells: z.array(
    z.object({
      raw: z.string(),
      /** As it will be stored, written for people; null where it is empty or does not fit. */
      value: z.string().nullable(),
      problem: z.string().nullable(),
    }),
  ),
  /** Why the row as a whole does not fit, where it does not. */
  problem: z.string().nullable(),
});

export const FilePreviewSchema = z.object({
  /** The mapping that the preview shows: the given one, the saved one of this header, or the suggested one. */
  mapping: FileMappingSchema,
  mappingFrom: z.enum(['given', 'saved', 'suggested']),
  /** Labels of required fields that nothing is mapped to. */
  missing: z.array(z.string()),
  questions: z.array(FileQuestionSchema),
  /** What a person should know before importing: another source holds the same data, amounts without a currency … */
  warnings: z.array(z.string()),
  fields: z.array(z.object({ field: z.string(), label: z.string(), column: z.string().nullable() })),
  rows: z.array(PreviewRowSchema),
  /** Whether it can be tried and imported: nothing is missing and every question is answered. */
  ready: z.boolean(),
});
export type FilePreview = z.infer<typeof FilePreviewSchema>;

/** What became of the rows; also the result of the jobs `file_dry_run` and `file_import`. */
export const ImportReportSchema = z.object({
  /** Null for a dry run. */
  importId: ImportIdSchema.nullable(),
  kind: FileKindIdSchema,
  file: z.string(),
  dryRun: z.boolean(),
  rows: z.number().int(),
  accepted: z.number().int(),
  rejected: z.number().int(),
  /** Most frequent first. */
  reasons: z.array(z.object({ reason: z.string(), rows: z.number().int(), firstLine: z.number().int() })),
  /** Of the accepted rows: not known before; known with other values; known exactly so; said again within this file. */
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  repeated: z.number().int(),
  /** Rows about something that a connected source holds itself; they are not written, and not part of the rejected. */
  conflicts: z.number().int(),
  /** The first rejected rows. */
  rejectedRows: z.array(
    z.object({ line: z.number().int(), field: z.string().nullable(), reason: z.string(), text: z.string() }),
  ),
  /** Sentences about what is odd but no obstacle. */
  notes: z.array(z.string()),
  seconds: z.number(),
});
export type ImportReport = z.infer<typeof ImportReportSchema>;

export const FileImportSchema = z.object({
  importId: ImportIdSchema,
  kind: FileKindIdSchema,
  kindTitle: z.string(),
  sourceId: SourceIdSchema.nullable(),
  file: z.string(),
  bytes: z.number().int(),
  state: z.enum(['running', 'done', 'undoing', 'undone']),
  jobId: z.number().nullable(),
  startedAt: InstantSchema,
  endedAt: InstantSchema.nullable(),
  undoneAt: InstantSchema.nullable(),
  rows: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.number().int(),
  conflicts: z.number().int(),
  canUndo: z.boolean(),
  /** `Imported over by “june.csv”; take that back first`; null where it can be. */
  whyNot: z.string().nullable(),
});
export type FileImport = z.infer<typeof FileImportSchema>;

export const RejectedFileRowSchema = z.object({
  importId: ImportIdSchema,
  /** The line of the file on which the row begins; in a workbook the row of the sheet. */
  line: z.number().int(),
  /** The label of the field at fault; null for the row as a whole. */
  field: z.string().nullable(),
  reason: z.string(),
  /** The row's cells as they stand in the file, cut after 2,000 characters. */
  text: z.string(),
});

export type RejectedFileRow = z.infer<typeof RejectedFileRowSchema>;

export const SavedMappingSchema = z.object({
  mappingId: z.number().int(),
  kind: FileKindIdSchema,
  kindTitle: z.string(),
  /** The names of the columns that it is for, in order. */
  header: z.array(z.string()),
  mapping: FileMappingSchema,
  savedAt: InstantSchema,
  usedAt: InstantSchema,
});

export type SavedMapping = z.infer<typeof SavedMappingSchema>;

export const FileRecordsSchema = z.object({
  /** Fields that any record of the kind has a value for. */
  fields: z.array(z.object({ field: z.string(), label: z.string() })),
  total: z.number().int(),
  rows: z.array(
    z.object({
      key: z.string(),
      /** By field, as stored. */
      values: z.record(z.string(), z.string()),
      importId: ImportIdSchema,
      file: z.string(),
      line: z.number().int(),
    }),
  ),
  cursor: CursorSchema,
});
export type FileRecords = z.infer<typeof FileRecordsSchema>;

const mapped = z.object({ uploadId: UploadIdSchema, mapping: FileMappingSchema });
const started = z.object({ jobId: z.number() });

export const files = {
  kinds: query.output(z.array(FileKindSchema)),
  /** Opens a place for a file of so many bytes. Pieces follow in order. */
  begin: command
    .input(z.object({ name: z.string().min(1).max(300), bytes: z.number().int().min(0).max(MOST_FILE_BYTES) }))
    .output(z.object({ uploadId: UploadIdSchema, pieceBytes: z.number().int() })),
  /** The next piece. `offset` must be what was received so far: a piece that comes twice is refused as a `conflict`. */
  append: command
    .input(
      z.object({
        uploadId: UploadIdSchema,
        offset: z.number().int().min(0),
        base64: z.string().max(Math.ceil(FILE_PIECE_BYTES / 3) * 4),
      }),
    )
    .output(z.object({ received: z.number().int() })),
  /** Reads the file through as a job (`file_read`); may be asked again with other settings. */
  read: command.input(z.object({ uploadId: UploadIdSchema, settings: ReadSettingsSchema.default({}) })).output(started),
  upload: query.input(z.object({ uploadId: UploadIdSchema })).output(FileUploadSchema),
  /** Files that were handed over and neither imported nor discarded, newest first. */
  uploads: query.output(z.array(FileUploadSchema)),
  /** Removes the file that was handed over. */
  discard: command.input(z.object({ uploadId: UploadIdSchema })).output(z.object({ done: z.literal(true) })),
  /** The first rows as they would be stored. Without `mapping` the saved or suggested one of the kind. */
  preview: query
    .input(
      z.object({
        uploadId: UploadIdSchema,
        kind: FileKindIdSchema,
        mapping: FileMappingSchema.optional(),
        limit: z.number().int().min(1).max(100).default(20),
      }),
    )
    .output(FilePreviewSchema),
  /** Goes through all rows as a job (`file_dry_run`) and writes nothing. Its result is an `ImportReport`. */
  dryRun: command.input(mapped).output(started),
  /** Imports as a job (`file_import`) whose result is an `ImportReport`; cancelling it leaves nothing behind. */
  import: command.input(mapped).output(started),
  /** Imports, newest first. */
  imports: query
    .input(z.object({ cursor: CursorSchema.optional(), limit: z.number().int().min(1).max(200).default(50) }))
    .output(z.object({ rows: z.array(FileImportSchema), cursor: CursorSchema })),
  /** Rows of an import that did not fit, by line. */
  rejected: query
    .input(
      z.object({
        importId: ImportIdSchema,
        cursor: CursorSchema.optional(),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(RejectedFileRowSchema), cursor: CursorSchema })),
  /** Takes an import back as a job (`file_undo`): what stood before it stands again. */
  undo: command.input(z.object({ importId: ImportIdSchema })).output(started),
  mappings: query.output(z.array(SavedMappingSchema)),
  forgetMapping: command.input(z.object({ mappingId: z.number().int() })).output(z.object({ done: z.boolean() })),
  /** Takes `forgetMapping` back. */
  recallMapping: command.input(z.object({ mappingId: z.number().int() })).output(z.object({ done: z.boolean() })),
  /** What files of a kind have brought, as it stands now, with the line that each record comes from. */
  records: query
    .input(
      z.object({
        kind: FileKindIdSchema,
        search: z.string().max(200).optional(),
        cursor: CursorSchema.optional(),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(FileRecordsSchema),
};
