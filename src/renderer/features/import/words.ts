/** How files are talked about. */
import type {
  DateFormat,
  FileColumn,
  FileDetection,
  FileImport,
  FileKind,
  ImportReport,
} from '../../../shared/contract/files.ts';
import type { Formatter } from '../../lib/format.ts';
import type { Option } from '../../ui/select.tsx';

export const FORMAT_WORDS: Readonly<Record<FileDetection['format'], string>> = {
  csv: 'Text with separators',
  tsv: 'Text with tabs',
  xlsx: 'Excel workbook',
};

export const DATE_WORDS: Readonly<Record<DateFormat, string>> = {
  iso: '2026-04-03 (ISO)',
  dmy: '03.04.2026, day first',
  mdy: '04/03/2026, month first',
  ymd: '2026/04/03, year first',
  unix: 'Seconds since 1970',
  excel: 'Excel’s own days',
  text: '3 April 2026',
};

export const LOOKS_WORDS: Readonly<Record<FileColumn['looksLike'], string>> = {
  empty: 'Empty',
  text: 'Text',
  number: 'Number',
  date: 'Date',
  email: 'E-mail',
  currency: 'Currency',
};

/** The ones that files are written with; the one that was found is added where it is another. */
export function encodingOptions(found: string): Option<string>[] {
  const known = [
    'utf-8',
    'utf-16le',
    'utf-16be',
    'windows-1252',
    'windows-1250',
    'windows-1251',
    'shift_jis',
    'gb18030',
  ];
  return [...new Set([found.toLowerCase(), ...known])].map((value) => ({ value, label: value.toUpperCase() }));
}

const DELIMITERS: readonly (readonly [string, string])[] = [
  [',', 'Comma'],
  [';', 'Semicolon'],
  ['\t', 'Tab'],
  ['|', 'Bar'],
];

export function delimiterOptions(found: string): Option<string>[] {
  const known = DELIMITERS.map(([value, label]) => ({ value, label }));
  return known.some(({ value }) => value === found) || found === ''
    ? known
    : [...known, { value: found, label: `“${found}”` }];
}

/** The suggested kinds first, with what speaks for them; then all others under their family's name. */
export function kindOptions(
  kinds: readonly FileKind[],
  suggestions: readonly { readonly kind: string; readonly matched: number }[],
): Option<string>[] {
  const titleOf = (kind: FileKind) => (kind.familyTitle === '' ? kind.title : `${kind.familyTitle}: ${kind.title}`);
  const suggested = suggestions.flatMap(({ kind: wanted, matched }) => {
    const kind = kinds.find((known) => known.kind === wanted);
    return kind === undefined ? [] : [{ value: wanted, label: `${titleOf(kind)} (${matched} columns fit)` }];
  });
  const others = kinds
    .filter(({ kind }) => !suggestions.some((suggestion) => suggestion.kind === kind))
    .map((kind) => ({ value: kind.kind, label: titleOf(kind) }));
  return [...suggested, ...others];
}

/** @example bytesText(1_536, format) // '1.5 KB' */
export function bytesText(bytes: number, format: Formatter): string {
  const [unit, size] =
    bytes < 1_000
      ? (['bytes', 1] as const)
      : bytes < 1_000_000
        ? (['KB', 1_000] as const)
        : bytes < 1_000_000_000
          ? (['MB', 1_000_000] as const)
          : (['GB', 1_000_000_000] as const);
  return `${format.mark(size === 1 ? bytes : Math.round((bytes / size) * 10) / 10)} ${unit}`;
}

export function reportText(report: ImportReport, format: Formatter): string {
  const { rows, accepted, rejected } = report;
  const verb = report.dryRun ? 'would be left out' : 'left out';
  return `${format.count(accepted)} of ${format.count(rows, { one: 'row', other: 'rows' })} ${report.dryRun ? 'fit' : 'taken in'}${
    rejected === 0 ? '' : `, ${format.count(rejected)} ${verb}`
  }`;
}

export const IMPORT_STATES: Readonly<Record<FileImport['state'], string>> = {
  running: 'Running',
  done: 'Imported',
  undoing: 'Being taken back',
  undone: 'Taken back',
};
