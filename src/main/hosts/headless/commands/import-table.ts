import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import {
  DateFormatSchema,
  DecimalMarkSchema,
  FILE_PIECE_BYTES,
  ImportReportSchema,
  type FileMapping,
  type ImportReport,
  type ReadSettings,
} from '../../../../shared/contract/files.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { countText, decimalsText } from '../../figure-text.ts';
import { followJob } from '../follow-job.ts';
import type { Client, Headless } from '../headless.ts';
import type { Invocation } from '../invocation.ts';

export interface TableOptions {
  readonly dryRun: boolean;
  /** `field=column`, by the column's name or its number from 1. */
  readonly map: readonly string[];
  readonly set: readonly string[];
  readonly dates: readonly string[];
  readonly decimal: readonly string[];
  readonly cents: readonly string[];
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheet?: string;
  readonly headerLine?: string;
  readonly timeZone?: string;
}

/** Imports, or tries, files of one kind, one after the other. */
export async function importTables(
  { client, headless, invocation }: { client: Client; headless: Headless; invocation: Invocation },
  kind: string,
  files: readonly string[],
  options: TableOptions,
): Promise<void> {
  const { terminal, process } = invocation;
  const reports: ImportReport[] = [];
  for (const file of files) {
    const uploadId = await handOver(client, headless, file);
    const follow = async (jobId: number) => (await followJob(client, jobId, terminal, process.stop)).result;
    try {
      await follow((await client.files.read({ uploadId, settings: settingsOf(options) })).jobId);
      const mapping = await mappingOf(client, uploadId, kind, options);
      const started = options.dryRun
        ? await client.files.dryRun({ uploadId, mapping })
        : await client.files.import({ uploadId, mapping });
      reports.push(ImportReportSchema.parse(await follow(started.jobId)));
    } finally {
      // An import takes the file with it; what was only tried, or failed, is not kept.
      const left = await client.files.uploads();
      if (left.some((upload) => upload.uploadId === uploadId)) await client.files.discard({ uploadId });
    }
  }
  terminal.result(documentOf(reports, options.dryRun), reports.map(textOf).join('\n'));
}

async function handOver(client: Client, headless: Headless, file: string): Promise<number> {
  if (file !== '-') return headless.workspace.engine().takeFile(resolve(file), basename(file));
  const bytes = readFileSync(0);
  const { uploadId } = await client.files.begin({ name: 'standard input', bytes: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += FILE_PIECE_BYTES)
    await client.files.append({
      uploadId,
      offset,
      base64: bytes.subarray(offset, offset + FILE_PIECE_BYTES).toString('base64'),
    });
  return uploadId;
}

function settingsOf({ encoding, delimiter, sheet, headerLine }: TableOptions): ReadSettings {
  return {
    ...(encoding !== undefined && { encoding }),
    ...(delimiter !== undefined && { delimiter: delimiter === 'tab' ? '\t' : delimiter }),
    ...(sheet !== undefined && { sheet }),
    ...(headerLine !== undefined && { headerLine: Number(headerLine) }),
  };
}

async function mappingOf(
  client: Client,
  uploadId: number,
  wanted: string,
  options: TableOptions,
): Promise<FileMapping> {
  const upload = await client.files.upload({ uploadId });
  const kind =
    wanted === 'auto'
      ? upload.suggestions.find(({ missing }) => missing.length === 0)?.kind
      : wanted.replaceAll('-', '_');
  if (kind === undefined)
    throw new AppError(
      'invalid_input',
      `“${upload.name}” is of no kind that its columns would tell; name one: vario import --kinds`,
    );
  const { mapping } = await client.files.preview({ uploadId, kind });
  const columns = upload.columns ?? [];
  const indexOf = (name: string): number => {
    const found = columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.index ?? Number(name) - 1;
    if (columns[found] === undefined)
      throw new AppError(
        'invalid_input',
        `“${upload.name}” has no column “${name}”; it has ${columns.map((column) => `“${column.name}”`).join(', ')}`,
      );
    return found;
  };
  const { map, set, dates, decimal, cents, timeZone } = options;
  const constants = { ...mapping.constants, ...pairs(set) };
  const mapped = {
    ...mapping.columns,
    ...Object.fromEntries(Object.entries(pairs(map)).map(([field, name]) => [field, indexOf(name)])),
  };
  return {
    kind,
    // A value for all rows takes the place of a column.
    columns: Object.fromEntries(Object.entries(mapped).filter(([field]) => pairs(set)[field] === undefined)),
    constants,
    dateFormats: {
      ...mapping.dateFormats,
      ...everyField(mapped, pairs(dates), (text) => DateFormatSchema.parse(text)),
    },
    decimalMarks: {
      ...mapping.decimalMarks,
      ...everyField(mapped, pairs(decimal), (text) => DecimalMarkSchema.parse(text)),
    },
    amountUnits: { ...mapping.amountUnits, ...Object.fromEntries(cents.map((field) => [field, 'minor' as const])) },
    timeZone: timeZone ?? mapping.timeZone,
  };
}

/** Without a field the value is for every mapped one: `--dates dmy`. */
function everyField<Value>(
  mapped: Readonly<Record<string, number>>,
  said: Readonly<Record<string, string>>,
  parse: (text: string) => Value,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(said).flatMap(([field, text]) =>
      (field === '' ? Object.keys(mapped) : [field]).map((each) => [each, parse(text)]),
    ),
  );
}

function pairs(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      return at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** What scripts read: sums over all files under the names that `import costs` uses too, and each file by itself. */
function documentOf(reports: readonly ImportReport[], dryRun: boolean): Record<string, unknown> {
  const total = (of: (report: ImportReport) => number) => reports.reduce((sum, report) => sum + of(report), 0);
  return {
    dryRun,
    rows: total(({ rows }) => rows),
    imported: total(({ added }) => added),
    replaced: total(({ changed }) => changed),
    unchanged: total(({ unchanged }) => unchanged),
    rejected: total(({ rejected }) => rejected),
    conflicts: total(({ conflicts }) => conflicts),
    quarantined: reports.flatMap(({ file, rejectedRows }) => rejectedRows.map((row) => ({ file, ...row }))),
    files: reports.map(({ rejectedRows: _, ...report }) => report),
  };
}

function textOf({
  file,
  added,
  changed,
  unchanged,
  rejected,
  conflicts,
  reasons,
  notes,
  dryRun,
  importId,
  seconds,
}: ImportReport): string {
  const counts = [`${countText(added)} new`, `${countText(changed)} changed`, `${countText(unchanged)} unchanged`];
  if (rejected > 0) counts.push(`${countText(rejected)} rejected`);
  if (conflicts > 0) counts.push(`${countText(conflicts)} left to a connected source`);
  const end = dryRun ? ' (dry run: nothing was written)' : `; import ${importId}, ${decimalsText(seconds, 1)} s`;
  return [
    `${file}: ${counts.join(', ')}${end}`,
    ...reasons.map(({ reason, rows, firstLine }) => `  ${countText(rows)} × ${reason} (first on line ${firstLine})`),
    ...notes.map((note) => `  ${note}`),
  ].join('\n');
}
