/** What a file leaves open under a mapping: it is asked, never guessed. */
import type { DateFormat, FileColumn, FileMapping, FileQuestion } from '../../../../shared/contract/files.ts';
import type { FieldSpec, KindSpec } from '../kinds/kind.ts';
import { metadataField } from './suggest.ts';

const DATES: ReadonlySet<FieldSpec['type']> = new Set(['day', 'instant', 'month']);
const NUMBERS: ReadonlySet<FieldSpec['type']> = new Set(['amount', 'number']);

/** Fields with the column that they are mapped to. Mapped columns that the file does not have are left out. */
export function mappedFields(
  kind: KindSpec,
  mapping: FileMapping,
  columns: readonly FileColumn[],
): { readonly spec: FieldSpec; readonly column: FileColumn }[] {
  return Object.entries(mapping.columns).flatMap(([name, index]) => {
    const column = columns[index];
    const spec =
      kind.fields.find(({ field }) => field === name) ??
      (kind.metadata && name.startsWith('metadata.') ? metadataField(name) : undefined);
    return spec && column ? [{ spec, column }] : [];
  });
}

/** Formats in which a column's days may be read for a field: numbers are days only where they cannot be anything else. */
export function dateFormatsFor({ dateFormats }: FileColumn): DateFormat[] {
  return dateFormats.length === 0 ? ['iso'] : [...dateFormats];
}

export function questionsOf(kind: KindSpec, mapping: FileMapping, columns: readonly FileColumn[]): FileQuestion[] {
  return mappedFields(kind, mapping, columns).flatMap(({ spec, column }): FileQuestion[] => {
    if (DATES.has(spec.type)) return dateQuestion(spec, column, mapping.dateFormats[spec.field]);
    return NUMBERS.has(spec.type) ? markQuestion(spec, column, mapping.decimalMarks[spec.field]) : [];
  });
}

function dateQuestion({ field }: FieldSpec, column: FileColumn, answered: DateFormat | undefined): FileQuestion[] {
  const bothOrders = column.dateFormats.includes('dmy') && column.dateFormats.includes('mdy');
  const numbers = column.dateFormats.includes('excel') && column.dateFormats.includes('unix');
  if (answered !== undefined || !(bothOrders || numbers)) return [];
  const sample = column.samples.find((text) => /^\d{1,2}[/-]\d{1,2}[/-]/.test(text)) ?? column.samples[0] ?? '';
  const options: FileQuestion['options'] = bothOrders
    ? [
        { value: 'dmy', label: 'Day first' },
        { value: 'mdy', label: 'Month first' },
      ]
    : [
        { value: 'excel', label: 'Days as spreadsheets count them' },
        { value: 'unix', label: 'Seconds since 1970' },
      ];
  return [
    {
      about: 'date_format',
      field,
      column: column.name,
      question: bothOrders
        ? `Does the day or the month stand first in “${column.name}” (${sample})?`
        : `What do the numbers in “${column.name}” (${sample}) count?`,
      options,
    },
  ];
}

function markQuestion({ field }: FieldSpec, column: FileColumn, answered: string | undefined): FileQuestion[] {
  if (answered !== undefined || column.decimalMarks.length < 2) return [];
  const sample = column.samples.find((text) => /[.,]/.test(text)) ?? column.samples[0] ?? '';
  return [
    {
      about: 'decimal_mark',
      field,
      column: column.name,
      question: `What stands before the decimals in “${column.name}” (${sample})?`,
      options: [
        { value: '.', label: 'A dot: 1,234.50' },
        { value: ',', label: 'A comma: 1.234,50' },
      ],
    },
  ];
}

/** Labels of required fields that neither a column nor a constant fills. */
export function missingFields(kind: KindSpec, mapping: FileMapping): string[] {
  return kind.fields
    .filter(
      ({ field, required }) =>
        required && mapping.columns[field] === undefined && (mapping.constants[field] ?? '') === '',
    )
    .map(({ label }) => label);
}
